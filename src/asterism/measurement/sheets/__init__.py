"""Tables of deals, orders, codes, clicks, answers and outcomes as people keep them, and what cannot be used of them.

Knows which headers mean what; hands attribution and the ledger their values, and every refused cell with its reason.
"""
