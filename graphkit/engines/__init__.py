"""The two graph engines: connecting to them, and a query answered in a process of its own.

Nothing heavy is imported here: the process that answers starts with each query.
"""
