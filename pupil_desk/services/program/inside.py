"""What is inside the program: every part that ships with it, its version and its licence, from the list beside it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pupil_desk.basics.pc import installed

LIST = "sbom.json"  # CycloneDX, in the folder of an installed copy


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its name, its version, and the licence that lets it ship."""

    name: str
    version: str
    licence: str


def parts() -> list[Part] | None:
    """The parts in the order of their names; None where no list can be read, as in a checkout."""
    folder = installed.program_folder()
    if folder is None:
        return None
    try:
        listed = json.loads((folder / LIST).read_bytes())["components"]
        found = [Part(str(each["name"]), str(each.get("version", "")), _licence(each)) for each in listed]
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
    return sorted(found, key=lambda part: part.name.casefold())


def _licence(component: Mapping[str, Any]) -> str:
    """By CycloneDX: an expression, or licences named by their SPDX sign or in words."""
    told = []
    for choice in component.get("licenses", ()):
        named = choice.get("license", {})
        told.append(choice.get("expression") or named.get("id") or named.get("name") or "")
    return ", ".join(filter(None, told))
