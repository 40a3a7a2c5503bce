"""The audit's rules: one module a rule, listed in `registry`.

A rule looks at a record as a commit found it and as it left it. Its docstring is its page in docs/audit.md: a
first line that states the rule, why it matters, and examples that the tests run: BEFORE is the record that a
commit found; PASS and FAIL are what it made of it.
"""
