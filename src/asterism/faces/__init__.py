"""The same desk for different hands: today the command line.

Knows how to read a request and show an answer, and nothing about the domain.
"""
