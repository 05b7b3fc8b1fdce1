"""Runs of jobs that the app started, each a process of its own."""

from __future__ import annotations

import subprocess
import sys

import streamlit as st


@st.cache_resource(show_spinner=False)
def _started() -> dict[str, subprocess.Popen[str]]:
    return {}


def start(name: str, file: str, store: str) -> None:
    """Start a run of a job; the page goes on at once."""
    command = [sys.executable, "-P", "-m", "graphkit", "jobs", "run", name, "--jobs", file, "--store", store]
    _started()[name] = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )


def going(name: str) -> bool:
    """Say whether a run that was started here goes on."""
    process = _started().get(name)
    return process is not None and process.poll() is None


def outcome(name: str) -> str:
    """Return why the last run that was started here did not end well, once; empty when there is nothing to say."""
    if going(name) or name not in _started():
        return ""
    _, said = _started().pop(name).communicate()
    return said.strip().splitlines()[-1] if said.strip() else ""
