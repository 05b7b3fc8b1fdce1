"""graphkit: an evidence graph of actors, incidents and networks."""
