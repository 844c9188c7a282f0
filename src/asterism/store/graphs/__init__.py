"""Who follows whom, from any file: lists of edges, tables and GEXF, numbered once and kept.

It hands `audience` a built graph, and the desk the names its nodes go by.
"""
