"""What a record says in the fields of the unit's own: values by the name of the item, which read like any other attribute of the record.

A record that takes such fields has them all in one attribute, ``own``, and answers to ``own_text_1`` as to an attribute of the program's;
``dataclasses.replace`` and the making of a record take them by name too. So whoever reads or changes records item by item knows nothing of it.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

PREFIX = "own_"
"""The name of each such item begins so: «own_date_2», the second field that was made, a date."""
OWN = "own"
"""The attribute, and the column, in which a record has them all."""
_NAME = re.compile(rf"{PREFIX}(text|date|flag|code|number)_[1-9][0-9]*", re.ASCII)
_RECORDS: dict[type, str] = {}


@dataclass(frozen=True, slots=True)
class OwnValues:
    """The values that there are, by name: texts, days, numbers, yes and no."""

    pairs: tuple[tuple[str, Any], ...] = ()

    def get(self, name: str) -> Any:
        """The value of an item; None for nothing."""
        return dict(self.pairs).get(name)

    def replaced(self, values: Mapping[str, Any]) -> "OwnValues":
        """With other values in some items; None takes one away."""
        values_by_name = {**dict(self.pairs), **values}
        return OwnValues(tuple(sorted((name, value) for name, value in values_by_name.items() if value is not None)))

    def as_kept(self) -> str | None:
        """The text that the file keeps: JSON by name, days as ISO text, yes and no as 1 and 0; None for nothing."""
        plain_values = {name: _plain(value) for name, value in self.pairs}
        return json.dumps(plain_values, ensure_ascii=False, separators=(",", ":")) if plain_values else None

    @classmethod
    def of_kept(cls, text: str | None) -> "OwnValues":
        """The values that such a text holds."""
        return cls(tuple((name, value_of(name, str(value))) for name, value in kept_values(text).items())) if text else NOTHING


def kept_values(text: str | None) -> dict[str, Any]:
    """What such a text holds, each value as it is kept."""
    return dict(json.loads(text)) if text else {}


NOTHING = OwnValues()


def is_own(name: str) -> bool:
    """Whether that is the name of an item of a field of the unit's own."""
    return name.startswith(PREFIX) and _NAME.fullmatch(name) is not None


def name_for(kind: str, number: int) -> str:
    """The name of the field that was made as the so-manieth, of a kind: text, date, flag, code or number."""
    return f"{PREFIX}{kind}_{number}"


def kind_of(name: str) -> str:
    """What stands in a field, by its name: text, date, flag, code or number."""
    return name.removeprefix(PREFIX).partition("_")[0]


def value_of(name: str, text: str) -> Any:
    """A value from how the file, or its history, keeps it."""
    match kind_of(name):
        case "date":
            return date.fromisoformat(text)
        case "flag":
            return text == "1"
        case "number":
            return int(text)
    return text


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def record_with_own(record_type: type) -> str:
    """The short name of a type of record that takes fields of the unit's own; «» for one that does not."""
    return _RECORDS.get(record_type, "")


def takes_own_fields[T](record: str) -> Callable[[type[T]], type[T]]:
    """A type of record, by its short name, that takes fields of the unit's own. It is a dataclass with the attribute ``own``."""

    def take(record_type: type[T]) -> type[T]:
        fill: Callable[..., None] = record_type.__init__

        @wraps(fill)
        def fill_with_own(self: T, **values: Any) -> None:
            by_name = {name: values.pop(name) for name in tuple(values) if name.startswith(PREFIX) and is_own(name)}
            if by_name:
                values[OWN] = values.get(OWN, NOTHING).replaced(by_name)
            fill(self, **values)

        record_type.__init__ = fill_with_own  # type: ignore[assignment]  # it takes what that one takes
        record_type.__getattr__ = _own_value  # type: ignore[attr-defined]  # what an unknown name is asked of
        _RECORDS[record_type] = record
        return record_type

    return take


def _own_value(record: Any, name: str) -> Any:
    if not is_own(name):
        raise AttributeError(name)
    return record.own.get(name)
