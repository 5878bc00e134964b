"""How long the window does not answer, and where it stands then: a beat is sent to its thread again and again, and each that is answered late is written down.

A line of JSON each: ``wall`` and ``cpu``, milliseconds by the clock and of the thread's own work (a busy machine makes the first long, not the second),
and ``stack``, the program's own lines from the innermost outwards, as they stood when it was late.

    PUPIL_DESK_STALLS=FILE python -m pytest tests/journeys     # of all journeys in one file
    python tests/journeys/watch/stalls.py FILE                  # the longest, by where the window stood
"""

import json
import sys
import threading
import time

LATE = 0.05  # seconds
_BETWEEN = 0.02


def _stack(thread_id):
    lines, frame = [], sys._current_frames().get(thread_id)
    while frame is not None:
        place = frame.f_code.co_filename
        if "pupil_desk" in place:
            lines.append(f"{place.rpartition('pupil_desk/')[2]}:{frame.f_lineno} {frame.f_code.co_name}")
        frame = frame.f_back
    return lines


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
    with open(place, "a", encoding="utf-8") as stalls:
        while True:
            answered.clear()
            began, worked = time.monotonic(), time.clock_gettime(clock)
            sender.sent.emit()
            stack = [] if answered.wait(LATE) else _stack(drawing)
            answered.wait()
            wall, cpu = time.monotonic() - began, time.clock_gettime(clock) - worked
            if wall > LATE:
                stalls.write(json.dumps({"wall": round(wall * 1000), "cpu": round(cpu * 1000), "stack": stack}) + "\n")
                stalls.flush()
            time.sleep(_BETWEEN)


def longest(lines):
    """By the outermost place in a page or a dialog: how often, the most work in milliseconds, and the innermost place then."""
    found = {}
    for stall in map(json.loads, lines):
        places = stall["stack"] or ["outside the program"]
        where = next((place for place in reversed(places) if place.startswith(("ui/pages", "ui/entry", "ui/finding"))), places[-1])
        times, most, inner = found.get(where, (0, 0, ""))
        found[where] = (times + 1, max(most, stall["cpu"]), places[0] if stall["cpu"] >= most else inner)
    return sorted(((most, times, where, inner) for where, (times, most, inner) in found.items()), reverse=True)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as told:
        for most, times, where, inner in longest(told):
            print(f"{most:6} ms  {times:4} times  {where}  ({inner})")
