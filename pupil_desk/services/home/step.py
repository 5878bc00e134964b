"""A step on which a beginner is led, on Home: a new unit's first ones, or those of the first hour in the training unit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One step: its name, what one does, the page on which it is done with the place there, whether it is done, and whether it is one of the first hour."""

    name: str
    words: str
    page: str
    place: str | None
    done: bool
    of_hour: bool = False
