"""What is written to a creator: letters, briefs, agreements and notices, for each tier, platform and language.

Knows the templates, the fields they may name, and how both become one text that no value can bend; hands reports the
parts of it.
"""
