"""Where a locator lands in a document, found in a process of its own: a document may be made to hang its reader."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

from graphkit.documents.recognised import NOUNS
from graphkit.errors import FileUnreadable, NotFound
from graphkit.settings import surroundings

SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a locator lands, such as ``page 3 of 12``, and the text there; ``page`` is the first page of a PDF."""

    where: str
    text: str
    page: int | None


def landed(content: bytes, media_type: str, locator: str) -> Landing:
    """Return where a locator lands; NotFound when nowhere, FileUnreadable when the document cannot be read."""
    noun = NOUNS[media_type]
    request = json.dumps({"media_type": media_type, "locator": locator}).encode() + b"\n" + content
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "graphkit.documents.reading"],
            input=request, capture_output=True, timeout=SECONDS, check=False, env=surroundings(),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise FileUnreadable(f"Reading the {noun} was stopped after {SECONDS:g} s. Open the file itself.") from None
    if done.returncode:
        raise FileUnreadable(f"The {noun} is damaged or protected and cannot be read here. Open the file itself.")
    answer = json.loads(done.stdout)
    if "nowhere" in answer:
        raise NotFound(f"No such place in the {noun}: {answer['nowhere']}.")
    return Landing(answer["where"], answer["text"], answer["page"])
