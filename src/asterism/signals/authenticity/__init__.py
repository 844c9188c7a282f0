"""Authenticity: which share of a creator's followers is real, and what speaks for and against it.

Knows profiles of sampled followers, growth, engagement and comments; hands on a share with its interval and listed
parts. It accuses nobody: figures are odd or usual, and a person judges.
"""
