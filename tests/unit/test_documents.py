"""What is taken as a document, what never is, and where locators land."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit import documents
from graphkit.documents import Folder, landed, media_type, recognised
from graphkit.documents.forbidden import forbidden
from graphkit.documents.locator import Locator, column
from graphkit.errors import ChooseAgain, FileUnreadable, NotFound, Refused, StoreError
from tests.documents import GOOD, NEVER, PAGES, PNG, SHEET, TEXT, mail, pdf, xlsx, zipped

XLSX = recognised.SHEET
NAMES = [f"a{ending}" for ending in documents.ENDINGS.values()]


@pytest.mark.parametrize("name", GOOD)
def test_what_is_what_its_name_says_is_taken(name: str) -> None:
    assert documents.ENDINGS[media_type(name, GOOD[name])] == Path(name).suffix.lower()


@pytest.mark.parametrize("name", [*NAMES, "a.png", "a"])
@pytest.mark.parametrize("what", NEVER)
def test_pictures_sound_films_and_programs_are_refused_whatever_their_name(what: str, name: str) -> None:
    with pytest.raises(Refused, match="graphkit keeps no pictures, sound, films or programs"):
        media_type(name, NEVER[what])


@pytest.mark.parametrize("what", NEVER)
def test_they_are_refused_in_a_sheet_and_in_a_mail_too(what: str) -> None:
    for name, content in (
        ("a.xlsx", zipped(xl__media__image1_x=NEVER[what])),
        ("a.eml", mail(NEVER[what])),
        ("a.eml", mail(zipped(word__media__image1_x=NEVER[what]))),
    ):
        with pytest.raises(Refused, match=r"Save (it|the mail) without, and attach that"):
            media_type(name, content)


def test_macros_and_parts_that_say_they_are_pictures_are_refused() -> None:
    with pytest.raises(Refused, match=r"a program, xl/vbaProject\.bin"):
        media_type("a.xlsx", zipped(xl__vbaProject_bin=b"\xd0\xcf\x11\xe0"))
    with pytest.raises(Refused, match="a picture, sound or film"):
        media_type("a.eml", mail(b"anything", "image/tiff"))


@pytest.mark.parametrize("named", NAMES)
@pytest.mark.parametrize("name", GOOD)
def test_a_name_of_another_kind_is_said(name: str, named: str) -> None:
    text_like = {".txt", ".md", ".csv"}
    both = {Path(name).suffix.lower(), Path(named).suffix}
    if len(both) == 1 or both <= text_like or (both <= {*text_like, ".eml"} and Path(named).suffix in text_like):
        assert media_type(named, GOOD[name])
        return
    with pytest.raises(FileUnreadable, match="is not what its name says"):
        media_type(named, GOOD[name])


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"", "is empty"),
        ("a.docx", b"PK\x03\x04", "documents are PDF, text, mail and sheets, named .pdf, .txt"),
        ("a.html", b"<p>", "documents are PDF, text, mail and sheets"),
        ("a.txt", b"caf\xe9", "is not what its name says"),
        ("a.txt", b"a\x00b", "is not what its name says"),
        ("a.eml", b"Dear all,\n\nno headers.", "is not what its name says"),
        ("a.eml", b"Subject: no sender\n\nHello", "is not what its name says"),
        ("a.xlsx", xlsx()[:-200], "is not what its name says"),
        ("a.xlsx", b"PK\x03\x04", "is not what its name says"),
    ],
)
def test_what_is_not_taken_is_one_sentence(name: str, content: bytes, said: str) -> None:
    with pytest.raises((FileUnreadable, Refused)) as problem:
        media_type(name, content)
    assert said in str(problem.value)
    assert "\n" not in str(problem.value)


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognised, "MAX_BYTES", 10)
    with pytest.raises(Refused, match="is larger than"):
        media_type("a.txt", b"x" * 11)


@given(st.binary(max_size=300), st.sampled_from(NAMES))
def test_random_bytes_are_taken_only_as_text_or_with_the_right_beginning(content: bytes, name: str) -> None:
    try:
        taken = media_type(name, content)
    except (FileUnreadable, Refused):
        return
    assert forbidden(content) is None
    assert content.startswith(b"%PDF-") or recognised.decoded(content) is not None
    assert taken in documents.ENDINGS


@given(st.sampled_from(sorted(NEVER)), st.binary(max_size=2000), st.sampled_from(NAMES))
def test_whatever_follows_the_beginning_of_a_picture_it_is_refused(what: str, rest: bytes, name: str) -> None:
    with pytest.raises(Refused):
        media_type(name, NEVER[what] + rest)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
def test_words_are_text(words: str) -> None:
    if forbidden(words.encode()) is None:
        assert media_type("a.txt", words.encode()) == "text/plain"


@given(st.binary(max_size=400))
def test_damaged_documents_break_nothing(noise: bytes) -> None:
    for name, good in GOOD.items():
        for damaged in (good[: len(noise)] + noise, noise + good, good[:-20] + noise):
            try:
                media_type(name, damaged)
            except (FileUnreadable, Refused):
                continue


def test_what_is_no_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    for name, said in (("link.txt", "is a symbolic link"), ("", "is a folder"), ("pipe.txt", "is no file")):
        with pytest.raises(ChooseAgain, match=said):
            documents.chosen(tmp_path / name)
    with pytest.raises(FileUnreadable, match="No such file"):
        documents.chosen(tmp_path / "nowhere.txt")
    assert documents.chosen(tmp_path / "a.txt") == b"x"


def test_a_folder_keeps_a_content_once_and_nobody_writes_into_it(tmp_path: Path) -> None:
    folder = Folder.of(str(tmp_path / "graphkit.kgl"))
    assert folder.path == tmp_path / "graphkit.documents"
    assert folder.files() == []
    sha256 = folder.keep(b"abc", "text/plain")
    assert sha256 == hashlib.sha256(b"abc").hexdigest()
    path = folder.path_of(sha256, "text/plain")
    kept = path.stat()
    assert stat.S_IMODE(kept.st_mode) & 0o222 == 0
    folder.keep(b"abc", "text/plain")
    assert (path.stat().st_ino, folder.files()) == (kept.st_ino, [path])
    assert folder.content(sha256, "text/plain") == b"abc"


def test_keeping_mends_what_was_changed_and_dropping_takes_every_copy(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "d")
    sha256 = folder.keep(b"abc", "text/plain")
    path = folder.path_of(sha256, "text/plain")
    path.chmod(0o600)
    path.write_bytes(b"abd")
    with pytest.raises(StoreError, match="is not what was kept"):
        folder.content(sha256, "text/plain")
    folder.keep(b"abc", "text/plain")
    assert folder.content(sha256, "text/plain") == b"abc"
    folder.keep(b"abc", "text/csv")
    other = folder.keep(b"other", "text/plain")
    folder.drop(sha256)
    assert folder.files() == [folder.path_of(other, "text/plain")]
    with pytest.raises(StoreError, match="cannot be read"):
        folder.content(sha256, "text/plain")
    folder.drop(sha256)
    Folder(tmp_path / "nowhere").drop(sha256)


def test_stores_of_other_endings_have_folders_of_their_own(tmp_path: Path) -> None:
    names = {Folder.of(str(tmp_path / name)).path.name for name in ("a.kgl", "a.db", "a")}
    assert names == {"a.documents", "a.db.documents"}


def test_a_neo4j_store_has_the_folder_that_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert Folder.of("neo4j://neo4j@localhost/neo4j").path == tmp_path / "documents"
    monkeypatch.delenv("GRAPHKIT_DOCUMENTS")
    with pytest.raises(StoreError, match="Set GRAPHKIT_DOCUMENTS"):
        Folder.of("neo4j://neo4j@localhost/neo4j")


LANDINGS = [
    ("application/pdf", "page 2", "page 2 of 3", PAGES[1]),
    ("application/pdf", "p. 3, paragraph 4", "page 3 of 3", PAGES[2]),
    ("application/pdf", "pp. 2-3", "pages 2 to 3 of 3", f"{PAGES[1]}\n\n{PAGES[2]}"),
    ("text/plain", "paragraph 2", "paragraph 2 of 3", "Second one,\nof two lines."),
    ("text/plain", "Paragraphs 2–3", "paragraphs 2 to 3 of 3", "Second one,\nof two lines.\n\nThird."),
    ("text/plain", "line 4", "line 4 of 6", "of two lines."),
    ("text/csv", "B3", "cell B3", "B3 (killed): 33"),
    ("text/csv", "row 3", "row 3", "A3 (place): 昆明\nB3 (killed): 33"),
    ("text/csv", "line 1", "row 1", "A1: place\nB1: killed"),
    ("text/csv", "A2:A3", "cell A2:A3", "A2 (place): Kunming\nA3 (place): 昆明"),
    (XLSX, "B2", "cell B2 of sheet Ports", "B2 (ships): 3"),
    (XLSX, "'More ports'!A1", "cell A1 of sheet More ports", "A1: name"),
    (XLSX, "sheet Ports, row 3", "row 3 of sheet Ports", "A3 (port): Ostend"),
    ("message/rfc822", "subject", "header Subject", "Ships of 昆明"),
    ("message/rfc822", "paragraph 2", "paragraph 2 of 2", "The ship left."),
]
OF = {
    "application/pdf": pdf(*PAGES), "text/plain": TEXT.encode(), "text/csv": SHEET.encode(), XLSX: xlsx(),
    "message/rfc822": mail(),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "locator", "where", "text"), LANDINGS, ids=lambda value: str(value)[:20])
def test_a_locator_lands(kind: str, locator: str, where: str, text: str) -> None:
    found = landed(OF[kind], kind, locator)
    assert (found.where, found.text) == (where, text)
    assert (found.page is not None) == (kind == "application/pdf")


@pytest.mark.parametrize(
    ("kind", "locator", "said"),
    [
        ("application/pdf", "page 9", "there is no page 9; there are 3"),
        ("application/pdf", "paragraph 2", "a PDF has pages, here 3: write 'page 1'"),
        ("text/plain", "page 2", "write 'paragraph 2' or 'line 12'"),
        ("text/plain", "line 0", "there is no line 0; there are 6"),
        ("text/csv", "somewhere", "write 'row 7', 'B7' or 'B7:C9'"),
        ("text/csv", "row 99", "is empty or past the end"),
        (XLSX, "Pots!B2", "it has no sheet 'Pots'; there are Ports, More ports"),
        (XLSX, "B3", "is empty or past the end of sheet Ports"),
        ("message/rfc822", "page 1", "or a header such as 'subject'"),
    ],
)
def test_a_locator_that_lands_nowhere_says_what_there_is(kind: str, locator: str, said: str) -> None:
    with pytest.raises(NotFound) as problem:
        landed(OF[kind], kind, locator)
    assert said in str(problem.value)


def test_a_damaged_document_is_one_sentence() -> None:
    with pytest.raises(FileUnreadable, match="The PDF is damaged or protected"):
        landed(b"%PDF-1.4 and no more", "application/pdf", "page 1")


def test_the_words_of_a_mail_in_html_are_words() -> None:
    html = b"<p>One &amp; two.</p><script>alert(1)</script><p>Three<br>four.</p>"
    content = b"From: a@example.com\nSubject: x\nContent-Type: text/html; charset=none\n\n" + html
    assert landed(content, "message/rfc822", "paragraph 1").text == "One & two."
    assert landed(content, "message/rfc822", "paragraph 2").text == "Three\nfour."


@given(st.text())
def test_any_words_can_be_a_locator(words: str) -> None:
    Locator.of(words)


@given(st.integers(1, 18_000))
def test_columns_are_numbered_as_sheets_do(number: int) -> None:
    cells = Locator.of(f"{column(number)}7").cells
    assert cells is None if number > 26 + 26**2 + 26**3 else cells == ((number, number), (7, 7))


def test_a_picture_in_the_head_of_a_mail_body_is_refused_when_it_is_encoded() -> None:
    with pytest.raises(Refused):
        media_type("a.eml", mail(PNG, "application/pdf"))
