"""What part of the records is looked at in time: what held, what had been published, what was known on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import polars as pl

from graphkit.model import interval
from graphkit.model.claim import DENIALS
from graphkit.model.interval import Interval
from graphkit.model.schema import Catalog

_HELD = ("valid_from", "valid_to", "said_at")


@dataclass(frozen=True, slots=True)
class Moment:
    """Days, as EDTF text, each for one of the clocks; empty where a clock does not count.

    ``as_of`` leaves what held on that day, ``published_by`` the sources published by its end, and ``known_on`` the
    claims recorded and the decisions made by its end. A date can mean several days, and many are missing: what may
    be so is kept, or with ``certainly`` only what is so whatever the dates can mean.
    """

    as_of: str = ""
    published_by: str = ""
    known_on: str = ""
    certainly: bool = False

    def __bool__(self) -> bool:
        return bool(self.as_of or self.published_by or self.known_on)

    def __str__(self) -> str:
        days = {"as of": self.as_of, "published by": self.published_by, "known on": self.known_on}
        told = ", ".join(f"{words} {day}" for words, day in days.items() if day)
        return f"{told}, certainly" if told and self.certainly else told

    def sources(self, sources: pl.DataFrame) -> pl.DataFrame:
        """Return the sources that had been published."""
        return self._by(self.published_by, sources, "published")

    def recorded(self, claims: pl.DataFrame) -> pl.DataFrame:
        """Return the claims that had been recorded."""
        return self._by(self.known_on, claims, "recorded_at")

    def decisions(self, decisions: pl.DataFrame) -> pl.DataFrame:
        """Return the decisions that had been made."""
        return self._by(self.known_on, decisions, "when")

    def _by(self, day: str, rows: pl.DataFrame, column: str) -> pl.DataFrame:
        if not day:
            return rows
        texts = rows[column].unique().to_list()
        kept = [text for text in texts if self._is_by(text, interval.parse(day))]
        return rows.filter(pl.col(column).is_in(kept, nulls_equal=True))

    def _is_by(self, text: str | None, day: Interval) -> bool:
        when = interval.parse(text) if text else Interval(None, None, "interval")
        if self.certainly:
            return when.latest is not None and (day.latest is None or when.latest <= day.latest)
        return when.earliest is None or day.latest is None or when.earliest < day.latest

    def holding(self, claims: pl.DataFrame) -> pl.DataFrame:
        """Return the claims that held on the day.

        A claim without dates may have held whenever, and of a relation that is not certain; of a thing it is no
        matter of time. A denial or retraction that may hold counts as one, certainly too.
        """
        if not self.as_of:
            return claims
        day = interval.parse(self.as_of)
        dates = claims.select(*_HELD).unique()
        told = [(start, end, said, *_holds(start, end, said, day)) for start, end, said in dates.iter_rows()]
        columns = [*_HELD, "possibly", "certainly"]
        kinds = [pl.String, pl.String, pl.String, pl.Boolean, pl.Boolean]
        found = pl.DataFrame(told, schema=dict(zip(columns, kinds, strict=True)), orient="row")
        judged = claims.join(found, on=list(_HELD), how="left", nulls_equal=True, maintain_order="left")
        timeless = pl.col("object_kind").is_null() & pl.col("valid_from").is_null() & pl.col("valid_to").is_null()
        doubts = pl.col("stance").is_in(DENIALS)
        kept = pl.when(timeless | doubts).then("possibly").otherwise("certainly" if self.certainly else "possibly")
        return judged.filter(kept).select(claims.columns)

    def unbegun(self, claims: pl.DataFrame, catalog: Catalog) -> list[str]:
        """Return the things that, as all of these claims have it, begin after the day only.

        With ``certainly`` also those of which any claim leaves that open. What nobody dates has begun.
        """
        if not self.as_of:
            return []
        day = interval.parse(self.as_of)
        begins = {
            (kind.name, prop.name) for kind in catalog.entities for prop in kind.properties.values() if prop.begins
        }
        dated = claims.filter(
            pl.struct("kind", "property").is_in([{"kind": kind, "property": name} for kind, name in sorted(begins)])
            & ~pl.col("stance").is_in(DENIALS)
        )
        by_thing: dict[str, list[str]] = {}
        for about, value in dated.select("about", "value").iter_rows():
            by_thing.setdefault(about, []).append(value)
        return sorted(id_ for id_, values in by_thing.items() if not self._has_begun(values, day))

    def _has_begun(self, values: Iterable[str], day: Interval) -> bool:
        each = [self._is_by(value, day) for value in values]
        return all(each) if self.certainly else any(each)


def day(text: str) -> str:
    """Return the text of a day, month or year to look at; ValueError says what is wrong with it."""
    if not text.strip():
        return ""
    found = interval.parse(text)
    if found.precision == "interval" or found.latest is None:
        raise ValueError(f"'{text.strip()[:40]}' names no day, month or year")
    return text.strip()


def _holds(valid_from: str | None, valid_to: str | None, said_at: str | None, day: Interval) -> tuple[bool, bool]:
    """Say whether a claim possibly held on some day of these, and whether it certainly held on each of them.

    An end that nobody names is open: possibly it never came, certainly it had not come when the claim was made.
    """
    possible = interval.held(valid_from, valid_to)
    if possible is None:
        return True, False
    start, end, said = (interval.parse(text) if text else None for text in (valid_from, valid_to, said_at))
    begun = [each.latest - _DAY for each in (start, end) if each and each.latest]
    lasts = [each.earliest for each in (start, end or said) if each and each.earliest]
    if not (begun and lasts and day.earliest and day.latest):
        return possible.overlaps(day), False
    return possible.overlaps(day), min(begun) <= day.earliest and day.latest - _DAY <= max(lasts)


_DAY = timedelta(days=1)


NOW = Moment()
"""Everything that is in the records, whenever it held."""
