"""Good files made bad: trees with hostile values in them, and bytes cut, turned and put together anew."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.written import MARKS
from tests.importing import ANY_JSON, paths, put

WITHHELD = "Zq7 withheld"
"""Stands under a field that is refused of persons, and may not come out anywhere."""
_REFUSED = ("religion", "gender", "ethnicity", "sexual_orientation")
_SCALARS: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 10**18, 2**63, 2**64, -(10**30), 1e308, -0.0, 0.1, [], {}, [[]], [{}], {"": ""}),
    *("", " ", "\n", "a\nb", "a\tb", "\r", "\0", "\x1b[2J", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe", "\U000e0041"),
    *(
        "\u202eexe.fdp",
        "\u2066a\u2069",
        "a\u200bb",
        "\ud800",
        "\udfff\ud800",
        "e\u0301",
        "Ａ",
        "ß",
        "İ",
        "ﷺ",
        "٣",
        "²",
        "①",
    ),
    *(
        "2014-02-30",
        "2014-13",
        "0000",
        "0000-00-00",
        "-0001",
        "99999-01-01",
        "2014-02-01/2013-01-01",
        "/",
        "../..",
        "..",
    ),
    *(
        "2014-02-29",
        "2014-03-01T25:00",
        "2014?~",
        "20XX",
        "2014-W10",
        "1709553600",
        "17095536001709553600",
        "-1",
        "1e999",
    ),
    *("2014-03-01T00:00:00+99:99", "9999-12-31", "0001-01-01", "10000", "32.13.2014", "71000.5", "vor 2014", "24:00"),
    *(
        "NaN",
        "inf",
        "-inf",
        "null",
        "true",
        "1_000",
        "1,5",
        "1.000,5",
        "1" * 400,
        "9" * 4301,
        "0x1F",
        "½",
        "1–",
        "<1",
        "> ",
    ),
    *(
        "http://[::1",
        "http://",
        "https://a.example:99999/",
        "a.example.",
        ".a",
        "a..b",
        "xn--",
        "xn--a-ecp.example",
        "-a.b",
    ),
    *(
        "198.51.100.999",
        "::1%eth0",
        "1.2.3.4/33",
        "@",
        "a@",
        "+",
        "tel:",
        "AS",
        "sha256:",
        "domain:",
        "a|b",
        "|",
        "||",
        ":",
    ),
    *(
        "{0}",
        "{name}",
        "%s",
        "$1",
        "\\",
        "'",
        '"',
        "`",
        ";",
        "--",
        "=1+1",
        "@import",
        "<b>",
        "&amp;",
        "]]>",
        "-->",
        "#",
        "*a",
    ),
    *(
        "Person",
        "Incident",
        "MEMBER_OF",
        "Source",
        "Case",
        "Decision",
        "Tombstone",
        "SAME_AS",
        "kind",
        "Ada Venn",
        "s",
        "p",
    ),
    *(
        "report--1",
        "bundle--1",
        "identity--x",
        "tlp:red",
        "misp-galaxy:a=",
        'a:b="c"',
        "x" * 300,
        "x" * 70_000,
        "ä" * 3000,
    ),
    *(
        {"kind": "Person"},
        {"id": None},
        {"value": ["a"]},
        {"a": {"b": {"c": []}}},
        ["a", "a"],
        ["a", 1, None],
        [None],
        [""],
    ),
    *(list(range(40)), ["a", ["b", ["c"]]], {"@type": "x"}, {"$ref": "#"}, "<alias>", *MARKS),
)
_MANY: tuple[Callable[[Any], Any], ...] = (
    lambda old: [f"Kiln {number}" for number in range(10_000)],
    lambda old: {f"k{number}": "v" for number in range(3_000)},
    lambda old: [old] * 50,
    lambda old: "word " * 20_000,
)
_KEYS = (
    "kind",
    "id",
    "name",
    "type",
    "from",
    "to",
    "source",
    "claimant",
    "value",
    "records",
    "objects",
    "schema",
    "uuid",
)
_KEYS += (
    "properties",
    "a",
    "",
    " ",
    "\0",
    "\ud800",
    "x" * 300,
    "valid_from",
    "Event",
    "domain_name",
    "entities",
    "said",
)
_TOKENS = tuple(
    token.encode("utf-8", "surrogatepass")
    for token in (
        *(
            '"',
            "'",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\\",
            "\\ud800",
            "\\u0000",
            "NaN",
            "1e999",
            "-",
            "null",
            "9" * 4301,
            "[" * 200,
        ),
        *(
            "\n",
            "\r",
            "\r\n",
            "\n\n",
            "\t",
            " ",
            "\0",
            ";",
            "|",
            '""',
            '"\n',
            "\ufeff",
            "\u2028",
            "\x85",
            "\x0b",
            "\x1c",
            "\ud800",
        ),
        *(
            "&a ",
            "*a",
            "!!python/object:os.system ",
            "<<: ",
            "---\n",
            "...\n",
            "%YAML 1.1\n",
            "? ",
            "|\n",
            "!!binary ",
            "- ",
            "# ",
        ),
        *(
            '<!DOCTYPE a [<!ENTITY b "c">]>',
            "&b;",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "&#0;",
            "&#xD800;",
            "&lt;",
            "<a/>",
            "</a>",
        ),
        *(
            '<?xml version="1.0" encoding="utf-16"?>',
            '<?xml version="1.0" encoding="x"?>',
            "<graph>",
            "</graph>",
            "<node/>",
        ),
        *(
            "<node>",
            "<edge/>",
            ' id="a"',
            "<",
            ">",
            "kind",
            "records",
            "PK\x03\x04",
            "%PDF",
            "\x1f\x8b",
            "PAR1",
            "é",
            "昆",
        ),
        *("XFD1048576", "A1:XFD1048576", 'repeated="1048576"', "1048576", "65535", "-1", "4294967295"),
    )
)
_RAW = (
    b"\xff",
    b"\xfe\xff",
    b"\xff\xfe",
    b"\xc3",
    b"\xe4\xf6",
    b"\x80" * 9,
    b"\0" * 8,
    b"\xff" * 8,
    b"\x28\xb5\x2f\xfd",
)


@st.composite
def trees(draw: Any, good: Sequence[Any], withheld: bool = True) -> Any:
    """Draw one of the good trees with some of its parts made bad."""
    tree = deepcopy(draw(st.sampled_from(good)))
    for _ in range(draw(st.integers(1, 4))):
        where = list(paths(tree))
        if not where or len(where) > 2_000:
            break
        path = where[draw(st.integers(0, len(where) - 1))]
        tree = _changed(draw, tree, path, where)
    return _with_withheld(draw, tree) if withheld and draw(st.integers(0, 9)) == 9 else tree


def _at(tree: Any, path: Sequence[Any]) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def _changed(draw: Any, tree: Any, path: tuple[Any, ...], where: Sequence[tuple[Any, ...]]) -> Any:
    old = _at(tree, path)
    how = draw(
        st.sampled_from(("put", "put", "other", "other", "edge", "away", "double", "name", "wrap", "any", "many"))
    )
    if how == "put":
        return put(tree, path, draw(st.sampled_from(_SCALARS)))
    if how == "other":
        from_ = where[draw(st.integers(0, len(where) - 1))]
        return put(tree, path, deepcopy(_at(tree, from_)))
    if how == "edge":
        words = draw(st.sampled_from([one for one in _SCALARS if isinstance(one, str)]))
        return put(tree, path, f"{old}{words}" if draw(st.booleans()) else f"{words}{old}")
    if how == "wrap":
        return put(
            tree, path, draw(st.sampled_from(([old], {"a": old}, [old, old], [[old]], {"value": old}, str(old))))
        )
    if how == "any":
        return put(tree, path, draw(ANY_JSON))
    if how == "many":
        return put(tree, path, draw(st.sampled_from(_MANY))(old))
    return _moved(draw, deepcopy(tree), path, how)


def _moved(draw: Any, tree: Any, path: tuple[Any, ...], how: str) -> Any:
    """Return a tree with a part taken away, doubled, or under another name."""
    parent, step = _at(tree, path[:-1]), path[-1]
    if how == "away":
        del parent[step]
    elif isinstance(parent, list):
        parent.insert(draw(st.integers(0, len(parent))), deepcopy(parent[step]))
    else:
        name = draw(st.sampled_from(_KEYS))
        parent[name] = deepcopy(parent[step]) if how == "double" else parent.pop(step)
    return tree


def _with_withheld(draw: Any, tree: Any) -> Any:
    objects = [path for path in [(), *paths(tree)] if isinstance(_at(tree, path), dict)]
    is_table = isinstance(tree, list) and all(isinstance(row, list) for row in tree)
    if objects and not is_table:  # in a cell a mapping is text
        _at(tree, objects[draw(st.integers(0, len(objects) - 1))])[draw(st.sampled_from(_REFUSED))] = WITHHELD
    return tree


_MOST = 2**16
_PARTS = st.integers(0, _MOST)
"""How far into a file, in parts of its length."""


@st.composite
def turned(draw: Any, good: Sequence[bytes]) -> bytes:
    """Draw one of the good files with some of its bytes made bad, or two of them put together."""
    content = bytearray(draw(st.sampled_from(good)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(_PARTS) * len(content) // _MOST
        how = draw(st.sampled_from(("flip", "byte", "cut", "end", "repeat", "token", "token", "raw", "splice", "swap")))
        size = draw(st.sampled_from((1, 2, 3, 8, 40, 200)))
        if how == "flip" and at < len(content):
            content[at] ^= 1 << draw(st.integers(0, 7))
        elif how == "byte" and at < len(content):
            content[at] = draw(st.integers(0, 255))
        elif how == "cut":
            del content[at : at + size]
        elif how == "end":
            del content[at:]
        elif how == "repeat":
            content[at:at] = bytes(content[at : at + size]) * draw(st.sampled_from((1, 2, 30)))
        elif how in ("token", "raw"):
            content[at:at] = draw(st.sampled_from(_TOKENS if how == "token" else _RAW))
        elif how == "swap":
            content[at : at + size] = draw(st.binary(max_size=size))
        else:
            other = draw(st.sampled_from(good))
            content[at:] = other[draw(_PARTS) * len(other) // _MOST :]
    return bytes(content)


@st.composite
def within(draw: Any, good: Sequence[bytes]) -> bytes:
    """Draw one of the good archives with the bytes of one of its parts made bad."""
    content = draw(st.sampled_from(good))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = draw(st.sampled_from(sorted(parts)))
    parts[name] = draw(turned([parts[name]]))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return packed.getvalue()
