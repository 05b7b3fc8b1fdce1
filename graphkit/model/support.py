"""How well a relation is supported by what is said of it."""

from __future__ import annotations

from collections.abc import Iterable

EXACT = 16
Marked = tuple[frozenset[tuple[str, str]], float]
CREDIBILITY = {1: 0.95, 2: 0.8, 3: 0.6, 4: 0.3, 5: 0.1}
RELIABILITY = {"A": 1.0, "B": 0.85, "C": 0.65, "D": 0.45, "E": 0.25}


def weight(confidence: int | None, credibility: int | None, reliability: str | None) -> float | None:
    """Return how much one claim supports what it says, 0 to 1, or None when nobody rated it.

    The claim's confidence counts, else its Admiralty credibility (1 to 5). A rated source discounts it
    (Shafer, A Mathematical Theory of Evidence, 1976, chapter 11); an unrated source leaves it as it is.
    """
    own = confidence / 100 if confidence is not None else CREDIBILITY.get(credibility or 6)
    return None if own is None else own * RELIABILITY.get(reliability or "", 1.0)


def support(claims: Iterable[tuple[Iterable[str], str | None, float | None]]) -> float | None:
    """Return the support of a relation, 0 to 100, or None when no claim for it is rated.

    ``claims`` are (origins of the source, claimant, weight) of the claims that assert or report it. Two
    claims are independent when their sources share no origin and no claimant speaks in both. The support
    is the largest that independent claims give together, combined as simple support functions with
    Dempster's rule, 1 - prod(1 - w) (Shafer 1976, chapter 4). So another claim never lowers it, and copies
    and order change nothing. Beyond ``EXACT`` claims that differ in origins and claimant the strongest are
    taken first. Denials are not passed in: they set ``disputed`` and never raise support.
    """
    strongest: dict[frozenset[tuple[str, str]], float] = {}
    for sources, claimant, own in claims:
        if own is not None:
            marks = {("source", source) for source in sources} | ({("claimant", claimant)} if claimant else set())
            strongest[frozenset(marks)] = max(own, strongest.get(frozenset(marks), 0.0))
    if not strongest:
        return None
    ordered = sorted(strongest.items(), key=lambda item: (-item[1], sorted(item[0])))
    doubt = _least_doubt(ordered, frozenset()) if len(ordered) <= EXACT else _greedy_doubt(ordered)
    return round(100 * (1 - doubt), 6)


def _least_doubt(ordered: list[Marked], taken: frozenset[tuple[str, str]]) -> float:
    if not ordered:
        return 1.0
    (marks, own), rest = ordered[0], ordered[1:]
    without = _least_doubt(rest, taken) if any(marks & other for other, _ in rest) or marks & taken else 1.0
    return without if marks & taken else min(without, (1 - own) * _least_doubt(rest, taken | marks))


def _greedy_doubt(ordered: list[Marked]) -> float:
    doubt, taken = 1.0, frozenset[tuple[str, str]]()
    for marks, own in ordered:
        if not marks & taken:
            doubt, taken = doubt * (1 - own), taken | marks
    return doubt
