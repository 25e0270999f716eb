"""What the sample market in `profiles/` holds, read as plain TOML: nothing here needs the engine."""

from __future__ import annotations

import csv
import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tomli

PROFILES = Path(__file__).parents[2] / "profiles"
REAL = {"lunit", "mind-ai", "cnse", "minimax", "brainco", "cmb-international"}
DUPLICATE = "onsaemi"  # the same startup as onsaemi-robotics
SUMMIT = datetime.date(2026, 1, 7)

# What each named country is called in the profiles.
COUNTRIES = {
    "KR": {"KR", "KOR", "Korea", "한국", "대한민국"},
    "CN": {"CN", "CHN", "China", "中国"},
    "JP": {"JP", "日本"},
    "SG": {"SG", "Singapore"},
    "TW": {"TW", "臺灣"},
    "HK": {"HK", "香港"},
    "VN": {"VN", "Vietnam", "Viet Nam", "Việt Nam"},
    "DE": {"DE", "Germany", "Deutschland"},
    "FR": {"FR", "France"},
    "GB": {"GB", "United Kingdom"},
    "AE": {"UAE", "United Arab Emirates"},
    "SA": {"SA", "Saudi Arabia"},
    "US": {"US", "USA"},
}

# Every sector SUMMIT.md names, by a word that a profile of ours says it with.
SUMMIT_WORDS = {
    "AI": "AI",
    "AI models": "AI models",
    "AI cancer diagnostics": "AI cancer diagnostics",
    "brain-computer interfaces": "脑机接口",
    "robotics": "机器人",
    "biotechnology": "生物科技",
    "semiconductors": "반도체",
    "memory chips": "메모리 반도체",
    "LFP batteries": "磷酸铁锂",
    "ternary lithium batteries": "삼원계 배터리",
    "battery materials": "battery materials",
    "lithium": "锂",
    "cobalt": "钴",
    "graphite": "石墨",
    "electric vehicles": "电动汽车",
    "new energy vehicles": "新能源汽车",
    "autonomous driving": "自动驾驶",
    "driver assistance": "ADAS",
    "in-vehicle operating systems": "차량용 운영체제",
    "software-defined vehicles": "소프트웨어 중심 자동차",
    "power electronics": "전력전자",
    "electric motors": "구동모터",
    "vehicle parts": "汽车零部件",
    "steel": "철강",
    "petrochemicals": "석유화학",
    "advanced manufacturing": "先进制造",
    "mobility": "mobility",
    "digital services": "digital services",
    "content and the creative economy": "콘텐츠",
}

SCRIPTS = {
    "Hangul": lambda letter: "가" <= letter <= "힣",
    "kana": lambda letter: "ぁ" <= letter <= "ヿ",
    "Simplified": lambda letter: letter in "轮机电汽药",
    "Traditional": lambda letter: letter in "輪機電製體",
    "Latin": lambda letter: "A" <= letter <= "z",
}


@dataclass(frozen=True, slots=True)
class Written:
    """One profile as it is written."""

    path: Path
    kind: str
    fields: dict[str, Any]

    @property
    def is_real(self) -> bool:
        return self.path.stem in REAL

    @property
    def country(self) -> str:
        return next(code for code, names in COUNTRIES.items() if self.fields["country"] in names)


def files() -> list[Path]:
    return sorted(PROFILES.glob("*/*.toml"))


@cache
def market() -> tuple[Written, ...]:
    return tuple(read())


def read() -> Iterator[Written]:
    for path in files():
        kind = path.parent.name.removesuffix("s")
        tables = tomli.loads(path.read_text(encoding="utf-8"))
        for fields in tables.get(kind, [tables]):
            yield Written(path, kind, fields)


def fictional(kind: str) -> list[Written]:
    return [written for written in market() if written.kind == kind and not written.is_real]


def text_of(field: str) -> str:
    return " ".join(str(written.fields.get(field, "")) for written in market())


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_the_first_line_says_whether_a_profile_is_real_or_fictional(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]

    said = "a real organisation; only what public sources say" if path.stem in REAL else "fictional"

    assert first.startswith(f"# profiles/{path.parent.name}/{path.name} -- {said}")


def test_every_organisation_of_the_summit_s_stage_is_there_and_no_other_real_one() -> None:
    real = {written.path.stem: written.kind for written in market() if written.is_real}

    assert real.keys() == REAL
    assert [stem for stem, kind in real.items() if kind == "investor"] == ["cmb-international"]


@pytest.mark.parametrize("stem", sorted(REAL))
def test_a_real_profile_names_its_sources_and_leaves_out_what_nobody_said(stem: str) -> None:
    fields = next(written.fields for written in market() if written.path.stem == stem)

    unsaid = {"stage", "stages", "raising", "ticket", "lead", "contact", "wants", "avoids", "backers", "portfolio"}

    assert len(fields["sources"]) >= 2
    assert all("KoreaTechDesk" in source or "http" in source for source in fields["sources"])
    assert fields["as_of"] <= SUMMIT
    assert not unsaid & fields.keys()


def test_the_fictional_market_has_about_forty_startups_and_twenty_five_investors() -> None:
    startups, investors = fictional("startup"), fictional("investor")

    assert 38 <= len(startups) <= 46
    assert 23 <= len(investors) <= 27


def test_most_are_in_korea_and_china_equally_and_the_rest_around_them() -> None:
    startups = Counter(written.country for written in fictional("startup") if written.path.stem != DUPLICATE)
    investors = Counter(written.country for written in fictional("investor"))

    assert abs(startups["KR"] - startups["CN"]) <= 1
    assert investors["KR"] == investors["CN"]
    assert startups["KR"] + startups["CN"] > startups.total() / 2
    assert investors["KR"] + investors["CN"] > investors.total() / 2
    assert startups.keys() | investors.keys() == COUNTRIES.keys()


@pytest.mark.parametrize("sector", SUMMIT_WORDS)
def test_every_sector_the_summit_named_is_stated_by_someone(sector: str) -> None:
    stated = {word for written in market() for word in written.fields.get("sectors", [])}

    assert SUMMIT_WORDS[sector] in stated


@pytest.mark.parametrize("script", SCRIPTS)
def test_sectors_and_capabilities_come_in_every_script(script: str) -> None:
    words = text_of("sectors") + text_of("seeks") + text_of("offers")

    assert any(map(SCRIPTS[script], words))


@pytest.mark.parametrize("sign", ["억원", "亿元", "万人民币", "億円", "USD", "€"])
def test_money_comes_in_every_currency_as_people_write_it(sign: str) -> None:
    money = text_of("raising") + text_of("ticket")

    assert sign in money


@pytest.mark.parametrize("stage", ["시리즈 B", "A轮", "Pre-A", "Series A", "天使轮", "シード", "B輪"])
def test_stages_come_in_several_languages(stage: str) -> None:
    stages = [word for written in market() for word in (written.fields.get("stage"), *written.fields.get("stages", []))]

    assert stage in stages


def test_mandates_exclusions_and_leads_of_every_kind_are_there() -> None:
    investors = [written.fields for written in fictional("investor")]

    leads = {fields.get("lead", "silent") for fields in investors}

    assert sum("must_invest_in" in fields for fields in investors) >= 2
    assert sum("excludes" in fields for fields in investors) >= 4
    assert leads == {True, False, "unknown", "silent"}


def test_one_wish_is_mutual_and_one_startup_avoids_an_investor() -> None:
    by_stem = {written.path.stem: written.fields for written in market()}

    sonarae, lingyan, malgeulon, lubo = (by_stem[stem] for stem in ("sonarae", "lingyan", "malgeulon", "lubo"))

    assert lingyan["name"] in sonarae["wants"]
    assert sonarae["name"] in lingyan["wants"]
    assert lubo["name"] in malgeulon["avoids"]


def test_lumen_and_harbor_are_the_pair_that_a_backer_excludes() -> None:
    by_stem = {written.path.stem: written for written in market()}

    lumen, harbor = by_stem["lumen"], by_stem["harbor"]

    assert lumen.country != harbor.country
    assert harbor.fields["name"] in lumen.fields["backers"]
    assert "AI cancer diagnostics" in set(lumen.fields["sectors"]) & set(harbor.fields["sectors"])


def test_one_startup_is_there_twice_under_two_scripts() -> None:
    by_stem = {written.path.stem: written.fields for written in market()}

    korean, english = by_stem["onsaemi-robotics"], by_stem["onsaemi"]

    assert korean["name"] != english["name"]
    assert set(korean["aliases"]) & set(english["aliases"])
    assert korean["website"] in english["website"].replace("www.", "")


def test_two_profiles_are_nearly_silent() -> None:
    silent = [written.path.stem for written in market() if written.fields.keys() <= {"name", "country", "website"}]

    assert silent == ["grebewater", "kazenoko"]


def test_sites_and_contacts_of_fictional_profiles_lead_nowhere() -> None:
    addresses = [
        written.fields[field]
        for written in (*fictional("startup"), *fictional("investor"))
        for field in ("website", "contact")
        if field in written.fields
    ]

    assert addresses
    assert all(".example" in address for address in addresses)


def test_no_two_profiles_of_a_kind_share_a_name() -> None:
    names = Counter((written.kind, written.fields["name"]) for written in market())

    assert max(names.values()) == 1


def test_deals_lie_before_the_summit_and_name_no_real_organisation() -> None:
    with (PROFILES / "deals.csv").open(encoding="utf-8", newline="") as lines:
        deals = list(csv.DictReader(lines))
    real = {
        name for written in market() if written.is_real for name in (written.fields["name"], *written.fields["aliases"])
    }

    dates = [datetime.date.fromisoformat(deal["date"]) for deal in deals]
    named = {deal[side] for deal in deals for side in ("startup", "investor")}

    assert 35 <= len(deals) <= 45
    about = ["startup", "startup_country", "startup_city", "startup_sectors"]
    assert list(deals[0]) == ["date", *about, "investor", "round", "amount"]
    assert dates == sorted(dates)
    assert datetime.date(2021, 1, 1) <= dates[0]
    assert dates[-1] <= datetime.date(2025, 12, 31)
    assert not named & real


def test_the_meeting_day_is_fictional_and_nobody_real_asks_or_is_asked_for() -> None:
    first = (PROFILES / "event.toml").read_text(encoding="utf-8").splitlines()[0]
    event = tomli.loads((PROFILES / "event.toml").read_text(encoding="utf-8"))
    with (PROFILES / "requests.csv").open(encoding="utf-8", newline="") as lines:
        requests = list(csv.DictReader(lines))
    real = {
        name for written in market() if written.is_real for name in (written.fields["name"], *written.fields["aliases"])
    }

    pairs = [*event["locked"], *event["met"], *event["double"]]
    named = {one[side] for one in pairs for side in ("startup", "investor")}
    named |= {one[side] for one in requests for side in ("from", "to")} | {one["id"] for one in event["participant"]}

    assert first.startswith("# profiles/event.toml -- fictional")
    assert event["date"] == SUMMIT
    assert len(requests) >= 30
    assert not named & (real | REAL)


def test_the_readme_tells_real_from_fictional() -> None:
    text = (PROFILES / "README.md").read_text(encoding="utf-8")

    assert "**Real:" in text
    assert "**Fictional:" in text
    assert "`deals.csv` is fictional" in text
    assert "`event.toml` and `requests.csv` are fictional" in text
