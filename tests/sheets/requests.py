"""Requests to take content down and what came of them, as authorities log them and platforms report them."""

from __future__ import annotations

from datetime import date

from tests.sheets import packing
from tests.sheets.ugly import Expected, Ugly

_MINISTRY, _PROSECUTION = "Ministerio de Ejemplo", "Fiscalía de Muestra"
_LAW, _ORDER = "Ley 1/2000", "Orden judicial"
_LOG_HEADER = (
    *("Expediente", "Organismo solicitante", "Fecha de envío", "Plataforma", "Dominio o URL", "Base legal"),
    *("Elementos solicitados", "Elementos retirados", "Resultado"),
)
_LOG = (
    ("REGISTRO DE SOLICITUDES DE RETIRADA DE CONTENIDO", *[None] * 8),
    ("Ejercicio 2022 – datos provisionales", *[None] * 8),
    (None,) * 9,
    _LOG_HEADER,
    ("R-001", _MINISTRY, date(2022, 3, 4), "Plataforma Uno", "https://foro.example/t/1", _LAW, 4, 4, "retirado"),
    ("R-002", None, date(2022, 3, 15), "Plataforma Dos", "https://video.example/w?v=2", _LAW, 10, 6, "parcial"),
    ("R-003", None, 44652, "Plataforma Uno", "https://foro.example/t/9", _LAW, 1, 0, "denegado"),
    ("Subtotal Ministerio de Ejemplo", None, None, None, None, None, 15, 10, None),
    ("R-004", _PROSECUTION, date(2022, 5, 6), "Plataforma Tres", "canal.test", _ORDER, 2, 2, "retirado"),
    ("R-005", None, date(2022, 6, 30), "Plataforma Uno", "https://foro.example/t/12", _ORDER, 7, None, "pendiente"),
    ("Subtotal Fiscalía de Muestra", None, None, None, None, None, 9, 2, None),
    ("TOTAL", None, None, None, None, None, 24, 12, None),
    ("Notas: los datos de R-003 están pendientes de revisión.", *[None] * 8),
)
_LOG_ROWS = [row for row in _LOG if row[0] and row[0].startswith("R-")]
LOG = Ugly(
    "solicitudes_retirada_2022.xlsx",
    "header in row 4; merged title; merged cells over rows; subtotals and a total; a note below; an "
    "Excel serial date among days; outcomes in words of their own",
    lambda: packing.xlsx(packing.Page("2022", _LOG, ("A1:I1", "A2:I2", "B5:B7", "B9:B10", "A13:I13"))),
    Expected(
        things={
            "Request": {row[0] for row in _LOG_ROWS},
            "Organization": {_MINISTRY, _PROSECUTION, "Plataforma Uno", "Plataforma Dos", "Plataforma Tres"},
        },
        links={
            "MADE_REQUEST": {
                *((_MINISTRY, f"R-00{number}") for number in (1, 2, 3)),
                *((_PROSECUTION, f"R-00{number}") for number in (4, 5)),
            },
            "ADDRESSED_TO": {(row[0], row[3]) for row in _LOG_ROWS},
        },
        said={
            "R-001": {"sent": "2022-03-04", "items_asked": 4, "items_removed": 4, "outcome": "granted"},
            "R-002": {"sent": "2022-03-15", "items_asked": 10, "items_removed": 6, "outcome": "partly granted"},
            "R-003": {"sent": "2022-04-01", "items_removed": 0, "outcome": "refused", "legal_basis": "Ley 1/2000"},
            "R-005": {"items_asked": 7, "items_removed": None, "outcome": "pending"},
        },
        may={"Domain", "Website", "HAS_DOMAIN", "ContentItem", "CONCERNS"},
        left_out=("totals: row 8, 11 to 12", "notes and headings: row 13"),
    ),
)

_REPORT = (
    ("Platform Uno – Government removal requests, 1 January to 30 June 2023", *[None] * 5),
    (None,) * 6,
    ("Country / Region", "Court orders", None, "Other legal requests", None, "Percentage complied"),
    (None, "Requests", "Items", "Requests", "Items", None),
    ("Norland", 12, "1,204", 30, 95, "41%"),
    ("Sudmark", "<10", 14, "–", "–", "100%"),
    ("Eastmarch*", 3, 3, 1, 1, "0%"),
    ("Westholm", 0, 0, "1 500", "12 000", "63.5%"),
    ("All countries", None, None, None, None, None),
    ("Total", 25, 1221, 1531, 12096, "62%"),
    ("* Figures for Eastmarch cover March to June only.", *[None] * 5),
)
REPORT = Ugly(
    "transparency-report-h1-2023.xlsx",
    "header over two rows; merged cells; totals row; a footnote and its mark; percent signs; thousands "
    "marked; <10 for few; a number for each of two kinds of request in one row",
    lambda: packing.xlsx(
        packing.Page("Removal requests", _REPORT, ("A1:F1", "A3:A4", "B3:C3", "D3:E3", "F3:F4", "A11:F11"))
    ),
    Expected(
        things={
            "Place": {"Norland", "Sudmark", "Eastmarch", "Westholm"},
            "Statistic": ["12", "1204", "30", "95", "..9", "14", "3", "3", "1", "1", "0", "0", "1500", "12000"],
        },
        may={"RELATED_TO", "Organization"},
        left_out=("totals: row 10", "notes and headings: row 9, 11"),
    ),
)

_HASHES_HEADER = ("report_id", "sha256", "mime", "url", "platform", "status", "first_reported_at", "signal_metadata")


def _hash_row(number: int) -> list[str]:
    digest = f"{number:02x}" * 32
    labels = '["review", "shared"]' if number % 2 else "[]"
    metadata = f'{{"source": {{"name": "Sample Consortium", "tier": {number % 3}}}, "labels": {labels}}}'
    status = ("removed", "online", "removed", "reinstated")[number % 4]
    url = f"hxxps://files{number % 3}[.]example/v/{number}?x=1"
    seen = f"2023-03-{number + 1:02}T23:30:00+02:00"
    return [f"{number:019}", digest, "video/mp4", url, f"Platform {'ABC'[number % 3]}", status, seen, metadata]


HASHES = Ugly(
    "hash_sharing_export_utf8.csv.gz",
    "gz; BOM; JSON in cells; ids of 19 digits with zeros in front; times with zones; defanged addresses",
    lambda: packing.gz(packing.delimited([_HASHES_HEADER, *map(_hash_row, range(12))], end="\n").encode("utf-8-sig")),
    Expected(
        things={"ContentItem": {f"{number:02x}" * 32 for number in range(12)}},
        said={
            "00" * 32: {
                **{"sha256": "00" * 32, "media_type": "video/mp4", "status": ["removed"]},
                **{"published_on": None, "url": ["hxxps://files0[.]example/v/0?x=1"]},
            },
            "03" * 32: {"status": ["reinstated"]},
        },
        may={"Website", "Domain", "HAS_DOMAIN", "Organization", "HOSTED_CONTENT", "RELATED_TO"},
    ),
)

_FORMS_HEADER = (
    "Timestamp",
    "Email Address",
    "Name of channel",
    "Where (link)",
    "Who runs it?",
    "Seen on",
    "Anything else?",
)
_FORMS = (
    (
        "3/14/2023 15:04:11",
        "a@desk.example",
        "Channel North",
        "https://north.example/start",
        "Red Hill Front",
        "3/1/2023",
    ),
    ("3/14/2023 15:09:40", "a@desk.example", "North Backup", "north2.example/start", "Red Hill Front", "3/2/2023"),
    ("3/15/2023 9:00:02", "b@desk.example", "Pier Talk", "hxxps://talk[.]example/pier", "", "4/12/2022"),
    ("3/16/2023 11:45:00", "b@desk.example", "Column Radio", "radio.column.example", "River Column", "3/15/2023"),
    (
        "3/16/2023 11:46:12",
        "b@desk.example",
        "Column Video",
        "HTTPS://Video.Column.example",
        "River Column",
        "3/15/2023",
    ),
    ("3/17/2023 8:10:00", "c@desk.example", "Dock Board", "http://dock.test:8080", "n/a", "3/16/2023"),
    ("3/17/2023 8:12:30", "c@desk.example", "Dock Board 2", "dock2.test", "", "3/16/2023"),
    ("3/20/2023 17:55:09", "a@desk.example", "Pier Talk", "talk.example", "", "4/13/2022"),
)
_FORMS_MORE = ("posts\ndaily", "", "N/A", "“mirror” of two", "", "", "see 3/1/2023", "seen again")
_SITES = (
    *("north.example", "north2.example", "talk.example", "radio.column.example", "video.column.example", "dock.test"),
    *("dock2.test", "talk.example"),
)
FORMS = Ugly(
    "Channel reports (Responses) - Form Responses 1.tsv",
    "tabs; multi-line cells; month first, shown by some rows; times of day; addresses of five forms; "
    "curly quotes; a thing told of twice",
    lambda: packing.delimited(
        [_FORMS_HEADER, *((*row, more) for row, more in zip(_FORMS, _FORMS_MORE, strict=True))], "\t", "\n"
    ).encode(),
    Expected(
        things={"Website": {row[2] for row in _FORMS}, "Domain": set(_SITES)},
        links={"HAS_DOMAIN": {(row[2], site) for row, site in zip(_FORMS, _SITES, strict=True)}},
        said={
            "Pier Talk HAS_DOMAIN talk.example": {"first_seen": "2022-04-12"},
            "Channel North HAS_DOMAIN north.example": {"first_seen": "2023-03-01"},
        },
        may={"Organization", "RELATED_TO", "OWNS", "PUBLISHED", "Group"},
        nowhere=("a@desk.example",),
        corrections=("website.name=Name of channel", "website.domain=Where (link)", "website.first_seen=Seen on"),
    ),
)
