"""The demo: an invented municipality's plan with three years of history, to try everything on.

`start/` holds the plan's files as they were first written, `story/` one file a month with what was then
written down. Neither needs programming to read or to change.
"""
