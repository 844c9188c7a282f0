"""The only place that opens anything: files, the catalogue, the ledger, settings, engines.

Knows where things lie; hands all-text tables to `creators.ingest` and typed ones to the desk.
"""
