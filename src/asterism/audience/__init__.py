"""Whom they reach together: people counted once, how often, and how sure we are of it.

Knows five ways to build `Samples` from the evidence at hand, strongest first; hands planning nothing but `Samples`.
"""
