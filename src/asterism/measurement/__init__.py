"""What happened: past forecasts beside what came of them.

Knows how to hold a statement against its outcome; hands learning and the reports what can be believed.
"""
