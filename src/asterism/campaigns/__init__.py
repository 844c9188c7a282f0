"""Doing it with people: the life of a collaboration, its terms, words and dates; rules without storage.

Knows what may happen next, who may do it and what it takes; hands measurement what was agreed and delivered.
"""
