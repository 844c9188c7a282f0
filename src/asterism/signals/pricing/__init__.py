"""Pricing: packages, quotes and add-ons, what the market of fees shows, and the fee to expect of each creator.

Knows what was asked and paid; hands the assessment a belief about every fee, with its parts.
"""
