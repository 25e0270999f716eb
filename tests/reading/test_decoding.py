from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dealport.reading.formats.decoding import decode_table
from dealport.reading.formats.encodings import count_odd
from dealport.reading.paths import Reading

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


WESTERN = "name,country\nMüller,Österreich\nAcme,DE\n"
SPANISH = "Nombre;País;Descripción\nCorazón Médico;España;Detección de cáncer\nNiño;México;Educación\n"
SMART = "name,country,sectors\nCafé “Smart” – SA,España,AI\nAlpha,ES,AI\n"
MONEY = "name,country,ticket\nAlpha,DE,€5m\nBeta,FR,£1m\n"
POLISH = "Nazwa,Kraj,Branża\nŁódź Ventures,Polska,Żywność\nGdańsk Fundusz,Polska,Energia\n"
CZECH = "Název,Země\nČeská spořitelna,Česko\nPříbram,Česko\n"
RUSSIAN = "Название,Страна\nРобототехника,Россия\nСевер,Казахстан\n"
TURKISH = "Şirket,Ülke\nİstanbul Girişim,Türkiye\nÇağdaş Sağlık,Türkiye\n"
JAPANESE = "会社名,所在地,事業内容\nサクラ電機,東京都港区,ロボットの開発と販売\n"
NAMES = "name,country\n山田太郎,JP\n"
TAIWANESE = "公司名稱,產業,簡介\n光明醫療,醫療器材,提供智慧醫療影像服務\n"


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (WESTERN, "cp1252", "Windows-1252"),
        (WESTERN, "latin-1", "Windows-1252"),
        (SPANISH, "latin-1", "Windows-1252"),
        (SMART, "cp1252", "Windows-1252"),
        (MONEY, "cp1252", "Windows-1252"),
        (POLISH, "cp1250", "Windows-1250"),
        (CZECH, "cp1250", "Windows-1250"),
        (RUSSIAN, "cp1251", "Windows-1251"),
        (TURKISH, "cp1254", "Windows-1254"),
        (JAPANESE, "cp932", "Shift-JIS"),
        (JAPANESE, "euc-jp", "EUC-JP"),
        (NAMES, "cp932", "Shift-JIS"),
        (TAIWANESE, "big5", "Big5"),
    ],
)
def test_what_spreadsheets_save_elsewhere_is_read_and_told_as_a_guess(text: str, encoding: str, name: str) -> None:
    found, guess = decode_table(text.encode(encoding))

    assert (found, guess.split(" ")[0]) == (text, name)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [KOREAN, RUSSIAN, "name\tcountry\nAcme\tDE\n"])
def test_utf_16_without_a_mark_is_told_by_its_zeros(text: str, encoding: str) -> None:
    assert decode_table(text.encode(encoding)) == (text, "")


@pytest.mark.parametrize("text", [KOREAN, "name,kind\n김철수,startup\n"])
def test_euc_kr_is_no_guess(text: str) -> None:
    assert decode_table(text.encode("euc-kr")) == (text, "")


def test_a_guess_is_a_warning_of_the_file(market: Write, read: Read) -> None:
    market("startups.csv", WESTERN.encode("cp1252"))

    reading = read()

    assert reading.rows[0].fields == {"name": "Müller", "country": "Österreich"}
    assert [str(problem) for problem in reading.problems] == [
        "market/startups.csv: read as Windows-1252 (Western Europe), which is a guess: look at its names "
        "(save it as UTF-8 if they are wrong)"
    ]
    assert reading.problems[0].severity == "warning"


def test_utf_8_with_one_broken_byte_is_a_fault_and_never_garbage(market: Write, read: Read) -> None:
    market("startups.csv", KOREAN.encode() + b"M\xfcller,DE,AI\n")

    (problem,) = read().problems

    assert str(problem).startswith("market/startups.csv:4: is UTF-8, but a byte in it is broken")


def test_bytes_that_are_no_text_are_a_fault(market: Write, read: Read) -> None:
    market("startups.csv", bytes(range(1, 256)) * 3)

    assert "no encoding makes sense of it" in read().problems[0].message


def test_the_encoding_of_a_profile_is_never_guessed(market: Write, read: Read) -> None:
    market("a.toml", 'name = "Müller"\n'.encode("cp1252"))

    assert "as CP949 or GB18030 it makes no sense" in read().problems[0].message


def test_a_sign_within_a_word_is_odd() -> None:
    assert (count_odd("£1m"), count_odd("Ł1m"), count_odd("ŽR“c"), count_odd("d’Ivoire")) == (0, 1, 1, 0)


def test_half_a_utf_16_file_is_a_fault(market: Write, read: Read) -> None:
    market("startups.csv", "name\n".encode("utf-16") + b"\x00\xd8\x00")

    assert "UTF-16" in read().problems[0].message
