"""Any value above as a figure, a page, a sentence or a workbook.

Knows how things look and read; hands back text and bytes, and opens nothing.
"""
