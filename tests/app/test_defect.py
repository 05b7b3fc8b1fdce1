"""A defect in a page is one sentence on the page."""

from streamlit.testing.v1 import AppTest


def _page() -> None:
    from graphkit.ui import session

    session._guarded(lambda: {}["missing"])()


def test_a_page_that_breaks_off_says_so_in_a_sentence_and_shows_no_traceback() -> None:
    app = AppTest.from_function(_page).run()
    assert app.error[0].value.startswith(r"This page broke off \(KeyError\)")
    assert not app.exception
