"""Who is there: the creators, their posts, audiences, followers, overlaps and fees, in one schema.

Knows how to read any table of the trade into that schema and to say what it could not use; hands signals typed tables.
"""
