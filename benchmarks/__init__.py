"""How fast and how good, apart from the tests: each module says its command."""
