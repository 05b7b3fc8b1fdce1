"""The names that a sheet lists: in which column they stand, and in which rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from graphkit.errors import ChooseAgain, FileUnreadable, Refused, did_you_mean
from graphkit.ingest.sheets import columns, layout, naming, parts
from graphkit.ingest.sheets.columns import Profile
from graphkit.ingest.sheets.sheet import Sheet, filled, text

_ROLES = ("name", "organization", "alias", "domain", "email", "ip", "phone")
_FORMS = ("domain", "url", "email", "ip")
_SHOWN = 40

Refuses = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Where:
    """Where names are to be looked for; what is not given is found out.

    Several ``columns`` are joined to one name, such as a first and a last one. ``header`` is the row of the header, 0
    when there is none.
    """

    columns: tuple[str, ...] = ()
    sheet: str | None = None
    header: int | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """The names of a sheet, each with the number of its row; of a cell that lists several there are several.

    ``width`` is how many columns the sheet fills. ``doubtful`` says that the header may be a name itself: it is the
    first of the names then. ``notes`` say what was left out.
    """

    sheet: Sheet
    columns: tuple[str, ...]
    header: int
    width: int
    names: tuple[tuple[int, str], ...]
    doubtful: bool
    notes: tuple[str, ...]


def listed(sheets: Sequence[Sheet], where: Where, refuses: Refuses) -> Listed:
    """Return the names that a file lists: in the sheet that is named, else in the first that is shown and has some.

    ChooseAgain when there is no such sheet or column, or when none can be told to hold the names; Refused for a column
    of which nothing is taken.
    """
    problem: ChooseAgain | FileUnreadable | None = None
    for sheet in _wanted(sheets, where.sheet):
        try:
            return _in_sheet(sheet, where, refuses)
        except (ChooseAgain, FileUnreadable) as wrong:
            problem = problem or wrong
    raise problem or FileUnreadable("There is no sheet with cells in it.")


def _wanted(sheets: Sequence[Sheet], named: str | None) -> Iterator[Sheet]:
    if named is None:
        yield from (sheet for sheet in sheets if not sheet.is_hidden)
        return
    names = [sheet.name for sheet in sheets]
    if named not in names:
        raise ChooseAgain(f"There is no sheet '{named}'.{did_you_mean(named, names)} There are: {', '.join(names)}.")
    yield sheets[names.index(named)]


def _in_sheet(sheet: Sheet, where: Where, refuses: Refuses) -> Listed:
    found = layout.found(sheet, where.header)
    left_out = layout.LeftOut()
    rows = [(number, [text(cell) for cell in cells]) for number, cells in layout.body(sheet, found, left_out)]
    if not rows and len(found.columns) > 1:
        raise FileUnreadable(f"{sheet.title}: there are no rows below its header. Is it the right sheet?")
    profiles = columns.profiles(found.columns, [cells for _, cells in islice(rows, layout.SAMPLE)], refuses)
    chosen = _named(sheet, where.columns, found.columns, refuses) or _told(sheet, found.columns, profiles)
    split = next((one.split for one in profiles if chosen == (one.name,)), None)
    doubtful = bool(found.header) and len(found.columns) == 1 and not (where.columns or naming.roles(chosen[0]))
    doubtful = doubtful and where.header is None
    names = [(found.header, found.columns[0])] if doubtful else []
    places = [found.columns.index(name) for name in chosen]
    names += [(number, name) for number, cells in rows for name in _names(cells, places, split)]
    notes = tuple(f"{sheet.title}: {note}." for note in (*sheet.notes, *left_out.notes()))
    return Listed(sheet, chosen, found.header, _width(sheet), tuple(names), doubtful, notes)


def _named(sheet: Sheet, asked: Sequence[str], there: Sequence[str], refuses: Refuses) -> tuple[str, ...]:
    for name in asked:
        if name not in there:
            known = ", ".join(there[:_SHOWN])
            raise ChooseAgain(
                f"{sheet.title}: it has no column '{name}'.{did_you_mean(name, there)} There are: {known}."
            )
        if refuses(name):
            raise Refused(f"{sheet.title}: {name}: graphkit takes no such data on persons. Choose another column.")
    return tuple(asked)


def _told(sheet: Sheet, there: Sequence[str], profiles: Sequence[Profile]) -> tuple[str, ...]:
    """Return the columns that hold the names, as far as what they are called and how they are filled tells it."""
    roles = {one.role: one.name for one in profiles if one.role}
    if "last_name" in roles:
        return tuple(roles[role] for role in ("first_name", "last_name") if role in roles)
    if role := next((role for role in _ROLES if role in roles), None):
        return (roles[role],)
    texts = [one.name for one in profiles if one.form in _FORMS] or [one.name for one in profiles if one.form == "text"]
    ids = [roles["id"]] if "id" in roles else []
    may_be = texts or ids or there
    if len(may_be) == 1:
        return (may_be[0],)
    shown = ", ".join(f"{one.name} ({one.values[0][:30]} …)" for one in profiles[:_SHOWN])
    raise ChooseAgain(
        f"{sheet.title}: which column holds the names? Name it with --column. There are: {shown}. "
        "If the first row is one of names too, add --header 0."
    )


def _names(cells: Sequence[str], places: Sequence[int], split: str | None) -> Iterator[str]:
    told = [cells[at] for at in places if cells[at].casefold() not in {*parts.NOTHING, ""}]
    if len(places) > 1:
        yield from [" ".join(told)] if told else []
        return
    for cell in told:
        pieces = (piece.strip() for piece in cell.split(split)) if split else [cell]
        yield from (piece for piece in pieces if piece and piece.casefold() not in parts.NOTHING)


def _width(sheet: Sheet) -> int:
    rows = max((here[-1] + 1 for _, cells in sheet.rows() if (here := filled(cells))), default=0)
    return max([rows, *(right + 1 for _, (_, right) in sheet.merged)])
