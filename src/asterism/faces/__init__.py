"""The same desk for different hands: the command line, pages in the browser, and an HTTP API.

Knows how to read a request and show an answer, and nothing about the domain.
"""
