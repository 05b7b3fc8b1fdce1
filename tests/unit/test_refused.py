import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from graphkit.ingest.checks import ATTRIBUTION
from graphkit.model.schema import Catalog
from graphkit.settings import shipped

LISTS = yaml.safe_load((shipped("schema") / "refused.yaml").read_text(encoding="utf-8"))
WORDS = [word for line in LISTS["words"] for word in line.split(", ")]
NAMES = [name for line in LISTS["names"] for name in line.split(", ")]
DENY = Catalog.load(shipped("schema")).deny


@pytest.mark.parametrize("word", WORDS)
def test_each_word_is_refused_however_it_is_written(word):
    for name in (
        word,
        word.upper(),
        word.title(),
        f"person_{word}",
        f"{word}-code",
        f"x.{word}.y",
        f" {word} ",
        word + "2",
    ):
        assert DENY.refuses(name), name


@pytest.mark.parametrize("name", NAMES)
def test_each_name_is_refused_however_its_words_are_joined(name):
    words = name.split()
    camel = words[0] + "".join(word.capitalize() for word in words[1:])
    joined = ["_".join(words), "-".join(words), ".".join(words), "".join(words), camel, name.upper(), name.title()]
    for written in (name, *joined):
        assert DENY.refuses(written), written


@pytest.mark.parametrize(
    "name",
    [
        "races", "passports", "genders", "beliefs", "illnesses", "disabilities", "nationalities", "idno", "id_no",
        "drivers_license", "driversLicence", "height", "Weight", "hiv_status", "party_affiliation", "trade_union",
        "social_security", "skin_tone", "sexo", "religião", "personalIDNumber", "nationalIdentityNumber",
        "identityCardNo", "宗教信仰", "身份证号码", "个人血型", "护照号", "номер_паспорта", "религиозный", "снилс",
        "Partei", "Parteizugehörigkeit", "Nacionalidad", "NAZIONALITÀ", "Cédula", "Codice Fiscale", "Taille", "Рост",
        "Reisepassnummer", "Steuer-ID", "Haarfarbe", "جنسية", "رقم الهوية", "族别", "证件号码", "주민번호", "Uyruğu",
        "دین", "Стать", "Громадянство", "Płeć", "PESEL", "M/F", "Tribal affiliation", "Giới tính", "สัญชาติ", "לאום",
        "ИНН", "종교", "주민등록번호", "धर्म", "Cinsiyet", "SAĞLIK", "еthnicity", "rеligiоn", "gеndеr",
    ],
)  # fmt: skip
def test_plurals_endings_other_languages_and_letters_that_look_alike_are_refused(name):
    assert DENY.refuses(name)


@pytest.mark.parametrize(
    "pair",
    [
        {"key": "ethnicity", "value": "SECRET"},
        {"attributes": [{"field": "religion", "values": ["SECRET"]}]},
        {"kind": "Decision", "property": "religion", "value": "SECRET", "read_as": "SECRET"},
    ],
)
def test_a_pair_that_names_a_refused_field_loses_its_value(pair):
    kept, dropped = DENY.strip(pair)
    assert len(dropped) >= 1
    assert "SECRET" not in str(kept)


@pytest.mark.parametrize(
    "name",
    [
        "PersonReligion", "personReligion", "RELIGION", "dnaProfile", "DNAProfile", "HTTPReligion", "USPassport",
        "reli\u200bgion", "reli\u200dgion", "\ufeffreligion", "reli\u00adgion", "reli\u2060gion",
        "person reli\ufe0fgion",
        "person reli\u200bgion", "person reli\u200dgion", "person reli\u00adgion", "person reli\ufeffgion",
        "ｒｅｌｉｇｉｏｎ", "𝐫𝐞𝐥𝐢𝐠𝐢𝐨𝐧", "rélígion", "r e l i g i o n", "religion/faith", "religion:1", "religion2",
        "RELIGIÓN", "politique", "Santé", "Género", "Geschlecht", "этнос", "РЕЛИГИЯ", "пол", "民族", "个人 宗教",
        "身份证号", "性別", "الدين", "person_الجنسية", "eyeColour", "EYE_COLOR", "IDNumber", "idCardNumber",
    ],
)  # fmt: skip
def test_a_disguised_name_is_refused(name):
    assert DENY.refuses(name)


def test_no_field_that_graphkit_has_is_refused(catalog):
    fields = {"kind", "id", "from", "to", "cases", *ATTRIBUTION}
    for kind in catalog:
        fields |= {kind.name, *kind.properties, *kind.valid_from, *kind.valid_to}
    assert [name for name in sorted(fields) if DENY.refuses(name)] == []


@pytest.mark.parametrize(
    "name",
    ["trace", "raceway", "sextant", "Essex", "grace", "clandestine", "polymer", "sha256", "position",
     "healthy", "insect", "dnad", "image_height", "party", "union", "innings",
     "inn", "status", "polite", "party_to_contract", "confessed", "Konfliktpartei", "Haar", "participants", "tribunal",
     "hairline", "identity", "number", "id", "card", "name", "address", "", "_", "昆明"],
)  # fmt: skip
def test_an_innocent_name_is_not_refused(name):
    assert not DENY.refuses(name)


def test_refused_fields_are_dropped_at_any_depth_and_counted():
    record = {
        "name": "a",
        "religion": {"gender": "x"},
        "more": [{"Ethnicity": "x", "kept": 1}, [{"skin_color": "x"}], "religion"],
        "deep": {"deeper": {"passportNumber": "x", "kept": [2]}},
    }
    kept, dropped = DENY.strip(record)
    assert kept == {"name": "a", "more": [{"kept": 1}, [{}], "religion"], "deep": {"deeper": {"kept": [2]}}}
    assert len(dropped) == 4
    assert "religion" in record


NESTED = st.recursive(
    st.integers() | st.just("secret-value"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "kept", "religion", "Skin-Color", "民族"]), inner, max_size=4)
    ),
    max_leaves=20,
)


def names_in(value):
    if isinstance(value, dict):
        return [name for key, inner in value.items() for name in (key, *names_in(inner))]
    return [name for inner in value for name in names_in(inner)] if isinstance(value, list) else []


@given(st.dictionaries(st.sampled_from(["name", "religion", "more"]), NESTED))
def test_what_is_left_holds_no_refused_name_and_nothing_else_is_lost(record):
    kept, dropped = DENY.strip(record)
    assert not any(map(DENY.refuses, names_in(kept)))
    assert DENY.strip(kept) == (kept, [])
    assert (not dropped) == (kept == record)


@pytest.mark.parametrize(
    "text",
    [
        "his Religion is",
        "of the 民族 there",
        "a skin colour",
        "id-number 5",
        '{"eyeColor": "x"',
        "ETHNICITY;",
        "tax id",
    ],
)
def test_free_text_that_uses_a_word_or_name_is_noticed(text):
    assert DENY.mentions(["innocent", text])
    assert DENY.mentioned(["innocent", text, ""]) == [1]


def test_other_free_text_is_not_noticed():
    assert not DENY.mentions(
        ["29 people were killed in Kunming.", "an identity that nobody gave", "trace the number", ""]
    )


SPELLED = [
    *sorted(DENY.words),
    *DENY.stems,
    *DENY.parts,
    *sorted(DENY.names),
    "ies",
    "es",
    "s",
    " ",
    "-",
    "_",
    "5",
    "x",
]


@given(st.lists(st.lists(st.sampled_from(SPELLED) | st.text(max_size=3), max_size=5).map("".join), max_size=4))
def test_many_texts_are_judged_as_one_is(texts):
    spelled = [form for text in texts for form in (text, text.title(), text.upper())]
    assert DENY.mentioned(spelled) == [place for place, text in enumerate(spelled) if DENY.mentions([text])]
