"""Documents in the app, run without a browser: attached by upload, offered beside claims, opened as plain text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from graphkit import flow
from graphkit.documents import Folder
from graphkit.stores import Store
from graphkit.ui import session
from tests.documents import GOOD, PNG

SOURCE = {"kind": "Source", "id": "s", "name": "A report", "cases": ["c"]}
PERSON = {"kind": "Person", "id": "p", "name": "P", "source": "s", "locator": "page 2"}
BY = flow.Collected("Ada", "2024-05-03", "https://example.com/a")


def _add() -> None:
    from graphkit.ui.pages import add

    add.page()


def _beside() -> None:
    from graphkit.ui import cards, documents, session

    cards.claims(session.dossier(session.snapshot(), "p"), documents.beside)


def _overview() -> None:
    from graphkit.ui.pages import overview

    overview.page()


@pytest.fixture
def store(tmp_path: Path, load: Any, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("GRAPHKIT_STORE", str(tmp_path / "store.kgl"))
    session._store.clear()
    opened = flow.store_at(str(tmp_path / "store.kgl"))
    load(opened, SOURCE, PERSON)
    return opened


def _shown(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.error, *app.success, *app.info, *app.warning, *app.code]
    return "\n".join(part.value for part in parts).replace("\\", "")


def _form() -> AppTest:
    app = AppTest.from_function(_add, default_timeout=30).run()
    return app.selectbox(key="add-kind").set_value("Document").run()


def test_a_document_is_attached_by_upload(store: Store) -> None:
    app = _form()
    assert app.button(key="attach").disabled
    app.selectbox(key="attach-source").set_value("s")
    app.text_input(key="attach-collector").set_value("Ada")
    app.file_uploader(key="attach-file-0").set_value(("report.pdf", GOOD["report.pdf"], "application/pdf")).run()
    assert "**report.pdf**" in _shown(app)
    app.text_input(key="attach-at-0").set_value("2014-02-30")
    app.button(key="attach").click().run()
    assert "Nothing was kept. Document: collected: " in _shown(app)
    assert Folder.of(store.address).files() == []
    app.text_input(key="attach-at-0").set_value("2024-05-03")
    app.button(key="attach").click().run()
    assert not app.exception
    assert "report.pdf is kept with source 's'." in _shown(app)
    (entry,) = store.register("Document").to_dicts()
    assert (entry["collector"], entry["collected"]) == ("Ada", "2024-05-03")
    assert flow.document_content(store, entry) == GOOD["report.pdf"]


def test_what_is_not_kept_is_said_and_cannot_be_attached(store: Store) -> None:
    app = _form()
    app.selectbox(key="attach-source").set_value("s")
    app.file_uploader(key="attach-file-0").set_value(("report.pdf", PNG, "application/pdf")).run()
    assert "report.pdf is a picture; graphkit keeps no pictures" in _shown(app)
    assert app.button(key="attach").disabled


def test_a_claim_offers_the_document_at_its_place_as_plain_text(store: Store) -> None:
    flow.attach(store, "s", "report.pdf", GOOD["report.pdf"], BY)
    app = AppTest.from_function(_beside, default_timeout=60).run()
    (button,) = [one for one in app.button if one.key.startswith("document-")]
    assert button.label.replace("\\", "") == "page 2 in report.pdf"
    button.click().run()
    assert not app.exception
    shown = _shown(app)
    assert "page 2 of 3" in shown
    assert "hxxps://example[.]com/a" in shown
    assert [code.value for code in app.code] == ["The harbour master denied it."]


def test_a_document_that_was_changed_is_not_shown(store: Store) -> None:
    flow.attach(store, "s", "report.pdf", GOOD["report.pdf"], BY)
    (path,) = Folder.of(store.address).files()
    path.chmod(0o600)
    path.write_bytes(GOOD["report.pdf"] + b" ")
    app = AppTest.from_function(_beside, default_timeout=60).run()
    next(one for one in app.button if one.key.startswith("document-")).click().run()
    assert "is not what was kept" in _shown(app)
    assert not app.code


def test_the_overview_offers_the_documents_of_its_sources(store: Store) -> None:
    app = AppTest.from_function(_overview, default_timeout=60).run()
    assert not [one for one in app.button if one.key == "documents-s"]
    for name in ("report.pdf", "notes.txt"):
        flow.attach(store, "s", name, GOOD[name], BY)
    app = AppTest.from_function(_overview, default_timeout=60).run()
    app.button(key="documents-s").click().run()
    assert not app.exception
    assert "**notes.txt**" in _shown(app)
    assert "**report.pdf**" in _shown(app)
