"""What a screen reader hears of every page, part and dialog, asked for over D-Bus from outside the program."""

import dataclasses
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from installers.pace import Patience
from pupil_desk.services.unit.units import sign_out
from tests.access.bus import Bus, Node, Place, Reader
from tests.access.faults import faults
from tests.trained import training_unit
from tests.ui.pages.made import CLOCK

ROOT = Path(__file__).parents[2]

LEAST_VIEWS = 500  # read when all are
OF_ALL = {
    "register, To call", "register, compared", "copy, boxes on a paper", "plans, new ehc", "schools, a clash", "providers, Checks",
    "transport, Route 1, north", "lead: safeguarding, a mark on the body", "lead: pupils of a pupil", "lead: dialog: Strike this out?",
    "dialog: Erase the data of this pupil?", "dialog: Change my password", "dialog: Keys", "dialog: Take this route away?",
}  # fmt: skip
LAUNCHER = "/usr/libexec/at-spi-bus-launcher"


def read(folder: Path, of_each: int | None) -> Iterator[tuple[str, Node]]:
    """The tree of each thing that the program shows, with its name."""
    command = [sys.executable, "-m", "tests.access.showing", str(folder / "unit"), *(["--of-each", str(of_each)] if of_each else [])]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with Bus(folder) as bus, (folder / "errors").open("w") as errors:
        with subprocess.Popen(command, cwd=ROOT, env=bus.env, stderr=errors, **pipes) as showing:  # type: ignore[call-overload]
            reader = Reader(bus.connection, most_cells=12 if of_each else 40)
            while line := showing.stdout.readline():
                (program,) = _there(reader)
                yield json.loads(line), reader.tree(program)
                showing.stdin.write("\n")
                showing.stdin.flush()
        assert showing.returncode == 0, (folder / "errors").read_text(encoding="utf-8")[-2000:]


def _there(reader: Reader) -> list[Place]:
    """The programs that are read, once there is one: a program is shown before the bus has it in its list."""
    patience = Patience(60)
    while not (programs := reader.programs()) and not patience.over:
        pass
    return programs


@pytest.mark.needs("Xvfb", "dbus-daemon", LAUNCHER)
@pytest.mark.parametrize("of_each", [1, pytest.param(None, marks=pytest.mark.torture)])
def test_everything_has_a_name_a_role_and_a_heading(tmp_path: Path, of_each: int | None) -> None:
    """All pages, every other of a pupil, and of the parts and acts one of every group: each takes half a second. Both ways of every page are in
    ``tests/ui/test_screen_readers.py``."""
    sign_out(training_unit(tmp_path / "unit" / "unit.pupildesk", number=20 if of_each else 60, clock=CLOCK).desk)
    found: dict[str, str] = {}
    shown = set()
    for name, tree in read(tmp_path, of_each):
        shown.add(name)
        for fault in faults(tree):
            found.setdefault(fault, name)
    assert {
        "entry: sign-in",
        "home",
        "pupils of a pupil",
        "register",
        "dialog: Save your changes?",
        "import, a file",
        "find anything",
    } <= shown
    assert len(shown) > (40 if of_each else LEAST_VIEWS)
    assert of_each or shown >= OF_ALL
    assert found == {}


def node(role: str, name: str = "", *, states: str = "showing", children: tuple[Node, ...] = (), path: str = "", names: str = "") -> Node:
    relations = {1: [("program", names)]} if names else {}
    made = Node(("program", path), name, "", role, frozenset(states.split()), frozenset(), relations, {})
    made.children = list(children)
    for child in children:
        child.above = made
    return made


def window(*children: Node) -> Node:
    return node("application", "Pupil Desk", children=(node("frame", "Home", children=(node("heading", "Home"), *children)),))


def test_a_window_in_order_has_no_fault() -> None:
    label = node("label", "Your name (required)", names="/1")
    assert list(faults(window(label, node("text", "Your name", path="/1")))) == []


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        (node("text", states="showing focusable"), "nameless"),
        (node("button"), "nameless"),
        (node("filler", "The notice", states="showing focusable"), "no role"),
        (node("grip", "Drag to make room"), "unknown role"),
        (node("button", "&Save"), "a sign in the name"),
        (node("combo box", "Female", children=(node("text", states="showing focusable"),)), "nameless"),
    ],
)
def test_what_a_screen_reader_would_not_say_is_found(planted: Node, said: str) -> None:
    assert [fault.split(":")[0] for fault in faults(window(planted))][:1] == [said]


def test_a_label_that_says_something_else_than_the_name_is_found() -> None:
    assert any(
        "is not in the name" in fault for fault in faults(window(node("label", "Sex", names="/1"), node("combo box", "Female", path="/1")))
    )


def test_a_label_that_is_not_tied_is_found() -> None:
    assert any("not tied" in fault for fault in faults(window(node("label", "Day"), node("text", "Day"))))


def test_a_window_without_a_heading_is_found() -> None:
    bare = dataclasses.replace(window(), children=[node("frame", "Home")])
    assert any("no heading" in fault for fault in faults(bare))
