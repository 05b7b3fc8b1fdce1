"""Groups of websites as JSON and tables for others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import polars as pl

from graphkit.exports import wording
from graphkit.graph.redact import redacted
from graphkit.graph.snapshot import Snapshot
from graphkit.identity.websites.grouped import THRESHOLD
from graphkit.identity.websites.observed import KINDS, Family
from graphkit.pivoting.asked import pivot
from graphkit.pivoting.values import CAUTION, SHOWN, Evidence, Link, Pivot, Relatives, SiteGroup, percent

_LINK = {"group": pl.String(), "a": pl.String(), "b": pl.String(), "probability": pl.Float64(), "why": pl.String()}
_LINK |= {"sources": pl.List(pl.String()), "notice": pl.String()}
_WORDS = {
    "email": "e-mail", "registrant-name": "registrant", "registrant-org": "registrant organization",
    "cert": "certificate", "ns": "name server", "email-near": "nearly the same e-mail",
    "name-near": "nearly the same registrant", "stem": "beginning of the name", "hand-over": "times",
    "same week": "times", "network": "neighbouring address", "ns-zone": "name servers of", "mailbox": "name in e-mails",
    "mail-domain": "domain of e-mails", "label": "name, ending aside", "created": "day of registration",
    "caution": "with caution, as", "start": "to begin with",
}  # fmt: skip
_VALUES, _OTHERS = 6, 3
_CHANGES_HANDS = frozenset(kind for kind, family in KINDS.items() if family is Family.HOSTING)


def as_json(found: Pivot) -> dict[str, Any]:
    """Return all groups as JSON can hold them, with what they were computed on and the caution."""
    return {
        "groups": [_group(group) for group in found.groups],
        "watched": [asdict(one) for one in found.watched],
        "damped": found.damped.to_dicts(),
        "computed_on": found.computed_on,
        "notice": CAUTION,
    }


def relatives_as_json(found: Relatives) -> dict[str, Any]:
    """Return what one website is linked to as JSON can hold it."""
    return {
        "website": found.domain,
        "group": _group(found.group) if found.group else None,
        "links": [_link(link) for link in found.links],
        "successors": [
            {"website": one.domain, "score": one.score, "probability": one.probability, "gap_days": one.gap}
            | {"because": one.because}
            for one in found.successors
        ],
        "kept_apart": [asdict(one) for one in found.apart],
        "timeline": [
            one | {end: one[end] and one[end].isoformat() for end in ("from", "to")}
            for one in found.happened.to_dicts()
        ],
        "damped": found.damped.to_dicts(),
        "shared": found.shared.to_dicts(),
        "computed_on": found.computed_on,
        "notice": CAUTION,
    }


def _group(group: SiteGroup) -> dict[str, Any]:
    return {
        "id": group.id,
        "websites": list(group.websites),
        "confidence": group.confidence,
        "links": [_link(link) for link in group.links],
    }


def _link(link: Link) -> dict[str, Any]:
    evidence = [
        {"kind": one.kind, "value": one.value, "seen_on": one.seen_on, "weight": one.weight, "from": one.begins}
        | {"to": one.ends, "sources": list(one.sources)}
        for one in link.evidence
    ]
    return {"a": link.a, "b": link.b, "probability": link.probability, "evidence": evidence}


def why(link: Link, most: int | None = None) -> str:
    """Return in words what two websites share, what says most first, ``most`` reasons at most."""
    words = [_reason(one, link) for one in link.evidence[:most]]
    more = len(link.evidence) - len(words)
    return "; ".join([*words, *([f"{more} more"] if more else [])]) or "decided to be one, or said to be"


def shares(link: Link) -> str:
    """Return in words the value that two websites share and that says most, after what says more than any value."""
    values = [one for one in link.evidence if one.seen_on]
    first = [link.evidence[0]] if link.evidence and values and not link.evidence[0].seen_on else []
    return "; ".join(_reason(one, link) for one in [*first, values[0]]) if values else why(link, 1)


def called(kind: str) -> str:
    """Return what a kind of evidence is called."""
    return _WORDS.get(kind, kind)


def _reason(one: Evidence, link: Link) -> str:
    if not one.weight and not one.seen_on:
        return f"{called(one.kind)} {one.value}"
    then = " at that time" if one.kind in _CHANGES_HANDS and (one.begins or one.ends) else ""
    on = f"on {one.seen_on} websites{then}, " if one.seen_on else ""
    return f"{called(one.kind)} {described(one, link)} ({on}{one.weight:+.1f} bits)"


def described(one: Evidence, link: Link) -> str:
    """Return in words the value that two websites share."""
    if one.kind == "redirect" and one.value in (link.a, link.b):
        return f"of {link.other(one.value)} to {one.value}"
    return one.value


def grouped(found: Relatives) -> str:
    """Return in words whether a website is in a group, or linked to another at all."""
    if found.group:
        others, sure = len(found.group.websites) - 1, percent(found.group.confidence)
        return f"{found.domain} is in a group with {wording.plural(others, 'other')}, {sure} sure."
    if found.links:
        return f"{found.domain} is in no group."
    return " ".join([f"No link from {found.domain} to another website reaches {percent(SHOWN)}.", *_shared(found)])


def _shared(found: Relatives) -> list[str]:
    """Return in words what a website has that others have too, what fewest have first."""
    told = [
        f"{called(kind)} {value} (as {', '.join(sites[:_OTHERS])}{f' and {more:,} more' if more else ''})"
        for kind, value, sites in found.shared.head(_VALUES).iter_rows()
        for more in [max(len(sites) - _OTHERS, 0)]
    ]
    if len(found.shared) > len(told):
        told.append(f"{len(found.shared) - len(told):,} more")
    return [f"What others have too, not enough for a link: {'; '.join(told)}."] if told else []


def in_no_group(found: Relatives) -> str:
    """Return in words why a website that is linked to others is in no group."""
    apart = sorted({site for one in found.apart for site in one.websites} - {found.domain})
    told = [f"People have decided that it is not one with {' or '.join(apart)}."] if apart else []
    if not any(link.probability >= THRESHOLD for link in found.links):
        rest = "any other" if apart else "another"
        told.append(f"No link to {rest} website reaches {percent(THRESHOLD)}, as a group needs.")
    elif not apart:
        told.append("It is linked to too few of those that belong together.")
    return " ".join(["In no group.", *told])


def kept_apart(found: Relatives) -> list[str]:
    """Return in words what people have decided not to be one with a website."""
    return [
        f"Decided not to be one with {' and '.join(site for site in one.websites if site != found.domain)}, so in no "
        f"group with it: {one.who} on {one.when[:10]}: {one.why} ({one.decision})."
        for one in found.apart
    ]


def links_table(found: Pivot, view: Snapshot) -> pl.DataFrame:
    """Return one row a link in a group: group, a, b, probability, why, sources and notice, the caution."""
    return _table([(group.id, link) for group in found.groups for link in group.links], view)


def links_to_hand_over(view: Snapshot) -> pl.DataFrame:
    """Return the links of all groups as a table for others; protected persons are redacted."""
    found = pivot(redacted(view)[0])
    return links_table(found, view).with_columns(computed_on=pl.lit(found.computed_on))


def relatives_table(found: Relatives, view: Snapshot) -> pl.DataFrame:
    """Return one row a website that one is linked to, with the columns of ``links_table``."""
    inside = set(found.group.websites) if found.group else set()
    id_ = found.group.id if found.group else None
    return _table([(id_ if link.other(found.domain) in inside else None, link) for link in found.links], view)


def _table(links: Sequence[tuple[str | None, Link]], view: Snapshot) -> pl.DataFrame:
    notice = " ".join([*wording.notices(view), CAUTION])
    return pl.DataFrame([(*_row(*link), notice) for link in links], schema=_LINK, orient="row")


def _row(group: str | None, link: Link) -> tuple[object, ...]:
    sources = sorted({source for one in link.evidence for source in one.sources})
    return group, link.a, link.b, link.probability, why(link), sources
