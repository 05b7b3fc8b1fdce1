"""Why two things are linked: the few best loop-free paths between them, by evidence.

The k shortest loopless paths (Yen, Finding the K Shortest Loopless Paths in a Network, Management Science 17, 1971) of
at most so many hops, by the cost that ``cost`` has. Directions are ignored, and all relations between the same two
things are one hop. The paths are found best first (Hart, Nilsson and Raphael, A Formal Basis for the Heuristic
Determination of Minimum Cost Paths, IEEE Transactions on Systems Science and Cybernetics 4, 1968) under a bound on what
is left of each, so hardly any others are made.
"""

from graphkit.analytics.paths.cost import in_bits
from graphkit.analytics.paths.found import Found, Path, Step, Unlinked, Wanted, paths
from graphkit.analytics.paths.held import Apart

__all__ = ["Apart", "Found", "Path", "Step", "Unlinked", "Wanted", "in_bits", "paths"]
