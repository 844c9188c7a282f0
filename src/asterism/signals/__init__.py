"""What each creator is like: rates, reach, price and audience fit, each with its interval and its evidence.

Knows how to turn the creator tables into one row of signals per creator and format; hands them to planning.
"""
