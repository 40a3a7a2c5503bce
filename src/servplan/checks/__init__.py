"""The rules that a plan is held to: one module a rule, listed in `registry`.

Checks judge what is written, so that they give the same answer tomorrow. A rule's docstring is its page in
docs/checks.md: a first line that states the rule, why it matters, and PASS and FAIL examples that the tests
run.
"""
