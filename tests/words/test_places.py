"""What typed places mean."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealport.model import LANGUAGES
from dealport.words.normalising import compact
from dealport.words.places import countries, gazetteer, regions
from dealport.words.places.formal_names import country_of_formal_name
from dealport.words.places.place_words import country_name, resolve_country, resolve_reach, suggest_countries
from dealport.words.shipped import read_data, read_list, split_bars

RunCases = Callable[[str, Callable[[Mapping[str, str]], tuple[str, str]]], Any]


def test_an_address_of_up_to_200_letters_has_a_country() -> None:
    addresses = ["a" * (length - len(", Korea")) + ", Korea" for length in (199, 200, 201)]

    assert [resolve_country(address) for address in addresses] == ["KR", "KR", ""]


def test_every_labelled_country_is_right(run_cases: RunCases) -> None:
    run = run_cases("countries", lambda row: (row["country"], resolve_country(row["word"])))

    assert len(run.rows) >= 150
    assert run.wrong == []


@pytest.mark.parametrize("language", ["en", "ko", "zh_Hans", "zh_Hant", "ja", "de", "fr", "es", "pt", "vi", "ar", "ru"])
def test_babels_names_of_countries_are_understood(language: str) -> None:
    from babel import Locale

    names = {code: name for code, name in Locale.parse(language).territories.items() if is_country(code)}

    understood = sum(resolve_country(name) == code for code, name in names.items())

    assert understood >= 0.98 * len(names)


def test_every_label_means_its_country() -> None:
    codes = [code for code in countries.country_keys().values() if is_country(code)]

    wrong = [
        (code, language)
        for code in sorted(set(codes))
        for language in LANGUAGES
        if resolve_country(country_name(code, language)) != code
    ]

    assert len(set(codes)) >= 245
    assert wrong == []


def test_no_region_is_a_country_too() -> None:
    both = [key for key in regions._region_keys() if key in countries.country_keys() or is_country(key.upper())]

    assert both == []


def test_every_member_of_a_region_is_a_country() -> None:
    assert all(is_country(code) for members in regions.region_members().values() for code in members)
    assert all(regions.region_members().values())


def test_every_province_lies_in_a_country() -> None:
    assert all(is_country(code) for codes in gazetteer.provinces().values() for code in codes)


@pytest.mark.parametrize(
    ("larger", "smaller"),
    [
        ("asia", "east-asia"),
        ("asia", "asean"),
        ("asia", "gcc"),
        ("east-asia", "greater-china"),
        ("mena", "gcc"),
        ("europe", "eu"),
        ("europe", "nordics"),
        ("europe", "cee"),
        ("europe", "dach"),
        ("emea", "europe"),
        ("emea", "africa"),
        ("americas", "latam"),
        ("africa", "sub-saharan-africa"),
        ("apac", "southeast-asia"),
        ("apac", "anz"),
    ],
)
def test_regions_lie_in_larger_ones(larger: str, smaller: str) -> None:
    assert regions.region_members()[smaller] < regions.region_members()[larger]


def test_the_european_union_has_27_members() -> None:
    assert len(regions.region_members()["eu"]) == 27
    assert "GB" not in regions.region_members()["eu"]


@pytest.mark.parametrize(
    ("words", "region"),
    [
        (["Asia", "아시아", "亚洲", "亞洲", "アジア", "Asian"], "asia"),
        (["Southeast Asia", "South-East Asia", "SEA", "동남아", "东南亚", "東南亞", "東南アジア"], "southeast-asia"),
        (["ASEAN", "아세안", "东盟", "東協", "アセアン"], "asean"),
        (["Greater China", "중화권", "大中华", "大中華區", "大中華圏"], "greater-china"),
        (["MENA", "Middle East and North Africa", "중동·북아프리카", "中东北非", "中東・北アフリカ"], "mena"),
        (["GCC", "Gulf", "걸프", "海湾", "湾岸諸国"], "gcc"),
        (["Europe", "유럽", "欧洲", "歐洲", "欧州", "European"], "europe"),
        (["EU", "European Union", "유럽연합", "欧盟", "歐盟", "欧州連合"], "eu"),
        (["Nordics", "북유럽", "北欧", "北歐", "Scandinavia"], "nordics"),
        (["DACH", "독일어권", "德语区", "ドイツ語圏"], "dach"),
        (["CEE", "Eastern Europe", "동유럽", "东欧", "中東欧"], "cee"),
        (["LatAm", "Latin America", "중남미", "拉美", "中南米"], "latam"),
        (["North America", "북미", "北美", "北米", "US & Canada"], "north-america"),
        (["Africa", "아프리카", "非洲", "アフリカ"], "africa"),
        (["Sub-Saharan Africa", "SSA", "사하라 이남", "撒哈拉以南", "サブサハラ"], "sub-saharan-africa"),
        (["Oceania", "오세아니아", "大洋洲", "オセアニア"], "oceania"),
        (["Central Asia", "중앙아시아", "中亚", "中亞", "中央アジア"], "central-asia"),
        (["South Asia", "남아시아", "南亚", "南アジア"], "south-asia"),
        (["APAC", "Asia-Pacific", "아태", "亚太", "亞太", "アジア太平洋"], "apac"),
        (["EMEA"], "emea"),
        (["Hispanoamérica", "Latam (all)"], "latam"),
        (["Andean", "安第斯", "안데스"], "andean"),
        (["Mercosur", "메르코수르"], "mercosur"),
        (["Centroamérica"], "central-america"),
        (["Francophone Africa", "Afrique francophone"], "francophone-africa"),
        (["港澳台"], "hong-kong-macao-taiwan"),
        (["Anywhere in Europe"], "europe"),
        (["Americas", "미주", "美洲", "米州"], "americas"),
        (["Middle East", "중동", "中东", "中東"], "middle-east"),
    ],
)
def test_regions_are_understood_in_five_languages(words: list[str], region: str) -> None:
    for word in words:
        reach, misread = resolve_reach([word])

        assert misread == ()
        assert (reach.regional, reach.countries) == (regions.region_members()[region], frozenset()), word


@pytest.mark.parametrize(
    "word",
    [
        "Global",
        "해외",
        "海外",
        "Overseas",
        "worldwide",
        "글로벌",
        "전세계",
        "全球",
        "グローバル",
        "不限",
        "Any",
        "International",
        "world wide",
    ],
)
def test_global_is_everywhere(word: str) -> None:
    reach, misread = resolve_reach([word])

    assert reach.everywhere
    assert misread == ()
    assert "KR" in reach


@pytest.mark.parametrize(
    ("word", "named", "out"),
    [
        ("Europe (ex UK)", "DE", "GB"),
        ("Europe excluding Russia", "GB", "RU"),
        ("Asia ex-Japan", "KR", "JP"),
        ("아시아(일본 제외)", "KR", "JP"),
        ("亚洲(除日本以外)", "KR", "JP"),
        ("アジア(日本を除く)", "KR", "JP"),
        ("Europe, but not UK", "DE", "GB"),
        ("Global (ex China)", "KR", "CN"),
        ("Global except Russia", "KR", "RU"),
    ],
)
def test_a_country_is_left_out_of_a_region(word: str, named: str, out: str) -> None:
    reach, misread = resolve_reach([word])

    assert misread == ()
    assert named in reach
    assert out not in reach


@pytest.mark.parametrize(
    ("word", "named"),
    [
        ("Korea and Japan", {"KR", "JP"}),
        ("Korea, China", {"KR", "CN"}),
        ("한국/일본", {"KR", "JP"}),
        ("한국 및 일본", {"KR", "JP"}),
        ("中国、日本", {"CN", "JP"}),
        ("US + UK", {"US", "GB"}),
        ("London, England, United Kingdom", {"GB"}),
        ("Seoul / Tokyo", {"KR", "JP"}),
        ("서울·도쿄", {"KR", "JP"}),
        ("Paris, Texas", {"US"}),
        ("Seoul", {"KR"}),
        ("Germany only", {"DE"}),
        ("Korean market", {"KR"}),
        ("LATAM (Mexico, Colombia)", {"MX", "CO"}),
        ("China (incl. Hong Kong)", {"CN", "HK"}),
        ("미국(실리콘밸리)", {"US"}),
        ("US Midwest", {"US"}),
        ("江浙沪", {"CN"}),
        ("日本国内", {"JP"}),
        ("US, UK", {"US", "GB"}),
        ("New York, London", {"US", "GB"}),
        ("USA, London", {"US", "GB"}),
    ],
)
def test_one_word_may_hold_several_countries(word: str, named: set[str]) -> None:
    reach, misread = resolve_reach([word])

    assert misread == ()
    assert reach.countries == named


def test_a_region_beside_a_country_is_the_sum() -> None:
    reach, misread = resolve_reach(["Southeast Asia/India", "Singapore"])

    assert misread == ()
    assert reach.countries == {"IN", "SG"}
    assert reach.regional == regions.region_members()["southeast-asia"] - {"SG"}


@pytest.mark.parametrize(
    "word",
    [
        "Narnia",
        "Asia (Narnia)",
        "fintech",
        "x" * 300,
        "Narnia (ex UK)",
        "Commonwealth",
        "一带一路",
        "Southeast",
    ],
)
def test_a_misread_word_is_reported_and_never_guessed(word: str) -> None:
    reach, misread = resolve_reach([word, "KR"])

    assert misread == (word,)
    assert reach.countries == {"KR"}


@pytest.mark.parametrize(
    "word",
    [
        *("Korea only", "only in Korea", "exclusively Korea", "Korea (only)", "Korea only.", "We only invest in Korea"),
        *("한국만", "한국에만", "한국 한정", "한국만 투자", "仅限韩国", "只投韩国", "仅限于韩国", "仅投资韩国"),
        *("韓国のみ", "韓国のみ。", "韓国に限定", "韓国のみ対象"),
    ],
)
def test_who_says_only_means_no_other_country(word: str) -> None:
    reach, misread = resolve_reach([word])

    assert (sorted(reach.countries), reach.only, misread) == (["KR"], True, ())


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("오만", ["OM"]),
        ("Korea", ["KR"]),
        ("대만", ["TW"]),
        ("일본, 대만", ["JP", "TW"]),
        ("일본·오만", ["JP", "OM"]),
        ("요르단 암만", ["JO"]),
    ],
)
def test_a_name_that_ends_like_only_is_a_name(word: str, codes: list[str]) -> None:
    reach, unknown = resolve_reach([word])

    assert (sorted(reach.countries), reach.only, unknown) == (codes, False, ())


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        *[("중국, 대만", ["CN", "TW"]), ("中国、台湾", ["CN", "TW"]), ("China, Taiwan", ["CN", "TW"])],
        *[("China, Hong Kong", ["CN", "HK"]), ("China, Hong Kong SAR", ["HK"]), ("中国台湾", ["TW"])],
        *[("Taiwan, Province of China", ["TW"]), ("Korea only, Japan", ["JP", "KR"])],
    ],
)
def test_a_list_that_begins_with_china_is_a_list_unless_it_is_one_places_name(word: str, codes: list[str]) -> None:
    assert sorted(resolve_reach([word])[0].countries) == codes


@pytest.mark.parametrize("word", ["Domestic", "Local", "국내", "国内", "國內", "全国"])
def test_a_domestic_word_is_the_country_of_who_says_it(word: str) -> None:
    assert resolve_reach([word], "KR") == resolve_reach(["KR"])
    assert resolve_reach([f"{word}, US"], "KR") == resolve_reach(["KR, US"])

    reach, misread = resolve_reach([word])

    assert not reach
    assert misread == ()


def test_a_list_in_brackets_is_closer_than_its_region() -> None:
    mixed, _ = resolve_reach(["글로벌(미국, 동남아)"])
    china, _ = resolve_reach(["中国（含港澳台）"])

    assert mixed.countries == {"US"}
    assert mixed.regional == regions.region_members()["southeast-asia"]
    assert china.countries | china.regional == {"CN", "HK", "MO", "TW"}


def test_blank_words_are_no_words() -> None:
    reach, misread = resolve_reach(["", "  "])

    assert not reach
    assert misread == ()


def test_near_names_are_suggested() -> None:
    assert suggest_countries("Germny") == ("Germany",)
    assert suggest_countries("Koera")[0] == "South Korea"
    assert suggest_countries("zq") == ()
    assert suggest_countries("qqqqqqqq") == ()


def test_names_are_shown_in_the_language_asked_for() -> None:
    names = [country_name("KR", language) for language in ("en", "ko", "zh", "zh-Hant", "ja", "fr")]

    assert names == ["South Korea", "한국", "韩国", "韓國", "韓国", "South Korea"]
    assert country_name("ZZ") == "ZZ"
    assert country_name("HK") == "Hong Kong"


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("ZZ 12345", ""),
        ("Nowhere, Nowhere Else", ""),
        ("상하이, 황푸", "CN"),
        ("Seoul Busan Narnia", ""),
        ("Greater Seoul Area", "KR"),
        ("Greater Cambridge", ""),
        ("中国香港特别行政区中环", "HK"),
        ("中国-台湾-新竹", "TW"),
        ("北京朝阳", "CN"),
        ("one two three four five six seven eight nine", ""),
        ("Boston, XX", "US"),
        ("🇰🇷", "KR"),
        ("🇰a", ""),
    ],
)
def test_odd_places(word: str, code: str) -> None:
    assert resolve_country(word) == code


@given(st.text(max_size=60))
def test_any_text_is_a_country_or_nothing(text: str) -> None:
    code = resolve_country(text)

    assert code == "" or is_country(code)


@given(st.lists(st.sampled_from(["KR", "Asia", "Global", "Narnia", "Seoul", "Europe (ex UK)"]), max_size=6))
def test_the_order_of_words_changes_no_reach(words: list[str]) -> None:
    forward, backward = resolve_reach(words)[0], resolve_reach(reversed(words))[0]

    assert forward == backward


def test_keys_forget_case_accents_and_marks() -> None:
    assert compact("Côte d'Ivoire") == compact("COTE DIVOIRE") == "cotedivoire"
    assert compact("サウジ・アラビア") == "サウジアラビア"
    assert compact("ハ") != compact("バ")


def test_no_heavy_library_is_loaded_for_countries() -> None:
    code = (
        "import sys, json; from dealport.words.places.place_words import resolve_country; resolve_country('대한민국');"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )

    loaded = json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)

    assert not {"rapidfuzz", "opencc", "currency_converter", "numpy", "pydantic"} & set(loaded)


def is_country(code: str) -> bool:
    """Whether `code` is an alpha-2 code as printed (upper case)."""
    return code != "" and countries.country_of_code(code) == code


def test_of_a_list_in_one_word_only_the_unknown_part_is_told() -> None:
    reach, misread = resolve_reach(["Asia, Narnia, Kenya", "Japan"])

    assert misread == ("Narnia",)
    assert reach.countries == {"KE", "JP"}
    assert "KR" in reach.regional


def test_a_list_that_leaves_something_out_is_read_as_a_whole_or_not_at_all() -> None:
    reach, misread = resolve_reach(["not in the US, Canada"])

    assert misread == ("not in the US, Canada",)
    assert not reach


def test_a_turned_name_in_two_words_of_a_list_is_one_country() -> None:
    reach, misread = resolve_reach(["Sudan", "South", "Korea", "Republic of", "Japan"])

    assert reach.countries == {"SS", "KR", "JP"}
    assert misread == ()


def test_a_turned_name_that_nobody_knows_is_told_and_holds_nothing() -> None:
    reach, misread = resolve_reach(["Germany, North", "Japan"])

    assert reach.countries == {"JP"}
    assert misread == ("Germany, North",)


def test_no_two_countries_have_one_formal_name() -> None:
    names: dict[frozenset[str], str] = {}

    for row in read_list("formal_names.csv"):
        for name in split_bars(row["names"]):
            assert country_of_formal_name(name) == row["country"], name
            assert names.setdefault(frozenset(name.split()), row["country"]) == row["country"]


@pytest.mark.parametrize("code", sorted(countries.country_codes()))
def test_every_formal_name_may_be_turned(code: str) -> None:
    rows = [row for row in read_list("formal_names.csv") if row["country"] == code]

    for name in (name for row in rows for name in split_bars(row["names"]) if " of " in name):
        form, _, country = name.rpartition(" of ")
        bare = country.removeprefix("the ").removeprefix("The ")

        assert resolve_country(f"{bare}, {form} of") == code
        assert resolve_country(f"{bare} ({form} of the)") == code
        assert resolve_country(f"Nowhere, {bare}, {form} of") == code


def test_the_end_of_an_address_is_read_in_no_time() -> None:
    text = "12 rue de la Paix " * 11  # as long as a place may be

    assert resolve_country(text) == ""


def test_every_city_is_found_in_the_ordered_list() -> None:
    lines = read_data("cities.csv", folder="words").splitlines()[2:]
    keys = [line.partition(",")[0] for line in lines]

    assert keys == sorted(keys)
    for line in (lines[0], lines[1], lines[-2], lines[-1], *lines[::97]):
        key, _, rest = line.partition(",")
        country, _, every = rest.partition(",")
        assert gazetteer.city_countries(key) == (tuple(every.split()) or (country,), country != "")
    assert gazetteer.city_countries("") is None
    assert gazetteer.city_countries("zzzzzz") is None
    assert gazetteer.city_countries("鿿") is None


@pytest.mark.parametrize(
    ("word", "held"),
    [
        ("日韩", "JP KR"),
        ("日中韓", "CN JP KR"),
        ("港台", "HK TW"),
        ("中港澳", "CN HK MO"),
        ("澳新", "AU NZ"),
        ("新马泰", "MY SG TH"),
        ("日米", "JP US"),
        ("英独仏", "DE FR GB"),
        ("한미일", "JP KR US"),
        ("한중", "CN KR"),
        ("五眼联盟", "AU CA GB NZ US"),
    ],
)
def test_short_names_put_together_are_all_of_their_countries(word: str, held: str) -> None:
    reach, unknown = resolve_reach([word])

    assert (sorted(reach.countries | reach.regional), unknown) == (held.split(), ())


@pytest.mark.parametrize("word", ["欧美", "歐美", "欧米", "구미", "Europe & North America", "Transatlantic"])
def test_the_west_is_europe_and_north_america(word: str) -> None:
    reach, _ = resolve_reach([word])

    assert reach.regional == resolve_reach(["Europe", "North America"])[0].regional


@pytest.mark.parametrize("word", ["한한", "中道", "日日", "한국영", "加油", "중도", "美学"])
def test_a_word_with_any_other_letter_is_no_set_of_countries(word: str) -> None:
    assert regions.members_of_short_names(word) == (frozenset(), frozenset())


@pytest.mark.parametrize(
    ("word", "named", "unknown"),
    [
        ("미국, 아틀란티스", "US", "아틀란티스"),
        ("US, Atlantis", "US", "Atlantis"),
        ("Kenya / Wakanda", "KE", "Wakanda"),
        ("미국/아틀란티스", "US", "아틀란티스"),
        ("South Africa, Atlantis", "ZA", ""),
        ("Atlantis, South Africa", "ZA", ""),
        ("Japan, Paris", "FR JP", ""),
        ("Atlantis", "", "Atlantis"),
    ],
)
def test_a_city_in_a_list_of_countries_counts_where_it_is_large_or_lies_in_them(
    word: str, named: str, unknown: str
) -> None:
    reach, misread = resolve_reach([word])

    assert (sorted(reach.countries), misread) == (named.split(), tuple(unknown.split()))


@pytest.mark.parametrize("word", ["Mars", "Wakanda", "Narnia", "Gondor", "Ruritania", "Utopia"])
def test_an_unlike_name_is_not_suggested(word: str) -> None:
    assert suggest_countries(word) == ()


@pytest.mark.parametrize(
    ("word", "label"), [("Germny", "Germany"), ("Koera", "South Korea"), ("Untied States", "United States")]
)
def test_a_slip_is_suggested(word: str, label: str) -> None:
    assert suggest_countries(word) == (label,)
