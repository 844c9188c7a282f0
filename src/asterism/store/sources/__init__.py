"""The platforms' own interfaces, asked patiently: what to ask, how long to wait, and what came so far.

Knows each source's requests, limits and refusals; hands raw documents, as they came, to the desk.
"""
