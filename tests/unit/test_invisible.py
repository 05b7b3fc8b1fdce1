"""What nobody sees is shown, and what scripts need stays as it is."""

from __future__ import annotations

import unicodedata

import pytest

from graphkit.model import values
from graphkit.model.invisible import holds_invisible, visible

SPOOFS = [0xAD, 0x61C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF]


@pytest.mark.parametrize("number", SPOOFS, ids=lambda number: unicodedata.name(chr(number)))
def test_a_character_that_nobody_sees_is_kept_and_shown_as_its_number(number: int) -> None:
    written = f"pay{chr(number)}pal"
    assert values.text(written) == written
    assert holds_invisible(written)
    assert visible(written) == f"pay[U+{number:04X}]pal"


@pytest.mark.parametrize("text", ["می\u200cخواهم", "क्\u200dष", "昆明", "plain", "👩\u200d🚒"])
def test_joiners_that_scripts_need_stay(text: str) -> None:
    assert not holds_invisible(text)
    assert visible(text) == text
