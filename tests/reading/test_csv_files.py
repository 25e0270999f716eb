from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dealport.reading.paths import Reading, read_paths

Write = Callable[[str, str | bytes], Path]
Read = Callable[[], Reading]


def test_columns_are_fields_and_lists_are_split(market: Write, read: Read) -> None:
    market(
        "startups.csv",
        "NAME,Country,sectors,LastRound,Invests-In,as of,Other Thing,description\n"
        "Lumen,KR,AI; robotics | 반도체;;,Series A, ;,2026-01-07,x,a; b\n"
        " , ,,\u3000,,,\xa0\n"
        "Harbor,CN\n",
    )

    reading = read()

    assert reading.problems == ()
    assert [row.fields for row in reading.rows] == [
        {
            "name": "Lumen",
            "country": "KR",
            "sectors": ["AI", "robotics", "반도체"],
            "last_round": "Series A",
            "as_of": "2026-01-07",
            "Other Thing": "x",
            "description": "a; b",
        },
        {"name": "Harbor", "country": "CN"},
    ]
    assert [row.origin.place("country") for row in reading.rows] == ["market/startups.csv:2", "market/startups.csv:4"]
    assert reading.rows[0].stem == ""


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("AI\nrobots", ["AI", "robots"]),
        ("- AI\n- insurance\n", ["AI", "insurance"]),
        ("1. AI\n2. insurance", ["AI", "insurance"]),
        ("• AI\n•insurance; 로봇", ["AI", "insurance", "로봇"]),
        ("3D printing\n5G", ["3D printing", "5G"]),
        ("1. AI", ["1. AI"]),
    ],
)
def test_lines_of_one_cell_are_words_of_their_own(market: Write, read: Read, cell: str, words: list[str]) -> None:
    market("startups.csv", f'name,country,sectors\nLumen,KR,"{cell}"\n')

    assert [row.fields["sectors"] for row in read().rows] == [words]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_told_by_the_header(market: Write, read: Read, delimiter: str) -> None:
    market("startups.csv", f'name{delimiter}country{delimiter}"notes, or; so\t"\nLumen{delimiter}KR{delimiter}x\n')

    assert read().rows[0].fields == {"name": "Lumen", "country": "KR", "notes, or; so": "x"}


def test_a_comma_in_a_header_does_not_mislead(market: Write, read: Read) -> None:
    market("startups.csv", "name;country;notes (a, b, c, d, e)\nLumen;KR;x\n")

    assert read().rows[0].fields["country"] == "KR"


@pytest.mark.parametrize(("first", "delimiter"), [("sep=;\r\n", ";"), ('"sep=,"\n', ","), ("sep=\t\n", "\t")])
def test_excels_sep_line_is_obeyed(market: Write, read: Read, first: str, delimiter: str) -> None:
    market("startups.csv", f"{first}name{delimiter}country\nLumen{delimiter}KR\n")

    (row,) = read().rows

    assert (row.fields, row.origin.line) == ({"name": "Lumen", "country": "KR"}, 3)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_right_with_newlines_inside_quotes(market: Write, read: Read, newline: str) -> None:
    market("startups.csv", newline.join(["name,description", 'A,"one', "two", 'three"', "", "B,x", ""]))

    rows = read().rows

    assert [row.origin.line for row in rows] == [2, 6]
    assert rows[0].fields["description"] == newline.join(["one", "two", "three"])


def test_blank_lines_before_the_header_are_passed_over(market: Write, read: Read) -> None:
    market("startups.csv", "\n , ,\n,,\nname,country\nA,KR\n")

    (row,) = read().rows

    assert (row.fields["name"], row.origin.line) == ("A", 5)


def test_the_apostrophe_of_our_own_writer_is_taken_off(market: Write, read: Read) -> None:
    market("startups.csv", "name,country,sectors,description\n'=A,'KR,'@x;'y,''=z\n'-B,',\"'\tq\",'+1\n")

    rows = read().rows

    assert rows[0].fields == {"name": "=A", "country": "'KR", "sectors": ["@x", "'y"], "description": "'=z"}
    assert rows[1].fields == {"name": "-B", "country": "'", "sectors": ["q"], "description": "+1"}


def test_two_columns_of_one_field_are_a_fault_and_the_first_is_read(market: Write, read: Read) -> None:
    market("startups.csv", "name,Name,x,x\nA,B,1,2\n")

    reading = read()

    assert reading.rows[0].fields == {"name": "A", "x": "1"}
    assert [(str(problem), problem.severity) for problem in reading.problems] == [
        (
            "market/startups.csv:1: name: two columns mean 'name': only the first is read (rename or remove one)",
            "fault",
        ),
        ("market/startups.csv:1: x: two columns mean 'x': only the first is read (rename or remove one)", "warning"),
    ]


def test_a_row_with_more_cells_than_headers_is_refused(market: Write, read: Read) -> None:
    market("startups.csv", "name,country\nA,KR,\nLumen, Inc.,KR\nB,KR, , \n")

    reading = read()

    assert [row.fields["name"] for row in reading.rows] == ["A", "B"]
    assert reading.n_refused == 1
    assert reading.problems[0].place == "market/startups.csv:3"
    assert "the row has 3 cells, the header only 2" in str(reading.problems[0])


def test_a_column_without_a_name_is_left_out_with_a_warning(market: Write, read: Read) -> None:
    market("startups.csv", ",name,country,\n0,A,KR,\n1,B,KR,\n")

    reading = read()

    assert [row.fields["name"] for row in reading.rows] == ["A", "B"]
    assert [str(problem) for problem in reading.problems] == [
        "market/startups.csv:1: column A has no name: its cells were left out (name it)"
    ]
    assert reading.problems[0].severity == "warning"


def test_a_quote_that_does_not_fit_costs_only_its_row(market: Write, read: Read) -> None:
    market("startups.csv", 'name,country\nA,KR\n"B"b,KR\nC,KR\nD,"K\nE,KR\n')

    reading = read()

    assert [row.fields["name"] for row in reading.rows] == ["A", "C"]
    assert [problem.place for problem in reading.problems] == ["market/startups.csv:3", "market/startups.csv:5"]
    assert "never closed" in reading.problems[1].message
    assert reading.n_refused == 2


def test_a_header_that_can_not_be_read_is_a_fault(market: Write, read: Read) -> None:
    market("startups.csv", '"name\nA,KR\n')

    assert [problem.place for problem in read().problems] == ["market/startups.csv:1"]


def test_a_header_past_the_limit_is_a_fault(market: Write, read: Read) -> None:
    market("startups.csv", f"name,{'x' * 200_000}\nA,y\n")

    assert "a cell holds more than" in read().problems[0].message


def test_a_cell_past_the_limit_is_a_fault(market: Write, read: Read) -> None:
    market("startups.csv", f"name,description\nA,{'x' * 200_000}\nB,y\n")

    reading = read()

    assert [row.fields["name"] for row in reading.rows] == ["B"]
    assert "a cell holds more than 131,072 characters" in reading.problems[0].message


def test_a_nul_is_a_fault_with_its_line(market: Write, read: Read) -> None:
    market("startups.csv", "name\nA\nB\0\n")

    assert [problem.place for problem in read().problems] == ["market/startups.csv:3"]


def test_a_table_without_names_is_one_fault(market: Write, read: Read) -> None:
    market("startups.csv", "Thing,country\nA,KR\nB,KR\n")

    reading = read()

    assert (reading.rows, reading.n_refused) == ((), 2)
    assert [problem.message for problem in reading.problems] == [
        "no column is called name; there are 'Thing', 'country'"
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "name,country\n", "Thing\n"])
def test_a_table_without_rows_holds_nothing(market: Write, read: Read, text: str) -> None:
    market("startups.csv", text)

    assert (read().rows, read().problems) == ((), ())


def test_deals_and_requests_are_found_and_are_no_profiles(market: Write, read: Read) -> None:
    market("deals.csv", "date,Startup,investor,round,Amount\n2025-01-02,Lumen,Harbor,A,USD 1M\n")
    market("rounds-2025.csv", "date,startup_id,investor\n2025-01-02,lumen,Harbor\n")
    market("requests.csv", "from,to,rank\nlumen,harbor,1\n")
    market("wishes.csv", "From,To\nlumen,harbor\n")

    reading = read()

    assert (reading.rows, reading.problems) == ((), ())
    assert [row.fields["investor"] for row in reading.deals] == ["Harbor", "Harbor"]
    assert reading.deals[0].fields["amount"] == "USD 1M"
    assert [row.kind for row in (*reading.deals, *reading.requests)] == ["", "", "", ""]
    assert len(reading.requests) == 2


@pytest.mark.parametrize(
    "header",
    [
        "Requester,Requestee,Priority",
        "신청기업,희망 기업,우선순위",
        "申请方,意向企业,优先级",
        "申込企業,希望先,希望順位",
    ],
)
def test_requests_may_be_headed_in_other_words(market: Write, read: Read, header: str) -> None:
    market("requests.csv", f"{header}\nlumen,harbor,1\n")

    (row,) = read().requests

    assert row.fields == {"from": "lumen", "to": "harbor", "rank": "1"}


def test_a_shortlist_of_our_own_is_left_out_with_a_warning(market: Write, read: Read) -> None:
    market("shortlist.csv", "startup_id,startup,rank,investor_id,investor,score\na,A,1,f,F,90\n")

    reading = read()

    assert (reading.rows, reading.deals) == ((), ())
    assert [problem.severity for problem in reading.problems] == ["warning"]


_CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    header=st.lists(
        st.sampled_from(["name", "country", "note", "x y", "id", "", "sectors", "kind"]), min_size=1, max_size=5
    ),
    rows=st.lists(st.lists(_CELLS, max_size=6), max_size=5),
    delimiter=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_table_of_texts_is_read_unchanged_or_refused(
    tmp_path: Path, header: list[str], rows: list[list[str]], delimiter: str, encoding: str
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([header, *rows])
    path = tmp_path / "startups.csv"
    path.write_bytes(text.getvalue().encode(encoding))

    reading = read_paths([path])

    typed = {cell for row in rows for cell in row} | {
        part.strip() for row in rows for cell in row for part in _parts(cell)
    }
    for row in reading.rows:
        for value in row.fields.values():
            for cell in value if isinstance(value, list) else [value]:
                assert cell in typed or f"'{cell}" in typed
    n_filled = sum(any(cell.strip() for cell in row) for row in rows)
    if not reading.problems and set(header) == {"name", "country", "note", "x y", "id"}:
        assert len(reading.rows) == n_filled


def _parts(cell: str) -> list[str]:
    return re.split(r"[;|\n]", cell.removeprefix("'")) + re.split(r"[;|\n]", cell)


def test_a_bar_may_part_the_cells(market: Write, read: Read) -> None:
    market("startups.csv", "name|country|sectors\nAcme|DE|AI; robots\n")

    assert read().rows[0].fields == {"name": "Acme", "country": "DE", "sectors": ["AI", "robots"]}


def test_invisible_marks_in_headers_are_passed_over(market: Write, read: Read) -> None:
    market("startups.csv", "\u200bname,\ufeffcountry\u00a0,sectors\u200d,Compa\u00adny website\nAcme,DE,AI,a.example\n")

    reading = read()

    assert reading.rows[0].fields == {"name": "Acme", "country": "DE", "sectors": ["AI"], "website": "a.example"}
    assert reading.problems == ()
