"""Invented worlds of websites, of which it is known who runs what."""
