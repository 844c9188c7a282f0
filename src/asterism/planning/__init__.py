"""Whom to choose, for how much, in what order, and how near that is to the best possible.

Knows `Samples`, offers and the brief, and nothing else about audiences; hands on a `Plan` that explains itself.
"""
