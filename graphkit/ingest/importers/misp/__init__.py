"""MISP: events, and the clusters of galaxies."""
