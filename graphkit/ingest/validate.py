"""Are these records of their kind? Whole columns of them are checked at a time."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import compress
from typing import Any

from graphkit.errors import ChooseAgain, Rejected, did_you_mean
from graphkit.ingest import dated
from graphkit.ingest.checked import Checked
from graphkit.ingest.checks import IMPLIED, Check, absent, checks
from graphkit.model import tombstone
from graphkit.model.invisible import in_brief
from graphkit.model.schema import Catalog, Kind

_SHOWN_FAULTS = 4
Wrong = dict[str, str]
Loops = list[tuple[str, str]]


class Validator:
    """Checks records against the kinds of a catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._checks: dict[str, dict[str, Check]] = {}
        self._named = lru_cache(1024)(self._kind_or_problem)

    def kind(self, data: Mapping[str, Any]) -> Kind:
        """Return the kind that a record says it is of, else raise Rejected."""
        name = data.get("kind")
        if not isinstance(name, str) or not name.strip():
            raise Rejected("kind", "is missing; say what the record is, such as Incident")
        found = self._named(name.strip())
        if isinstance(found, str):
            raise Rejected("kind", found)
        return found

    def _kind_or_problem(self, name: str) -> Kind | str:
        if name == tombstone.KIND:
            return f"'{name}' is made by 'graphkit erase' alone; leave this record out"
        try:
            return self._catalog[name]
        except ChooseAgain as problem:
            return str(problem)

    def fields(self, kind: Kind) -> dict[str, Check]:
        """Return the fields that a record of a kind may have, each with its check."""
        if kind.name not in self._checks:
            self._checks[kind.name] = {check.name: check for check in checks(kind)}
        return self._checks[kind.name]

    def problem(self, kind: Kind, name: str, value: object) -> str | None:
        """Return what is wrong with the value of one field, by itself, or None."""
        check = self.fields(kind).get(name)
        if check is None:
            return _unknown(kind, name, self.fields(kind))
        _, wrong = _column(check, kind, [value])
        return wrong.get(0)

    def check(self, kind: Kind, rows: Mapping[int, dict[str, Any]]) -> tuple[Checked, dict[int, Rejected]]:
        """Return those of the records, all of one kind and by number, that stand, and why the others do not."""
        numbers, given = list(rows), list(rows.values())
        wrong: dict[int, Wrong] = {}
        fields: dict[str, list[Any]] = {}
        known = self.fields(kind)
        present = set().union(*given)
        bare = {place for place, row in enumerate(given) if _is_bare(kind, row)}
        spelled = {place for place, row in enumerate(given) if not absent(row.get("id"))} if kind.is_entity else set()
        for name, check in known.items():
            if name in present or check.required:
                spared = bare | spelled if name in _spelling(kind) else bare
                fields[name], found = _column(check, kind, [row.get(name) for row in given], spared)
                for place, text in found.items():
                    wrong.setdefault(place, {})[name] = text
        for name in sorted(present - known.keys() - {"kind"}, key=str):
            unknown = _unknown(kind, str(name), known)
            for place, row in enumerate(given):
                if not absent(row.get(name)):
                    wrong.setdefault(place, {})[str(name)] = unknown
        bad = {place: _rejected(faults) for place, faults in wrong.items()}
        _imply(kind, fields, len(given))
        ids = _together(kind, fields, len(given), bad)
        stands = [place not in bad for place in range(len(given))]
        kept = {name: list(compress(column, stands)) for name, column in fields.items()}
        checked = Checked(kind, list(compress(numbers, stands)), list(compress(ids, stands)), kept)
        return checked, {numbers[place]: problem for place, problem in bad.items()}


def _is_bare(kind: Kind, row: Mapping[str, Any]) -> bool:
    """Say whether a record says nothing but of which kind an id is."""
    return len(row) == 2 and kind.is_entity and not absent(row.get("id"))


def _column(
    check: Check, kind: Kind, given: Sequence[Any], spared: Collection[int] = ()
) -> tuple[list[Any], dict[int, str]]:
    """Return the column in normal form, and what is wrong at which places; it may be missing at those spared."""
    convert, wrong = check.convert, dict[int, str]()
    column: list[Any] = []
    for place, value in enumerate(given):
        if absent(value):
            column.append(None)
            if check.required and place not in spared:
                wrong[place] = f"is missing; every {kind.name} needs one"
            continue
        try:
            column.append(convert(value))
        except ValueError as problem:
            column.append(None)
            wrong[place] = str(problem)
    return column, wrong


def _unknown(kind: Kind, name: str, known: Mapping[str, Check]) -> str:
    return f"is no field of {kind.name}.{did_you_mean(name, ['kind', *known])}"


def _rejected(faults: Wrong) -> Rejected:
    (name, text), *rest = list(faults.items())[:_SHOWN_FAULTS]
    return Rejected(name, text + "".join(f"; {in_brief(other)}: {more}" for other, more in rest), faults)


def _imply(kind: Kind, fields: dict[str, list[Any]], count: int) -> None:
    """Fill in what records leave to be understood: how something is said, and when it holds."""
    if kind.registry:
        return
    for name, implied in IMPLIED.items():
        fields[name] = [value or implied for value in fields.get(name) or [None] * count]
    dated.date_all(kind, fields, count)


def _together(kind: Kind, fields: dict[str, list[Any]], count: int, bad: dict[int, Rejected]) -> list[str]:
    """Return the ids of records, and add to ``bad`` those whose fields do not go together."""
    ids = fields.get("id") or [None] * count
    made: list[str] = []
    named = [name for name in kind.properties if name in fields]
    loops = _loops(kind)
    for place, given in enumerate(ids):
        id_ = ""
        if place not in bad:
            try:
                _check_together(kind, fields, named, loops, place)
                id_ = _id(kind, fields, place, given)
            except Rejected as problem:
                bad[place] = problem
        made.append(id_)
    return made


def _loops(kind: Kind) -> Loops:
    """Return the pairs of required fields that a record links, and that stand for things of one kind."""
    made = {name: prop.makes for name, prop in kind.properties.items() if prop.required}
    return [(a, b) for a, _, b in kind.links if made.get(a) is not None and made.get(a) == made.get(b)]


def _check_together(kind: Kind, fields: dict[str, list[Any]], named: Sequence[str], loops: Loops, place: int) -> None:
    if kind.registry:
        return
    dated.check(kind, fields, place)
    count = sum(len(fields[name][place] or ()) for name in named)
    if "raw" in fields and fields["raw"][place] and count != 1 and (count or not kind.edge):
        raise Rejected("raw", "belongs to one value; write this value as a record of its own")
    if not (kind.edge or count) and fields["source"][place]:
        name = next(iter(kind.properties))
        raise Rejected(name, f"is missing; a {kind.name} record says at least one thing, such as its {name}")
    for start, end in loops:
        a, b = ({value for value, _ in fields[name][place]} for name in (start, end))
        if a & b:
            raise Rejected(end, f"is the {start} itself, and nothing leads to itself; leave the record out")
    if "link" in fields and fields["link"][place] == "false" and not count:
        raise Rejected("link", "is false, and nothing else is said of the relation; leave it out")


def _id(kind: Kind, fields: dict[str, list[Any]], place: int, given: str | None) -> str:
    if kind.id_template is None:
        return given or ""
    if given and kind.is_entity and any(not fields[name][place] for name in _spelling(kind)):
        return _spelled(kind, given)
    derived = "".join(_slot(kind, part, fields, place) for part in _parts(kind.id_template))
    if given and given != derived:
        raise Rejected("id", f"'{given}' is not the id this {kind.name} has, '{derived}'; leave it out")
    return derived


def _spelling(kind: Kind) -> list[str]:
    """Return the required fields that the id of a kind spells; a record with the id may leave them out."""
    slots = _parts(kind.id_template) if kind.id_template and kind.is_entity else ()
    return [name for slot in slots if isinstance(slot, tuple) for name in slot if _is_required(kind, name)]


def _is_required(kind: Kind, name: str) -> bool:
    return name in kind.properties and kind.properties[name].required


def _spelled(kind: Kind, id_: str) -> str:
    """Return an id that stands for the fields it is made of; Rejected when it is not made as theirs are."""
    prefix, _, after, *_ = map(str, _parts(kind.id_template or ""))
    (name,) = _spelling(kind)
    rest = id_.removeprefix(prefix)
    spelled = rest.partition(after)[0] if after else rest
    try:
        if id_.startswith(prefix + spelled + after) and kind.properties[name].normal(spelled) == spelled:
            return id_
    except ValueError:
        pass
    raise Rejected(
        "id", f"'{id_}' is not the id of a {kind.name}, which is {kind.id_template}; give its {name} instead"
    )


@lru_cache
def _parts(template: str) -> tuple[str | tuple[str, ...], ...]:
    """Return the pieces of an id's template: texts, and the names of fields of which the first one given counts."""
    pieces = re.split(r"\{([^}]+)\}", template)
    return tuple(tuple(piece.split("|")) if place % 2 else piece for place, piece in enumerate(pieces))


def _slot(kind: Kind, part: str | tuple[str, ...], fields: dict[str, list[Any]], place: int) -> str:
    if isinstance(part, str):
        return part
    for name in part:
        if name in fields and fields[name][place]:
            return str(fields[name][place][0][0])
    said = {name: [value for value, _ in fields[name][place] or ()] for name in kind.properties if name in fields}
    text = json.dumps({name: given for name, given in said.items() if given}, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
