"""What each creator is like: rates, price, trust, connection and fit, each with its interval, parts and evidence.

Knows how to turn the creator tables into one row of signals per creator and format; hands them to planning.
"""
