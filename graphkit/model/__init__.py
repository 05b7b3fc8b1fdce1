"""Things: what a claim, a kind, a date and a graph are. Nothing here opens a file, a store or a window."""
