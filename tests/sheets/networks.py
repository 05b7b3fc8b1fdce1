"""Links between things, as Gephi, Analyst's Notebook and people with a spreadsheet write them."""

from __future__ import annotations

from tests.sheets import packing
from tests.sheets.ugly import Expected, Ugly

_NODES = (
    ("Id", "Label", "Type", "Modularity Class", "Degree"),
    ("0001", "Ivo Sample", "Person", 0, 3),
    ("0002", "Lena Specimen", "Person", 0, 2),
    ("0003", "Dock Works", "Organization", 1, 3),
    ("0010", "Red Hill Front", "Organization", 1, 2),
    ("0011", "Coast Radio", "Organization", 2, 1),
    ("0100", "Taro Example", "Person", 2, 1),
)
_EDGES = (
    ("Source", "Target", "Type", "Id", "Label", "Weight"),
    ("0001", "0002", "Undirected", 0, "knows", 2.0),
    ("0001", "0003", "Directed", 1, "director of", 1.0),
    ("0002", "0003", "Directed", 2, "employed by", 1.0),
    ("0003", "0010", "Directed", 3, "pays", 5.0),
    ("0010", "0001", "Directed", 4, "names", 1.0),
    ("0100", "0011", "Directed", 5, "employed by", 1.0),
)
_LABELS = {row[0]: row[1] for row in _NODES}
GEPHI = Ugly(
    "gephi_export.xlsx",
    "several sheets that belong together; ids with zeros in front; columns of the tool beside those that count",
    lambda: packing.xlsx(packing.Page("Nodes", _NODES), packing.Page("Edges", _EDGES)),
    Expected(
        things={
            "Person": {"Ivo Sample", "Lena Specimen", "Taro Example"},
            "Organization": {"Dock Works", "Red Hill Front", "Coast Radio"},
        },
        links={"RELATED_TO": {(_LABELS[row[0]], _LABELS[row[1]]) for row in _EDGES[1:]}},
        said={
            "Ivo Sample RELATED_TO Dock Works": {"relationship": ["director of"]},
            "Ivo Sample RELATED_TO Lena Specimen": {"relationship": ["knows"]},
        },
        asked=("who says so",),
        corrections=("claimant=desk research", "link.relationship=Label"),
    ),
)

_CHART_HEADER = (
    "Entity 1 Type\tEntity 1 Label\tLink Type\tLink Label\tLink Direction\tEntity 2 Type\tEntity 2 Label\tDate\tTime\t"
    "Source Reference\tSource Grade\tInfo Grade\tDescription"
)
_CHART = """\
Person|Ivo SAMPLE|Communication|called|Telephone|+49 151 0000123|25/11/2021|22:15|INT/0042|B|2
Person|Lena SPECIMEN|Communication|called|Telephone|+49 151 0000456|03/12/2021|07:05|INT/0042|B|2
Person|Ivo SAMPLE|Association|Director|Organisation|Dock Works|01/02/2019||CH/0007|A|1
Person|Lena SPECIMEN|Association|Employee|Organisation|Dock Works|14/03/2020||CH/0007|A|1
Organisation|Dock Works|Transaction|paid 1,200.00 EUR|Organisation|River Column|30/04/2021||FIN/0100|C|3
Person|Taro EXAMPLE|Association|Member|Organisation|River Column|||INT/0051|E|4
Person|Petra MODEL|Association|Director|Organisation|Pier Four Ltd|15/06/2016||CH/0009|A|1
Person|Petra MODEL|Communication|called|Telephone|+49 151 0000456|04/12/2021|18:40|INT/0042|B|2
Organisation|River Column|Transaction|paid 800.00 EUR|Organisation|Pier Four Ltd|02/05/2021||FIN/0100|C|3
"""
_CHART_ROWS = [tuple(line.split("|")) for line in _CHART.splitlines()]


def _chart_row(row: tuple[str, ...]) -> list[str]:
    kind, label, type_, words, other_kind, other, date, time, reference, source, info = row
    return [
        kind,
        label,
        type_,
        words,
        "-->",
        other_kind,
        other,
        date,
        time,
        reference,
        source,
        info,
        f"{words}\n({type_})",
    ]


def _chart_name(words: str) -> str:
    return words.replace(" ", "") if words.startswith("+") else words


CHART = Ugly(
    "i2 export links.txt",
    "UTF-16 without a mark; tabs; CRLF; multi-line cells; kinds in columns; sources and grades a row",
    lambda: packing.delimited([_CHART_HEADER.split("\t"), *map(_chart_row, _CHART_ROWS)], "\t").encode("utf-16-le"),
    Expected(
        things={
            "Person": {"Ivo SAMPLE", "Lena SPECIMEN", "Taro EXAMPLE", "Petra MODEL"},
            "Organization": {"Dock Works", "River Column", "Pier Four Ltd"},
            "Identifier": {"+491510000123", "+491510000456"},
        },
        links={"RELATED_TO": {(row[1], _chart_name(row[5])) for row in _CHART_ROWS}},
        said={
            "Ivo SAMPLE RELATED_TO Dock Works": {"relationship": ["Director"], "first_seen": "2019-02-01"},
            "Ivo SAMPLE RELATED_TO +491510000123": {"first_seen": "2021-11-25"},
        },
        asked=("who says so",),
        corrections=("claimant=Intelligence unit", "one.kind=Entity 1 Type", "other.kind=Entity 2 Type"),
    ),
)

_NETWORK = (
    ("Who’s connected to whom?", "", "", "", "", "", ""),
    ("", "", "", "", "", "", ""),
    ("Who ", "Connected\u00a0to", "How?", "Since", "Link to source", "Notes (don’t publish!)", ""),
    (
        "“Harbour Holding”",
        "Dock Works\u00a0",
        "owns 60%",
        "2016",
        "https://news.example/a?id=1,2",
        "ask Lena\nbefore use",
        "",
    ),
    ("Harbour Holding", "Pier Four Ltd", "owns", "2017-05", "https://news.example/b", "", ""),
    ("Dock Works", "Pier Four Ltd", "rents from", "", "https://registry.example/7", '=HYPERLINK("x")', ""),
    ("Pier Four Ltd", "Coast Radio", "advertises on", "3/2019", "", "", ""),
    ("", "", "", "", "", "", ""),
    ("Coast Radio", "Harbour Holding", "sued", "March 5, 2020", "https://news.example/c", "🔥 important", ""),
    ("Harbour Holding", "Sample Trust", "owned by?", "", "", "unsure", ""),
    ("Harbour Holding", "Pier Four Ltd", "owns", "2017-05", "https://news.example/d", "second source", ""),
)
_NETWORK_ROWS = [tuple(cell.strip("“”\u00a0 ") for cell in row) for row in (*_NETWORK[3:7], *_NETWORK[8:])]
NETWORK = Ugly(
    "Untitled spreadsheet - Sheet1.csv",
    "header in row 3; curly quotes; no-break spaces; multi-line cells; commas in addresses; an empty "
    "column; blank rows between; dates as precise as anyone knew",
    lambda: packing.delimited(_NETWORK, end="\n").encode(),
    Expected(
        things={
            "Organization": {
                *("Harbour Holding", "Dock Works", "Pier Four Ltd", "Coast Radio", "Sample Trust"),
            }
        },
        links={"RELATED_TO": {(row[0], row[1]) for row in _NETWORK_ROWS}},
        said={
            "Harbour Holding RELATED_TO Dock Works": {"relationship": ["owns 60%"], "first_seen": "2016-01-01"},
            "Pier Four Ltd RELATED_TO Coast Radio": {"first_seen": "2019-03-01"},
            "Coast Radio RELATED_TO Harbour Holding": {"first_seen": "2020-03-05"},
        },
    ),
)
