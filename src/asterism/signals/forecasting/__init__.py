"""Forecasting: the next post of each creator, from posts that still grow, drift and are sometimes paid for.

Knows one creator's posts over time; hands the desk counts with ranges, and a word where posts were selected.
"""
