"""What commands print: tables for people, JSON for machines."""

from graphkit.printed.answers import asked_of, cases, hits, parameters, ranking, rows
from graphkit.printed.basics import note, progress
from graphkit.printed.dossier import dossier
from graphkit.printed.jobs import jobs, runs
from graphkit.printed.loads import COUNTS, SHOWN_REJECTS, added, check_report, draft, kinds, load_report

__all__ = [
    "COUNTS", "SHOWN_REJECTS", "added", "asked_of", "cases", "check_report", "dossier", "draft", "hits", "jobs",
    "kinds", "load_report", "note", "parameters", "progress", "ranking", "rows", "runs",
]  # fmt: skip
