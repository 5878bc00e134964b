"""How long the window does not answer for work of its own, and where it stands then: a beat is sent to its thread again and again.

What counts is the work of that thread, in milliseconds of a processor that has nothing else to do. Time in which it waits for a processor is
not counted; and where other programs share the processor's memory, the same work takes up to twice as much of it, so a yardstick of known work
is done right after, and the stall taken as so much shorter as that took longer than when the processor was quiet. What this watch is asked by a
test meanwhile is no work of the program, and what was done before the first beat was answered stood before any window.

A line of JSON for each: ``work``, ``used`` and ``wall``, milliseconds of work on a quiet processor, as it was, and by the clock, and ``stack``,
the program's own lines from the innermost outwards, as far inwards as most of those seen while it was late agree. ``dev.py torture --stalls`` runs all journeys
so, and tells of the longest.
"""

import json
import os
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import contextmanager

MOST = 50  # ms of work in one turn of the window's thread
_LATE = MOST / 2_000  # seconds after which it is looked where the thread stands
_BETWEEN = 0.01
_AT_REST = 0.1  # seconds between two beats where nobody measures: each wakes the program
_LINES = 12  # of a stack
_INNER = 3  # of those are told
_PAGES = ("ui/pages", "ui/entry", "ui/finding")

_AT_ONCE = 5  # yardsticks, of which the middle one counts
YARD = "PUPIL_DESK_YARD"  # in the surroundings: what the yardstick takes on a quiet processor, in seconds

_asked = [0.0]  # seconds of work that a test’s questions took so far


@contextmanager
def asked():
    """Around the answer to a test's question, in the window's thread."""
    began = time.thread_time()
    try:
        yield
    finally:
        _asked[0] += time.thread_time() - began


def yardstick() -> float:
    """Seconds of a processor for a step of work that is always the same, and uses memory as the program does."""
    began, kept = time.thread_time(), {}
    for number in range(4_000):
        kept[str(number)] = [number, (number,), "x" * (number % 7)]
    return time.thread_time() - began


def quiet_yardstick() -> float:
    """What it takes on a quiet processor: the least of many, since even on a busy machine some fall between the others' work."""
    return min(_measured() for _number in range(300))


def _measured() -> float:
    time.sleep(_BETWEEN / 2)
    return yardstick()


def _slowness() -> float:
    """How many times as much of a processor work takes just now as on a quiet one; 1 where nobody has measured that."""
    quiet = float(os.environ.get(YARD, "0"))
    return max(1.0, statistics.median(yardstick() for _number in range(_AT_ONCE)) / quiet) if quiet else 1.0


def _stack(thread_id):
    lines, frame = [], sys._current_frames().get(thread_id)
    while frame is not None:
        before, program, place = frame.f_code.co_filename.rpartition("pupil_desk/")
        if program and before:
            lines.append(f"{place}:{frame.f_lineno} {frame.f_code.co_name}")
        frame = frame.f_back
    return tuple(lines)


def _agreed(stacks):
    """One stack of many: inwards as long as more than half of all stood in the same function, each at its commonest line."""
    inwards, left = [], [stack[::-1] for stack in stacks]
    while left := [stack for stack in left if len(stack) > len(inwards)]:
        lines = Counter(stack[len(inwards)] for stack in left)
        functions = Counter()
        for line, times in lines.items():
            functions[_function(line)] += times
        function, times = functions.most_common(1)[0]
        if times * 2 <= len(stacks):
            break
        inwards.append(max((line for line in lines if _function(line) == function), key=lines.__getitem__))
        left = [stack for stack in left if _function(stack[len(inwards) - 1]) == function]
    return tuple(inwards[::-1])


def _function(line):
    place, _number, name = line.replace(" ", ":").split(":")
    return place, name


def watch(place):
    """Write each stall of the thread that draws into a file; called in a thread of its own, for good."""
    from PySide6.QtCore import QObject, Qt, Signal
    from PySide6.QtWidgets import QApplication

    drawing = threading.main_thread().ident
    clock = time.pthread_getcpuclockid(drawing)
    answered = threading.Event()

    class Beat(QObject):
        sent = Signal()

        def take(self):
            answered.set()

    sender, taker = Beat(), Beat()
    taker.moveToThread(QApplication.instance().thread())
    sender.sent.connect(taker.take, Qt.ConnectionType.QueuedConnection)

    def work():
        return time.clock_gettime(clock) - _asked[0]

    def stacks():
        found, worked = [], work()
        while not answered.wait(_BETWEEN):
            if (now := work()) > worked:  # else it waits for a processor, or for the disk
                found.append(_stack(drawing))
                worked = now
        return found

    rest = _BETWEEN if YARD in os.environ else _AT_REST
    sender.sent.emit()
    answered.wait()
    with open(place, "a", encoding="utf-8") as stalls:
        while True:
            answered.clear()
            began, worked = time.monotonic(), work()
            sender.sent.emit()
            found = [] if answered.wait(_LATE) else stacks()
            used, wall = round((work() - worked) * 1000), round((time.monotonic() - began) * 1000)
            if used > MOST and (taken := round(used / _slowness())) > MOST:
                stalls.write(json.dumps({"work": taken, "used": used, "wall": wall, "stack": _agreed(found)[:_LINES]}) + "\n")
                stalls.flush()
            time.sleep(rest)


def longest(lines: Iterable[str], *, least: int = MOST) -> list[str]:
    """By the outermost place in a page or a dialog: the most work at once, how often it was too much, and the innermost places then.

    ``least``: in ms, what is told of at all.
    """
    found: dict[str, tuple[int, int, str]] = {}
    for stall in (stall for stall in map(json.loads, lines) if stall["work"] > least):
        places = stall["stack"] or ["outside the program"]
        where = next((place for place in reversed(places) if place.startswith(_PAGES)), places[-1])
        times, most, inner = found.get(where, (0, 0, ""))
        found[where] = (times + 1, max(most, stall["work"]), " < ".join(places[:_INNER]) if stall["work"] >= most else inner)
    by_work = sorted(((most, times, where, inner) for where, (times, most, inner) in found.items()), reverse=True)
    return [f"{most:6} ms  {times:4} times  {where}  ({inner})" for most, times, where, inner in by_work]
