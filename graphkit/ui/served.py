"""Streamlit as graphkit starts it: ``python -m graphkit.ui.served run app.py …``.

It never asks the internet for the address of this machine, which Streamlit does to judge where a request is from.
"""

from __future__ import annotations

from streamlit import net_util
from streamlit.web import cli


def main() -> None:
    """Become Streamlit's command line."""
    net_util.get_external_ip = lambda: None
    cli.main()


if __name__ == "__main__":
    main()
