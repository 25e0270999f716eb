"""Writes languages.csv and language_names.csv of src/dealport/data/words anew, from Babel (CLDR) and the words below.

Run by hand:

PYTHONPATH=src python tests/words/make_languages.py
"""

from __future__ import annotations

import csv
from pathlib import Path

from babel import Locale

from dealport.model import LANGUAGES

DATA = Path(__file__).parents[2] / "src" / "dealport" / "data" / "words"

CODES = (
    "ko en zh yue ja vi th id ms fil km lo my mn hi bn ta te mr gu pa ur ne si kk uz ky az hy ka ar fa he tr "
    "ku de fr es pt it nl ru uk be pl cs sk hu ro bg sr hr bs sl mk sq el sv da nb fi is et lv lt ca eu ga mt "
    "af sw am ha yo ig zu"
)
NAMED_IN = "en ko zh_Hans zh_Hant ja de fr es pt it nl ru ar vi th id tr pl sv"

# What CLDR's names lack: other names, ISO 639-2 codes, country codes that people write for a language.
OWN = {
    "ko": (
        "kor|kr|韓語|한국말|조선어|우리말|韩文|韓文|韩国语|韓國語|朝鲜语|朝鮮語|ハングル"
        "|korean language|hangul|hangeul|韩语(朝鲜语)"
    ),
    "en": (
        "eng|gb|us|british english|american english|english language"
        "|영문|英文|英语|英語|美语|えいご|イングリッシュ|inglés"
    ),
    "zh": (
        "zho|chi|cn|tw|mandarin|mandarin chinese|putonghua|simplified chinese|traditional chinese|chinese (mandarin)"
        "|cmn|guoyu|hanyu|zhongwen|taiwanese mandarin|중국말|만다린|북경어|보통화|중국어(간체)|중국어(번체)"
        "|中文|汉语|漢語|普通话|普通話|国语|國語|华语|華語|简体中文|繁體中文|繁体中文|簡體中文|華文|华文|官话"
        "|北京語|マンダリン|中国語(簡体字)|中国語(繁体字)"
    ),
    "yue": "cantonese chinese|hk|粤语|粵語|广东话|廣東話|광둥어|광동어|広東語|chinese (cantonese)|白话",
    "ja": "jpn|jp|jap|nihongo|일본말|일어|日文|日语|日語|にほんご|ジャパニーズ|和文",
    "vi": "vie|vn|viet|베트남말|월남어|越语|越南文|越文",
    "th": "tha|태국말|泰文|泰语",
    "id": "ind|bahasa|bahasa indonesia|indonesian|인니어|印尼语|印尼文|インドネシア",
    "ms": "msa|may|my malay|bahasa melayu|bahasa malaysia|malaysian|马来文|馬來語|말레이시아어",
    "fil": "tagalog|tl|tgl|filipino|타갈로그어|他加禄语|タガログ語",
    "ar": "ara|arabic|아랍말|阿语|阿拉伯文|sa arabic|modern standard arabic|ae",
    "he": "heb|iw|ivrit|modern hebrew|希伯来文",
    "fa": "fas|per|farsi|dari|波斯文",
    "de": "deu|ger|deutsch|at|독어|德文|德语|swiss german",
    "fr": "fra|fre|français|francais|불어|佛語|法文|法语",
    "es": "spa|castellano|castilian|español|espanol|서반아어|西文|西语|mexican spanish|mx",
    "pt": "por|português|portugues|brazilian portuguese|br|pt br|葡语|葡文",
    "ru": "rus|русский|노어|俄文|俄语",
    "it": "ita|italiano|意文|意语",
    "nl": "nld|dut|flemish|nederlands|荷兰文",
    "hi": "hin|hindustani|in|印地文",
    "tr": "tur|türkçe|turkce",
    "uk": "ukr",
    "el": "ell|gre|gr",
    "sv": "swe|se swedish|svenska",
    "da": "dan|dk|dansk",
    "nb": "no|nor|nob|nn|norwegian|norsk|bokmål|nynorsk|노르웨이어|挪威语|挪威語|ノルウェー語",
    "fi": "fin|suomi",
    "pl": "pol|polski",
    "cs": "ces|cze|cz|čeština",
    "hu": "hun|magyar",
    "mn": "mon|khalkha|蒙语",
    "ur": "urd|pk",
    "kk": "kaz|kz",
    "uz": "uzb",
    "km": "khm|cambodian|kh",
    "lo": "lao|laotian|la",
    "my": "mya|bur|mm",
    "sw": "swa|kiswahili",
    "is": "isl|ice",
    "et": "est|ee",
}


def main() -> None:
    """One line a language: its code and all words that name it, joined by ``|``."""
    with (DATA / "languages.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# Languages and the words that name them, from Babel (CLDR) and hand; see tests/words/make_languages.py.\n"
        )
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["code", "words"])
        for code in CODES.split():
            named = [Locale.parse(language).languages.get(code, "") for language in (*NAMED_IN.split(), *_itself(code))]
            words = [code, *filter(None, named), *filter(None, OWN.get(code, "").split("|"))]
            rows.writerow([code, "|".join(dict.fromkeys(words))])
    with (DATA / "language_names.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# What languages are called in ours, from CLDR (Unicode licence); see tests/words/make_languages.py.\n"
        )
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["code", *LANGUAGES])
        named_in = [Locale.parse(language.replace("-", "_")).languages for language in LANGUAGES]
        rows.writerows([code, *(names[code] for names in named_in)] for code in CODES.split())


def _itself(code: str) -> list[str]:
    return [code] if code in Locale("en").languages and code != "yue" else []


if __name__ == "__main__":
    main()
