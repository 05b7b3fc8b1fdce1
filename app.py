"""The pages of the app. ``graphkit app`` serves them."""

import streamlit as st

from graphkit.ui import session
from graphkit.ui.pages import PAGES

session.begin()
session.titled(st.navigation(session.pages(PAGES), position="top")).run()
