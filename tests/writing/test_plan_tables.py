"""The plan as rows, and as Meeting Mojo takes it; the words of causes and aims."""

from __future__ import annotations

import csv
import io
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dealport.meetings.day.plans import Blocked, Cause, ChangeKind, Plan
from dealport.model import LANGUAGES
from dealport.words.phrases import load_phrases
from dealport.writing.csv_files import csv_bytes
from dealport.writing.locales import day_label
from dealport.writing.plans.plan_mojo import email_of, mojo_import
from dealport.writing.plans.plan_tables import FLAT, meetings_table
from dealport.writing.plans.plan_words import blocked_text, interpreter_label, level_label, table_label
from tests.writing.made_plan import make_event, make_plan
from tests.writing.random_plans import plans


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def with_contact(plan: Plan, name: str, contact: str) -> Plan:
    attendees = tuple(replace(one, contact=contact) if one.key[1] == name else one for one in plan.attendees)
    return replace(plan, attendees=attendees)


def test_a_row_a_meeting() -> None:
    rows = rows_of(csv_bytes(meetings_table(make_plan())))

    assert len(rows) == 4
    assert list(rows[2].values()) == [
        *("2026-01-07", "11:30", "12:10", "1", "lumen", "루멘 진단", "KR", "sakura", "さくらキャピタル", "JP"),
        *("ja-ko 1", "70.12345", "startup", "", "c3@dealport", "0"),
    ]
    assert tuple(rows[0]) == FLAT
    assert (rows[0]["locked"], rows[0]["asked_by"]) == ("yes", "both")


def test_a_name_is_no_formula() -> None:
    row = rows_of(csv_bytes(meetings_table(make_plan())))[1]

    assert row["startup"].startswith("'=HYPERLINK")
    assert row["startup_id"] == "'=HYPERLINK"


@given(plans())
def test_every_meeting_of_every_plan_is_a_row(plan: Plan) -> None:
    rows = rows_of(csv_bytes(meetings_table(plan)))

    assert [row["uid"] for row in rows] == [one.uid for one in plan.meetings]


def test_meeting_mojo_gets_whoever_asked_as_booker() -> None:
    plan = with_contact(make_plan(), "sakura", "s@sakura.example")

    content = mojo_import(plan).content

    assert content.decode().splitlines() == [
        "booker_email,requestee_email,date,time,meeting_point",
        "harbor@example.cn,kim@lumen.example,2026-01-07,10:00,1",
        "kim@lumen.example,s@sakura.example,2026-01-07,11:30,1",
        "kim@lumen.example,s@sakura.example,2026-01-07,11:50,1",
        "deals@crimson.example,info@noor.example,2026-01-07,11:30,VIP room",
    ]


def test_who_lacks_an_address_is_named() -> None:
    mojo = mojo_import(make_plan())

    assert mojo.without_email == ('=HYPERLINK("https://evil.example";"click")', "さくらキャピタル")
    assert mojo.n_left_out == 2


def test_an_address_that_two_share_is_none() -> None:
    mojo = mojo_import(with_contact(make_plan(), "harbor", "KIM@lumen.example"))

    assert {"루멘 진단", "海港创投"} <= set(mojo.without_email)


@pytest.mark.parametrize(
    ("contact", "email"),
    [
        ("kim@lumen.example", "kim@lumen.example"),
        ("Kim <kim.min-su+vc@lumen.co.kr>, +82 10", "kim.min-su+vc@lumen.co.kr"),
        ("mailto:a@b.io", "a@b.io"),
        ("=cmd@evil.example", "cmd@evil.example"),
        ("a@b", ""),
        ("@b.example", ""),
        ("010-1234-5678", ""),
        ("", ""),
        ("대표@기업.한국", "대표@기업.한국"),
    ],
)
def test_the_address_is_found_in_a_contact(contact: str, email: str) -> None:
    assert email_of(contact) == email


@given(st.text("a.@-+=\x00 ", max_size=600))
def test_an_address_is_no_formula_and_has_two_sides(contact: str) -> None:
    email = email_of(contact)

    assert not email or (email[0].isalnum() and email.count("@") == 1)


def test_every_cause_aim_and_change_has_words() -> None:
    names = [*(f"cause.{one}" for one in get_args(Cause)), *(f"change.{one}" for one in get_args(ChangeKind))]

    assert set(names) <= load_phrases().keys()
    for language in LANGUAGES:
        assert level_label("fewest_3", language) != level_label("fewest_2", language)
        assert level_label("mutual", language) != "mutual"


def test_an_aim_without_words_gives_its_name() -> None:
    assert level_label("some_thing") == "some thing"


def test_interpreters_tables_and_days_are_told_in_the_language() -> None:
    assert interpreter_label("ko-zh 2", "ja") == "韓国語–中国語 2"
    assert interpreter_label("") == ""
    assert interpreter_label("ko-qqq") == "Korean–qqq"
    assert table_label("12", "zh-Hant") == "12號桌"
    assert table_label("Saal A", "ko") == "Saal A"
    assert day_label(make_event().day, "zh-Hant") == "2026年1月7日 星期三"


def test_slots_are_told_as_stretches_without_a_break() -> None:
    told = blocked_text(Blocked("busy", 1, (1, 2, 3)), make_event())

    assert told == "No slot in which both are free [10:20–11:00, 11:30–11:50] (possible partners: 1)"
