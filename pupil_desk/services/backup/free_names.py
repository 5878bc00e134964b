"""A free name for a unit's file. It brings in nothing else, since one of the first buttons asks for it."""

from collections.abc import Iterator
from pathlib import Path


def free_place(preferred: Path) -> Path:
    """The name wanted, or the next one beside it that no file has: nothing goes over a file."""
    return next(place for place in names_beside(preferred) if not place.exists() and not place.with_name(place.name + ".keys").exists())


def names_beside(preferred: Path) -> Iterator[Path]:
    """The name wanted, and then those beside it, without end."""
    yield preferred
    number = 1
    while True:
        number += 1
        yield preferred.with_name(f"{preferred.stem}-{number}{preferred.suffix}")
