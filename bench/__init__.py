"""Measurements: each a command that prints its table, and never a timed test."""
