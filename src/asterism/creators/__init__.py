"""Who is there: creators, posts, audiences, comments, fees and their sources, in one schema; who is one person.

Knows how to read any table of the trade into that schema and to say what it could not use; hands signals typed tables.
"""
