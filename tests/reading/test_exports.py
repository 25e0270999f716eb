"""Each known export, made up in its exact shape, with its dirt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from dealport.reading.paths import Reading, read_paths
from tests.reading.exports import B2MATCH, CRUNCHBASE, FUNDING_ROUNDS, OPENVC, person
from tests.reading.sheets import csv_bytes, xlsx_bytes

Write = Callable[[str, str | bytes], Path]
Read = Callable[[], Reading]


def balances(reading: Reading) -> bool:
    """Whether every row of every table is taken, merged or refused."""
    refused = [sum(one.table == index for one in reading.refused) for index in range(len(reading.tables))]
    return all(
        table.n_rows == table.n_taken + table.n_merged + n for table, n in zip(reading.tables, refused, strict=True)
    )


def fields_of(reading: Reading) -> list[Mapping[str, object]]:
    return [row.fields for row in (*reading.rows, *reading.deals)]


def test_openvc_investors_have_two_cheque_columns_and_lists_with_commas(market: Write, read: Read) -> None:
    rows = [
        OPENVC,
        [
            "Harbor Ventures",
            "harbor.example",
            "CA 94025",
            "USA, Korea, Republic of",
            "1. Idea or Patent, 2. Prototype",
            "We back AI, and robotics.",
            "VC firm",
            "$10000",
            "$1000000",
        ],
        ["Solo Angel", "", "US", "", "3. Early Revenue", "", "Solo angel", "", "50000"],
        ["Tide", "", "", "", "", "", "", "$5000", ""],
        ["", "x.example", "GB", "", "", "", "", "", ""],
    ]
    market("list.csv", csv_bytes(rows))

    reading = read()

    assert balances(reading)
    assert reading.tables[0].format == "OpenVC investors"
    assert [row.kind for row in reading.rows] == ["investor"] * 3
    harbor, solo, tide = fields_of(reading)
    assert harbor["invests_in"] == ["USA", "Korea, Republic of"]
    assert harbor["stages"] == ["1. Idea or Patent", "2. Prototype"]
    assert harbor["description"] == "We back AI, and robotics."
    assert [one["ticket"] for one in (harbor, solo, tide)] == ["$10000 - $1000000", "up to 50000", "from $5000"]
    (refused,) = reading.refused
    assert (refused.reason, refused.origin.line, refused.cells[1]) == ("no name", 5, "x.example")


def test_a_plain_investor_list_is_understood_by_synonyms(market: Write, read: Read) -> None:
    market(
        "list.csv",
        "name,type,hq_country,countries_of_investment,stages,sectors,cheque range,thesis\n"
        "Harbor,VC,SG,Global|LatAm,Pre-seed|Seed|Series A+,Sector Agnostic,$250K - $2M,Software\n",
    )

    (row,) = read().rows

    assert row.kind == "investor"
    assert row.fields == {
        "name": "Harbor",
        "type": "VC",
        "country": "SG",
        "invests_in": ["Global", "LatAm"],
        "stages": ["Pre-seed", "Seed", "Series A+"],
        "sectors": ["Sector Agnostic"],
        "ticket": "$250K - $2M",
        "description": "Software",
    }


def test_crunchbase_organisations_keep_what_was_raised_apart_from_the_ask(market: Write, read: Read) -> None:
    row = [
        "Lumen",
        "https://cb.example/lumen",
        "Artificial Intelligence (AI), Health Care",
        "Seoul, Seoul, South Korea",
    ]
    row += ["Reads scans.", "1,234", "2015-01-01", "Active", "https://lumen.example", "11-50", "10000000", "3"]
    market("companies.csv", csv_bytes([CRUNCHBASE, [*row, "Series A", "Lumen reads scans."]]))

    reading = read()

    assert reading.problems == ()
    (startup,) = reading.rows
    assert startup.kind == "startup"
    assert startup.fields == {
        "name": "Lumen",
        "sources": ["https://cb.example/lumen"],
        "sectors": ["Artificial Intelligence (AI)", "Health Care"],
        "country": "Seoul, Seoul, South Korea",
        "description": "Reads scans.\nLumen reads scans.",
        "website": "https://lumen.example",
        "last_round": "Series A",
        "total_raised": "USD 10000000",
        "founded": "2015-01-01",
    }


def test_crunchbase_funding_rounds_are_deals(market: Write, read: Read) -> None:
    rows = [
        FUNDING_ROUNDS,
        [
            "Series A - Lumen",
            "u",
            "Lumen",
            "AI, Health Care",
            "Seoul, Korea",
            "Series A",
            "5000000",
            "2024-05-01",
            "Harbor Ventures, Foo, Inc., Bar",
            "Harbor Ventures",
            "3",
        ],
        ["Seed - Solis", "u", "Solis", "", "Pune, India", "Seed", "", "2024-05-01", "", "", ""],
    ]
    market("startups/rounds.csv", csv_bytes(rows))

    reading = read()

    assert balances(reading)
    assert (reading.rows, len(reading.deals)) == ((), 1)
    assert reading.deals[0].fields == {
        "startup": "Lumen",
        "startup_sectors": ["AI", "Health Care"],
        "startup_country": "Seoul, Korea",
        "round": "Series A",
        "amount": "USD 5000000",
        "date": "2024-05-01",
        "investor": ["Harbor Ventures", "Foo, Inc.", "Bar"],
    }
    assert [(one.reason, one.origin.line) for one in reading.refused] == [("names no investor", 3)]
    assert [problem.severity for problem in reading.problems] == ["warning"]


def test_pitchbook_investors_begin_in_row_seven_and_count_in_millions(market: Write, read: Read) -> None:
    rows: list[list[object]] = [
        ["PitchBook"],
        ["Downloaded on:", "01-Jan-2026"],
        [],
        ["Search Criteria: Investors; Location: Asia"],
        ["Created for:", "Kim"],
        [],
        [
            "Investors",
            "Description",
            "Primary Investor Type",
            "Primary Industry Sector",
            "Preferred Industry",
            "Preferred Verticals",
            "Preferred Geography",
            "Preferred Investment Types",
            "Preferred Investment Amount Min",
            "Preferred Investment Amount Max",
            "HQ Location",
            "HQ Country/Territory/Region",
        ],
        [
            "Harbor",
            "A fund",
            "Venture Capital",
            "Energy",
            "Healthcare, Software",
            "FinTech",
            "Asia, Europe",
            "Early Stage VC, Seed Round",
            0.5,
            20,
            "Singapore, Singapore",
            "Singapore",
        ],
        ["Tide", None, None, "Energy", None, None, None, None, None, "€5m", "Oslo, Norway", None],
        ["© PitchBook Data, Inc. 2026"],
    ]
    market("list.xlsx", xlsx_bytes({"Data": rows}))

    reading = read()

    assert balances(reading)
    (table,) = reading.tables
    assert (table.format, table.header_line, table.n_rows, table.n_taken) == ("PitchBook investors", 7, 3, 2)
    harbor, tide = fields_of(reading)
    assert harbor["sectors"] == ["Healthcare", "Software", "FinTech"]
    assert (harbor["ticket"], tide["ticket"]) == ("USD 0.5M - USD 20M", "up to €5m")
    assert (harbor["country"], tide["country"], tide["sectors"]) == ("Singapore", "Oslo, Norway", ["Energy"])
    assert reading.rows[0].origin.place("ticket") == "market/list.xlsx:Data!I8"
    assert reading.refused[0].reason == "a note below the table"


def test_several_people_of_one_organisation_are_one_participant(market: Write, read: Read) -> None:
    rows = [
        B2MATCH,
        person("a@l.example", "Lumen  Diagnostics", "South Korea", "Startup", "SME", "AI; Health"),
        person("h@h.example", "Harbor", "Singapore", "Investor", "VC", "AI"),
        person("b@l.example", "ＬＵＭＥＮ diagnostics", "Korea", "Startup / Scale-up", "SME", "AI; Robotics"),
        person("t@t.example", "Tide", "Norway", "", "Business angel", ""),
        person("p@p.example", "Daily", "Korea", "Press", "Media", ""),
        person("q@q.example", "Quorum", "Korea", "Guest", "", ""),
    ]
    market("participants.xlsx", xlsx_bytes({"Sheet1": rows}))

    reading = read()

    assert balances(reading)
    (table,) = reading.tables
    assert (table.format, table.n_rows, table.n_taken, table.n_merged) == ("b2match participants", 6, 3, 1)
    assert [(row.kind, row.fields["email"]) for row in reading.rows] == [
        ("startup", "a@l.example"),
        ("investor", "h@h.example"),
        ("investor", "t@t.example"),
    ]
    assert reading.rows[0].fields["sectors"] == ["AI", "Health", "Robotics"]
    assert [one.reason for one in reading.refused] == [
        "'Press' is neither startup nor investor",
        "nothing tells whether this is a startup or an investor",
    ]
    assert any("another country" in problem.message for problem in reading.problems)


def test_an_affinity_list_needs_to_be_told_its_side(market: Write, read: Read) -> None:
    path = market(
        "export.csv",
        "Affinity Row ID,Organization ID,Name,Domain,Domains,Status,Owner,Industry,Currency,Range (EUR)\n"
        "1,7,Harbor,,harbor.example,New,Kim,AI,,\n",
    )

    untold, told = read(), read_paths([path], side="investor")

    assert (untold.rows, untold.n_refused) == ((), 1)
    assert "--as startup" in untold.problems[-1].cure
    (row,) = told.rows
    assert (row.kind, row.fields["sectors"], row.fields["website"]) == ("investor", ["AI"], "harbor.example")
    assert "id" not in row.fields


def test_a_wide_sheet_of_answers_gives_lists(market: Write) -> None:
    path = market(
        "answers.csv",
        "Company,Country,Sector: AI,Sector: Robotics,Investment Type: Seed,Investment Type: Series A,Biz Type: B2B\n"
        "Harbor,KR,Yes,,x,✓,No\n"
        "Tide,CN,No,1,no,TRUE,maybe\n"
        "Cove,JP,,,,,\n",
    )

    investors, startups = (read_paths([path], side=side) for side in ("investor", "startup"))

    assert balances(investors)
    assert investors.tables[0].format == "wide yes/no sheet"
    assert fields_of(investors) == [
        {"name": "Harbor", "country": "KR", "sectors": ["AI"], "stages": ["Seed", "Series A"]},
        {"name": "Tide", "country": "CN", "sectors": ["Robotics"], "stages": ["Series A"]},
        {"name": "Cove", "country": "JP"},
    ]
    assert fields_of(startups)[0]["last_round"] == "Seed, Series A"
    assert "neither yes nor no in 'Biz Type: B2B': 'maybe'" in investors.problems[0].message


def test_where_a_circle_says_yes_a_cross_says_no(market: Write, read: Read) -> None:
    market("투자사.csv", "회사명,분야: AI,분야: 로봇\n하버,O,X\n타이드,x,○\n")

    assert [one["sectors"] for one in fields_of(read())] == [["AI"], ["로봇"]]


def test_a_korean_list_gives_the_last_round_and_what_was_raised_apart_from_the_ask(market: Write, read: Read) -> None:
    rows = [
        ["2026 유망 스타트업 100"],
        ["번호", "기업명", "업종/분야", "투자단계", "누적투자금액", "소재지", "희망 투자금액(억원)"],
        ["1", "주식회사 루멘", "커머스|푸드/농업", "Pre-A", "853억원", "서울 강남구", "30"],
        ["2", "솔리스", "AI/딥테크/블록체인", "시리즈 A", "1,268억", "경기 성남시", "５"],
        ["", "※ 출처: 지어낸 자료", "", "", "", "", ""],
    ]
    market("list.csv", csv_bytes(rows, encoding="cp949"))

    reading = read()

    assert balances(reading)
    assert reading.tables[0].format == "Korean startups"
    assert fields_of(reading) == [
        {
            "name": "주식회사 루멘",
            "sectors": ["커머스", "푸드/농업"],
            "last_round": "Pre-A",
            "total_raised": "853억원",
            "country": "서울 강남구",
            "raising": "30억원",
        },
        {
            "name": "솔리스",
            "sectors": ["AI/딥테크/블록체인"],
            "last_round": "시리즈 A",
            "total_raised": "1,268억",
            "country": "경기 성남시",
            "raising": "5억원",
        },
    ]
    assert [row.kind for row in reading.rows] == ["startup", "startup"]


def test_a_chinese_list_joins_its_two_columns_of_sectors(market: Write, read: Read) -> None:
    rows = [
        ["公司名称", "行业", "子行业", "地点", "轮次", "融资金额", "投资方"],
        ["光明医疗", "医疗健康", "医疗器械", "陕西-西安", "A+轮", "2000万人民币", "红杉中国、高瓴,深创投"],
        ["海星", "企业服务", "企业服务", "香港", "战略投资", "未透露", ""],
    ]
    market("list.csv", csv_bytes(rows, encoding="gb18030"))

    reading = read()

    assert balances(reading)
    assert reading.tables[0].format == "Chinese startups"
    first, second = fields_of(reading)
    assert first == {
        "name": "光明医疗",
        "sectors": ["医疗健康", "医疗器械"],
        "country": "陕西-西安",
        "last_round": "A+轮",
        "backers": ["红杉中国", "高瓴", "深创投"],
    }
    assert second["sectors"] == ["企业服务"]


def test_the_user_corrects_the_side_of_an_export_but_not_of_a_named_file_or_of_plain_columns(market: Write) -> None:
    text = "기업명,업종,투자단계,소재지\n하버,AI,시드,서울\n"
    paths = [
        market("list.csv", text),
        market("startups.csv", text),
        market("told.csv", "Startup name,Country\nLumen,KR\n"),
        market("raising.csv", "Company,Funding sought\nLumen,USD 1M\n"),
    ]

    sides = [read_paths([path], side="investor").rows[0].kind for path in paths]

    assert sides == ["investor", "startup", "startup", "startup"]


def test_a_word_in_the_name_of_the_file_tells_the_side_where_nothing_else_does(market: Write, read: Read) -> None:
    market("K-Startups 2026.csv", "Company,Country\nLumen,KR\n")
    market("투자사_목록.csv", "회사명,국가\n하버,KR\n")

    assert [row.kind for row in read().rows] == ["startup", "investor"]
