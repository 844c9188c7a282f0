"""What happened: return per tier, lift, and past forecasts beside what came of them.

Knows what was seen, what it cost and what would have come anyway; hands learning and the reports what can be believed.
"""
