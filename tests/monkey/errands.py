"""What somebody sits down for: goes to a place, fills the form that is there, saves it, and answers what is asked, both ways; drawn from the seed.

Every press is a real key or click, as the others are. A place at which the one who sits there may do nothing is left again.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pupil_desk.services.demo.unit import PASSWORD
from tests.monkey.chance import WATCHES, Press, keys_of
from tests.monkey.purposes import ABOUT_A_PUPIL, NEVER, NO_SAVE, PLACES, REFUSES, WRONG, weight

_BY_FIND = 0.2
_PROBLEMS = 4  # of a form, that are put right
_ROUNDS = 4  # forms, buttons and questions of one errand
_OTHERS = 3  # of a form, the fields that are filled beside those that must be
_WORDS = ("Ann", "Quill", "Reed", "Bo")
_DAYS = ("today", "today", "today", "yesterday", "tomorrow", "3/9/26")
_TEXTS = ("Rang", "At ten", "All calm")


class Errands:
    """Runs errands of whoever is signed in. ``press`` presses and looks, ``seen`` tells what is in view, ``files`` are those that can be read in."""

    def __init__(
        self, chance: random.Random, press: Callable[[Press], object], seen: Callable[[], Mapping[str, Any]], files: Path, pupils: int
    ) -> None:
        self._random, self._press, self._seen, self._files, self._pupils = chance, press, seen, files, pupils
        self._written = 0
        self._to_come: list[str] = []  # pages that nobody was on yet in this round
        self._places: list[tuple[str, str, str]] = []

    def run(self) -> None:
        """One errand; before it to the page that has waited longest, so that all are reached."""
        self._go_on_a_round()
        if not self._places:
            self._places = self._random.sample(PLACES, len(PLACES))
        page, part, verb = self._places.pop()
        self._escape()
        if page == ABOUT_A_PUPIL:
            self._go_to_a_pupil(part)
        else:
            if self._pages and page not in self._pages:
                return
            self._go_to(page)
            if part:
                self._click_named(part, "tab")
        if page in ("Requests", "Incidents", "Exports", "Schools", "Providers", "Sharing", "Consents", "Changes", "Transport", "Notices"):
            self._choose_a_row()
        if verb == "Choose several":
            self._click_named(verb)
            for _row in range(3):
                self._choose_a_row(("Pupils",))
        elif verb == "More":
            self._click_named(verb)
            self._act()
        elif verb:
            self._click_named(verb)
        self._finish()

    @property
    def _pages(self) -> Sequence[str]:
        return list(self._seen()["pages"].values())

    def _go_on_a_round(self) -> None:
        if not self._to_come:
            self._to_come = self._random.sample(self._pages, len(self._pages))
        page = next((page for page in self._to_come if page in self._pages), "")
        if page:
            self._to_come.remove(page)
            self._escape()
            self._go_to(page)

    def _go_to(self, page: str) -> None:
        """By the rail, or where its group is folded by Find."""

        def go() -> None:
            on_rail = [control for control in self._controls("page") if control[3].strip() == page]
            if on_rail:
                self._click(on_rail[0])
            else:
                self._find(page)

        self._leave_by(go)

    def _go_to_a_pupil(self, part: str) -> None:
        self._go_to("Pupils")
        if self._random.random() < _BY_FIND or not any(row[4] == "Pupils" for row in self._controls("row")):
            self._leave_by(lambda: self._find(f"P{self._random.randint(1, self._pupils):04}"))
        else:
            self._leave_by(lambda: self._choose_a_row(("Pupils",)))
        if part:
            self._leave_by(lambda: self._click_named(part, "row") or self._find(part))

    def _leave_by(self, way: Callable[[], object]) -> None:
        """What was typed before is saved or not, either way; what cannot be saved is not."""
        way()
        for is_second in (False, True):
            if not self._seen()["dialog"] or self._seen()["file_dialog"]:
                return
            if not is_second or not self._click_named("Discard changes"):
                self._answer(yes=True)
            way()

    def _finish(self) -> None:
        """Fill, save and answer, until nothing more is asked."""
        for _round in range(_ROUNDS):
            if self._seen()["page"].startswith("outside") or not self._seen()["page"]:
                return
            if self._seen()["file_dialog"]:
                self._give_a_file()
            elif self._seen()["dialog"]:
                self._answer()
            elif self._fields() and self._random.random() < 0.8:
                self._fill()
                self._save()
                self._mend()
            else:
                self._act()
        for _question in range(_ROUNDS):
            if self._seen()["file_dialog"]:
                self._give_a_file()
            elif self._seen()["dialog"]:
                self._answer()

    # -- what is in view

    def _controls(self, sort: str = "") -> list[Sequence[Any]]:
        return [control for control in self._seen()["controls"] if not sort or control[2] == sort]

    def _fields(self) -> list[Sequence[Any]]:
        return [
            field
            for field in self._controls("field")
            if not field[4].startswith("read-only") and not field[3].startswith(("Find", "Show", "Whose", "Time", "Group by", "Period"))
        ]

    # -- presses

    def _find(self, words: str) -> None:
        self._keys("ctrl+e")
        self._keys(*keys_of(words.split(" (")[0]))
        self._keys("Return")

    def _keys(self, *keys: str) -> None:
        if keys:
            self._press(Press(f"keys {' '.join(keys)}", keys=keys, watches=keys == ("ctrl+s",) and self._random.random() < WATCHES))

    def _click(self, control: Sequence[Any], *, times: int = 1) -> None:
        x, y, sort, name = control[:4]
        self._press(Press(f"click on {sort} «{name}»", place=(int(x), int(y)), times=times, watches=self._random.random() < WATCHES))

    def _click_named(self, begins: str, sort: str = "") -> bool:
        named = [control for control in self._controls(sort) if control[3].startswith(begins) and control[2] not in ("field", "page")]
        if named:
            self._click(self._random.choice(named))
        return bool(named)

    def _escape(self) -> None:
        """Out of what is open, such as a list or a question."""
        if self._seen()["dialog"]:
            self._answer(yes=False)

    def _choose_a_row(self, lists: Sequence[str] = ()) -> None:
        rows = [row for row in self._controls("row") if row[4] not in ("heading", "Parts of the record") and (not lists or row[4] in lists)]
        if rows:
            self._click(self._random.choice(rows))

    def _act(self) -> None:
        """Press something that begins or does an act: an entry of the menu that is open, else a button, rather a main one."""
        entries = self._controls("entry")
        buttons = [
            b for b in self._controls("button") if b[3] not in NEVER and b[4] not in ("quiet", "head", "foot-beside", "fold", "tick")
        ]
        if entries:
            self._click(self._random.choice(entries))
        elif buttons:
            self._click(self._random.choices(buttons, [weight(button) for button in buttons])[0])

    def _fill(self) -> None:
        """Those that must be filled and are not, and some of the others."""
        fields = self._fields()
        must = [field for field in fields if "(required)" in field[3] and "filled" not in field[4]]
        others = [field for field in fields if field not in must and ("filled" not in field[4] or self._random.random() < 0.1)]
        chosen = [*must, *self._random.sample(others, min(len(others), self._random.randint(0 if must else 1, _OTHERS)))]
        for field in sorted(chosen, key=lambda field: field[1]):
            if self._seen()["dialog"]:
                return
            self._click(field)
            self._keys(*self._content(field))
        ticks = [button for button in self._controls("button") if button[4] == "tick" and not button[3].startswith("Guests")]
        for tick in self._random.sample(ticks, min(len(ticks), self._random.randint(0, 2))):
            if not self._seen()["dialog"]:
                self._click(tick)

    def _content(self, field: Sequence[Any]) -> tuple[str, ...]:
        kind, name = field[4].split(",")[0], field[3].casefold()
        if kind == "choice":
            return (*["Down"] * self._random.randint(1, 3), "Return")
        if kind == "secret":
            return keys_of(PASSWORD)
        if kind == "day" or "date" in name:
            words = "6/5/12" if "birth" in name else self._random.choice(_DAYS)
        elif "pupil" in name or name.startswith("who"):
            return (*keys_of(self._random.choice(("Hussaini", "P0007", "Elphick"))), "Down", "Return")
        elif any(of in name for of in ("time", "begin", "from")):
            words = "9:30"
        elif any(of in name for of in ("number", "hours", "minutes", "cost", "price", "days", "sessions")):
            words = "3"
        elif name.startswith(("why", "reason", "note")):
            words = "For the return"  # it may name nobody
        elif "postcode" in name:
            words = "B15 2TT"
        elif "telephone" in name:
            words = "01632 960111"
        else:
            words = self._random.choice(_TEXTS if kind == "text" else _WORDS)
        return ("ctrl+a", *keys_of(words), *([] if kind == "text" else ["Tab"]))

    def _save(self) -> None:
        mains = [button for button in self._controls("button") if button[4] == "primary" and not button[3].startswith(NO_SAVE)]
        if self._seen()["dialog"]:
            return
        if mains and self._random.random() < 0.6:
            self._click(mains[-1])
        else:
            self._keys("ctrl+s")

    def _mend(self) -> None:
        """What the form says is wrong is put right: each line of that leads to its field."""
        for _problem in range(_PROBLEMS):
            wrong = [(link, said[1]) for link in self._controls("button") if (said := WRONG.match(link[3]))]
            if not wrong or self._seen()["dialog"]:
                return
            link, name = self._random.choice(wrong)
            self._click(link)
            fields = [field for field in self._fields() if field[3].startswith(name)]
            if not fields:
                return
            self._click(fields[0])
            self._keys(*self._content(fields[0]))
            self._save()

    # -- questions and files

    def _answer(self, *, yes: bool | None = None) -> None:
        """A question, either way; what must be typed is typed first."""
        says_yes = self._random.random() < 0.7 if yes is None else yes
        refusing = [button for button in self._controls("button") if REFUSES.match(button[3])]
        others = [button for button in self._controls("button") if button not in refusing and button[4] != "tick"]
        if not says_yes or not others:
            if refusing and self._random.random() < 0.5:
                self._click(self._random.choice(refusing))
            else:
                self._keys("Escape", "Escape")
            return
        for field in self._controls("field"):
            if not field[4].startswith("read-only"):
                word = re.match(r"Type (.+) to confirm", field[3])
                self._click(field)
                self._keys(*(("ctrl+a", *keys_of(word[1])) if word else self._content(field)))
        if self._seen()["dialog"]:
            mains = [button for button in others if button[4] in ("primary", "danger")]
            self._click(self._random.choice(mains if mains and self._random.random() < 0.8 else others))

    def _give_a_file(self, name: str = "") -> None:
        """A folder or a name to write to, or a file that is there: that of a ``name``, else any that the dialog shows."""
        asked = self._seen()["file_dialog"]
        what, *names = asked
        self._written += 1
        if what == "folder":
            self._press(Press("the folder of what is written", path=str(self._files / "out")))
        elif what == "save":
            ending = Path(names[0]).suffix if names else ""
            self._press(Press("a name for the file", path=str(self._files / "out" / f"{self._written}{ending}")))
        else:
            patterns = (name,) if name else tuple(re.findall(r"\*(\.[\w.]+)", " ".join(names)))
            there = [file for file in sorted(self._files.rglob("*")) if file.is_file() and file.name.endswith(patterns)]
            self._press(
                Press("a file that is there", path=str(self._random.choice(there))) if there else Press("no file", keys=("Escape",))
            )
        if self._seen()["file_dialog"] == asked:
            self._press(Press("out of the file dialog", keys=("Escape",)))
