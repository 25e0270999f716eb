from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dealport.reading.columns.field_names import LIST_FIELDS, kind_of_word, tell_kind
from dealport.reading.paths import Reading

Write = Callable[[str, str | bytes], Path]
Read = Callable[[], Reading]


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("investors/a.toml", 'name = "A"\nkind = "startup"', "startup"),
        ("investors/a.toml", '[[startup]]\nname = "A"', "startup"),
        ("investors/startups.toml", 'name = "A"', "startup"),
        ("startups/2026/a.toml", 'name = "A"\nticket = "USD 1M"', "startup"),
        ("startups/investors/a.toml", 'name = "A"', "investor"),
        ("투자자/a.toml", 'name = "A"', "investor"),
        ("創業公司.csv", "name\nA\n", "startup"),
        ("a.toml", 'name = "A"\nticket = "USD 1M"', "investor"),
        ("a.toml", 'name = "A"\nstage = "Seed"', "startup"),
        ("a.csv", "name,raising\nA,\n", "startup"),
        ("a.csv", "name,kind\nA,投资机构\n", "investor"),
        ("a.csv", "name,kind,ticket,raising\nA,,USD 1M,\n", "investor"),
        ("a.json", '{"name": "A", "invests in": ["KR"]}', "investor"),
    ],
)
def test_the_nearest_word_tells_the_kind(market: Write, read: Read, name: str, text: str, kind: str) -> None:
    market(name, text)

    reading = read()

    assert [(row.kind, "kind" in row.fields) for row in reading.rows] == [(kind, False)]
    assert reading.problems == ()


def test_a_profile_nothing_tells_about_is_a_fault_with_its_cure(market: Write, read: Read) -> None:
    market("a.toml", 'name = "A"\n')
    market("b.toml", '[[startup]]\nname = "B"\n')
    market("c.csv", "name,country\nA,KR\nB,KR\n")
    market("d.csv", "name,ticket,raising\nA,1,\nB,,\n")

    reading = read()

    assert [(row.kind, row.fields["name"]) for row in reading.rows] == [("startup", "B"), ("investor", "A")]
    assert [problem.place for problem in reading.problems] == ["market/a.toml", "market/c.csv", "market/d.csv:3"]
    assert all("folder startups/ or investors/" in problem.cure for problem in reading.problems)
    assert reading.n_refused == 4


def test_a_kind_that_is_none_is_a_fault(market: Write, read: Read) -> None:
    market("startups/a.toml", 'kind = "accelerator"\nname = "A"\n')
    market("startups/b.toml", 'kind = 7\nname = "A"\n')
    market("startups/c.toml", f'kind = "{"x" * 99}"\nname = "A"\n')

    reading = read()

    assert reading.rows == ()
    assert [problem.place for problem in reading.problems] == [f"market/startups/{name}.toml:1" for name in "abc"]
    assert str(reading.problems[0]).endswith('\'accelerator\' is no kind (write "startup" or "investor")')
    assert len(reading.problems[2].message) < 70


@pytest.mark.parametrize("n_rows", [1, 600])  # one by one, and as columns
def test_a_deal_among_profiles_is_a_fault_with_its_cure(market: Write, read: Read, n_rows: int) -> None:
    rows = "".join(f"startup,S{row},KR\n" for row in range(n_rows))
    market("all.csv", f"kind,name,country\n{rows}deal,X,KR\n")

    reading = read()

    assert len(reading.rows) == n_rows
    assert [str(problem) for problem in reading.problems] == [
        f"market/all.csv:{n_rows + 2}: kind: 'deal' in a table of profiles "
        "(put such rows into a table of their own, as deals.csv or requests.csv)"
    ]


def test_fields_of_both_sides_tell_nothing() -> None:
    assert tell_kind(["stage", "ticket"]) == ""
    assert tell_kind([]) == ""


def test_a_word_of_no_kind_is_empty() -> None:
    assert kind_of_word("") == ""
    assert kind_of_word("Start-ups") == "startup"


def test_list_fields_are_those_of_the_design() -> None:
    assert {"aliases", "sectors", "wants", "portfolio", "sources"} < LIST_FIELDS
    assert "ticket" not in LIST_FIELDS
