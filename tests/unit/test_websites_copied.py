"""What anyone can copy or point at makes no pair so probable that it is linked; one value of its own does."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest

from graphkit.identity.websites.caution import MOST
from graphkit.identity.websites.linked import compared
from graphkit.identity.websites.observed import LIVES, VALUES, Observed
from graphkit.identity.websites.reasons import reasons
from graphkit.identity.websites.weighed import weighed

BOTH = ("harbour-lantern-post.example", "harbour-lantern-post.test")


def world(*more: tuple[str, str], redirect: tuple[str, str] | None = None) -> Observed:
    """Return two websites of one name, icon, registrar and day, the first the older one, and three hundred others."""
    shared = [("favicon", "icon"), ("created", "2020-03-04"), ("registrar", "rare"), *more]
    rows = [(site, kind, value, None, None) for site in BOTH for kind, value in shared]
    rows += [(redirect[0], "redirect", redirect[1], None, None)] if redirect else []
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
    assert sure == MOST
    assert told["caution"] < 0
    assert sum(told.values()) == pytest.approx(math.log2(sure / (1 - sure)), abs=0.1)


@pytest.mark.parametrize(
    "redirect", [None, BOTH[::-1], (BOTH[0], "third.example")], ids=["none", "to the older one", "elsewhere"]
)
def test_a_copied_page_has_the_tracker_too_and_may_send_visitors_to_the_first(redirect: tuple[str, str] | None) -> None:
    sure, told = of_both(world(("tracker", "UA-1234567"), redirect=redirect))
    assert sure == MOST
    assert told["caution"] < 0


def test_a_site_that_sends_its_visitors_to_a_younger_one_vouches_for_it() -> None:
    sure, told = of_both(world(("tracker", "UA-1234567"), redirect=BOTH))
    assert sure > MOST
    assert "caution" not in told


def test_with_a_value_of_its_own_they_are_enough() -> None:
    sure, told = of_both(world(("email", "somebody@harbour.example")))
    assert sure > MOST
    assert "caution" not in told
