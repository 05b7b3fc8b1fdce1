"""Values that say nothing of who is behind a site are left out, with the reason."""

from __future__ import annotations

import idna
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.identity.websites.cleaned import cleaned
from graphkit.identity.websites.derived import derived
from graphkit.identity.websites.linked import compared
from graphkit.identity.websites.observed import LIVES, SERVICES, TOLD, VALUES, Observed
from graphkit.identity.websites.parts import parts
from graphkit.identity.websites.weighed import weighed
from graphkit.model.hidden import PATTERN, stands_for_nothing

Row = tuple[str, str, str]


def values(*rows: Row) -> pl.DataFrame:
    return pl.DataFrame([(*row, None, None) for row in rows], schema=VALUES, orient="row")


def seen(*rows: Row, sites: int = 0) -> Observed:
    frame = values(*rows)
    names = frame["site"].unique().to_list() + [f"other{number}.example" for number in range(sites)]
    return Observed(frame, pl.DataFrame([(name, None, None) for name in names], schema=LIVES, orient="row"))


def made_of(*rows: Row) -> pl.DataFrame:
    frame = values(*rows)
    return derived(frame.cast(TOLD), frame["site"].unique())


def why(*rows: Row) -> dict[str, str]:
    services = pl.DataFrame(schema=SERVICES | {name: TOLD[name] for name in ("kind", "value")})
    damped = cleaned(values(*rows).cast(TOLD), services)[1]
    return dict(damped.select("value", "why").iter_rows())


def on(kind: str, value: str, count: int = 3) -> list[Row]:
    return [(f"site{number}.example", kind, value) for number in range(count)]


@pytest.mark.parametrize(
    "text", ["REDACTED FOR PRIVACY", "Data Protected", "n/a", "  ", "-", "Whois Privacy Corp.", "NULL"]
)
def test_hidden_registrants_say_nothing(text: str) -> None:
    assert why(*on("registrant-name", text)) == {text: "hidden"}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("registrant-org", "Domains By Proxy, LLC"), ("registrant-org", "Statutory Masking Enabled"),
        ("registrant-name", "Personal data, can not be publicly disclosed according to applicable laws."),
        ("registrant-name", "Domain Admin"), ("registrant-org", "Private by Design, LLC"), ("registrant-name", "xxx"),
        ("registrant-org", "MarkMonitor Inc."), ("email", "abuse@registrar.example"), ("email", "a@proxy.host.example"),
    ],
)  # fmt: skip
def test_what_hides_is_known_whatever_the_order_of_its_words(kind: str, text: str) -> None:
    found = compared(seen(*on(kind, text), sites=3))
    assert found.damped.select("kind", "value", "why").rows() == [(kind, text.lower(), "hidden")]
    assert found.answers.hides.sum() == 3
    assert not len(found.pairs.a)


@pytest.mark.parametrize("text", ["Yu Li", "Proxy Media GmbH", "Max Private Muster", "domains@shop.example"])
def test_names_that_only_look_like_it_are_compared(text: str) -> None:
    kind = "email" if "@" in text else "registrant-name"
    assert len(compared(seen(*on(kind, text), sites=3)).pairs.a) == 3


LETTERS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)
MASKS = st.sampled_from(["Not Disclosed x", " N/A ", "redacted for y", "Statutory Mask", "data protected", "null"])


@given(LETTERS | MASKS)
def test_hidden_is_the_same_in_a_column_and_in_one_text(text: str) -> None:
    assert pl.Series([text.casefold()]).str.contains(PATTERN)[0] == stands_for_nothing(text)


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        ("host", "104.16.1.1", "of a CDN"),
        ("host", "127.0.0.1", "of no machine on the internet"),
        ("host", "0.0.0.0", "of no machine on the internet"),
        ("host", "::1", "of no machine on the internet"),
        ("host", "not an address", "no address"),
        ("ns", "ns1.sedoparking.com", "of domain parking"),
        ("email", "x@mailinator.com", "throw-away mail"),
    ],
)
def test_warning_lists_damp_what_everybody_has(kind: str, value: str, reason: str) -> None:
    assert why(*on(kind, value)) == {value: reason}


def test_internal_addresses_are_left_out_unless_the_records_use_them_for_others() -> None:
    public = [row for number in range(9) for row in on("host", f"8.8.{number}.8")]
    assert why(*on("host", "10.1.2.3"), *public) == {"10.1.2.3": "an internal address"}
    assert why(*on("host", "10.1.2.3")) == {}


def test_neighbours_of_an_address_that_everybody_has_are_no_neighbours() -> None:
    rows = [(f"{name}.example", "host", f"104.16.1.{number}") for name in "ab" for number in (1, 2)]
    assert len(compared(seen(*rows)).pairs.a) == 0


def test_one_mail_on_fifty_thousand_sites_makes_no_pairs() -> None:
    rows = [(f"s{number}.example", "email", "one@mail.example") for number in range(50_000)]
    rows += [(f"s{number}.example", "tracker", f"t{number // 2}") for number in range(10)]
    found = compared(seen(*rows))
    assert len(found.pairs.a) == 5
    assert found.damped.rows() == [("email", "one@mail.example", 50_000, "on too many websites to tell")]


def test_typing_mistakes_and_the_order_of_words_are_seen_through() -> None:
    rows = [
        ("a.example", "email", "hugo.marble@mail.example"), ("b.example", "email", "hugo.marbel@mail.example"),
        ("c.example", "registrant-name", "Marble Hugo"), ("d.example", "registrant-name", "hugo marble"),
    ]  # fmt: skip
    made = made_of(*rows).filter(pl.col("kind").is_in(["email-near", "registrant-name"]))
    assert made.filter(pl.col("kind") == "email-near")["site"].sort().to_list() == ["a.example", "b.example"]
    assert made.filter(pl.col("kind") == "registrant-name")["value"].n_unique() == 1


def test_letters_that_look_like_others_make_the_same_beginning_of_a_name() -> None:
    homograph = idna.encode("\u0430mber-signal").decode()  # its first letter is Cyrillic
    rows = [("amber-signal.example", "tracker", "a"), (f"{homograph}.example", "tracker", "b")]
    stems = made_of(*rows).filter(pl.col("kind") == "stem").group_by("site").agg("value")
    one, other = (set(found) for found in stems["value"].to_list())
    assert "amber" in one & other


def test_what_is_seen_after_a_site_is_gone_is_somebody_elses() -> None:
    rows = [("site0.example", "tracker", "t1", 0, 9), ("site1.example", "tracker", "t1", 400, 410)]
    frame = pl.DataFrame(rows, schema=VALUES, orient="row")
    lives = pl.DataFrame([("site0.example", 0, 10), ("site1.example", 0, 10)], schema=LIVES, orient="row")
    assert len(compared(Observed(frame, lives)).pairs.a) == 0


def test_values_have_parts_that_others_share() -> None:
    rows = [
        ("a.example", "host", "8.8.1.7"), ("b.example", "host", "8.8.1.200"), ("a.example", "ns", "ns1.rack.co.uk"),
        ("b.example", "ns", "ns9.rack.co.uk"), ("a.example", "email", "hugo.marble+x@gmail.com"),
        ("b.example", "email", "hugomarble7@marble.example"), ("c.example", "email", "info@marble.example"),
        ("a.example", "tracker", "UA-12345-1"), ("b.example", "tracker", "UA-12345-22"), ("c.example", "host", "wrong"),
    ]  # fmt: skip
    whole = made_of(*rows)
    made = pl.concat([whole, parts(whole)]).group_by("kind", "value").agg(pl.col("site").sort())
    shared = {(kind, value): sites for kind, value, sites in made.iter_rows() if len(sites) > 1}
    assert shared == {
        ("network", "8.8.1.0/24"): ["a.example", "b.example"], ("ns-zone", "rack.co.uk"): ["a.example", "b.example"],
        ("mailbox", "hugomarble"): ["a.example", "b.example"],
        ("mail-domain", "marble.example"): ["b.example", "c.example"],
        ("tracker", "UA-12345"): ["a.example", "b.example"],
    }  # fmt: skip


def test_one_name_under_several_endings_is_seen_and_short_names_are_not() -> None:
    sites = pl.Series(["harbour-light.example", "harbourlight.test", "abc.example", "abc.test"])
    labels = derived(values().cast(TOLD), sites).filter(pl.col("kind") == "label")
    assert labels.select("site", "value").rows() == [
        ("harbour-light.example", "harbourlight"), ("harbourlight.test", "harbourlight")
    ]  # fmt: skip


@pytest.mark.parametrize("sites", [0, 1, 2])
def test_nothing_shared_is_no_link_and_no_error(sites: int) -> None:
    found = compared(seen(sites=sites))
    assert len(weighed(found.answers).probability) == 0


def test_rarer_values_say_more_and_people_have_the_last_word() -> None:
    rare = [(f"r{n}.example", "tracker", f"rare{n // 2}") for n in range(20)]
    common = [(f"c{n}.example", "tracker", f"common{n // 20}") for n in range(100)]
    names = [(f"r{n}.example", "email", f"r{n // 2}@mail.example") for n in range(20)]
    names += [(f"c{n}.example", "email", f"c{n}@mail.example") for n in range(100)]
    found = compared(seen(*rare, *common, *names))
    judged = weighed(found.answers)
    is_rare = [found.held.sites[one].startswith("r") for one in found.pairs.a]
    assert min(p for p, r in zip(judged.probability, is_rare, strict=True) if r) > max(
        p for p, r in zip(judged.probability, is_rare, strict=True) if not r
    )
    known = np.zeros(len(found.pairs.a), dtype=np.int8)
    known[0], known[-1] = 1, -1
    decided = weighed(found.answers, known).probability
    assert (decided[0], decided[-1]) == (1.0, 0.0)
