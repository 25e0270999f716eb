"""From bytes to text: UTF-8 and UTF-16, what Excel saves in Seoul (CP949) and Shanghai (GB18030), else a guess."""

from __future__ import annotations

import codecs

from dealport.reading.formats.encodings import guess_encoding, guess_name
from dealport.reading.tables.contents import UnreadableError

# Nearly every CP949 file decodes as GB18030 without an error, and the other way round about as often. What tells them
# apart is that the right decoding gives the syllables people use. The 260 most frequent Hangul syllables make up 95 %
# of Korean sector words, the 400 most frequent Hanzi 87 % of Chinese ones; a wrong decoding gives 5 to 15 %.
_COMMON_HANGUL = frozenset(
    "업제기및조스비품용타전리물장자공소매지도이사서산가관동인운유차정터화료트신어재수체금식시의학영외보크건원류설반구그주연계송부상테배생발련속"
    "광오방라프로무치개고모판디일행대음경드마성통문육복합포축단교철처플분술에바임선회형종항약미석내적안양작점세웨직츠거티목과틱컴중여퓨케진력너"
    "급레활섬농질팅저강우위량봇니실호출융험환해래콘피노코털온커데헬쇄국메토액창능엔압탄링아초파션하간냉박나폐면한러변채증머템브밀텐락객요집충"
    "택투게특블달클담예버넷빌튬은법죽된패카컨감난즈첨명악등골워천페독향알염옷표암램탁센측편애절취텔후협율먼린태권름김최윤벤울순번민을를는와"
    "당담입니습했있"
)
_COMMON_HANZI = frozenset(
    "业电能智服工科人生器车造制物化料件网产子务汽信新池体材用数通理医片品机和设备动零商金力疗航半系消保及自健程光基互算售高代芯位出社中"
    "交合型家石学碳晶公建软移媒安式流平旅音心全性告教其大具市核控他存费硬部油星先元色共创食可矿房政易与驾燃充米属械台游脑据视线一输海太治因"
    "餐支广三面感居助直低上境小防在会手外者容意微配乐采法印卡云操供铁卫娱封示固气精原养牧播开不础断功率即口利加专老饮非回收包民神相限言酸正"
    "极特有纺国胞组场培酒店府未向厂形增座飞链道液聚煤循前接银肉跨借险循环氢储续诊络销识营维护肿瘤药锂测仪管导术投资融轮次阶段名称地区简介站北"
    "京上海深圳杭州责任股份本企目方人币美元亿万露天使的是在有和了为与等省城西东南江苏浙湖四川重庆香港台湾初种团队成立时间所属行总额战略主要张王"
    "李刘陈林杨伟华明国家联系电话邮箱"
)
# The share of a text's letters that must be common ones: wrong decodings stay under it, lists of names over it.
_FAMILIAR_SHARE = 0.25
_SAMPLE_LENGTH = 200_000
# Of the sequences of a CP949 or Big5 text up to a half are UTF-8 by chance.
_WHOLE_PER_BROKEN = 3


def decode(data: bytes) -> str:
    """The text of a file, without its byte order mark; its encoding is never guessed.

    Raises:
        UnreadableError: none of the encodings gives a text, or what comes out is not Korean or Chinese.
    """
    text, line = _sure_text(data)
    if line:
        raise UnreadableError(
            "is neither UTF-8 nor UTF-16, and as CP949 or GB18030 it makes no sense", "save it as UTF-8", line
        )
    return text


def decode_table(data: bytes) -> tuple[str, str]:
    """The text of a table, which spreadsheets save as they please, and its encoding where that is a guess, else "".

    Raises:
        UnreadableError: UTF-8 with a broken byte, or bytes of which no encoding makes a text.
    """
    text, line = _sure_text(data)
    if not line:
        return text, ""
    if _is_broken_utf8(data):
        raise UnreadableError("is UTF-8, but a byte in it is broken", "save it as UTF-8 again", line)
    codec = guess_encoding(data, lambda text: _familiar_share(text, _COMMON_HANGUL | _COMMON_HANZI))
    if not codec:
        raise UnreadableError(
            "is neither UTF-8 nor UTF-16, and no encoding makes sense of it", "save it as UTF-8", line
        )
    return data.decode(codec), guess_name(codec)


def _sure_text(data: bytes) -> tuple[str, int]:
    """The text, and the line of the first byte that is not UTF-8 where nothing tells what it is; else 0."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode_utf16(data), 0
    if b"\0" in data[:_SAMPLE_LENGTH] and (unmarked := _without_mark(data)):
        return unmarked, 0
    try:
        return data.decode("utf-8-sig"), 0
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    found = [
        (familiarity, text)
        for encoding, common in (("cp949", _COMMON_HANGUL), ("gb18030", _COMMON_HANZI))
        if (text := _try_decoding(data, encoding)) is not None
        and (familiarity := _familiar_share(text, common)) >= _FAMILIAR_SHARE
    ]
    return (max(found, key=lambda pair: pair[0])[1], 0) if found else ("", line)


def first_nul_line(text: str) -> int:
    """1-based line of the first NUL, which no text file holds; 0 when there is none."""
    position = text.find("\0")
    return 0 if position < 0 else text.count("\n", 0, position) + 1


def _decode_utf16(data: bytes) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise UnreadableError("begins as UTF-16 but does not go on so", "save it as UTF-8") from error


def _without_mark(data: bytes) -> str:
    """The text of UTF-16 without a byte order mark, where most line ends are line ends in it; "" of anything else."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _try_decoding(data, encoding) or ""
        sample = text[:_SAMPLE_LENGTH]
        is_text = "\0" not in sample and all(c.isprintable() or c in "\t\r\n\u3000" for c in sample)
        if is_text and 0 < data.count(b"\n") <= text.count("\n") * 2:
            return text
    return ""


def _is_broken_utf8(data: bytes) -> bool:
    """Whether nearly all of a text is UTF-8: other encodings make up some of its sequences by chance, not most."""
    text = data.decode("utf-8", "replace")
    n_broken = text.count("\ufffd")
    n_whole = sum(c > "\x7f" for c in text) - n_broken
    return n_whole > n_broken * _WHOLE_PER_BROKEN


def _try_decoding(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _familiar_share(text: str, common: frozenset[str]) -> float:
    """Share of the letters beyond ASCII that are common ones, in [0, 1]; 0 for a text without such letters."""
    letters = [c for c in text[:_SAMPLE_LENGTH] if c > "\x7f" and c.isalpha()]
    return sum(c in common for c in letters) / len(letters) if letters else 0.0
