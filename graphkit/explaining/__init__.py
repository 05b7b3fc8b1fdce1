"""Why two things are linked in these records: the best paths, and who says each hop of them."""

from graphkit.analytics.paths import Wanted
from graphkit.explaining.asked import explain
from graphkit.explaining.handed import PATH_ENDINGS, export_paths, format_of_paths
from graphkit.explaining.values import Explanation, Hop, Link, Path, Reason, Said, Thing

__all__ = [
    "PATH_ENDINGS", "Explanation", "Hop", "Link", "Path", "Reason", "Said", "Thing", "Wanted", "explain",
    "export_paths", "format_of_paths",
]  # fmt: skip
