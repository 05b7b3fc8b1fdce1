"""Requests for removal and legal assistance: what was asked, what came of it, and what reappeared where."""

from graphkit.requesting import days, in_words
from graphkit.requesting.asked import ALL, NONE, RequestsAsked, choices
from graphkit.requesting.days import Days
from graphkit.requesting.found import requests, requests_to_hand_over
from graphkit.requesting.history import Event, history
from graphkit.requesting.summing import days_left_out, items_left_out, sentences
from graphkit.requesting.values import Concerned, Party, Reappeared, Request, Requests, Saying, Summary, Word

__all__ = [
    "ALL", "NONE", "Concerned", "Days", "Event", "Party", "Reappeared", "Request", "Requests", "RequestsAsked",
    "Saying", "Summary", "Word", "choices", "days", "days_left_out", "history", "in_words", "items_left_out",
    "requests", "requests_to_hand_over", "sentences",
]  # fmt: skip
