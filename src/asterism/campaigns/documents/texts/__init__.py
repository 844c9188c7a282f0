"""The texts of the templates: one module per language and kind, plain sentences with the names of fields in braces."""
