"""``requests``: what is printed of requests, for people, for spreadsheets and for machines."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.requested import RECORDS

from .conftest import is_one_line


def words(text: str) -> str:
    return " ".join(text.split())


def put(tmp_path: Path) -> str:
    file = tmp_path / "records.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in RECORDS), encoding="utf-8")
    return str(file)


def test_each_request_is_a_row_and_what_followed_stands_below_with_who_says_so(loaded) -> None:
    result = loaded("requests", "--case", "invented", "--website", "amber-signal.example")
    assert result.exit_code == 0
    told = words(result.stdout)
    assert "request-01 removal Ministry of Graniteshed amber-signal[.]example 2021-06-02 17" in told
    assert "What became of what they concern, as sources say or as is computed" in told
    assert "amber-signal[.]example (calls itself Amber 2021-06-19 same day Ruvvy Olken request-log-2024" in told
    assert "2021-06-20 to 2021-07-02 after Lanternpost Institute lanternpost-crawl" in told
    assert "Median 26 days from sent to decided, over 2 requests with exact dates." in result.stderr
    assert "Disputed in request-02: items removed: 3 (Bexen Tollivar) or 4" in result.stderr
    assert "INVENTED DATA" in result.stderr
    assert "Being asked about proves nothing" in result.stderr


def test_a_request_that_only_a_relation_tells_of_is_printed_as_that(loaded) -> None:
    result = loaded("requests", "--case", "article")
    told = words(result.stdout)
    assert "a relation, no record" in told
    assert "(Yang Shaowen)" in told
    assert "No request on record. 1 known only as a relation." in result.stderr


def test_json_has_the_claims_of_all_that_is_told(loaded) -> None:
    told = json.loads(loaded("requests", "--case", "invented", "--json").stdout)
    assert told["summary"]["requests"] == len(told["requests"]) == 16
    first = told["requests"][0]
    assert first["days"] == {"low": 17, "high": 17, "negative": False, "why": "", "exact": 17}
    assert first["sources"]["request-log-2024"].startswith("INVENTED DATA")
    link = first["concerns"][0]["reappeared"][0]
    assert (link["by"], link["id"], link["order"]) == ("redirect", "website:amber-signals.example", "after")
    assert len(link["words"][0]["claim"]) == 32


def test_no_domain_is_cut_in_what_is_printed(run, tmp_path: Path) -> None:
    domain = "harb0ur-times-of-the-morning-and-the-evening.example"
    file = tmp_path / "more.jsonl"
    more = [
        {"kind": "Website", "domain": domain, "name": "Harbour Times", "source": "log"},
        {"kind": "CONCERNS", "from": "r2", "to": f"website:{domain}", "source": "log"},
    ]
    file.write_text("".join(json.dumps(record) + "\n" for record in more), encoding="utf-8")
    run("load", put(tmp_path), str(file))
    told = run("requests", "--website", domain).stdout.splitlines()
    column = next(line for line in told if "concerns" in line).index("concerns")
    assert domain.replace(".", "[.]") in "".join(line[column : column + 26].strip() for line in told)


def test_csv_is_one_row_a_request_with_its_sources(loaded) -> None:
    result = loaded("requests", "--case", "invented", "--outcome", "refused", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["id"] for row in rows] == ["request-08", "request-09"]
    assert rows[0]["source_ids"] == "request-log-2024"
    assert rows[0]["share_removed"] == "0.0"
    assert all(row["claims"] and "INVENTED" in row["notice"] for row in rows)


def test_a_history_is_printed_in_order(run, tmp_path: Path) -> None:
    run("load", put(tmp_path))
    told = words(run("requests", "--from", "ministry").stdout)
    order = [told.index(word) for word in ("partly granted", "appealed", "reinstated")]
    assert order == sorted(order)
    assert "no outcome on" in told


def test_what_is_not_there_is_said_in_one_line(loaded) -> None:
    nothing = loaded("requests", "--case", "invented", "--outcome", "none")
    assert (nothing.exit_code, nothing.stdout) == (0, "")
    assert "No request is on record in case invented, or none of those asked for." in nothing.stderr
    for given, code in ((("--type", "removel"), 2), (("--to", "nobody"), 1), (("--website", "nowhere.example"), 1)):
        wrong = loaded("requests", "--case", "invented", *given)
        assert (wrong.exit_code, is_one_line(wrong.stderr)) == (code, True)
