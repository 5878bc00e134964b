"""Times and names as other programs write them into a cell, as our records have them."""

from pupil_desk.domain.care.health import tidy_time
from pupil_desk.domain.incidents.incident import names_in

LONGEST_TIME = 20
"""Characters of a time as other programs write it, before it is HH:MM."""


def time_as_kept(text: str | None) -> str | None:
    """``2.05 pm`` and ``14:05:00`` as ``14:05``; what is no time stays as it is, and is refused by the record's own check."""
    return tidy_time(text) if text else None


def names_as_kept(text: str | None) -> str | None:
    """Names one a line. They are parted at a semicolon; at a comma only where no part is a single word: «Reed, Jo» is one name."""
    if not text:
        return None
    names = []
    for line in text.replace(";", "\n").splitlines():
        parts = [part.strip() for part in line.split(",")]
        names += parts if all(" " in part for part in parts) else [line]
    return "\n".join(names_in("\n".join(names))) or None
