"""What changed in the ledger's tables, in order."""
