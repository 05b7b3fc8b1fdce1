"""The Jobs page: what is planned, running a job from it, its outcome, and its files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from graphkit.jobs.history import History
from graphkit.settings import Settings
from tests.browser.conftest import Window, served
from tests.browser.hostile import ATTACK, MARKDOWN
from tests.jobs import exports, job, jobs_file, loaded

Windows = Callable[..., Window]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[str]:
    with served(Path(loaded(tmp_path))) as address:
        yield address


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1600, "dark")])
def test_a_job_is_run_from_the_page_and_its_files_can_be_had(
    app: str, window: Windows, tmp_path: Path, width: int, scheme: str
) -> None:
    jobs_file(tmp_path, job(formats=["csv"]), job("broken", case=["no"]), timezone="Europe/Berlin")
    opened = window(width, scheme)
    opened.open(f"{app}/jobs")
    card = opened.page.locator(".st-key-job-nightly")
    expect(card).to_contain_text("things by degree · as csv · every day at 03:00 Europe/Berlin · next run 20")
    expect(card).to_contain_text("It has not run yet.")
    card.get_by_role("button", name="Run now").click()
    expect(card.get_by_role("button", name="Running …")).to_be_disabled()
    expect(card).to_contain_text("done ·", timeout=30_000)
    expect(card).to_contain_text("3 rows")
    expect(card).to_contain_text(re.compile(r"done · \d{4}-\d\d-\d\d \d\d:\d\d:\d\d CES?T, .* bytes"))
    expect(opened.page.get_by_test_id("stMain")).not_to_contain_text("UTC")
    (slot,) = exports(tmp_path / "exports" / "nightly")
    with opened.page.expect_download() as got:
        card.get_by_role("button", name="Download").click()
    assert got.value.path().read_bytes() == (tmp_path / "exports" / "nightly" / slot / "rank.csv").read_bytes()
    jobs_file(tmp_path, job(formats=["csv"], case=["no"]), job("broken", case=["no"]), timezone="Europe/Berlin")
    card.get_by_role("button", name="Run now").click()
    expect(card).to_contain_text(re.compile(r"Files of the last run that was done, 20.* CES?T, "), timeout=30_000)
    expect(card.get_by_role("button", name="Download")).to_be_visible()
    broken = opened.page.locator(".st-key-job-broken")
    broken.get_by_role("button", name="Run now").click()
    expect(broken).to_contain_text("failed ·", timeout=30_000)
    expect(broken).to_contain_text("job 'broken': case: No case named 'no'.")
    expect(broken.get_by_role("button", name="Run now")).to_be_enabled()
    assert opened.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(opened.page.get_by_test_id("stException")).to_have_count(0)


def test_text_of_jobs_is_text_and_nothing_else(app: str, window: Windows, tmp_path: Path) -> None:
    query = job("q", "query", cypher=f"RETURN {json.dumps(ATTACK + MARKDOWN)} AS x", destination=f"ex {MARKDOWN}")
    jobs_file(tmp_path, query, job("g", "graph", formats=["json"], around=[ATTACK], case=[MARKDOWN]))
    opened = window()
    opened.open(f"{app}/jobs")
    card = opened.page.locator(".st-key-job-q")
    expect(card).to_contain_text("<img src=x onerror=window.pwned=1>")
    opened.page.locator(".st-key-job-g").get_by_role("button", name="Run now").click()
    expect(opened.page.locator(".st-key-job-g")).to_contain_text("failed ·", timeout=30_000)
    main = opened.page.get_by_test_id("stMain")
    for tag in ("img", "a[href^='javascript']", "a[href*='outside']", "script"):
        expect(main.locator(tag)).to_have_count(0)
    assert opened.page.evaluate("window.pwned") is None


def test_a_wrong_file_is_told_and_a_mended_one_is_shown(app: str, window: Windows, tmp_path: Path) -> None:
    jobs_file(tmp_path, job("../x"), job(metric="pagerang"))
    opened = window()
    opened.open(f"{app}/jobs")
    expect(opened.page.get_by_text("The jobs file cannot be used as it is")).to_be_visible()
    expect(opened.page.get_by_text("Did you mean 'pagerank'?", exact=False)).to_be_visible()
    jobs_file(tmp_path, job())
    opened.page.reload()
    expect(opened.page.locator(".st-key-job-nightly")).to_be_visible()
    jobs_file(tmp_path, job("../x"))
    expect(opened.page.get_by_text("The jobs file cannot be used as it is")).to_be_visible(timeout=10_000)


def test_without_a_file_the_page_shows_what_to_write(app: str, window: Windows, tmp_path: Path) -> None:
    opened = window()
    opened.open(f"{app}/jobs")
    expect(opened.page.get_by_text("There are no scheduled exports yet")).to_be_visible()
    shown = opened.page.get_by_test_id("stCode").inner_text()
    (tmp_path / "jobs.yaml").write_text(shown, encoding="utf-8")
    opened.page.reload()
    expect(opened.page.locator(".st-key-job-nightly")).to_contain_text("of case c")


def test_the_page_says_where_the_jobs_file_is_and_whether_a_scheduler_runs(
    app: str, window: Windows, tmp_path: Path
) -> None:
    opened = window()
    opened.open(f"{app}/jobs")
    expect(opened.page.get_by_text(str(tmp_path / "jobs.yaml"), exact=False)).to_be_visible()
    path = jobs_file(tmp_path, job(), timezone="Asia/Kathmandu")
    opened.page.reload()
    expect(opened.page.get_by_text(f"{path}: 1 job.", exact=False)).to_be_visible()
    expect(opened.page.get_by_text("No scheduler is running, so no job runs by itself", exact=False)).to_be_visible()
    history = History(Settings().state, path)
    history.hear(datetime.now(UTC) - timedelta(hours=1))
    expect(opened.page.get_by_text("One was last heard at 20", exact=False)).to_contain_text("+0545")
    history.hear(datetime.now(UTC))
    expect(opened.page.get_by_text("A scheduler is running", exact=False)).to_be_visible()
