from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from dealport.reading.columns.column_problems import column_letter
from dealport.reading.paths import Reading

Write = Callable[[str, str | bytes], Path]
Read = Callable[[], Reading]


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]], hidden: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if name in hidden:
            sheet.sheet_state = "hidden"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def repacked(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The same workbook with some parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            new.writestr(name, parts.get(name) or old.read(name))
    return out.getvalue()


PLAIN = [["name", "country"], ["Lumen", "KR"]]


def test_sheets_named_in_five_languages_tell_the_kind(market: Write, read: Read) -> None:
    names = [
        "Startups",
        "Investors",
        "스타트업",
        "투자자",
        "创业公司",
        "投资机构",
        "新創公司",
        "投資機構",
        "スタートアップ",
        "投資家",
    ]
    market("market.xlsx", workbook(dict.fromkeys(names, PLAIN)))

    reading = read()

    assert [row.kind for row in reading.rows] == ["startup", "investor"] * 5
    assert [row.origin.sheet for row in reading.rows] == names
    assert reading.problems == ()


def test_cells_are_text_with_their_place(market: Write, read: Read) -> None:
    rows: list[list[object]] = [
        [None, None, None],
        [None, "Name", "raising", "as_of", "Sectors", "lead", "Other Thing"],
        [None, "Lumen", 1399, date(2026, 1, 7), "AI; 반도체", True, "2026-01-07 00:00:00"],
        [],
        [None, "Solis", "300억원", datetime(2026, 1, 7, 12, 30), None, 2.5],
        [None, "  ", None],
    ]
    market("startups.xlsx", workbook({"Sheet1": rows}))

    reading = read()

    assert [row.fields for row in reading.rows] == [
        {
            "name": "Lumen",
            "raising": "1399",
            "as_of": "2026-01-07",
            "sectors": ["AI", "반도체"],
            "lead": "true",
            "Other Thing": "2026-01-07 00:00:00",
        },
        {"name": "Solis", "raising": "300억원", "as_of": "2026-01-07 12:30:00", "lead": "2.5"},
    ]
    assert reading.rows[1].origin.place("raising") == "market/startups.xlsx:Sheet1!C5"
    assert reading.problems == ()


def test_a_workbook_of_another_writer_is_read(market: Write, read: Read) -> None:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    sheet = book.add_worksheet("Investors")
    sheet.write_row(2, 28, ["name", "ticket"])
    sheet.write_string(3, 28, "=Harbor")
    sheet.write_string(3, 29, "USD 1M")
    book.add_chartsheet("chart")
    book.close()
    market("x.xlsx", data.getvalue())

    (row,) = read().rows

    assert row.fields == {"name": "=Harbor", "ticket": "USD 1M"}
    assert row.origin.place("ticket") == "market/x.xlsx:Investors!AD4"


def test_a_hidden_sheet_is_left_out_with_a_warning(market: Write, read: Read) -> None:
    market("startups.xlsx", workbook({"List": PLAIN, "Old": PLAIN, "Blank": []}, hidden=["Old", "Blank"]))

    reading = read()

    assert len(reading.rows) == 1
    assert [(str(problem), problem.severity) for problem in reading.problems] == [
        ("market/startups.xlsx:Old: the sheet is hidden: left out (show it to have it read)", "warning")
    ]


def test_a_sheet_of_notes_beside_a_real_one_is_only_a_warning(market: Write, read: Read) -> None:
    market(
        "market.xlsx",
        workbook({"Startups": PLAIN, "Notes": [["by"], ["me"]], "Deals": [["startup", "investor"], ["L", "H"]]}),
    )

    reading = read()

    assert (len(reading.rows), len(reading.deals), reading.n_refused) == (1, 1, 0)
    assert [(problem.place, problem.severity) for problem in reading.problems] == [
        ("market/market.xlsx:Notes", "warning")
    ]


def test_a_workbook_without_names_is_a_fault(market: Write, read: Read) -> None:
    market("startups.xlsx", workbook({"List": [["thing"], ["Lumen"]]}))

    assert [(problem.place, problem.severity) for problem in read().problems] == [
        ("market/startups.xlsx:List", "fault")
    ]


def test_a_column_without_a_name_is_a_warning_at_its_cell(market: Write, read: Read) -> None:
    market("startups.xlsx", workbook({"List": [["name", None, "country", "Name"], ["Lumen", "x", "KR", "y"]]}))

    assert [problem.place for problem in read().problems] == [
        "market/startups.xlsx:List!A1",
        "market/startups.xlsx:List!B1",
    ]


def test_an_empty_workbook_holds_nothing(market: Write, read: Read) -> None:
    market("startups.xlsx", workbook({"List": [], "Blank": [[" "]]}))

    assert (read().rows, read().problems) == ((), ())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is no workbook"),
        (b"PK\x03\x04 and no more", "is no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "locked with a password"),
        (repacked(workbook({"L": PLAIN}), {"xl/worksheets/sheet1.xml": b"<worksheet><"}), "is no workbook"),
        (workbook({"L": PLAIN})[:-30], "is no workbook"),
    ],
)
def test_what_is_no_workbook_is_a_fault(market: Write, read: Read, data: bytes, words: str) -> None:
    market("startups.xlsx", data)

    (problem,) = read().problems

    assert words in problem.message
    assert problem.cure


def with_format_of_hours(number: float) -> bytes:
    """A list in whose cell C2 a number is formatted as a time."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["name", "country", "raising_usd"])
    sheet.write_row(1, 0, ["Lumen", "KR"])
    sheet.write_number(1, 2, number, book.add_format({"num_format": "[h]:mm"}))
    book.close()
    return data.getvalue()


@pytest.mark.parametrize(("number", "text"), [(1.5, "1900-01-01 12:00:00"), (-1.5, "1899-12-29 12:00:00")])
def test_hours_are_read_as_a_moment(market: Write, read: Read, number: float, text: str) -> None:
    market("startups.xlsx", with_format_of_hours(number))

    assert read().rows[0].fields["raising_usd"] == text


@pytest.mark.parametrize("number", [3_000_000, -3_000_000, 900_000_000])
def test_an_amount_with_the_format_of_hours_is_read_as_the_number(market: Write, read: Read, number: float) -> None:
    market("startups.xlsx", with_format_of_hours(number))

    assert read().rows[0].fields["raising_usd"] == str(number)


def test_an_amount_too_large_for_its_format_of_hours_is_a_fault(market: Write, read: Read) -> None:
    market("startups.xlsx", with_format_of_hours(5_000_000_000))

    (problem,) = read().problems

    assert "number too large" in problem.message
    assert problem.cure == "format the cell as a number"


def test_a_zip_without_a_workbook_is_a_fault(market: Write, read: Read) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as book:
        book.writestr("x", "y")
    market("startups.xlsx", data.getvalue())

    assert "is no workbook" in read().problems[0].message


def test_a_zip_bomb_is_refused_by_its_ratio(market: Write, read: Read) -> None:
    market("startups.xlsx", repacked(workbook({"L": PLAIN}), {"xl/bomb.xml": b" " * (20 << 20)}))

    assert "unpacks to" in read().problems[0].message


def test_a_zip_bomb_that_lies_about_its_size_is_refused(market: Write, read: Read) -> None:
    size = 20 << 20
    data = repacked(workbook({"L": PLAIN}), {"xl/bomb.xml": b" " * size})
    market("startups.xlsx", data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")))

    assert len(read().problems) == 1
    assert read().rows == ()


def test_a_workbook_past_the_limits_is_refused_by_its_headers(
    market: Write, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dealport.reading.formats.workbooks.UNPACKED_BYTES_MAX", 1000)
    market("startups.xlsx", workbook({"L": PLAIN}))

    assert "unpacks to" in read().problems[0].message


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576"])
def test_cells_far_apart_are_refused_before_they_fill_the_memory(market: Write, read: Read, cell: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "name"
    sheet["AAA1"] = "x"
    sheet[cell] = "far"
    data = io.BytesIO()
    book.save(data)
    market("startups.xlsx", data.getvalue())

    assert "spans more than 20,000,000 cells" in read().problems[0].message


@pytest.mark.parametrize(
    ("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_column_letters_are_excels(index: int, letter: str) -> None:
    assert column_letter(index) == letter
