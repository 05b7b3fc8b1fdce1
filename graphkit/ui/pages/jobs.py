"""Jobs: scheduled exports, when they run, how they ended, and the files they made."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from graphkit.errors import FileUnreadable
from graphkit.exports.wording import plural, size
from graphkit.jobs import cron, file, overview
from graphkit.jobs.file import JobsFile
from graphkit.jobs.history import History, Run
from graphkit.jobs.schedule import written
from graphkit.settings import Settings
from graphkit.ui import session, started
from graphkit.ui.cards import plain

WATCH = "2s"
SHOWN = 8
EXAMPLE = """jobs:
  - name: nightly
    schedule: "0 3 * * *"
    what: rank
    metric: pagerank
    formats: [csv, parquet, json]
    destination: exports/
    case: [CASE]
"""
_STATES = {
    "running": (":material/sync:", "blue"),
    "done": (":material/check_circle:", "green"),
    "failed": (":material/error:", "red"),
    "interrupted": (":material/warning:", "orange"),
}


def page() -> None:
    """Show the jobs of the jobs file."""
    view = session.snapshot()
    st.title("Jobs", anchor=False)
    path = Path(Settings().jobs)
    if not path.exists():
        _nothing_yet(path, view.scope.cases[0])
        return
    problems = file.problems(path)
    if problems:
        st.error(
            "The jobs file cannot be used as it is. No job is lost; mend the file and look again.",
            icon=":material/error:",
        )
        for line in problems:
            st.markdown(plain(line))
        return
    _jobs(str(path))


def _nothing_yet(path: Path, case: str) -> None:
    st.markdown(f"There are no scheduled exports yet. Write them into **{plain(str(path.absolute()))}**, for example:")
    st.code(EXAMPLE.replace("CASE", file.quoted(case)), language="yaml")
    st.markdown(
        "Then check the file with `graphkit jobs check`, and start the scheduler with `graphkit jobs start`. "
        "Without a scheduler no job runs by itself. The file is looked for in the folder in which the app was started; "
        "another one is named with `GRAPHKIT_JOBS`."
    )


@st.fragment(run_every=WATCH)
def _jobs(path: str) -> None:
    try:
        jobs = file.read(Path(path))
    except FileUnreadable:
        st.rerun(scope="app")
    history, now = History(Settings().state, jobs.path), datetime.now(UTC)
    about = (
        f"Each runs on the cases it names, whatever case is chosen here. Times are those of {jobs.content.timezone}."
    )
    st.caption(plain(f"{jobs.path.absolute()}: {plural(len(jobs.jobs), 'job')}. {about}"))
    running, said = overview.scheduler(history, cron.zone(jobs.content.timezone), now)
    if running:
        st.success(plain(said), icon=":material/schedule:")
    else:
        st.warning(plain(said), icon=":material/pause_circle:")
    for planned in overview.planned(jobs, history, now):
        _job(planned, jobs, history)


def _job(planned: overview.Planned, jobs: JobsFile, history: History) -> None:
    job = planned.job
    runs = history.runs(job.name, SHOWN)
    going = started.going(job.name) or any(run.state == "running" for run in runs)
    with st.container(border=True, gap="xsmall", key=f"job-{job.name}"):
        title, button = st.columns([6, 1.2], vertical_alignment="center")
        title.markdown(f"**{plain(job.name)}**  \n{_about(planned, jobs)}")
        label = "Running …" if going else "Run now"
        if button.button(label, key=f"run-{job.name}", disabled=going, icon=":material/play_arrow:", width="stretch"):
            started.start(job.name, str(jobs.path), session.address())
            st.rerun(scope="fragment")
        _failure(job.name, runs)
        if not runs:
            st.caption("It has not run yet.")
            return
        clock = cron.zone(jobs.content.timezone)
        _latest(runs[0], clock)
        _files(next((run for run in runs if run.files), None), runs[0], clock)
        if len(runs) > 1:
            with st.expander(f"Earlier runs ({len(runs) - 1})", key=f"earlier-{job.name}"):
                st.dataframe([_row(run, clock) for run in runs[1:]], hide_index=True)


def _about(planned: overview.Planned, jobs: JobsFile) -> str:
    job = planned.job
    cases = f" of case {' + '.join(job.case)}" if job.case else ""
    parts = [
        f"{overview.what(job)}{cases}",
        f"as {', '.join(job.formats)}",
        planned.when,
        f"next run {written(planned.next_run)}",
        f"into {jobs.folder(job)}",
    ]
    return f":small[:gray[{plain(' · '.join(parts))}]]"


def _failure(name: str, runs: list[Run]) -> None:
    """Keep what a run that was started here said before it could be written down, such as that it runs already."""
    said = started.outcome(name)
    if said:
        st.session_state[f"said-{name}"] = said
    said = st.session_state.get(f"said-{name}", "")
    if said and not any(run.message and run.message in said for run in runs):
        st.warning(plain(said), icon=":material/warning:")


def _latest(run: Run, clock: tzinfo) -> None:
    icon, colour = _STATES[run.state]
    together = f", {size(sum(one['bytes'] for one in run.files))}" if run.files else ""
    text = f"{run.state} · {plain(_when(run, clock))}{together}"
    st.markdown(f":{colour}[{icon} {text}]" + (f"  \n{plain(run.message)}" if run.message else ""))


def _when(run: Run, clock: tzinfo) -> str:
    begun = datetime.fromisoformat(run.started)
    took = f", {(datetime.fromisoformat(run.ended) - begun).total_seconds():.1f} s" if run.ended else ""
    return f"{begun.astimezone(clock).strftime('%Y-%m-%d %H:%M:%S %Z')}{took}"


def _files(run: Run | None, latest: Run, clock: tzinfo) -> None:
    if run is None:
        return
    if run.slot != latest.slot:
        st.caption(f"Files of the last run that was done, {plain(_when(run, clock))}:")
    folder = Path(run.folder)
    for one in run.files:
        path = folder / Path(one["path"]).name
        name, large, rows, button = st.columns([3, 1, 1, 2.2], vertical_alignment="center")
        name.markdown(plain(path.name))
        large.markdown(size(one["bytes"]))
        rows.markdown(plural(one["rows"], "thing" if path.name.startswith("graph.") else "row"))
        if path.is_file():
            button.download_button(
                "Download",
                partial(path.read_bytes),
                file_name=f"{run.job}-{path.name}",
                key=f"get-{run.job}-{run.slot}-{path.name}",
                on_click="ignore",
                icon=":material/download:",
                type="tertiary",
            )
        else:
            button.caption("no longer there")


def _row(run: Run, clock: tzinfo) -> dict[str, Any]:
    return {"started": _when(run, clock), "outcome": run.state, "files": len(run.files), "why": run.message}
