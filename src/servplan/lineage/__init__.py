"""Which record each file holds, from commit to commit: a record has one line, whatever it is called.

A record goes on under another id where a commit puts one file in another's place, by `formerly` or by git's
similarity. One that went goes on where its id comes back, or where another record names it in `formerly`.
Of several files that bear one id the first counts, as everywhere.

What is done while the plan is in a format that is not known is taken as done by the commit that first can be
read again.
"""
