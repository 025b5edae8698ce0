"""Starts the semlab kernel and command line, which run on Node.js."""
