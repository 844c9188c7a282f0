"""One function per intention: read, check, import, fetch, score, search, forecast, plan, compare, reach, demo.

Knows the order load → compute → save; every face offers what stands here and nothing else.
"""
