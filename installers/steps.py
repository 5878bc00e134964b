"""The steps of a trial: each looks at one thing and tells what it found; one that breaks is told as such, and the next goes on."""

import time
import traceback
from collections.abc import Callable, Iterable, Iterator

from installers.eyes import NotSeen
from installers.table import Line


class Failed(Exception):
    """A step cannot go on; the text says why."""


def taken[T](steps: Iterable[Callable[[T], Iterator[Line]]], trial: T) -> list[Line]:
    """Take the steps in order; returns the lines of all. What a step told before it broke stays."""
    return [line for step in steps for line in _one(step, trial)]


def _one[T](step: Callable[[T], Iterator[Line]], trial: T) -> list[Line]:
    name, began, lines = step.__name__.replace("_", " "), time.monotonic(), list[Line]()
    print(f"{name} ...", flush=True)
    try:
        lines.extend(step(trial))
    except NotSeen as error:
        lines.append(Line(name, str(error), False, by_eye=True))
    except Failed as error:
        lines.append(Line(name, str(error), False))
    except Exception as error:  # noqa: BLE001 - one step that breaks must not hide what the others find
        traceback.print_exc()
        lines.append(Line(name, f"{type(error).__name__}: {error}", False))
    print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)
    return lines
