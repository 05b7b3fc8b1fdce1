"""Each thing that keeps the writings of one name apart has a pair that it explains, and one that it does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.identity.alike import LEAST, MORE, SOUND, TRANSLITERATION, Likeness, Prepared, alike, scores
from graphkit.identity.heard import romanized, sound
from graphkit.identity.names import name

CALLED, SPELLING, NUMBER = "short or other form of a name", "spelling", "number in words"


def _alike(a: str, b: str) -> Likeness:
    return alike(name(a), name(b))


def _reasons(found: Likeness) -> set[str]:
    return {*found.but, *found.how, *found.also}


@pytest.mark.parametrize(
    ("reason", "a", "b", "other"),
    [
        ("script", "Виктор Иванов", "Viktor Ivanov", "Boris Petrov"),
        ("script", "バラク・オバマ", "Barack Obama", "Naomi Osaka"),
        ("script", "فرناندو بيريز", "Fernando Pérez", "Farida Bazaz"),
        ("script", "习近平", "Xi Jinping", "Li Keqiang"),
        ("script", "김정은", "Kim Jong-un", "Park Chung-hee"),
        ("script", "नरेंद्र मोदी", "Narendra Modi", "Rahul Gandhi"),
        (TRANSLITERATION, "Сергій Шойгу", "Sergei Shojgu", "Sergei Lavrov"),
        (SOUND, "Yusef Hadad", "Youssef Haddad", "Yasir Hamdan"),
        (SOUND, "Hsi Chin", "Xi Chin", "Su Chen"),
        ("word order", "Petrov, Ivan Olegovich", "Iwan Olegovich Petrov", "Oleg Sidorov, Ivan"),
        (MORE, "Ivan Olegovich Petrov", "Ivan Petrov", "Ivan Olegovich Sidorov"),
        ("initial", "J. Haddad", "Joseph Haddad", "K. Haddad"),
        ("initial", "JC Juncker", "Jean-Claude Juncker", "JC Jansen"),
        ("title", "Sheikh Omar Haddad", "Omar Haddad", "Sheikh Omar Nasser"),
        ("legal form", "Acme Trading GmbH", "Acme Trading", "Apex Training GmbH"),
        (CALLED, "Bill Haddad", "William Haddad", "Boris Haddad"),
        (CALLED, "Juan Haddad", "John Haddad", "Yann Nasser"),
        (SPELLING, "Omar Haddad", "Omar Hadlad", "Omar Brandt"),
        (NUMBER, "Harbour Fund II", "Harbour Fund 2", "Harbour Fund 3"),
        (SOUND, "Olga Petr0v", "Olga Petrov", "Ivan Petr0v"),
        (SPELLING, "Marta Hsmelo", "Marta Holmes", "Marta Haddad"),
        (NUMBER, "First Harbour Bank", "1st Harbour Bank", "Second Harbour Bank"),
        ("spaces", "Good Will Trading", "Goodwill Trading", "Good Faith Trading"),
    ],
)
def test_each_reason_has_a_pair_and_a_pair_that_it_does_not_explain(reason: str, a: str, b: str, other: str) -> None:
    found = _alike(a, b)
    assert reason in _reasons(found)
    assert found.score >= LEAST
    assert _alike(other, b).score < LEAST
    assert len(found.differs) == len(found.how)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("APT28", "APT29"),
        ("Block A", "Block B"),
        ("John A Haddad", "John B Haddad"),
        ("Route 12 Transport", "Route 21 Transport"),
        ("Sergei Olegovich Haddad", "Sergei Borisovich Haddad"),
        ("王小明", "王晓明"),
        ("Salman bin Omar Haddad", "Omar bin Salman Haddad"),
        ("Kim", "Haddad"),
    ],
)
def test_figures_letters_fathers_and_signs_tell_names_apart(a: str, b: str) -> None:
    assert _alike(a, b).score < LEAST


def test_a_patronymic_may_be_left_out_and_another_one_is_another_person() -> None:
    assert _alike("Ivan Olegovich Petrov", "Ivan Petrov").score > _alike("Ivan Marek Petrov", "Ivan Petrov").score
    assert _alike("Ivan Olegovich Petrov", "Ivan Borisovich Petrov").score < LEAST
    assert _alike("Roman Abramovich", "Roman").score < 0.9


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("习近平", "xijinping"),
        ("贝拉克·奥巴马", "beilake aobama"),
        ("バラク・オバマ", "baraku obama"),
        ("フィッシャー", "fisha"),
        ("김정은", "kim jongun"),
        ("فرناندو", "frnandu"),
        ("שמעון", "shmun"),
        ("नरेंद्र", "narendra"),
        ("!?", ""),
    ],
)
def test_scripts_are_read_in_latin_letters(text: str, read: str) -> None:
    assert romanized(text) == read


def test_what_sounds_the_same_is_written_as_one() -> None:
    for a, b in (("shoigu", "schoigu"), ("yusuf", "iussuf"), ("philip", "filip"), ("zhukov", "djukow"), ("hsi", "xi")):
        assert sound(a) == sound(b)
    assert sound("ivanov") != sound("petrov")


WRITTEN = [
    "Yusef Haddad", "Dr. Y. HADDAD", "يوسف حداد", "Юсуф Хаддад", "JC Juncker", "Jean-Claude Juncker", "A.B.C. Ltd",
    "习近平", "Xi Jinping", "バラク", "Route 12", "Route 21 GmbH", "", "!?", "al", "x" * 300, "a " * 100, "김정은",
    "Владимир Владимирович", "ШШ", "\ud800",
]  # fmt: skip
texts = st.sampled_from(WRITTEN) | st.text(max_size=25)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=12))
def test_in_bulk_the_scores_are_those_of_single_pairs_from_either_side(pairs: list[tuple[str, str]]) -> None:
    left, right = [a for a, _ in pairs], [b for _, b in pairs]
    bulk = scores(left, right).tolist()
    assert bulk == [_alike(a, b).score for a, b in pairs]
    assert bulk == scores(right, left).tolist()
    assert scores(left, left).tolist() == [1.0] * len(pairs)


def test_many_pairs_are_scored_on_all_cores_as_few_are() -> None:
    prepared = Prepared(WRITTEN)
    places = [(a, b) for a in range(len(WRITTEN)) for b in range(len(WRITTEN))] * 30
    left, right = ([pair[side] for pair in places] for side in (0, 1))
    many = prepared.scores(left, right)
    assert len(many) > 10_000
    assert many.tolist() == [_alike(WRITTEN[a], WRITTEN[b]).score for a, b in places]
    assert scores([], []).tolist() == []
