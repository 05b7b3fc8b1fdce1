"""Frozen graphs: which claims are looked at, the arrays made of them, and where things are drawn."""
