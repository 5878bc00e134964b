"""What is inside the program: every part that ships with it, its version and its licence, from the list beside it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pupil_desk.basics.pc import installed
from pupil_desk.basics.rulefacts import RuleFacts, all_facts

LIST = "sbom.json"  # CycloneDX, in the folder of an installed copy


@dataclass(frozen=True, slots=True)
class ProgramPart:
    """One part: its name, its version, and the licence that lets it ship."""

    name: str
    version: str
    licence: str


def parts() -> list[ProgramPart] | None:
    """The parts in the order of their names; None where no list can be read, as in a checkout."""
    folder = installed.program_folder()
    if folder is None:
        return None
    try:
        components = json.loads((folder / LIST).read_bytes())["components"]
        program_parts = [
            ProgramPart(str(component["name"]), str(component.get("version", "")), _licence(component))
            for component in components
            if component.get("type") != "file"  # of which the list names the digest alone
        ]
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
    return sorted(program_parts, key=lambda part: part.name.casefold())


def rules_to_look_at(day: date) -> list[RuleFacts]:
    """The rules whose day to look again has come, the oldest first."""
    return sorted((facts for facts in all_facts() if facts.is_old(day)), key=lambda facts: facts.look_again)


def _licence(component: Mapping[str, Any]) -> str:
    """By CycloneDX: an expression, or licences named by their SPDX sign or in words."""
    licences = []
    for choice in component.get("licenses", ()):
        licence = choice.get("license", {})
        licences.append(choice.get("expression") or licence.get("id") or licence.get("name") or "")
    return ", ".join(filter(None, licences))
