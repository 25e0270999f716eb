"""How the fields of a kind of row are declared: a class whose annotations and defaults are data for others to read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace


class Declared(Struct, frozen=True, dict=True):
    """What is said of a field.

    Attributes:
        type: The annotation of the field as it is written.
        default: Of a blank one; None where it must be filled.
    """

    default: object
    description: str
    examples: list[object]
    max_length: int | None
    type: str = ""

    @property
    def is_required(self) -> bool:
        """Whether a row without it says nothing."""
        return self.default is None


def field(default: object = None, *, description: str, examples: list[Any], max_length: int | None = None) -> Any:  # noqa: ANN401 - stands for a value of the field
    """Declare a field of a row; one without a default must be filled."""
    return Declared(default, description, examples, max_length)


class _Declaring(type):
    """Gathers what a class declares, after what its parent does."""

    declared: Mapping[str, Declared]

    def __init__(cls, name: str, bases: tuple[type, ...], held: dict[str, Any]) -> None:
        super().__init__(name, bases, held)
        own = {
            name: replace(one, type=cls.__annotations__[name]) for name, one in held.items() if type(one) is Declared
        }
        cls.declared = {**getattr(cls, "declared", {}), **own}


class Fields(metaclass=_Declaring):
    """A row whose types are right; a blank field has its default, and no word is understood yet."""

    def __init__(self, **values: object) -> None:
        vars(self).update({name: one.default for name, one in type(self).declared.items()} | values)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash(tuple(vars(self).items()))
