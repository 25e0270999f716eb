"""Odd files, whole: which rows become what, from where, and every word that is said of the others and where."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from dealport.market.market_building import build_market
from dealport.model import Row
from dealport.reading.paths import read_paths

TOLD = Path(__file__).parent.parent / "cases" / "odd_files.txt"
Sheets = Mapping[str, Sequence[Sequence[object]]]
Files = Mapping[str, str | bytes | Sheets]

KOREAN = "기업명,국가,분야,투자단계\n루멘,대한민국,핀테크,시드\n"
CHINESE = "公司名称,国家,行业,融资轮次\n海港,中国,人工智能,A轮\n"
JAPANESE = "会社名,国,事業内容,ステージ\nサクラ,日本,ロボット,シード\n"
GERMAN = "Firma;Land;Branche;Stadium\nMüller;Österreich;Künstliche Intelligenz;Seed\n"
CASES: Mapping[str, Files] = {
    "the sides by the names of files": {
        "startups.csv": "name,country\nA,KR\n",
        "investors.csv": "name,country\nB,CN\n",
    },
    "the sides by folders": {"investors/a.csv": "name,country\nA,KR\n", "스타트업/b.csv": "name,country\nB,CN\n"},
    "the sides by a column": {"all.csv": "name,kind,country\nA,Startup,KR\nB,VC,CN\nC,Press,JP\nD,,JP\nE,xyz,JP\n"},
    "the sides by the columns": {
        "a.csv": "name,country,ticket\nA,KR,USD 1M\n",
        "b.csv": "name,country,stage\nB,CN,Seed\n",
    },
    "the sides by a word of the file's name": {
        "K-startups 2026.csv": "name,country\nA,KR\n",
        "투자사_목록.csv": "name,country\nB,CN\n",
        "startups and investors.csv": "name,country\nC,JP\n",
    },
    "the sides by sheets": {
        "m.xlsx": {
            "Startups": [["name", "country"], ["A", "KR"]],
            "투자자": [["name", "country"], ["B", "CN"]],
            "Notes": [["remember the milk"]],
            "Empty": [],
        }
    },
    "deals by their columns": {
        "startups.csv": "name,country\nA,KR\n",
        "investors.csv": "name,country\nB,CN\n",
        "d.csv": "date,startup,investor,round,amount\n2025-01-02,A,B,Seed,USD 1M\n2025-13-02,A,B,Seed,USD 1M\n,A,B,,\n",
    },
    "deals that are not clear": {
        "startups.csv": "name,country\nA,KR\n",
        "deals.csv": "date,startup,investor\n2025-01-02,A,\n2025-01-02,,B\n2099-01-02,A,B\n"
        "2025-01-02,A,B\n2025-01-02,A,B\n",
    },
    "requests by their columns": {"r.csv": "from,to,rank\nA,B,1\n", "requests.csv": "from,to\nC,D\n"},
    "an array of each kind in TOML": {
        "m.toml": '[[startup]]\nname = "A"\ncountry = "KR"\n\n[[investor]]\nname = "B"\ncountry = "CN"\n\n'
        '[[deal]]\ndate = 2025-01-02\nstartup = "A"\ninvestor = "B"\n\n[[request]]\nfrom = "A"\nto = "B"\n'
    },
    "an array of each kind in JSON": {
        "m.json": '{"startups": [{"name": "A", "country": "KR"}],\n "investors": [\n  {"name": "B", "country": "CN"},\n'
        '  {"name": "", "country": "CN"},\n  7]}'
    },
    "lines of JSON": {"startups.jsonl": '{"name": "A", "country": "KR"}\n\n{"name": 3, "country": "KR"}\n[1]\n'},
    "a broken line of JSON": {"startups.jsonl": '{"name": "A", "country": "KR"}\n{"name": \n'},
    "a broken TOML": {"startups/a.toml": 'name = "A"\ncountry = \n'},
    "a broken JSON": {"startups.json": '[{"name": "A",\n "country": }]'},
    "JSON that is a number": {"startups.json": "7"},
    "a TOML of another kind": {"a.toml": 'kind = "bank"\nname = "A"\n'},
    "no kind at all": {"a.csv": "name,country\nA,KR\nB,KR\n", "b.toml": 'name = "C"\n'},
    "no column of names": {"startups.csv": "country,sectors\nKR,AI\nCN,AI\n"},
    "a table of notes beside one of names": {
        "m.xlsx": {"startups": [["name", "country"], ["A", "KR"]], "legend": [["code", "meaning"], ["x", "y"]]}
    },
    "an empty file": {"startups.csv": "", "investors.csv": "name,country\n"},
    "a title above the header": {"startups.csv": "Startups of the year,,\n,,\nname,country,sectors\nA,KR,AI\n"},
    "notes and totals below": {
        "startups.csv": "name,country,raising\nA,KR,USD 1M\nTotal,,1\nSource: us,,\n※ draft,,\n합계: 1개,,\n"
    },
    "two tables in one sheet": {
        "m.csv": "Startups,,\nname,country,stage\nA,KR,Seed\n,,\nInvestors,,\nname,country,ticket\nB,CN,USD 1M\n"
    },
    "cells over several lines": {"startups.csv": 'name,country,sectors\nA,KR,"AI\nrobots"\nB,XX,AI\n"C\nD",YY,AI\n'},
    "more cells than columns": {"startups.csv": "name,country\nA,KR,AI,x\nB,CN\n"},
    "one field twice": {"startups.csv": "name,country,Country\nA,KR,CN\n", "investors.csv": "name,note,note\nB,1,2\n"},
    "columns nobody knows": {"startups.csv": "Company Name,HQ Country,Zodiac,Shoe size,Nmae\nA,KR,x,41,z\n"},
    "a header with a slip": {"startups.csv": "Company Name,HQ Coutnry,Sectros\nA,KR,AI\n"},
    "faults by cells of a sheet": {
        "m.xlsx": {
            "startups": [
                ["name", "country", "sectors", "raising", "founded"],
                ["A", "Atlantis", "zzzz; AI", "a lot", "soon"],
                ["", "KR", "AI", "", ""],
                ["B", "KR", "AI", 5, date(2020, 3, 1)],
                [True, 7, 1.5, 2e6, 2019],
            ]
        }
    },
    "faults by lines of a table": {
        "investors.csv": "name,country,stages,ticket,lead,languages,as_of\n"
        "A,Atlantis,Sed; Series Z,USD 5M - 1M,perhaps,Klingon; ko,2099-01-01\n"
        "B,,seed,-5,yes,,yesterday\n"
    },
    "what must be and is not": {
        "startups.csv": "name,country\nA,\n,KR\n-,CN\n",
        "investors/a.toml": 'country = "KR"\n',
    },
    "the same company twice": {
        "startups.csv": "name,country,sectors,website\nLumen Inc.,KR,AI,lumen.ai\n"
        "lumen,KR,robots,lumen.ai\nLumen,JP,AI,\n"
    },
    "one id twice": {"startups.csv": "id,name,country\na,A,KR\na,B,CN\n"},
    "an id that can not be": {"startups.csv": "id,name,country\na b/c,A,KR\n"},
    "Dealport's own output": {"shortlist.csv": "startup_id,investor_id,rank,score\na,b,1,90\n"},
    "Korean headers": {"startups.csv": KOREAN},
    "Chinese headers": {"startups.csv": CHINESE},
    "Japanese headers": {"startups.csv": JAPANESE},
    "German headers and semicolons": {"startups.csv": GERMAN},
    "headers in two languages": {"startups.csv": "Company / 기업명,Country (국가)\nA,KR\n"},
    "Korean in CP949": {"startups.csv": KOREAN.encode("cp949")},
    "Chinese in GB18030": {"startups.csv": CHINESE.encode("gb18030")},
    "Japanese in Shift-JIS": {"startups.csv": JAPANESE.encode("cp932")},
    "German in Latin-1": {"startups.csv": GERMAN.encode("latin-1")},
    "Korean in UTF-16": {"startups.csv": KOREAN.encode("utf-16")},
    "German with a mark": {"startups.csv": GERMAN.encode("utf-8-sig")},
    "a byte that is broken": {"startups.csv": KOREAN.encode() + b"\xff\xfe,KR\n"},
    "a table that holds a NUL": {"startups.csv": b"name,country\nA\x00,KR\n"},
    "no workbook": {"startups.xlsx": b"PK\x03\x04 no workbook", "investors.xls": b"old", "a.parquet": b"PAR1"},
    "amounts by the unit of the header": {
        "startups.csv": "name,country,Raising (USD m),Total raised (억원)\nA,KR,2.5,10\n",
        "investors.csv": "name,country,Ticket size (min) EUR k,Ticket size (max) EUR k\nB,DE,250,500\n",
    },
    "cells that say nothing": {
        "startups.csv": "name,country,sectors,stage,contact\nUnknown,KR,N/A,-,미정\nNA,NA,없음,未透露,none\n—,KR,AI,,\n"
    },
    "a wide sheet of yes and no": {"startups.csv": "name,country,AI,Robotics,Fintech\nA,KR,x,,yes\nB,CN,no,Y,○\n"},
}


def listing(folder: Path, files: Files) -> Iterator[str]:
    """A line for each row that was read, each profile of the market, and each thing said."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_bytes_of(content))
    reading = read_paths([Path("market")])
    rows: Mapping[str, Sequence[Row]] = {
        "row": reading.rows,
        "deal": reading.deals,
        "request": reading.requests,
        "event": reading.events,
    }
    for what, found in rows.items():
        for row in found:
            fields = ", ".join(f"{name}={value!r}" for name, value in sorted(row.fields.items()))
            yield f"{row.kind or what} {row.origin.place('name')}: {fields}"
    market = build_market(reading, as_of=date(2026, 1, 7))
    for profile in (*market.startups, *market.investors):
        yield f"{type(profile).__name__} {profile.id}: {profile.name}, {profile.country or 'nowhere'}"
    for deal in market.deals:
        startup = f"{deal.startup} ({deal.startup_id or 'no profile'}, {deal.startup_country or 'nowhere'})"
        investor = f"{deal.investor} ({deal.investor_id or 'no profile'}, {deal.investor_country or 'nowhere'})"
        yield f"Deal {deal.made_on}: {startup}, {investor}, {deal.stage or 'no round'}, {deal.amount_usd}"
    for problem in market.problems:
        yield f"{problem.severity} {problem}"
    yield f"left out: {market.n_left_out}, joined: {market.n_merged}"


def _bytes_of(content: str | bytes | Sheets) -> bytes:
    if isinstance(content, str):
        return content.encode()
    if isinstance(content, bytes):
        return content
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in content.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return made.getvalue()


def expected() -> Mapping[str, list[str]]:
    """The lines of every case, as the file lists them below its name."""
    listed: dict[str, list[str]] = {}
    name = ""
    for line in TOLD.read_text(encoding="utf-8").split("\n"):
        if line.startswith("    "):
            listed[name].append(line[4:])
        elif line:
            name = line
            listed[name] = []
    return listed


EXPECTED = expected()


@pytest.mark.parametrize("case", CASES)
def test_odd_files_are_taken_and_told_like_this(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert list(listing(tmp_path / "market", CASES[case])) == EXPECTED[case]


def test_every_listed_case_is_tried() -> None:
    assert list(EXPECTED) == list(CASES)
