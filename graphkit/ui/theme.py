"""How the app looks beyond Streamlit's own theme. The style is ours alone; no data goes into it."""

from __future__ import annotations

import streamlit as st

_STYLE = """<style>
.block-container { padding: 4.2rem 1.6rem 1rem; max-width: 1800px; }
[data-testid="stSidebar"] { min-width: 250px; max-width: 290px; }
[data-testid="stSidebar"] [data-testid="stVerticalBlock"] { gap: .7rem; }
[data-testid="stMetricValue"] { font-size: 1.9rem; }
.block-container { --invented: 0px; --moment: 0px; --note: 0px; }
.block-container:has(.st-key-invented) { --invented: 58px; }
.block-container:has(.st-key-moment) { --moment: 58px; }
.block-container:has(.st-key-desk-note) { --note: 40px; }
.st-key-canvas {
  flex: none !important; min-height: 440px;
  height: calc(100vh - 160px - var(--invented) - var(--moment) - var(--note)) !important;
}
.st-key-why-canvas, .st-key-group-canvas { flex: none !important; height: 480px !important; }
:is(.st-key-invented, .st-key-moment) [data-testid="stAlertContainer"] { padding: .45rem .9rem; }
[data-testid="stElementToolbar"] button[aria-label*="ownload"] { display: none; }
[data-testid="stLayoutWrapper"]:has(> :is(.st-key-add-beside, .st-key-why-beside)) { position: sticky; top: 4.2rem; }
.st-key-add-preview { max-height: calc(100vh - 24rem); overflow-y: auto; }
.st-key-cypher-text textarea { font-family: ui-monospace, Consolas, monospace; font-size: .92rem; }
@media (max-width: 1450px) {
  [data-testid="stTopNavLink"] > span:has([data-testid="stIconMaterial"]) { display: none; }
}
@media (prefers-color-scheme: dark) {
  button[data-testid^="stBaseButton-primary"]:not(:disabled) { color: #10131a !important; }
  button[data-testid^="stBaseButton-primary"]:hover:not(:disabled) { background: #9cbaf6; border-color: #9cbaf6; }
}
h1 { font-size: 1.7rem !important; padding: .2rem 0 .4rem !important; }
h2 { font-size: 1.25rem !important; padding: .8rem 0 .3rem !important; }
[role=dialog] h2 { padding: 1.3rem 1.5rem .3rem !important; }
h3 { font-size: 1.1rem !important; padding: .2rem 0 !important; }
[data-testid="stSidebar"] h3 { padding: .7rem 0 .5rem !important; }
</style>"""


def apply() -> None:
    """Put the style on the page."""
    st.html(_STYLE)
