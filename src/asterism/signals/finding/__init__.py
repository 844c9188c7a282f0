"""Finding: one row per creator with what people filter and sort by, who passes, and who is like whom.

Knows the index; hands the desk the creators found and why others were not.
"""
