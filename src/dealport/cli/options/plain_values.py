"""Values of options that stand as their type: typer lets pydantic look at each, and loading it takes 85 ms."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct
from typer.core import TyperCommand


def spare_coercion(parameters: Iterable[Any]) -> None:
    """Let typer's parameters take plain values as they stand; all others go through typer's own coercion.

    A typer that builds its coercion another way is left to it: slower, and no more.
    """
    for parameter in parameters:
        build = getattr(parameter, "get_runtime_param", None)
        if build is not None and not isinstance(build, _Sparing):
            parameter.get_runtime_param = _Sparing(build)


class PlainCommand(TyperCommand):
    """A command whose parameters take plain values as they stand."""

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's own
        """Its parameters, ``--help`` among them."""
        parameters = super().get_params(ctx)
        spare_coercion(parameters)
        return parameters


class _Sparing(Struct, frozen=True, dict=True):
    """What typer asks for a parameter's coercion, and that coercion.

    Attributes:
        build: Builds typer's own.
    """

    build: Any

    def __call__(self) -> _Sparing:
        return self

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401 - as typer calls it
        """The value as its parameter's type."""
        is_list = param.multiple or param.nargs == -1
        if value is None:
            return () if is_list else None
        if is_list and isinstance(value, list | tuple) and _is_unchecked_path(param.type_descriptor):
            if all(isinstance(part, Path) or _is_text(part) for part in value):
                return [Path(part) for part in value]
        elif not is_list and _is_plain(value, param):
            return value
        return self.build().coerce(value, param=param, ctx=ctx)


def _is_plain(value: object, param: Any) -> bool:  # noqa: ANN401
    described = param.type_descriptor
    if described.parameter_info.parser is not None:
        return False
    if described.choices is not None:
        return isinstance(value, str) and value in described.choices
    if described.annotation is str:
        return _is_text(value) and not described.is_path
    return value is param.default and type(value) is described.annotation  # what we declared is in its own limits


def _is_unchecked_path(described: Any) -> bool:  # noqa: ANN401
    """Whether any path will do, there or not."""
    info = described.parameter_info
    checks = info.exists or info.readable or info.writable or info.resolve_path or info.allow_dash
    return (
        described.annotation == list[Path]
        and info.path_type is None
        and info.file_okay
        and info.dir_okay
        and not checks
    )


def _is_text(value: object) -> bool:
    """Whether it is text without bytes the terminal's encoding lacks, which typer refuses."""
    return isinstance(value, str) and not any("\ud800" <= letter <= "\udfff" for letter in value)
