"""What vendors' interfaces answer, one file per vendor: a parsed JSON document → our typed tables.

Knows each vendor's fields and units by its documentation; hands on the same tables that reading a spreadsheet does.
"""

from asterism.creators.payloads.tabulate import Around
from asterism.creators.payloads.vendors import is_answer, read_payload, read_payloads, recognised

__all__ = ["Around", "is_answer", "read_payload", "read_payloads", "recognised"]
