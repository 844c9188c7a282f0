"""Whether a post says plainly, and early enough, that it is paid for: words, places, rules with their sources.

What a rule asks stands in `rules` as data; what a text holds is read by `marks`; `judging` holds one against the other.
"""
