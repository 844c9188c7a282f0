"""One function per intention: read, check, import, plan, compare, reach, demo.

Knows the order load → compute → save; every face offers what stands here and nothing else.
"""
