"""One typed word to the sectors it means. The many labelled cases stand in test_sector_pairs.py."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealport.words.chinese import simplify, simplify_each
from dealport.words.lookup import meanings
from dealport.words.lookup.resolving import MAX_LENGTH, SectorResolver
from dealport.words.lookup.typos import TypoIndex, even_kana, hangul_limit, latin_limit
from dealport.words.sectors.compounds import MAX_ATOMS, atoms_of, split_known
from dealport.words.sectors.graph import load_graph
from dealport.words.sectors.lexicon import Lexicon
from dealport.words.sectors.morphology import stem
from dealport.words.shipped import read_rows

RESOLVER = SectorResolver(load_graph())


def sectors(word: str) -> set[str]:
    return {one.sector for one in RESOLVER.resolve(word).sectors}


def hows(word: str) -> set[str]:
    return {one.how for one in RESOLVER.resolve(word).sectors}


def test_a_known_word_is_certain() -> None:
    resolution = RESOLVER.resolve("Artificial Intelligence")

    assert [(one.sector, one.how, one.certainty) for one in resolution.sectors] == [("ai", "exact", meanings.EXACT)]
    assert resolution.candidates == ()
    assert not resolution.agnostic


def test_the_word_is_given_back_as_typed() -> None:
    assert RESOLVER.resolve("  AI ").word == "  AI "


@pytest.mark.parametrize("word", ["", "   ", "\x00", "x" * (MAX_LENGTH + 1), "산업", "the industry", "()", "/", "&"])
def test_what_says_nothing_gives_nothing(word: str) -> None:
    assert RESOLVER.resolve(word).sectors == ()


@pytest.mark.parametrize(
    "word", ["Other", "others", "기타", "其他", "其它", "综合", "その他", "platform", "플랫폼", "Gen Z", "여성"]
)
def test_a_word_known_to_say_nothing_is_silent(word: str) -> None:
    resolution = RESOLVER.resolve(word)

    assert (resolution.sectors, resolution.candidates, resolution.agnostic) == ((), (), False)
    assert resolution.silent


def test_an_unknown_or_a_telling_word_is_not_silent() -> None:
    assert not any(RESOLVER.resolve(word).silent for word in ("robotics", "Any", "qqqqqqq", ""))


@pytest.mark.parametrize("word", ["Any", "All", "Various", "Multiple", "any sector", "모든 업종"])
def test_any_is_agnostic(word: str) -> None:
    assert RESOLVER.resolve(word).agnostic


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Pet", {"vet"}),
        ("PET scan", {"med-imaging"}),
        ("PET bottles", {"plastics"}),
        ("Application Performance Management", {"observability"}),
        ("Intellectual Property", {"legaltech"}),
        ("AudioTech", {"music"}),
        ("패키징", set()),
        ("Infrastructure", set()),
        ("cloud infrastructure", {"cloud"}),
        ("Generation Y", set()),
        ("방산·우주항공", {"aerospace"}),
        ("Aerospace & Defense", {"aerospace"}),
        ("PC Games", {"games"}),
        ("Outdoor Advertising", {"adtech"}),
        ("Space", {"aerospace"}),
        ("Voice", {"ai-speech"}),
        ("all robotics", {"robotics"}),
        ("CloudTech & DevOps", {"cloud", "devtools"}),
        ("Exploration, Production and Refining", {"oilgas"}),
        ("Chemicals and Gases", {"chemicals"}),
        ("Gambling", {"gambling"}),
        ("博彩", {"gambling"}),
        ("담배", {"tobacco"}),
    ],
)
def test_words_once_misread(word: str, meant: set[str]) -> None:
    assert sectors(word) == meant


def test_sector_agnostic_is_no_sector() -> None:
    resolution = RESOLVER.resolve("섹터무관")

    assert resolution.agnostic
    assert resolution.sectors == ()


def test_traditional_characters_are_read_with_taiwans_words() -> None:
    assert sectors("半導體設備") == sectors("半导体设备") != set()
    assert simplify("軟體")[0] == "软件"
    assert simplify("software") == ()
    assert simplify_each("軟a体") == "软a体"
    assert simplify_each("") == ""


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("로봇 산업 분야", {"robotics"}),
        ("机器人赛道", {"robotics"}),
        ("AI/로봇", {"ai", "robotics"}),
        ("로봇 및 반도체", {"robotics", "semi"}),
        ("机器人、半导体", {"robotics", "semi"}),
        ("AI for drug discovery", {"ai-drug"}),
        ("drug discovery with AI", {"ai-drug"}),
        ("AI를 활용한 신약개발", {"ai-drug"}),
        ("농업용 로봇", {"robot-agri"}),
        ("ロボット・半導体", {"robotics", "semi"}),
        ("コンピューター・ビジョン", {"ai-cv"}),
        ("반도체/없는말", {"semi"}),
        ("unheardof (robotics)", {"robotics"}),
        ("robotics (unheardof)", {"robotics"}),
        ("(robotics)", {"robotics"}),
        ("robotics (semiconductors)", {"robotics", "semi"}),
        ("healthcare / bio", {"biohealth"}),
        ("보험 테크", {"insurtech"}),
        ("digital insurance products", {"insurtech"}),
        ("AI + 반도체", {"semi-ai"}),
        ("digital steel", {"steel"}),
    ],
)
def test_fillers_lists_and_compounds(word: str, meant: set[str]) -> None:
    assert sectors(word) == meant


def test_a_qualified_word_is_a_kind_of_its_sector() -> None:
    found = RESOLVER.resolve("next-generation robotics").sectors

    assert [(one.sector, one.how, one.certainty) for one in found] == [("robotics", "narrower", meanings.NARROWER)]


def test_of_an_ancestor_and_its_kind_the_kind_is_kept() -> None:
    assert sectors("robotics / cobots / chatbots") == {"robot-cobot", "ai-conv"}


def test_an_ambiguous_word_alone_names_its_meanings() -> None:
    ambiguous = next(row[0] for row in read_rows("words_en.csv") if row[2] == "ambiguous" and len(row[0]) < 4)

    resolution = RESOLVER.resolve(ambiguous)

    assert resolution.sectors == ()
    assert resolution.candidates


def test_an_ambiguous_word_is_told_by_the_words_beside_it() -> None:
    own = {"sectors": {"semi": {"words": {"ambiguous": ["zq"]}}, "games": {"words": {}}}}
    resolver = SectorResolver(load_graph(own))

    told = resolver.resolve("zq / semiconductor equipment").sectors
    untold = resolver.resolve("zq / games")

    assert {one.sector for one in told} == {"semi-equip"}
    assert {one.sector for one in untold.sectors} == {"games"}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("semicondctors", "semi"),
        ("artifical inteligence", "ai"),
        ("machine lerning", "ai-ml"),
        ("반도채", "semi"),
        ("블럭체인", "blockchain"),
        ("サイバーセキュリテー", "security"),
        ("robotcs companies", "robotics"),
    ],
)
def test_a_typo_is_corrected_and_says_so(word: str, meant: str) -> None:
    assert sectors(word) == {meant}
    assert hows(word) == {"typo"} or word == "블럭체인"
    assert all(one.certainty <= meanings.TYPO for one in RESOLVER.resolve(word).sectors) or word == "블럭체인"


@pytest.mark.parametrize("word", ["framing", "retain", "electric chair", "social security", "gol", "lithografic"])
def test_a_word_of_its_own_is_never_corrected(word: str) -> None:
    assert sectors(word) == set()


def test_an_unknown_word_names_the_nearest_labels() -> None:
    assert "Robotics" in RESOLVER.resolve("roboticsology").candidates
    assert RESOLVER.resolve("qqqqqqq").candidates == ()


def test_resolutions_are_remembered() -> None:
    assert RESOLVER.resolve("quantum") is RESOLVER.resolve("quantum")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(list(RESOLVER.vocabulary.lexicon)[::37] + list("/·( )와&의업ー")), max_size=5))
def test_whatever_is_typed_is_understood_the_same_again(parts: list[str]) -> None:
    word = "".join(parts)

    first, second = SectorResolver(RESOLVER.graph).resolve(word), RESOLVER.resolve(word)

    assert first == second
    assert all(0 < one.certainty <= 1 and one.sector in RESOLVER.graph.sectors for one in first.sectors)
    ids = {one.sector for one in first.sectors}
    assert not any(ids & RESOLVER.graph.ancestors(one) for one in ids)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_nothing_typed_raises(word: str) -> None:
    RESOLVER.resolve(word)


def test_heavy_libraries_wait_until_a_word_needs_them() -> None:
    import subprocess

    code = (
        "import sys; from dealport.words.lookup.resolving import SectorResolver;"
        "from dealport.words.sectors.graph import load_graph;"
        "SectorResolver(load_graph()).resolve('AI');"
        "sys.exit(any(name in sys.modules for name in ('opencc', 'rapidfuzz', 'numpy', 'polars')))"
    )

    done = subprocess.run([sys.executable, "-c", code], check=False)

    assert done.returncode == 0


def test_a_word_of_too_many_parts_is_not_split() -> None:
    assert split_known(atoms_of("반" * (MAX_ATOMS + 1)), lambda _: None) is None


@pytest.mark.parametrize(
    ("token", "stemmed"),
    [
        ("batteries", "battery"),
        ("battery", "battery"),
        ("robotics", "robot"),
        ("centre", "center"),
        ("digitisation", "digitization"),
        ("biotechnology", "biotech"),
        ("gaming", "gam"),
        ("games", "gam"),
        ("gas", "gas"),
        ("business", "business"),
        ("bus", "bus"),
    ],
)
def test_plurals_and_spellings_have_one_stem(token: str, stemmed: str) -> None:
    assert stem(token) == stemmed


def test_typos_are_looked_for_by_alphabet_and_length() -> None:
    index = TypoIndex(["semiconductors", "mining", "반도체", "인공지능", "ブロックチェーン", "半导体", "ai"])

    assert index.nearest("semicondutors") == ("semiconductors",)
    assert index.nearest("minin") == ()
    assert index.nearest("반도채") == ("반도체",)
    assert index.nearest("반도사") == ()
    assert index.nearest("반도") == ()
    assert index.nearest("인공지넝") == ("인공지능",)
    assert index.nearest("ブロックチエーン") == ("ブロックチェーン",)
    assert index.nearest("ブロックチェン") == ("ブロックチェーン",)
    assert index.nearest("ブロックチエン二") == ()
    assert index.nearest("クロック") == ()
    assert index.nearest("半导休") == ()
    assert index.nearest("xmining") == ()
    assert TypoIndex(["의료기기", "의류"]).nearest("의류기기") == ()
    assert TypoIndex(["aiaccelerators"]).nearest("accelerators") == ()
    assert (latin_limit(5), latin_limit(6), latin_limit(9), latin_limit(20)) == (0, 1, 2, 3)
    assert (hangul_limit(2), hangul_limit(3), hangul_limit(8)) == (0, 1, 2)
    assert even_kana("コンピューター") == even_kana("コンピュータ")


def test_the_lexicon_keeps_the_stronger_relation() -> None:
    own = {"sectors": {"robotics": {"words": {"narrower": ["AI", "zz word"], "exact": ["zz word"]}}}}
    lexicon = Lexicon(load_graph(own))
    entry = lexicon.get("zzword")

    assert entry is not None
    assert (entry.relation, entry.sectors) == ("exact", ("robotics",))
    assert "zzword" in lexicon
    assert len(lexicon) == len(list(lexicon))
    assert lexicon.get("nothing of the kind") is None
