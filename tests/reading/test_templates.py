from __future__ import annotations

import errno
import io
from pathlib import Path
from typing import Any, Literal

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from dealport.model import RequestError
from dealport.reading.columns.field_names import COMMON_FIELDS, INVESTOR_FIELDS, STARTUP_FIELDS
from dealport.reading.paths import read_paths
from dealport.reading.templates import new_profile, template, toml_string


def test_a_new_startup_is_read_back_with_its_name(tmp_path: Path) -> None:
    name = 'Lumen "AI" \\ 루멘\x1b'

    path = new_profile("startup", name, tmp_path / "profiles" / "startups", "lumen")

    (row,) = read_paths([path]).rows
    assert (path.name, row.kind, row.fields) == ("lumen.toml", "startup", {"name": name, "country": ""})


def test_a_new_event_is_an_event(tmp_path: Path) -> None:
    path = new_profile("event", "Shanghai", tmp_path, "shanghai")

    assert [row.fields for row in read_paths([path]).events] == [{"name": "Shanghai"}]


@pytest.mark.parametrize(("kind", "fields"), [("startup", STARTUP_FIELDS), ("investor", INVESTOR_FIELDS)])
def test_a_template_with_every_line_taken_in_names_every_field(
    kind: Literal["startup", "investor"], fields: frozenset[str]
) -> None:
    lines = [line.removeprefix("# ") if " = " in line else line for line in template(kind).splitlines()]

    table = tomli.loads("\n".join(lines))

    assert set(table) == (COMMON_FIELDS | fields) - {"id", "email"}


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "lumen.toml").write_text("mine", encoding="utf-8")

    with pytest.raises(RequestError, match="exists already"):
        new_profile("investor", "Lumen", tmp_path, "lumen")

    assert (tmp_path / "lumen.toml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "stem",
    [
        "",
        " ",
        ".hidden",
        "..",
        "a/b",
        "a\\b",
        "c:d",
        "x\0",
        "CON",
        "nul.x",
        "lpt1",
        "end.",
        "a\n",
        "~$a",
        "weights",
        "Deals",
    ],
)
def test_an_unsafe_file_name_is_refused(tmp_path: Path, stem: str) -> None:
    with pytest.raises(RequestError, match="another name"):
        new_profile("startup", "x", tmp_path, stem)

    assert list(tmp_path.iterdir()) == []


def test_a_name_too_long_for_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="too long"):
        new_profile("startup", "x", tmp_path, "루" * 90)


def test_a_folder_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "profiles").write_text("a file", encoding="utf-8")

    with pytest.raises(RequestError, match=r"can't be written|exists already"):
        new_profile("startup", "x", tmp_path / "profiles" / "startups", "x")


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class FullDisk(io.StringIO):
        def write(self, _text: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    def open_full(self: Path, *_arguments: Any, **_options: Any) -> FullDisk:  # noqa: ANN401 -- as Path.open
        self.touch()
        return FullDisk()

    monkeypatch.setattr(Path, "open", open_full)

    with pytest.raises(RequestError, match="no space left on device"):
        new_profile("startup", "x", tmp_path, "x")

    assert list(tmp_path.iterdir()) == []


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_name_is_one_toml_string(name: str) -> None:
    assert tomli.loads(f"name = {toml_string(name)}") == {"name": name}


def test_a_name_in_another_encoding_is_refused() -> None:
    with pytest.raises(RequestError, match="not text"):
        toml_string("\udcb7")
