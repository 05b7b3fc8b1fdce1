"""Adding by hand in a terminal: what is asked, in which words, and what an answer does."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from graphkit import flow
from graphkit.cli import main, prompts
from graphkit.cli.asking import ALLEGATION
from tests.cli.conftest import store_in

KUNMING = "kunming-2014-03-01"


@pytest.fixture
def asked(loaded, monkeypatch: pytest.MonkeyPatch):
    """Run ``add`` on the seed as in a terminal, with these answers."""
    monkeypatch.setattr(prompts, "at_terminal", lambda: True)

    def ran(*words: str, answers: str):
        result = CliRunner().invoke(main, ["add", *words], input=answers)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return ran


def test_an_accusing_kind_asks_for_a_claimant_and_says_why(asked, tmp_path: Path) -> None:
    source = "china-daily-2014-11-28"
    given = ["SUSPECTED_OF", "--case", "article", f"source={source}"]
    result = asked(*given, answers=f"no-such\nn\nyang\nn\nyang-shaowen\n{KUNMING}\n\n{KUNMING}\nkunming\ny\n")
    assert result.exit_code == 0, result.output
    assert "names nothing in the store." in result.stderr
    assert "Near 'yang': yang-shaowen (Yang Shaowen)" in result.stderr
    assert ALLEGATION in result.stderr
    assert "claimant: is needed." in result.stderr
    assert "An allegation by" in result.stderr
    written = store_in(tmp_path).claims().filter(property="SUSPECTED_OF", subject="yang-shaowen")
    assert written["claimant"].to_list() == ["kunming"]


def test_a_reference_of_a_wrong_kind_is_asked_for_again(asked) -> None:
    result = asked("MEMBER_OF", answers=f"{KUNMING}\nyang-shaowen\n")
    assert f"from: '{KUNMING}' is of kind Incident; it must be one of Person, Group." in result.stderr


def test_a_kind_that_accuses_persons_asks_for_a_claimant_when_an_end_is_one(asked) -> None:
    answers = "yang-shaowen\nmei-jianming\nchina-daily-2014-11-28\n"
    assert ALLEGATION in asked("ALIAS_OF", answers=answers).stderr
    groups = "suspects\nus-judicial-organs\nchina-daily-2014-11-28\n"
    assert ALLEGATION not in asked("ALIAS_OF", answers=groups).stderr


def test_all_asks_for_every_field_in_the_words_of_the_schema(asked) -> None:
    fields = flow.fields(flow.catalog()["Person"])
    answers = {
        "id": "p",
        "name": "P",
        "source": "china-daily-2014-11-28",
        "protected": "nobody\nwitness",
        "credibility": "3",
    }
    typed = "".join(f"{answers.get(field.name, '')}\n" for field in fields)
    result = asked("Person", "--all", answers=typed + "n\n")
    for field in fields:
        assert field.about in result.stderr
    assert "One of minor, victim, witness, source, private." in result.stderr
    assert "protected: 'nobody' is not one of minor" in result.stderr
    assert "credibility 3" in result.stderr
    assert (result.exit_code, result.stdout) == (1, "")


def test_saying_no_writes_nothing(asked, tmp_path: Path) -> None:
    before = (tmp_path / "graphkit.kgl").read_bytes()
    result = asked("Person", "id=p", "name=P", "source=china-daily-2014-11-28", answers="n\n")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Nothing was written." in result.stderr
    assert (tmp_path / "graphkit.kgl").read_bytes() == before


def test_a_kind_is_asked_for_until_there_is_one(asked) -> None:
    result = asked(answers="Persn\n\nPlace\n")
    assert "There is no kind 'Persn'. Did you mean 'Person'?" in result.stderr
    assert "Place: " in result.stderr


def test_who_is_asked_for_a_kind_cannot_answer_decision(asked) -> None:
    result = asked(answers="Decision\nPlace\n")
    assert "A Decision is made by its own command" in result.stderr
    assert "Place: " in result.stderr


def test_what_was_said_last_is_taken_by_enter_and_left_out_by_a_hyphen(asked, tmp_path: Path) -> None:
    source = "china-daily-2014-11-28"
    given = [f"source={source}", "locator=page 3", "said_at=2014-11", "claimant=yang-shaowen", "--case", "article"]
    assert asked("Place", "id=a", "name=A", *given, "--yes", answers="").exit_code == 0
    result = asked("Place", answers="B\n\n\n\n-\npage 4\ny\n")
    assert result.exit_code == 0, result.output
    for shown in ("id [b]:", f"source [{source}]:", "claimant [yang-shaowen]:", "said_at [2014-11]:"):
        assert shown in result.stderr
    claim = store_in(tmp_path).claims().filter(anchor="b").to_dicts()[0]
    assert [claim[name] for name in ("source", "claimant", "said_at", "locator")] == [
        source,
        "yang-shaowen",
        None,
        "page 4",
    ]
    assert "[yang-shaowen]" not in asked("Place", "--case", "network", answers="C\n\n").stderr


def test_a_name_that_is_near_shows_before_its_id_is_asked_for(asked) -> None:
    result = asked("Person", "--case", "article", answers="Shaowen Yáng\n")
    assert "Near it in this case: yang-shaowen (Yang Shaowen)." in result.stderr


def test_an_end_is_the_one_thing_of_its_name_or_a_new_one_written_along(asked, tmp_path: Path) -> None:
    given = ["SUSPECTED_OF", "--case", "article", "source=china-daily-2014-11-28", "claimant=yang-shaowen"]
    answers = "Jane Doe\ny\nGhost\nPerson\n\nKnife attack in Kunming\n\ny\n"
    result = asked(*given, "stance=denies", "locator=page 3", answers=answers)
    assert result.exit_code == 0, result.output
    assert "kind (Person, Group, Organization) [Person]:" in result.stderr
    assert "'Ghost' is none of them." in result.stderr
    claims = store_in(tmp_path).claims().filter(subject="jane-doe").sort("property")
    said = claims.select("property", "value", "stance", "locator", "claimant").rows()
    assert said == [
        ("SUSPECTED_OF", KUNMING, "denies", "page 3", "yang-shaowen"),
        ("name", "Jane Doe", "asserts", "page 3", "yang-shaowen"),
    ]
