"""Loads example content from readable files (examples/*/content)."""
