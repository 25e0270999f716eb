"""Which row is the header, what stands above and below it, and where another table begins."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dealport.reading.columns.mapping import is_name_header, map_columns
from dealport.reading.columns.synonyms import header_key, header_keys, header_unit, load_meanings, split_unit
from dealport.reading.paths import Reading, read_paths
from dealport.reading.rows.notes import is_note
from dealport.reading.rows.stacked_tables import name_spellings
from tests.reading.sheets import xlsx_bytes

Write = Callable[[str, str | bytes], Path]
Read = Callable[[], Reading]

ROWS = "Alpha,Accelerator,Germany,Seed\nBeta,VC,France,Series A\nGamma,PE,Spain,Seed\nDelta,VC,Italy,Series B\n"


def test_a_cell_that_says_vc_makes_no_header(market: Write) -> None:
    path = market("list.csv", f"Qwxz,Type,HQ,Investment stage\n{ROWS}")

    (table,) = read_paths([path], side="investor").tables

    assert (table.header_line, table.n_rows, table.headers[0]) == (1, 4, "Qwxz")


def test_a_header_with_an_unknown_name_below_a_title_is_still_the_header(market: Write) -> None:
    rows: list[list[object]] = [["VC list (updated Jan 2025)"], ["Qwxz", "Type", "HQ", "Investment stage"]]
    rows += [[*line.split(",")] for line in ROWS.splitlines()]
    path = market("list.xlsx", xlsx_bytes({"Sheet": rows}))

    (table,) = read_paths([path], side="investor").tables

    assert (table.header_line, table.n_rows) == (2, 4)


def test_rows_above_the_header_that_look_like_data_are_counted(market: Write) -> None:
    path = market("list.csv", "Investors of 2026\nAlpha,DE,AI\nInvestor,Country,Sectors\nBeta,FR,AI\n")

    reading = read_paths([path])

    assert (reading.tables[0].header_line, reading.tables[0].n_rows) == (3, 2)
    assert [(one.cells, one.reason) for one in reading.refused] == [
        (("Alpha", "DE", "AI"), "stands above the header row")
    ]


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Min Check ($000s)", "USD {}K"),
        ("Maximum check (in thousands)", "USD {}K"),
        ("Check size ($, millions)", "USD {}M"),
        ("Ticket size (in € millions)", "EUR {}M"),
        ("Ticket (kEUR)", "EUR {}K"),
        ("Raising (SGD mn)", "SGD {}M"),
    ],
)
def test_a_unit_in_brackets_is_a_currency_and_a_scale_in_any_order(header: str, unit: str) -> None:
    assert header_unit(header) == unit


@pytest.mark.parametrize(
    ("header", "target", "unit"),
    [
        ("Ticket k€", "ticket", "EUR {}K"),
        ("Avg ticket €M", "ticket", "EUR {}M"),
        ("Ticket EUR m min", "ticket_min", "EUR {}M"),
        ("Max check in thousands", "ticket_max", "USD {}K"),
    ],
)
def test_a_unit_among_the_words_of_a_header_is_known(header: str, target: str, unit: str) -> None:
    (column,) = map_columns([header], "investor", {})

    assert (column.target, column.unit, column.header) == (target, unit, header)


def test_a_header_without_a_unit_stands_as_it_is() -> None:
    assert split_unit("Company name") == ("Company name", "")


NAMES = (
    "VC Firm Name|Account Name|Company / Organization|Company/Organisation Name|Entity Name|Fund/Firm|Investor/Fund|"
    "Exhibitor|Participant|Names|Company name / 기업명|Investor's name|기업|회사|상호|서비스명|名称|全称|Nombre|"
    "Empresa|Nome|Société|Societe|Nom|Firma|Unternehmen|Название|투자사|投资机构|ファンド名"
)


@pytest.mark.parametrize("header", NAMES.split("|"))
def test_the_names_of_investors_stand_under_many_headers(market: Write, header: str) -> None:
    path = market("list.csv", f"{header},Country,Stage,Type\nHarbor,SG,Seed,VC\nTide,NO,Seed,Startup\n")

    reading = read_paths([path], side="investor")

    assert [(row.kind, row.fields["name"]) for row in reading.rows] == [("investor", "Harbor"), ("investor", "Tide")]


@pytest.mark.parametrize("header", ["투자사", "投资机构", "ファンド名"])
def test_a_word_for_investors_over_the_names_tells_the_side(market: Write, read: Read, header: str) -> None:
    market("list.csv", f"{header},Country,Stage,Type\nHarbor,SG,Seed,VC\n")

    (row,) = read().rows

    assert (row.kind, row.fields["stages"]) == ("investor", ["Seed"])


@pytest.mark.parametrize(
    "headers",
    [
        "Nombre,País,Sector,Etapa,Ticket medio,Sitio web,Descripción",
        "Nome,País,Setor,Estágio,Ticket médio,Site,Descrição",
        "Nom,Pays,Secteur,Stade,Ticket moyen,Site web,Présentation",
        "Firma,Land,Branche,Phase,Ticketgröße,Webseite,Beschreibung",
        "Название,Страна,Отрасль,Стадия,Размер чека,Сайт,Описание",
    ],
)
def test_the_common_headers_are_known_in_ten_languages(headers: str) -> None:
    targets = [column.target for column in map_columns(headers.split(","), "investor", {})]

    assert targets == ["name", "country", "sectors", "stages", "ticket", "website", "description"]


def test_two_halves_of_two_meanings_are_no_header() -> None:
    assert [column.target for column in map_columns(["Sector/Stage", "Name / Qwxz"], "startup", {})] == ["", ""]


def test_a_participant_beside_a_company_is_a_person() -> None:
    targets = [column.target for column in map_columns(["Participant", "Company"], "startup", {})]

    assert targets == ["", "name"]


def test_wide_columns_of_regions_are_where_one_invests_or_goes() -> None:
    headers = ["Region: Korea", "Market: Europe"]

    sides = [[column.target for column in map_columns(headers, side, {})] for side in ("startup", "investor")]

    assert sides == [["markets", "markets"], ["invests_in", "invests_in"]]


def test_a_sweet_spot_is_a_ticket_where_no_range_is() -> None:
    columns = map_columns(["Sweet spot", "Ticket size"], "investor", {})

    assert [column.target for column in columns] == ["ticket", "ticket"]
    assert columns[0].rank > columns[1].rank


@pytest.mark.parametrize(
    "cells",
    [
        ["Total", "3"],
        ["Source: OpenVC", "", ""],
        ["* confidential"],
        ["Updated by Kim on 3 May"],
        ["합계", "", "12개사"],
        ["Exported on 2026-01-07", None],
    ],
)
def test_a_note_below_a_table_is_no_row(cells: list[str]) -> None:
    assert is_note(cells, n_columns=4)
    assert not is_note(cells, n_columns=1)


@pytest.mark.parametrize("cells", [["Total", "FR"], ["Lumen"], ["Totalis"], [], ["Updated", "KR"], ["Source.ag"]])
def test_a_name_is_no_note(cells: list[str]) -> None:
    assert not is_note(cells, n_columns=4)


def test_a_second_header_begins_a_table_of_its_own(market: Write, read: Read) -> None:
    market(
        "list.csv",
        "Startups\nName,Country,Sectors,Raising\nLumen,KR,AI,USD 1M\n\n"
        "Investors\nInvestor,Country,Ticket\nHarbor,SG,USD 1M\nTide,NO,USD 2M\n",
    )

    reading = read()

    assert [(table.kind, table.header_line, table.n_rows) for table in reading.tables] == [
        ("startup", 2, 1),
        ("investor", 6, 2),
    ]
    assert [(row.fields["name"], row.origin.line) for row in reading.rows] == [("Lumen", 3), ("Harbor", 7), ("Tide", 8)]
    assert reading.problems == ()


def test_the_title_above_a_header_tells_the_side_where_nothing_else_does(market: Write, read: Read) -> None:
    market("list.csv", "Investors\nCompany,Country\nHarbor,SG\n")

    assert [row.kind for row in read().rows] == ["investor"]


def test_a_row_of_a_startup_called_startup_begins_no_table(market: Write, read: Read) -> None:
    market("list.csv", "Company,Country,Type,Ticket\nStartup,Country,x,USD 1M\nHarbor,SG,VC,USD 1M\n")

    assert len(read().tables) == 1


def test_keys_of_many_headers_are_those_of_each() -> None:
    headers = [*(spelling for known in load_meanings().values() for spelling in known.spellings), "#", "_", "a\nb", ""]

    assert len(headers) > 2000
    assert header_keys(headers) == [header_key(header) for header in headers]
    assert header_keys([]) == []


def test_rows_that_may_be_headers_over_names_are_found_by_every_spelling_of_one() -> None:
    known = {spelling for meaning in load_meanings().values() for spelling in meaning.spellings}
    names = {*filter(is_name_header, known), "name", "startup", "investor"}

    assert name_spellings() == {form for text in names for form in (text, text.lower(), text.upper(), text.title())}
