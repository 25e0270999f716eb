from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO, StringIO

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dealport.cli.terminal.screen import Screen
from dealport.cli.views.sectors_view import (
    main_path,
    read_words,
    show_tree,
    show_words,
    tree_json,
    word_json,
    write_json_lines,
)
from dealport.words.lookup.resolving import Found, Resolution, SectorResolver
from dealport.words.sectors.graph import load_graph

ScreenOf = Callable[..., tuple[Screen, StringIO]]
GRAPH = load_graph()
RESOLVER = SectorResolver(GRAPH)


def test_a_word_is_everything_on_its_line() -> None:
    stream = BytesIO("\ufeff AI \r\n\n  \u2028x\n".encode() + b"\xff\xfe\n\x00last")

    words = list(read_words(stream))

    assert words == [" AI ", "", "  \u2028x", "\ufffd\ufffd", "\x00last"]


@settings(deadline=None)  # the first word loads the resolver's word data
@given(st.binary())
@example(b"\xed\xa0\x80\r\n\x85")
def test_every_line_gives_one_object_whatever_stands_in_it(typed: bytes) -> None:
    out = StringIO()

    write_json_lines(read_words(BytesIO(typed)), RESOLVER, GRAPH, "en", out)

    objects = [json.loads(line) for line in out.getvalue().split("\n")[:-1]]
    assert [one["word"] for one in objects] == list(read_words(BytesIO(typed)))
    assert all(one.keys() == {"word", "sectors", "candidates"} for one in objects)


def test_a_words_object_has_the_documented_shape() -> None:
    told = word_json(" HBM ", Resolution(" HBM ", (Found("semi-hbm", "exact", 1.0),), (), agnostic=False), GRAPH, "ko")

    assert told == {
        "word": " HBM ",
        "sectors": [
            {
                "id": "semi-hbm",
                "label": GRAPH.label("semi-hbm", "ko"),
                "facet": "sector" if GRAPH.sectors["semi-hbm"].facet == "sector" else "technology",
                "how": "exact",
                "certainty": 1.0,
                "is_means": False,
                "ancestors": sorted(GRAPH.ancestors("semi-hbm")),
            }
        ],
        "candidates": [],
    }


def test_words_are_shown_with_their_path_or_what_may_have_been_meant(screen_of: ScreenOf) -> None:
    class Scripted(SectorResolver):
        def resolve(self, word: str) -> Resolution:
            return {
                "hbm": Resolution(word, (Found("semi-hbm", "typo", 0.9),), (), agnostic=False),
                "fintec": Resolution(word, (), ("fintech", "finance"), agnostic=False),
                "any": Resolution(word, (), (), agnostic=True),
            }.get(word, Resolution(word, (), (), agnostic=False))

    screen, stream = screen_of(80)
    show_words(["hbm", "fintec", "any", "\x1b[1mxyz"], Scripted(GRAPH), screen)

    lines = stream.getvalue().splitlines()
    path = " > ".join(GRAPH.label(sector) for sector in main_path("semi-hbm", GRAPH))
    assert lines[0].startswith(f"hbm  {path} [semi-hbm]  ")
    assert lines[0].endswith(", typo, 90%")
    assert lines[1:] == [
        "fintec  not understood  did you mean 'fintech' or 'finance'?",
        "any  any sector  neutral: neither a match nor a mismatch",
        "xyz  not understood",
    ]


def test_the_tree_holds_every_sector_once(screen_of: ScreenOf) -> None:
    screen, stream = screen_of(140)

    show_tree(screen)

    text = stream.getvalue()
    assert all(text.count(f"[{sector}]") == 1 for sector in GRAPH.sectors)


def test_the_tree_as_json_holds_every_sector() -> None:
    told = tree_json(GRAPH, "ja")

    assert [one["id"] for one in told] == list(GRAPH.sectors)
    assert all(one.keys() == {"id", "label", "facet", "layer", "parents", "ancestors"} for one in told)


def test_a_word_for_any_sector_is_the_sector_agnostic_in_json() -> None:
    told = word_json("sector agnostic", Resolution("sector agnostic", (), (), agnostic=True), GRAPH)

    assert [found["id"] for found in told["sectors"]] == ["agnostic"]


def test_a_wide_word_is_shown_with_what_it_stands_for(screen_of: ScreenOf) -> None:
    screen, shown = screen_of(width=140)

    show_words(["Future of work", "Technology", "food"], RESOLVER, screen)

    assert shown.getvalue().splitlines() == [
        "Future of work  Professional and business services > HR and future of work [hrtech]  sector, exact, 100%",
        "  also Collaboration and productivity  narrows the market by 90%",
        "  perhaps AI agents, Edtech, Enterprise software, Low-code and no-code, Mental health",
        "Technology  too general to count as a sector",
        "food  Agriculture and food > Food and beverage [food]  sector, exact, 100%",
    ]


def test_the_object_of_a_wide_word_has_its_members_and_how_much_it_says() -> None:
    work, nothing, umbrella = (
        word_json(word, RESOLVER.resolve(word), GRAPH) for word in ("Future of work", "Technology", "xinchuang")
    )

    assert work["says"] == 0.9
    assert {"id": "collab", "label": "Collaboration and productivity", "certain": True} in work["members"]
    assert {"id": "edtech", "label": "Edtech", "certain": False} in work["members"]
    assert (nothing["says"], nothing["members"]) == (0, [])
    assert umbrella["says"] == 1
    assert "os" in {member["id"] for member in umbrella["members"]}
