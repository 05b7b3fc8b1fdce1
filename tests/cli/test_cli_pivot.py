"""``pivot``: what is printed of websites that share infrastructure."""

from __future__ import annotations

import csv
import io
import json

from click.testing import Result

from .conftest import is_one_line


def words(text: str) -> str:
    return " ".join(text.split())


def rows_of(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_groups_are_a_table_with_what_their_surest_link_shares(loaded) -> None:
    result = loaded("pivot", "--all", "--case", "invented")
    assert result.exit_code == 0
    assert "amber-beacon.example" in result.stdout
    assert "bits" in result.stdout
    assert "groups of" in result.stderr
    assert "no proof of a common operator" in words(result.stderr)
    assert "INVENTED DATA" in result.stderr


def test_json_and_csv_have_every_link_with_its_evidence(loaded) -> None:
    told = json.loads(loaded("pivot", "--all", "--case", "invented", "--format", "json").stdout)
    links = [link for group in told["groups"] for link in group["links"]]
    assert all(link["evidence"] for link in links)
    assert all(
        one["sources"] for link in links for one in link["evidence"] if one["kind"] in ("host", "tracker", "email")
    )
    rows = rows_of(loaded("pivot", "--all", "--case", "invented", "--format", "csv"))
    assert len(rows) == len(links)
    one = rows_of(loaded("pivot", "amber-signal.example", "--case", "invented", "--format", "csv"))
    for row in (*rows, *one):
        assert "INVENTED DATA" in row["notice"]
        assert "no proof of a common operator" in row["notice"]
        assert "who copies a site's icon, tracker and name, or redirects to it, looks related to it" in row["notice"]
        assert "graphkit itself merged nothing" in row["notice"]
    assert (
        loaded("pivot", "--all", "--case", "invented", "--json").stdout
        == json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    )


def test_one_website_has_relatives_a_successor_and_what_says_nothing(loaded) -> None:
    result = loaded("pivot", "amber-signal.example", "--case", "invented")
    assert "amber-signals.example 99% yes" in words(result.stdout)
    told = words(result.stderr)
    assert "What may have taken its place: amber-signals.example" in told
    assert "ns1.graniteshed.example (said to be of a service: shared hosting" in told
    told = json.loads(loaded("pivot", "amber-signal.example", "--case", "invented", "--json").stdout)
    assert told["website"] == "amber-signal.example"
    assert told["successors"][0]["website"] == "amber-signals.example"


def test_a_website_that_shares_nothing_says_so(loaded) -> None:
    result = loaded("pivot", "acorn-choir.example", "--case", "invented")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "No link from acorn-choir.example to another website reaches 50%." in result.stderr
    assert (
        "What others have too, not enough for a link: day of registration 2021-02-09 (as barley-bindery"
        in result.stderr
    )
    assert "What may have taken its place: none." in result.stderr
    told = json.loads(loaded("pivot", "acorn-choir.example", "--case", "invented", "--json").stdout)["shared"]
    assert "barley-bindery.example" in told[0]["websites"]
    assert len(told[0]["websites"]) <= len(told[-1]["websites"])


def test_what_people_watch_is_told_with_who_and_why_and_what_came_near_it(loaded) -> None:
    assert "Nobody watches a website in this case" in loaded("pivot", "--watched", "--case", "invented").stderr
    loaded("watch", "amber-signal.example", "--case", "invented", "--who", "A. Analyst", "--why", "came back twice")
    (row,) = rows_of(loaded("pivot", "--watched", "--case", "invented", "--format", "csv"))
    assert (row["websites"], row["who"], row["why"], row["new since"]) == (
        "amber-signal.example", "A. Analyst", "came back twice", "",
    )  # fmt: skip
    (told,) = json.loads(loaded("pivot", "--watched", "--case", "invented", "--json").stdout)["watched"]
    assert (told["websites"], told["decision"], told["new"]) == (["amber-signal.example"], row["decision"], [])
    assert "A. Analyst" in loaded("pivot", "--watched", "--case", "invented").stdout


def test_a_case_without_websites_says_so(loaded) -> None:
    result = loaded("pivot", "--all", "--case", "article")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "there is nothing to compare" in result.stderr
    assert "Cases with websites: invented (graphkit pivot --all --case invented)." in words(result.stderr)


def test_a_website_of_another_case_is_said_to_be_there(loaded) -> None:
    result = loaded("pivot", "amber-signal.example", "--case", "article")
    assert result.exit_code == 1
    assert is_one_line(result.stderr)
    assert "No website with the domain 'amber-signal.example' in case article." in result.stderr
    assert "Cases that have it: invented (graphkit pivot amber-signal.example --case invented)." in result.stderr
    told = loaded("pivot", "nowhere.example", "--case", "article").stderr
    assert "Cases with websites: invented (graphkit pivot --all --case invented)." in told
    assert "Cases" not in loaded("pivot", "nowhere.example", "--case", "invented").stderr


def test_wrong_calls_are_one_line(loaded) -> None:
    for call in (["pivot"], ["pivot", "a.example", "--all"], ["pivot", "--all", "--watched"]):
        result = loaded(*call)
        assert result.exit_code == 2
        assert is_one_line(result.stderr)
    result = loaded("pivot", "amber-signl.example", "--case", "invented")
    assert result.exit_code == 1
    assert "Did you mean 'amber-signal.example'?" in result.stderr
