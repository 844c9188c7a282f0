"""The ledger: small, transactional truth about people and money, on SQLite or PostgreSQL through Django.

Knows workspaces, members, campaigns, collaborations, agreements, payments and who did what when; every row of a
workspace is reached through `scope`, and nothing else of Asterism asks the database.
"""
