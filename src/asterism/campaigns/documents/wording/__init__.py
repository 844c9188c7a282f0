"""How each language says what documents need: dates, amounts, formats, platforms, terms and disclosure duties."""
