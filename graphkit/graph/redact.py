"""Taking protected persons out of what is handed over. Every hand-over goes through here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from graphkit.graph.parts import Parts, of_resolved
from graphkit.graph.snapshot import Snapshot
from graphkit.model.entity import Resolved

SHORTEST = 4
NAME = "Protected person"
PSEUDONYM = "protected-person"
"""What stands for a name in an id or an address."""
_AT_ONCE = 20_000
_LONGEST = 400
_TEXTS = pl.List(pl.String())
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_APART = re.compile(r"[\s_.+\-]+")
_BETWEEN = r"(?:%20|[\s_.+\-])+"
_RELATION = ("type", "from_kind", "to_kind", "spans", "first_seen", "last_seen")
_ENDS = ("id", "from", "to", "sources", "claimants")
_NODE = ("protected", "disputed")
CLAIM = ("kind", "property", "object_kind", "anchor_kind", "claimant_kind", "stance", "modality", "recorded_at")
DATES = ("said_at", "valid_from", "valid_to")
SOURCE = ("published", "accessed", "tlp", "invented", "reliability")
_WORDS = ("raw", "summary", "quote", "note", "resolution")


def redacted(view: Snapshot) -> tuple[Snapshot, dict[str, str]]:
    """Return the snapshot with protected persons under pseudonyms, and the new ids of things by their old ones.

    A person protected in any case of the store is protected here, and so is what is said to be the same as
    that person. Their ids and names are absent from every
    text of the result, other ids included; all that is said of them in words is left out, on their relations
    too, and relations with them get ids that do not tell the ends. Case, width and white space make no
    difference to a name. Names of fewer than ``SHORTEST`` letters are found as whole words, Chinese,
    Japanese and Korean ones of two characters anywhere, single letters never. Nicknames and parts of names
    that no record gives are not known and stay.
    """
    if not view.protected:
        return view, {}
    hidden, names = hiding(view, [])
    ids = names.ids
    touching = pl.col("from").is_in(hidden) | pl.col("to").is_in(hidden)
    told = [*hidden, *view.relations.filter(touching)["id"]]
    denials = silent_claims(view.denials, told, hidden)
    names = replace(names, ids={**ids, **_unlinked(view.relations, denials, list(ids))})
    resolved = Resolved(
        {kind: _nodes(rows, hidden, names) for kind, rows in view.nodes.items()},
        names.out_of(_silent(view.relations, touching, (*_ENDS, *_RELATION)), _RELATION),
        names.out_of(view.conflicts.filter(~pl.col("about").is_in(told) | _on_link(view)), CLAIM),
        names.out_of(denials, (*CLAIM, *DATES)),
    )
    decisions = view.decisions
    if len(decisions):
        of_others = decisions.filter(~pl.col("on").list.eval(pl.element().is_in(told)).list.any())
        decisions = names.out_of(of_others, ("action", "property", "when"))
    sources = names.out_of(view.sources, SOURCE)
    scope = replace(view.scope, cases=tuple(names.ids.get(case, case) for case in view.scope.cases))
    return Snapshot(Parts.given(of_resolved(resolved, sources, decisions)), scope, view.version), dict(ids)


def hiding(view: Snapshot, more: Iterable[str]) -> tuple[list[str], Names]:
    """Return who is hidden in a snapshot, and what must not be told of them; ``more`` are ids beside those shown."""
    hidden = sorted(view.protected)
    names = Names.of(view.protected)
    ids = {id_: f"{PSEUDONYM}-{place}" for place, id_ in enumerate(hidden, start=1)}
    shown = [*view.things["id"], *view.sources["id"], *view.scope.cases]
    ids |= names.renamed(shown, ids)
    return hidden, replace(names, ids=ids | names.renamed(more, ids))


def redacted_claims(view: Snapshot, claims: pl.DataFrame) -> pl.DataFrame:
    """Return the claims of a snapshot as they may be handed over, under the ids that ``redacted`` gives.

    Claims on protected persons and on relations with them are left out; that such a relation is claimed stays,
    without words. Nothing else that is said holds their names.
    """
    if not view.protected:
        return claims
    told = of_resolved(replace(view.resolved, denials=claims), view.sources, view.decisions)
    return redacted(replace(view, parts=Parts.given(told)))[0].denials


def unnamed_rows(view: Snapshot, rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Return rows of plain values, nested ones too, without the names and ids of protected persons in any text."""
    if not view.protected:
        return [list(row) for row in rows]
    ids = {id_: f"{PSEUDONYM}-{place}" for place, id_ in enumerate(sorted(view.protected), start=1)}
    texts = pl.Series("text", sorted(set(_texts(rows))), dtype=pl.String)
    changed = replace(Names.of(view.protected), ids=ids)._changed(texts)
    return [[_replaced(value, changed) for value in row] for row in rows]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, held in value.items():
            yield from (*_texts(key), *_texts(held))
    elif isinstance(value, Sequence):
        for held in value:
            yield from _texts(held)


def _replaced(value: Any, changed: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return changed.get(value, value)
    if isinstance(value, Mapping):
        return {_replaced(key, changed): _replaced(held, changed) for key, held in value.items()}
    return [_replaced(held, changed) for held in value] if isinstance(value, list) else value


def unnamed(view: Snapshot, ids: Sequence[str]) -> tuple[list[str], str]:
    """Return the names that these things have in a hand-over, and that of the scope."""
    rows = view.things[[view.number(id_) for id_ in ids]]
    if not view.protected:
        return rows["name"].to_list(), str(view.scope)
    texts = pl.DataFrame({"text": [*rows["name"], str(view.scope)]}, schema={"text": pl.String})
    *named, scope = Names.of(view.protected).out_of(texts, ())["text"]
    return [NAME if id_ in view.protected else name for id_, name in zip(ids, named, strict=True)], scope


@dataclass(frozen=True, slots=True)
class Names:
    """What must not be told: regular expressions of names, and what stands for whole ids."""

    patterns: tuple[str, ...]
    ids: Mapping[str, str]

    @classmethod
    def of(cls, protected: Mapping[str, Iterable[str]]) -> Names:
        normal = {
            unicodedata.normalize("NFKC", word).strip()
            for id_, names in protected.items()
            for word in (id_, id_.rpartition(":")[2], *names)
        }
        patterns = [found for word in sorted(normal, key=lambda word: (-len(word), word)) if (found := _pattern(word))]
        chunks: list[list[str]] = [[]]
        size = 0
        for pattern in patterns:
            if size + len(pattern) > _AT_ONCE:
                chunks, size = [*chunks, []], 0
            chunks[-1].append(pattern)
            size += len(pattern)
        return cls(tuple("(?i)" + "|".join(chunk) for chunk in chunks if chunk), {})

    def out_of(self, rows: pl.DataFrame, fixed: Sequence[str]) -> pl.DataFrame:
        """Return rows without the names, in all columns of text but the ``fixed`` ones."""
        cleaned = {name for name, type_ in rows.schema.items() if type_ in (pl.String, _TEXTS)} - set(fixed)
        texts = [rows[name].explode() if rows.schema[name] == _TEXTS else rows[name] for name in sorted(cleaned)]
        if not texts:
            return rows
        known = self._changed(pl.concat([text.rename("text") for text in texts]).drop_nulls().unique())
        return rows.with_columns(
            pl.col(name).replace(known)
            if rows.schema[name] == pl.String
            else pl.col(name).list.eval(pl.element().replace(known))
            for name in sorted(cleaned)
        )

    def renamed(self, ids: Iterable[str], taken: Mapping[str, str]) -> dict[str, str]:
        """Return new ids, no two the same, of those in which a name stands."""
        known = pl.DataFrame({"id": sorted(set(ids) - set(taken))}, schema={"id": pl.String})
        cleaned = self.out_of(known, ())["id"].str.replace_all(NAME, PSEUDONYM, literal=True)
        pairs = list(zip(known["id"], cleaned, strict=True))
        used = {*taken.values(), *(old for old, new in pairs if old == new)}
        found: dict[str, str] = {}
        for old, new in pairs:
            if old != new:
                place = 1
                while (unique := new.replace(PSEUDONYM, f"{PSEUDONYM}-{place}", 1) if place > 1 else new) in used:
                    place += 1
                found[old] = unique
                used.add(unique)
        return found

    def _changed(self, texts: pl.Series) -> dict[str, str]:
        """Return the texts that names or hidden ids stand in, and what stands for them."""
        normal = cleaned = texts.str.normalize("NFKC")
        for pattern in self.patterns:
            cleaned = cleaned.str.replace_all(pattern, NAME)
        changed = cleaned != normal
        found = dict(zip(texts.filter(changed), cleaned.filter(changed), strict=True))
        return found | {id_: self.ids[id_] for id_ in texts.filter(texts.is_in(list(self.ids)))}


def _pattern(word: str) -> str:
    """Return what finds a name; of a very long one its beginning, and then all that follows it in the text."""
    if len(word) > _LONGEST:
        return _pattern(word[:_LONGEST]) + r"[\s\S]*"
    parts = [part for part in _APART.split(word) if part]
    size, lettered = sum(map(len, parts)), any(character.isalpha() for character in word)
    if size < 2 or (size < SHORTEST and not lettered):
        return ""
    if _UNSPACED.search(word):
        return r"\s*".join(re.escape(character) for character in word if not character.isspace())
    inner = _BETWEEN.join(re.escape(part) for part in parts)
    return inner if size >= SHORTEST and lettered else rf"(?:\b|_){inner}(?:\b|_)"


def _on_link(view: Snapshot) -> pl.Expr:
    return pl.col("property").is_in(view.types.unique().cast(pl.String).to_list())


def _silent(rows: pl.DataFrame, of_hidden: pl.Expr, kept: Sequence[str]) -> pl.DataFrame:
    """Leave out all words about hidden persons."""
    return rows.with_columns(
        pl.when(~of_hidden).then(name).otherwise(pl.lit([], dtype=_TEXTS) if type_ == _TEXTS else None).alias(name)
        for name, type_ in rows.schema.items()
        if name not in kept and type_ in (pl.String, _TEXTS)
    )


def _nodes(rows: pl.DataFrame, hidden: Sequence[str], names: Names) -> pl.DataFrame:
    """Leave out all words about hidden persons, and give them the one name they all have."""
    of_hidden = rows["id"].is_in(hidden)
    cleaned = names.out_of(_silent(rows, pl.col("id").is_in(hidden), ("id", "protected")), _NODE)
    return cleaned.with_columns(name=pl.when(of_hidden).then(pl.lit(NAME)).otherwise("name"))


def silent_claims(claims: pl.DataFrame, told: Sequence[str], hidden: Sequence[str]) -> pl.DataFrame:
    """Leave out claims on what is left out, and the words of those that hidden persons make or stand in."""
    link = pl.col("object_kind").is_not_null()
    with_hidden = pl.col("anchor").is_in(hidden) | (link & pl.col("value").is_in(hidden))
    gone = [*told, *claims.filter(with_hidden)["about"]]
    shown = claims.filter(link | ~pl.col("about").is_in(gone))
    silent = with_hidden | pl.col("claimant").fill_null("").is_in(hidden)
    return shown.with_columns(pl.when(~silent).then(name).alias(name) for name in _WORDS)


def _unlinked(relations: pl.DataFrame, denials: pl.DataFrame, ids: Sequence[str]) -> dict[str, str]:
    """Return new ids of the relations and denials that have one of these things in them; theirs tell it."""
    touched = relations.filter(pl.col("from").is_in(ids) | pl.col("to").is_in(ids))["id"].sort().to_list()
    parts = [pl.col(name).fill_null("").is_in(ids) for name in ("subject", "anchor", "value", "claimant")]
    ours = denials.filter(pl.any_horizontal(parts) | pl.col("about").is_in(touched))
    about_link = pl.any_horizontal(parts[:3]) & ~pl.col("about").is_in(ids)
    touched += sorted(set(ours.filter(about_link)["about"]) - set(touched))
    found = {id_: f"protected-relation-{place}" for place, id_ in enumerate(touched, start=1)}
    return found | {id_: f"protected-claim-{place}" for place, id_ in enumerate(ours["id"], start=1)}
