"""What anyone can copy makes no pair so probable that it is linked; one value of its own does."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest

from graphkit.identity.websites.linked import compared
from graphkit.identity.websites.observed import LIVES, VALUES, Observed
from graphkit.identity.websites.reasons import reasons
from graphkit.identity.websites.weighed import COPIED_MOST, weighed

BOTH = ("harbour-lantern-post.example", "harbour-lantern-post.test")


def world(*more: tuple[str, str]) -> Observed:
    """Return two websites of one name, icon, registrar and day, and three hundred others."""
    shared = [("favicon", "icon"), ("created", "2020-03-04"), ("registrar", "rare"), *more]
    rows = [(site, kind, value, None, None) for site in BOTH for kind, value in shared]
    lives = [(site, 100 + 300 * number, 400 + 300 * number) for number, site in enumerate(BOTH)]
    for number in range(300):
        site = f"site{number}x.example"
        rows += [(site, "registrar", f"r{number % 7}", None, None)]
        rows += [(site, "created", f"20{10 + number % 10}-01-{1 + number % 28:02}", None, None)]
        lives.append((site, number * 7, number * 7 + 200))
    return Observed(pl.DataFrame(rows, VALUES, orient="row"), pl.DataFrame(lives, LIVES, orient="row"))


def of_both(seen: Observed) -> tuple[float, dict[str, float]]:
    """Return how probable the two are, and what each reason weighs."""
    found = compared(seen)
    judged = weighed(found.answers)
    ends = [{found.held.sites[site] for site in pair} for pair in zip(found.pairs.a, found.pairs.b, strict=True)]
    at = ends.index(set(BOTH))
    (told,) = reasons(found, judged, np.array([at]))
    return float(judged.probability[at]), {one.kind: one.weight for one in told}


def test_an_icon_and_a_name_are_not_enough_and_the_reasons_say_so() -> None:
    sure, told = of_both(world())
    assert sure == COPIED_MOST
    assert told["copied"] < 0
    assert sum(told.values()) == pytest.approx(math.log2(sure / (1 - sure)), abs=0.1)


def test_with_a_value_of_its_own_they_are_enough() -> None:
    sure, told = of_both(world(("email", "somebody@harbour.example")))
    assert sure > COPIED_MOST
    assert "copied" not in told
