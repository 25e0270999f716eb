from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dealport.files.reading import Reading

Write = Callable[[str, str | bytes], Path]
Read = Callable[[], Reading]

KOREAN = "name,country,sectors\n루멘 진단,대한민국,의료영상\n주식회사 한빛로봇,한국,협동로봇;자율주행\n"
CHINESE = "name,country,sectors\n深圳海港科技有限公司,中国,人工智能\n北京星光机器人,中国,自动驾驶;固态电池\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [KOREAN, CHINESE])
def test_unicode_with_and_without_byte_order_mark(market: Write, read: Read, text: str, encoding: str) -> None:
    mark = "\ufeff" if encoding in {"utf-16-le", "utf-16-be"} else ""
    market("startups.csv", (mark + text).encode(encoding))

    assert read().rows[0].fields["name"] == text.split("\n")[1].split(",", maxsplit=1)[0]
    assert read().problems == ()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (KOREAN, "cp949"),
        (CHINESE, "gb18030"),
        ("name,kind\n김철수,startup\n", "cp949"),
        ("name,kind\n王伟,startup\n", "gb18030"),
    ],
)
def test_what_excel_saves_in_seoul_and_shanghai(market: Write, read: Read, text: str, encoding: str) -> None:
    market("startups.csv", text.encode(encoding))

    assert read().rows[0].fields["name"] == text.split("\n")[1].split(",", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Zürich Ventures, café", "cp1252"), ("東京スタートアップ株式会社", "cp932"), ("台灣新創公司，國家", "big5")],
)
def test_another_encoding_is_a_fault_and_never_garbage(market: Write, read: Read, text: str, encoding: str) -> None:
    market("startups.csv", f"name\nx\n{text}\n".encode(encoding))

    (problem,) = read().problems

    assert str(problem).startswith("market/startups.csv:3: is neither UTF-8 nor UTF-16")
    assert problem.cure == "save it as UTF-8"


def test_half_a_utf_16_file_is_a_fault(market: Write, read: Read) -> None:
    market("startups.csv", "name\n".encode("utf-16") + b"\x00\xd8\x00")

    assert "UTF-16" in read().problems[0].message
