import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.model import values
from graphkit.model.schema import Property
from graphkit.model.values import TYPES, identifier_key, slug

TEXTUAL = ["text", "name", "opaque", "choice"]


@pytest.mark.parametrize(
    ("type_", "given_value", "normal"),
    [
        *((type_, "  Cafe\u0301 ", "Caf\u00e9") for type_ in TEXTUAL),
        ("text", 29, "29"),
        ("text", "two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("number", "1.50", "1.5"),
        ("number", -3, "-3"),
        ("number", "1e3", "1000"),
        ("number", "-0.0", "0"),
        ("count", 29, "29"),
        ("count", "029", "29"),
        ("count", 29.0, "29"),
        ("count", "0", "0"),
        ("flag", True, "true"),
        ("flag", " YES ", "true"),
        ("flag", 0, "false"),
        ("flag", "no", "false"),
        ("date", " 2014-03 ", "2014-03"),
        ("domain", "EXAMPLE.com.", "example.com"),
        ("domain", "example[.]com", "example.com"),
        ("domain", "example[.]com[.]", "example.com"),
        ("domain", "Bücher.example", "xn--bcher-kva.example"),
        ("domain", "xn--BCHER-kva.example", "xn--bcher-kva.example"),
        ("domain", "例え。テスト。", "xn--r8jz45g.xn--zckzah"),
        ("domain", "_dmarc.example.com", "_dmarc.example.com"),
        ("ip", "198.51.100.7", "198.51.100.7"),
        ("ip", "198.51.100.0/24", "198.51.100.0/24"),
        ("ip", "2001:0DB8:0000::0001", "2001:db8::1"),
        ("ip", "2001:0DB8::/32", "2001:db8::/32"),
        ("email", "Some.One@EXAMPLE.com", "some.one@example.com"),
        ("email", "x@Bücher.example", "x@xn--bcher-kva.example"),
        ("phone", "+99 (555) 0160", "+995550160"),
        ("phone", "555-01-60", "5550160"),
        ("phone", "+٩٩ ٥٥٥", "+99555"),
        ("phone", "＋９９ ５５５", "+99555"),
        ("url", "https://example.com/A?b=C", "https://example.com/A?b=C"),
        ("url", "hxxps://example[.]com/", "hxxps://example[.]com/"),
        ("hash", "AB:" * 15 + "AB", "ab" * 16),
        ("hash", "E" * 64, "e" * 64),
    ],
)
def test_a_value_has_one_normal_form(type_, given_value, normal):
    assert TYPES[type_](given_value) == normal


@pytest.mark.parametrize(
    ("type_", "given_value", "words"),
    [
        ("text", True, "must be text"),
        ("text", None, "must be text"),
        ("text", ["a"], "must be text"),
        ("text", {"a": 1}, "must be text"),
        ("text", "x" * (values.MAX_TEXT + 1), "100,001 characters long; 100,000 are allowed"),
        ("number", "many", "must be a number"),
        ("number", "1_000", "must be a number"),
        ("number", True, "must be a number"),
        ("number", "nan", "finite"),
        ("number", "-inf", "finite"),
        ("number", "1e999", "finite"),
        ("count", -1, "zero or more"),
        ("count", 2.5, "whole number"),
        ("count", "about 30", "must be a number"),
        ("count", "", "must be a number"),
        ("flag", "perhaps", "true or false"),
        ("flag", 2, "true or false"),
        ("date", "March 1", "EDTF"),
        ("date", "2014-02-30", "28 days"),
        ("domain", "https://www.Example.com", "is a web address; write its domain alone: www.example.com"),
        ("domain", "hxxps://example[.]com/path?x", "is a web address; write its domain alone: example.com"),
        ("domain", "example.com/path", "is a web address; write its domain alone: example.com"),
        ("domain", "example.com:8080", "is a web address; write its domain alone: example.com"),
        ("domain", "http://192.0.2.1/x", "an address and not a domain"),
        ("domain", "", "not a domain name"),
        ("domain", ".", "not a domain name"),
        ("domain", "a..b", "not a domain name"),
        ("domain", "-a.example", "not a domain name"),
        ("domain", "a" * 64 + ".example", "not a domain name"),
        ("domain", ".".join(["a" * 60] * 5), "not a domain name"),
        ("domain", "192.0.2.1", "an address and not a domain"),
        ("domain", "１９２．０．２．１", "an address and not a domain"),
        ("domain", "a b.example", "not a domain name"),
        ("ip", "198.51.100.256", "not an IP address"),
        ("ip", "198.51.100.7/24", "not an IP address"),
        ("ip", "example.com", "not an IP address"),
        ("ip", "198.51.100.0/33", "not an IP address"),
        ("ip", 3325256704, "not an IP address"),
        ("email", "example.com", "not an e-mail address"),
        ("email", "@example.com", "not an e-mail address"),
        ("email", "a b@example.com", "not an e-mail address"),
        ("email", "a@", "not a domain name"),
        ("phone", "12", "not a telephone number"),
        ("phone", "1" * 21, "not a telephone number"),
        ("phone", "unknown", "not a telephone number"),
        ("phone", "4.915E+11", "has lost digits"),
        ("phone", "4,9E11", "has lost digits"),
        ("url", "example.com", "not a web address"),
        ("url", "javascript:alert(1)", "not a web address"),
        ("url", "https://a b", "not a web address"),
        ("hash", "abc", "not a hash"),
        ("hash", "g" * 64, "not a hash"),
        ("hash", "a" * 129, "not a hash"),
    ],
)
def test_a_value_of_another_sort_is_refused_in_words(type_, given_value, words):
    with pytest.raises(ValueError, match=words):
        TYPES[type_](given_value)


@pytest.mark.parametrize("type_", [*TEXTUAL, "url", "domain", "email", "hash"])
@pytest.mark.parametrize("char", ["\0", "\x07", "\x1b", "\x7f", "\x9b", "\r", "\ud800"])
def test_control_characters_and_halves_of_characters_are_refused(type_, char):
    with pytest.raises(ValueError, match="control characters"):
        TYPES[type_](f"ab{char}cd")


SHAPES = {
    "domain": st.from_regex(r"([a-zA-Zäß例é0-9-]{1,8}\.){0,3}[a-z]{2,5}\.?", fullmatch=True),
    "email": st.from_regex(r"[A-Za-zİßΩ.+]{1,8}@[A-Za-zé]{1,8}\.Example\.?", fullmatch=True),
    "ip": st.ip_addresses().map(str) | st.ip_addresses(v=6).map(lambda a: a.exploded),
    "phone": st.from_regex(r"\+?[0-9 ()/-]{3,25}", fullmatch=True),
    "number": st.floats().map(str) | st.integers().map(str),
    "count": st.integers(0, 2**60).map(str) | st.floats(0, 1e18).map(str),
    "hash": st.from_regex(r"[0-9A-Fa-f]{32,40}", fullmatch=True),
    "date": st.dates().map(str) | st.from_regex(r"[0-9]{4}(-[0-9]{2})?/?", fullmatch=True),
    "url": st.from_regex(r"h(tt|XX)ps?://\S{1,20}", fullmatch=True),
    "flag": st.sampled_from(["Yes", "no", "1", "0", "TRUE", "False"]),
}


@pytest.mark.parametrize("type_", TYPES)
def test_the_normal_form_is_its_own_normal_form(type_):
    reached = []

    @given(SHAPES.get(type_, st.text(max_size=40)) | st.text(max_size=20))
    def idempotent(written):
        try:
            normal = TYPES[type_](written)
        except ValueError as problem:
            assert str(problem)
            return
        reached.append(normal)
        assert TYPES[type_](normal) == normal
        assert normal == unicodedata.normalize("NFC", normal)

    idempotent()
    assert reached


def test_a_choice_is_found_in_any_case_and_written_as_the_schema_does():
    prop = Property("tlp", "choice", choices=("CLEAR", "AMBER+STRICT"))
    assert prop.normal("amber+strict") == "AMBER+STRICT"
    with pytest.raises(ValueError, match=r"'WHITE' is not one of CLEAR, AMBER\+STRICT"):
        prop.normal("WHITE")


@given(st.text(max_size=40))
def test_a_key_in_an_id_does_not_depend_on_case_or_white_space(name):
    key = identifier_key(name)
    assert identifier_key(f"  {name}\n") == key
    assert key == " ".join(key.split())
    assert identifier_key("  ＪＯＨＮ   Straße ") == "john strasse"


def test_a_company_name_becomes_words_joined_by_hyphens():
    assert slug("Name-Wimble,  Inc.") == "name-wimble-inc"
    assert slug("昆明 公司") == "昆明-公司"
    assert slug("!!!") == "!!!"


@pytest.mark.parametrize(
    ("check", "given", "problem"),
    [
        (values.domain, "localhost", "names the machine that asks"),
        (values.domain, "app.localhost", "names the machine that asks"),
        (values.domain, "xn--zzzzzz99.example", "nothing is written as 'xn--zzzzzz99'"),
        (values.opaque, "UA-XXXXX-Y", "is the placeholder of a template"),
        (values.opaque, "G-XXXXXXXXXX", "is the placeholder of a template"),
        (values.phone, "+10000000000", "is all zeros"),
        (values.phone, "000-0000", "is all zeros"),
    ],
)
def test_what_stands_in_place_of_a_value_is_refused(check, given, problem):
    with pytest.raises(ValueError, match=problem):
        check(given)


def test_what_looks_like_it_is_taken():
    assert values.domain("xn--i-7iq.ws") == "xn--i-7iq.ws"
    assert values.email("root@localhost") == "root@localhost"
    assert values.opaque("UA-12345-1") == "UA-12345-1"
    assert values.phone("+1 800 000 0001") == "+18000000001"
    assert values.ip("::ffff:203.0.113.9") == "203.0.113.9"
