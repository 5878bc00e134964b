"""What a screen reader on Windows is told of the window: UI Automation's tree, read from outside the program while it is used.

Wine answers as far as this: what each thing is, its name, whether it is a heading, and whether it takes the focus. What it cannot
show (what is spoken, and when; how a thing is worked) is on the check list of a real PC.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from installers.places import INSTALLERS, ROOT
from installers.steps import Failed
from installers.table import Line
from installers.windows import wine
from installers.windows.trial.journey import a_surname, sign_in
from installers.windows.trial.pc import Pc, Trial
from installers.windows.trial.use import training_file

_WHAT = "UI Automation from outside: things told (those that take the focus)"
_READER = INSTALLERS / "windows" / "trial" / "read_tree.py"
_TYPES = range(50000, 50041)  # UI Automation's control types
_SAY_NOTHING = {50025: "custom", 50033: "pane"}  # of what takes the focus


@dataclass(frozen=True, slots=True)
class Element:
    """One thing as UI Automation has it; ``within`` names what it lies in, from outside inwards."""

    type: int
    name: str
    is_focusable: bool
    class_name: str
    is_heading: bool = False
    within: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.class_name} «{self.name[:40]}» of type {self.type} in {' / '.join(self.within[-4:])}"


def elements_of(told: str) -> list[Element]:
    """The elements that ``read_tree.py`` printed."""
    found, above = list[Element](), list[str]()
    for each in json.loads(told):
        del above[each["depth"] :]
        found.append(Element(each["type"] or 0, each["name"], each["focusable"], each["class"], each["role"] == "heading", tuple(above)))
        above.append(each["class"] or each["name"])
    return found


def faults(elements: Sequence[Element]) -> Iterator[str]:
    """What of these a screen reader could not say."""
    for element in elements:
        if element.is_focusable and not element.name.strip():
            yield f"no name: {element}"
        if element.type not in _TYPES:
            yield f"no type: {element}"
        elif element.is_focusable and element.type in _SAY_NOTHING:
            yield f"only a {_SAY_NOTHING[element.type]}: {element}"
        if "&" in element.name.replace("& ", ""):
            yield f"a sign in the name: {element}"
    if not any(element.is_focusable for element in elements):
        yield "nothing takes the focus"
    if not any(element.is_heading for element in elements):
        yield "no heading"


def read(pc: Pc) -> list[Element]:
    """Everything in the windows that are shown now. Raises Failed when they could not be read."""
    done = pc.run(wine.python(ROOT).command[-1], pc.windows_name(_READER))
    if done.returncode != 0:
        raise Failed(f"the tree was not read: {done.stderr.decode('utf-8', 'replace').strip()[-300:] or 'no window'}")
    return elements_of(done.stdout.decode("utf-8"))


def told_from_outside(trial: Trial) -> Iterator[Line]:
    """Sign-in, Home, a pupil's record and Settings, read by another program."""
    screen, pc, folder = trial.screen, trial.pc, trial.folder / "demo-windows"
    file, views = training_file(trial, pc), dict[str, list[Element]]()
    pc.open_window("--unit", pc.on_c(file))
    try:
        screen.sees("Your password")
        views["sign-in"] = read(pc)
        sign_in(screen, folder)
        screen.sees("What needs doing")
        views["Home"] = read(pc)
        screen.key("ctrl+2")
        screen.sees("Find by name or number")
        screen.type(a_surname(trial), "Return")
        screen.sees("At a glance")
        views["a record"] = read(pc)
        screen.click("Settings")
        screen.sees("Put back")
        views["Settings"] = read(pc)
    except Failed as error:
        yield Line(_WHAT, str(error), ok=None)
    else:
        yield line_of(views)
    finally:
        pc.kill()


def line_of(views: dict[str, list[Element]]) -> Line:
    """How many things each view tells, how many of them take the focus, and what is wrong with them: told, and decides nothing, since Wine answers for Windows."""
    counts = ", ".join(f"{view} {len(told)} ({sum(each.is_focusable for each in told)})" for view, told in views.items())
    wrong = [f"{view}: {fault}" for view, told in views.items() for fault in faults(told)]
    found = "; ".join(wrong[:5]) or "none without a name or a type, each view with a heading"
    return Line(_WHAT, f"{counts}; {found}", True if not wrong else None)
