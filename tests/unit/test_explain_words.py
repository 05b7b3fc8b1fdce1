"""What is said of paths, and of why there is none."""

from __future__ import annotations

import pytest

from graphkit.analytics.paths import Apart, Found, Step, Unlinked, Wanted
from graphkit.explaining import Thing, words

A, B = (Thing(name.lower(), "Person", name, 1, False) for name in "AB")
ROW = {"support": None, "n_independent": 1, "disputed": False}


def none_found(unlinked: Unlinked | None, sure: bool = True, hubs: tuple[int, ...] = ()) -> Found:
    return Found((), hubs, {}, 10, sure, unlinked)


@pytest.mark.parametrize(
    ("unlinked", "said"),
    [
        (
            Unlinked(None, None, (0, 1)),
            "A and B are not linked in these records by any path: from A nothing can be reached, from B 1 thing can be "
            "reached, and none of these is the same.",
        ),
        (
            Unlinked(5, 5, (9, 9)),
            "A and B are not linked in these records by a path of at most 4 hops. The shortest one has 5 hops.",
        ),
        (
            Unlinked(None, 2, (9, 9)),
            "A and B are not linked in these records without passing a hub in at most 4 hops. Through hubs they are, "
            "in 2 hops.",
        ),
        (None, "No path was found between A and B before the search was stopped."),
    ],
)
def test_that_there_is_no_path_is_said_with_the_reason(unlinked: Unlinked | None, said: str) -> None:
    assert words.answer(A, B, none_found(unlinked), Wanted()) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "one ends where the other begins"),
        (1, "1 day between them"),
        (45, "45 days between them"),
        (122, "4 months between them"),
        (1095, "3 years between them"),
    ],
)
def test_a_gap_is_said_in_days_months_or_years(days: int, said: str) -> None:
    (_, reason) = words.reasons(Step((0,), 0, 0, 0, Apart(days, ())), ROW, None)
    assert reason.words == f"not at the same time as the hop before: {said}"


def test_what_held_whenever_names_no_days() -> None:
    (_, reason) = words.reasons(Step((0,), 0, 0, 0, Apart(None, ("../..",))), ROW, None)
    assert reason.words == "may have held at the same time as the hop before"


def test_of_many_hubs_the_most_linked_are_named() -> None:
    hubs = [Thing(f"h{number}", "Place", f"H{number}", 2000 - number, False) for number in range(7)]
    (note,) = words.notes(none_found(Unlinked(9, 9, (9, 9))), hubs, Wanted(avoid_hubs=True))
    assert note == (
        "Hubs that were not passed, linked to more than 10 things each: "
        "H0 (2,000), H1 (1,999), H2 (1,998), H3 (1,997), H4 (1,996) and 2 more."
    )


def test_a_search_that_was_stopped_says_so() -> None:
    (note,) = words.notes(none_found(None, sure=False), [], Wanted())
    assert note.startswith("The search was stopped: there may be more paths.")
