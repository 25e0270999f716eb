"""The commented files `dealport new` writes for people to fill in."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Literal

from dealport.model import Kind, RequestError
from dealport.reading.tables.opening import shown

_PLACEHOLDER = '"{{name}}"'
# File systems take names of 255 bytes.
_STEM_BYTES_MAX = 255 - len(".toml")
# Windows opens a device instead of a file under these names, whatever the suffix.
_DEVICES = frozenset({"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"})
# What a file of this name holds, whatever stands in it.
_TAKEN = frozenset({"weights", "sectors", "columns", "deals", "requests", "deal", "request"})
_FORBIDDEN = frozenset('/\\:*?"<>|')


def new_profile(kind: Kind | Literal["event"], name: str, folder: Path, stem: str) -> Path:
    """Write ``<stem>.toml`` into a folder, which is made when it is not there, and give its path.

    Raises:
        RequestError: the file exists, the stem is no safe file name, the name is no text, or the disk refuses.
    """
    _require_safe_stem(stem)
    text = template(kind).replace(_PLACEHOLDER, toml_string(name), 1)
    path = folder / f"{stem}.toml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = path.open("x", encoding="utf-8", newline="\n")
    except FileExistsError as error:
        raise RequestError(f"{shown(path)} exists already; edit it, or give another name") from error
    except (OSError, ValueError) as error:
        raise _cannot_write(path, error) from error
    try:
        with file:
            file.write(text)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _cannot_write(path, error) from error
    return path


def template(kind: Kind | Literal["event"]) -> str:
    """The commented TOML of a kind, valid as it stands, with a placeholder for the name."""
    return files("dealport").joinpath("data", "templates", f"{kind}.toml").read_text(encoding="utf-8")


def toml_string(text: str) -> str:
    """A text as a TOML string, quotes and control characters escaped.

    Raises:
        RequestError: it holds half a character, as an argument in another encoding does.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise RequestError(f"the name {text!a} is not text in this terminal's encoding") from error
    # A JSON string is a TOML string but for DEL, which TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _require_safe_stem(stem: str) -> None:
    unsafe = (
        not stem.strip()
        or stem.startswith((".", " ", "~$"))
        or stem.endswith((".", " "))
        or not stem.isprintable()
        or not _FORBIDDEN.isdisjoint(stem)
        or stem.partition(".")[0].casefold() in _DEVICES
    )
    if stem.casefold() in _TAKEN:
        raise RequestError(f"{stem}.toml has a meaning of its own in a folder of profiles; give another name")
    if unsafe:
        raise RequestError(f"{stem!a} can't be the name of a file; give another name")
    if len(stem.encode()) > _STEM_BYTES_MAX:
        raise RequestError(f"the name is too long for a file name ({_STEM_BYTES_MAX} bytes); give a shorter one")


def _cannot_write(path: Path, error: OSError | ValueError) -> RequestError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return RequestError(f"{shown(path)} can't be written: {reason[:1].lower()}{reason[1:]}")
