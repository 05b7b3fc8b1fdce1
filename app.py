"""The app's pages; ``graphkit app`` serves them."""

from graphkit.ui.session import run

run()
