"""Versions of the program, compared as numbers: 0.10 comes after 0.9."""

import re

_NUMBERS = re.compile(r"\d{1,9}(?:\.\d{1,9})*", re.ASCII)


def as_numbers(version: str) -> tuple[int, ...]:
    """A version for comparing: «0.2.0» and «0.2» are the same one; what is no version at all, (), is older than any."""
    match = _NUMBERS.match(version.strip())
    numbers = [int(part) for part in match[0].split(".")] if match else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
