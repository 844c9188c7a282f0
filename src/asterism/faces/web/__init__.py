"""The studio's pages: parse, one call to the desk, show; server-rendered, every asset local.

Knows addresses, sessions and how values look on a screen; what is true or allowed is the desk's to say.
"""
