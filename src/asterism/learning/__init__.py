"""What we believe now: priors and results become priors; whom to keep, and what to test next.

Knows how results move a belief and what a further test is worth; hands the desk new priors, a list and a plan of tests.
"""
