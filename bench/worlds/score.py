"""How good groups of websites are, when it is known who runs what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

_BINS = np.linspace(0.5, 1.0, 6)
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Score:
    """How groups compare with the truth.

    ``precision`` and ``recall`` are over pairs of websites. ``calibration`` is the expected calibration error of the
    probabilities of links of .5 and more, -1 without links. ``bystanders`` is which share of the websites that nobody
    runs another of is in a group, ``accused`` which share has a link above .9. ``largest`` is how large the largest
    group is beside the largest true one.
    """

    precision: float
    recall: float
    f1: float
    calibration: float
    bystanders: float
    accused: float
    largest: float


def scored(
    truth: Mapping[str, int | None], groups: Sequence[Sequence[str]], links: Iterable[tuple[str, str, float]]
) -> Score:
    """Return how groups, and links with their probabilities, compare with the truth.

    What is not in the truth counts neither way.
    """
    groups = [[site for site in group if site in truth] for group in groups]
    links = [link for link in links if link[0] in truth and link[1] in truth]
    true = Counter(runs for runs in truth.values() if runs is not None)
    right = sum(
        _pairs(count)
        for group in groups
        for runs, count in Counter(truth.get(one) for one in group).items()
        if runs is not None
    )
    said = sum(_pairs(len(group)) for group in groups)
    precision, recall = right / said if said else 1.0, right / max(sum(map(_pairs, true.values())), 1)
    alone = {site for site, runs in truth.items() if runs is None}
    inside = {site for group in groups if len(group) > 1 for site in group}
    wrong = {site for a, b, p in links if p > SURE and not _same(truth, a, b) for site in (a, b)}
    return Score(
        precision,
        recall,
        2 * precision * recall / max(precision + recall, 1e-9),
        _calibration([(p, _same(truth, a, b)) for a, b, p in links]),
        len(alone & inside) / max(len(alone), 1),
        len(alone & wrong) / max(len(alone), 1),
        max(map(len, groups), default=1) / max(true.values(), default=1),
    )


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _same(truth: Mapping[str, int | None], a: str, b: str) -> bool:
    return truth.get(a) is not None and truth.get(a) == truth.get(b)


def _calibration(links: Sequence[tuple[float, bool]]) -> float:
    if not links:
        return -1.0
    probability, right = np.array([one[0] for one in links]), np.array([one[1] for one in links], dtype=float)
    bins = np.clip(np.digitize(probability, _BINS) - 1, 0, len(_BINS) - 2)
    return float(
        sum(
            abs(probability[bins == one].mean() - right[bins == one].mean()) * (bins == one).mean() for one in set(bins)
        )
    )
