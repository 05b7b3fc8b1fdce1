"""What adding records by hand would write, in words, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import polars as pl

from graphkit.exports import wording
from graphkit.graph.scope import Scope
from graphkit.ingest.batch import Batch, gather
from graphkit.loading import by_hand
from graphkit.model.claim import DENIALS, Claim, as_claims
from graphkit.model.invisible import visible
from graphkit.model.replaced import replaced
from graphkit.model.schema import Catalog
from graphkit.model.source import REGISTERS
from graphkit.model.tombstone import Tombstones
from graphkit.scoped import Scoped
from graphkit.stores import Store
from graphkit.stores.view import View

SHOWN_WORDS = 300
MAY_BE_SHOWN = 60
_SAYS = {"asserts": "says", "reports": "reports", "denies": "denies", "retracts": "takes back"}
FOLLOWS = "was rejected at"


@dataclass(frozen=True, slots=True)
class Draft:
    """What writing some records would do.

    ``who`` says who says it, ``says`` is each statement, with who says it where that is another, ``beside`` the
    summary, quote and note beside them, ``notes`` what should be known before it is written; ``opens`` is the id of a
    thing that it speaks of. ``wrong`` is what is wrong, by kind and field, and ``refused`` the fields that are not
    recorded of persons; with either nothing can be written.
    """

    who: str
    says: list[str]
    beside: list[str]
    notes: list[str]
    opens: str | None
    wrong: dict[tuple[str, str], str]
    refused: list[str]

    def lines(self) -> list[str]:
        """Return who says it, and below that what is said."""
        lines = [*([self.who] if self.who else []), *(f"  {text}" for text in [*self.says, *self.beside])]
        return [visible(line) for line in lines]


def draft(store: Store, records: Sequence[Mapping[str, Any]], case: str) -> Draft:
    """Return what adding these records would write, new sources into this case.

    Things are called as they are in the case, and in those of the source that is cited.
    """
    if not store.exists():
        return _drafted(None, records, case, store.catalog)
    return store.reading(lambda view: _drafted(_held(view, records, case, store.catalog), records, case, store.catalog))


def _drafted(held: Scoped | None, records: Sequence[Mapping[str, Any]], case: str, catalog: Catalog) -> Draft:
    kinds_of = held.view.kinds_of if held else lambda ids: {}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    tombstones = Tombstones(held.view.register("Tombstone")) if held else None
    batch = gather(by_hand(records), catalog, kinds_of, now, tombstones)
    claims = as_claims(batch.claims)
    names = _names(batch, held)
    told = [_who(claim, batch, held, names) for claim in claims]
    says = [
        words if who == told[0] else f"{who} {words}"
        for claim, who in zip(claims, told, strict=True)
        for words in _statement(claim, names, catalog)
    ]
    return Draft(
        who=told[0] if told else "",
        says=[*_entries(batch), *says],
        beside=_beside(claims[0]) if claims else [],
        notes=[
            *_known(batch, claims, held),
            *_filed(batch, held, case),
            *(warning.partition(": ")[2] for warning in batch.warnings),
        ],
        opens=claims[0].anchor if claims else None,
        wrong={(r.place, name): text for r in batch.rejects for name, text in r.wrong.items() if FOLLOWS not in text},
        refused=batch.refused_names,
    )


def _held(view: View, records: Sequence[Mapping[str, Any]], case: str, catalog: Catalog) -> Scoped:
    cited = [record["source"] for record in records if isinstance(record.get("source"), str)]
    sources = view.register("Source").filter(pl.col("id").is_in(cited))
    return Scoped(view, Scope(tuple(sorted({case, *sources["cases"].explode().drop_nulls()}))), catalog)


def _filed(batch: Batch, held: Scoped | None, case: str) -> Iterator[str]:
    known = set(held.all_sources["id"]) if held else set()
    for id_, cases in batch.registers["Source"].select("id", "cases").iter_rows():
        if id_ not in known:
            yield f"Source '{_short(id_, MAY_BE_SHOWN)}' is new and goes into case {_short(_text(cases or [case]))}."


def _names(batch: Batch, held: Scoped | None) -> wording.Names:
    ids = {*batch.claims["anchor"], *batch.claims["claimant"].drop_nulls()}
    ids |= set(batch.claims.filter(pl.col("object_kind").is_not_null())["value"])
    given = batch.claims.filter(pl.col("property") == "name").select("subject", "value").reverse()
    called = {id_: id_ for id_ in ids} | dict(given.iter_rows())
    if held:
        called |= dict(held.resolved(held.claims(sorted(ids))).entities().select("id", "name").iter_rows())
    return wording.Names(called, wording.voices(_sources(batch, held).iter_rows(named=True)))


def _sources(batch: Batch, held: Scoped | None) -> pl.DataFrame:
    own = batch.registers["Source"]
    return own if held is None else pl.concat([own, held.all_sources.join(own, on="id", how="anti")], how="diagonal")


def _who(claim: Claim, batch: Batch, held: Scoped | None, names: wording.Names) -> str:
    titles = dict(_sources(batch, held).select("id", "name").iter_rows())
    who = wording.speaker(claim.claimant, claim.source, names)
    title = f"“{titles.get(claim.source) or claim.source}”"
    place = f", {claim.locator}" if claim.locator else ""
    where = place if who == title else f", in {title}{place}"
    rated = [f"confidence {claim.confidence} of 100"] if claim.confidence is not None else []
    rated += [f"credibility {claim.credibility}"] if claim.credibility else []
    rated += [claim.modality] if claim.modality != "stated" else []
    when = " to ".join(dict.fromkeys(text for text in (claim.valid_from, claim.valid_to) if text))
    rated += [f"held {when}"] if when else []
    return _short(f"{who} {_SAYS[claim.stance]}{where}" + (f" ({'; '.join(rated)})" if rated else "")) + ":"


def _beside(claim: Claim) -> list[str]:
    texts = {"summary": claim.summary, "quote": claim.quote and f"“{claim.quote}”", "note": claim.note}
    return [_short(f"{name}: {text}") for name, text in texts.items() if text]


def _statement(claim: Claim, names: wording.Names, catalog: Catalog) -> Iterator[str]:
    if claim.object_kind is None:
        about = claim.anchor if claim.property == "name" else names.things.get(claim.anchor, claim.anchor)
        prop = claim.property.replace("_", " ")
        yield _short(f"{_short(about, MAY_BE_SHOWN)}: {prop}: {claim.value}")
        return
    start, end = (_short(names.things.get(id_, id_), MAY_BE_SHOWN) for id_ in (claim.subject, claim.value))
    edge = catalog[claim.property].edge
    says = f"{start} {edge.says if edge else claim.property} {end}"
    if claim.stance not in DENIALS and catalog.accusing(claim.property, claim.kind, claim.object_kind):
        by = wording.speaker(claim.claimant, claim.source, names)
        says += f". An allegation by {_short(by, MAY_BE_SHOWN)}, and worded as one everywhere"
    yield says + "."


def _entries(batch: Batch) -> Iterator[str]:
    """Yield what the records of registers say of themselves, such as the title of a source."""
    for kind in REGISTERS:
        for entry in batch.registers[kind].iter_rows(named=True):
            given = {name: value for name, value in entry.items() if name != "id" and value}
            texts = [f"{name.replace('_', ' ')}: {_text(value)}" for name, value in given.items()]
            yield _short(f"{kind} {entry['id']}: {'; '.join(_short(text) for text in texts)}", 4 * SHOWN_WORDS)


def _known(batch: Batch, claims: Sequence[Claim], held: Scoped | None) -> Iterator[str]:
    if held is None:
        return
    if claims and len(held.view.ratings(batch.claims["id"].to_list())) == len(claims):
        yield "All of this is in the store already; only ratings, notes and quotes can change."
        return
    own = {claim.anchor: claim.anchor_kind for claim in claims if claim.about == claim.anchor}
    for id_, kind in held.view.kinds_of(sorted(own)).items():
        if own[id_] == kind:
            yield f"{_there_is(kind, id_)}: this is added to what is said of the same one."
    for kind in REGISTERS:
        given = batch.registers[kind]
        before = held.view.register(kind).join(given, on="id", how="semi")
        changes = list(replaced(kind, before, given))
        for id_ in before["id"]:
            told = "; ".join(change.change for change in changes if change.id == id_)
            yield f"{_there_is(kind, id_)}: this {told or 'adds what its entry lacks, and changes nothing else'}."


def _there_is(kind: str, id_: str) -> str:
    return f"There is a {kind} '{_short(id_, MAY_BE_SHOWN)}' already"


def _text(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _short(text: str, most: int = SHOWN_WORDS) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1] + "…"
