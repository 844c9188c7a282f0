"""The pages, by area: each view parses, calls the desk once, and shows."""
