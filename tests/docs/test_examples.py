"""Every example of README and docs runs and prints what the page says."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from graphkit import cli

from .pages import ON_NEO4J, PAGES, ROOT, Block, Command, blocks, commands, name
from .printed import agrees

FILES = {"jsonl", "csv", "json", "yaml", "xml"}
NOT_RUN = {"pip", "git", "docker", "cd", "python3", "source", ".venv/bin/pre-commit"}
AS_TYPED = {"README.md", "docs/tutorial.md"}
"""Pages of which a shell runs all commands, each in a process of its own; of others those that need one."""
QUOTED = re.compile(r"""'[^']*'|"[^"$`]*\"""")
SHELL = re.compile(r"[|<>;&*?$`]")
SERVING = re.compile(r"graphkit (app|demo|jobs start)\b(?!.*--no-app)")
WITH_EXAMPLES = [page for page in PAGES if any(b.language in {"console", "python"} for b in blocks(page))]


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=name)
def test_the_examples_of_a_page_run_and_print_what_it_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRAPHKIT_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("GRAPHKIT_STORE", raising=False)
    if name(page) in ON_NEO4J:
        monkeypatch.setenv("GRAPHKIT_STORE", _emptied(request.getfixturevalue("servers")("scratch")))
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    (tmp_path / "seed").symlink_to(ROOT / "seed")
    namespace: dict[str, Any] = {"__name__": "page"}
    printed = ""
    for block in blocks(page):
        if block.language == "python":
            printed = _executed(block, namespace)
        elif block.language == "text" and printed:
            assert agrees(block.text.splitlines(), printed), f"{block.place}: it printed\n{printed}"
        elif block.language == "console":
            for command in commands(block):
                _try(block, command, by_shell=name(page) in AS_TYPED)
        elif block.file:
            assert block.language in FILES, f"{block.place}: cannot write {block.language}"
            (tmp_path / block.file).write_text(block.text, encoding="utf-8")


def _emptied(server: Any) -> str:
    server.wipe()
    return str(server.address)


def test_pages_on_neo4j_have_examples() -> None:
    assert set(map(name, WITH_EXAMPLES)) >= ON_NEO4J


def _executed(block: Block, namespace: dict[str, Any]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(block.text, block.place, "exec"), namespace)
    return out.getvalue()


def _try(block: Block, command: Command, *, by_shell: bool) -> None:
    first, *words = shlex.split(command.line, comments=True)
    if first == "make":
        _must_be_a_target(block, words)
    elif SERVING.match(command.line):
        _must_parse(block, words)
    elif first not in NOT_RUN:
        here = first == "graphkit" and not by_shell and not SHELL.search(QUOTED.sub("", command.line))
        printed = _ran(words) if here else _typed(command.line)
        assert "Traceback" not in printed, f"{block.place}: {command.line}\n{printed}"
        assert agrees(command.expected, printed), f"{block.place}: $ {command.line}\nprinted\n{printed}"


def _ran(words: list[str]) -> str:
    done = CliRunner().invoke(cli.main, words)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.output


def _typed(line: str) -> str:
    return subprocess.run(
        ["bash", "-c", line],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        encoding="utf-8", timeout=120, check=False,
    ).stdout  # fmt: skip


def _must_be_a_target(block: Block, words: list[str]) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = [word for word in words if "=" not in word]
    assert set(named) <= targets, f"{block.place}: no target {named}"


def _must_parse(block: Block, words: list[str]) -> None:
    command: click.Command = cli.main
    while isinstance(command, click.Group):
        command, *words = command.commands[words[0]], *words[1:]
    try:
        command.make_context(command.name, list(words))
    except click.UsageError as problem:
        pytest.fail(f"{block.place}: {problem.format_message()}")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_blocks_of_records_hold_records(page: Path) -> None:
    for block in blocks(page):
        if block.language == "jsonl":
            for number, line in enumerate(block.text.splitlines(), start=1):
                assert isinstance(json.loads(line), dict), f"{block.place}, line {number}"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_block_says_its_language(page: Path) -> None:
    assert [block.place for block in blocks(page) if not block.language] == []
