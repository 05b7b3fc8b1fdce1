"""What commands print: tables for people, JSON for machines."""

from graphkit.printed.analyses import answer, ranking
from graphkit.printed.answers import asked_of, cases, hits, parameters, rows
from graphkit.printed.basics import computing, note, progress
from graphkit.printed.conflicts import comparison, conflicts
from graphkit.printed.deciding import decided, log
from graphkit.printed.documents import attached, documents, opened, verified
from graphkit.printed.dossier import dossier
from graphkit.printed.erasing import erased, to_erase
from graphkit.printed.explaining import explanation, paths_written
from graphkit.printed.jobs import jobs, problems, runs
from graphkit.printed.loads import COUNTS, SHOWN_REJECTS, added, check_report, draft, kinds, load_report
from graphkit.printed.matching import handed_back, matched
from graphkit.printed.pivoting import elsewhere, groups, relatives, watched
from graphkit.printed.requesting import requests
from graphkit.printed.resolving import doubles
from graphkit.printed.sheets import sheet_preview
from graphkit.printed.sources import source, sources

__all__ = [
    "COUNTS", "SHOWN_REJECTS", "added", "answer", "asked_of", "attached", "cases", "check_report", "comparison",
    "computing", "conflicts", "decided", "documents", "dossier", "doubles", "draft", "elsewhere", "erased",
    "explanation", "groups", "handed_back", "hits", "jobs", "kinds", "load_report", "log", "matched", "note", "opened",
    "parameters", "paths_written", "problems", "progress", "ranking", "relatives", "requests", "rows", "runs",
    "sheet_preview", "source", "sources", "to_erase", "verified", "watched",
]  # fmt: skip
