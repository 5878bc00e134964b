"""An act is pressed on until the log shows it done, answered no before it is answered yes, and told where it never comes to an end."""

import random
from collections import Counter
from pathlib import Path
from typing import Any

from pupil_desk.services.roles import Action
from tests.monkey.chance import Press
from tests.monkey.deeds import DEEDS, Deed, Deeds, Done
from tests.monkey.run import Report
from tests.monkey.summing import lacking, never_done, sum_of, told_of

_EXPORT, _ERASURE = (next(deed for deed in DEEDS if deed.name == name) for name in ("an export", "an erasure"))
_PAGES = {"exports": "Exports", "data-protection": "Data protection"}


class _Program:
    """A page with a button that begins the act; it is done once what it needs is there, and each question was answered with yes."""

    def __init__(self, deed: Deed, *, in_view: tuple[str, ...] = (), needs: tuple[str, ...] = (), asks: bool = False) -> None:
        self._deed, self._in_view, self._needs, self._asks = deed, in_view, needs, asks
        self.acts: Counter[str] = Counter()
        self.file_dialog: list[str] = []
        self.given: set[str] = set()
        self.asked, self.works, self.words = False, True, ""
        self.presses: list[str] = []

    def seen(self) -> dict[str, Any]:
        page = next(name for name, title in _PAGES.items() if title == self._deed.page)
        rail = [10, 10, "page", self._deed.page, ""]
        controls = [rail, [10, 20, "row", "A line", self._deed.rows], [10, 30, "button", f"{self._deed.begins}…", "primary"]]
        if self.asked:
            controls = [[20, 20, "button", "Erase", "danger"], [20, 30, "button", "Cancel", ""]]
        for place, name in enumerate(self._in_view if not self.asked else ()):
            kind = {"Why it is made (required)": "line", "Where to": "choice"}.get(name)
            filled = ", filled" if name in self.given else ""
            controls.append([30, 20 * place, "field" if kind else "button", name, f"{kind}{filled}" if kind else ""])
        dialog = "Erase? | For ever and ever" if self.asked else "folder" if self.file_dialog else ""
        return {"page": page, "dialog": dialog, "file_dialog": self.file_dialog, "pages": _PAGES, "controls": controls}

    def press(self, press: Press) -> None:
        self.presses.append(press.words)
        if press.path:
            self.file_dialog, self.given = [], self.given | {"Where to"}
        elif "Another folder" in press.words:
            self.file_dialog = ["folder"]
        elif "Why it is made" in press.words:
            self.given.add("Why it is made (required)")
        elif self.asked:
            self.asked = False
            self._do(may="«Erase»" in press.words)
        elif self._asks and self._deed.begins in press.words:
            self.asked = True
        elif any(name in press.words for name in self._deed.goes_on):
            self._do(may=self.given >= set(self._needs))

    def _do(self, *, may: bool) -> None:
        self.acts[self._deed.actions[0].value] += may and self.works


def _carried_through(deed: Deed, program: _Program, folder: Path) -> Done:
    done = Done()
    deeds = Deeds(random.Random(3), program.press, program.seen, folder, 6, acts=program.acts, look=lambda: None, done=done)
    deeds.do(deed)
    return done


_WANTED = ("Why it is made (required)", "Where to")


def test_an_export_is_made_once_its_reason_and_its_folder_are_given(tmp_path: Path) -> None:
    program = _Program(_EXPORT, in_view=(*_WANTED, "Another folder…", "Make the export"), needs=_WANTED)
    done = _carried_through(_EXPORT, program, tmp_path)
    assert (done.completed, done.not_completed) == ({"an export": 1}, {})
    assert program.acts == {Action.EXPORT.value: 1}
    assert "an export" not in done.never


def test_what_never_comes_to_an_end_is_told_after_so_many_presses(tmp_path: Path) -> None:
    program = _Program(_EXPORT, in_view=(*_WANTED, "Another folder…", "Make the export"), needs=_WANTED)
    program.works = False
    done = _carried_through(_EXPORT, program, tmp_path)
    assert (done.completed, done.not_completed) == ({}, {"an export": 1})
    assert len(program.presses) < 60
    assert "an export" in done.never


def test_an_erasure_is_answered_with_no_and_then_with_yes(tmp_path: Path) -> None:
    program = _Program(_ERASURE, asks=True)
    done = _carried_through(_ERASURE, program, tmp_path)
    assert (done.refused, done.completed, done.in_spite) == ({"an erasure": 1}, {"an erasure": 1}, [])
    assert program.acts == {Action.ERASE.value: 1}


def test_what_is_done_in_spite_of_a_no_is_a_fault(tmp_path: Path) -> None:
    program = _Program(_ERASURE, asks=True)
    program._do = lambda *, may: program.acts.update([Action.ERASE.value])  # type: ignore[method-assign]
    report = Report(deeds=_carried_through(_ERASURE, program, tmp_path))
    assert report.faults == ["an erasure was done though it was refused"]


def test_who_keeps_to_one_page_goes_there_and_acts_there_alone(tmp_path: Path) -> None:
    program = _Program(_ERASURE)
    deeds = Deeds(
        random.Random(3),
        program.press,
        program.seen,
        tmp_path,
        6,
        acts=program.acts,
        look=lambda: None,
        done=Done(),
        page="Data protection",
    )
    deeds.run()
    assert program.presses[0] == "click on page «Data protection»"
    assert {words for words in program.presses if "page" in words} == {"click on page «Data protection»"}


def test_several_runs_are_one_sum_that_says_what_was_never_reached() -> None:
    first = Report(
        presses=3_000, pages={"home"}, all_pages={"home", "exports"}, bugs=["one"], deeds=Done(completed=Counter({"an export": 1}))
    )
    second = Report(presses=2_000, pages={"home"}, all_pages={"home"}, bugs=["two"], deeds=Done(completed=Counter({"an export": 2})))
    first.acts.update([Action.EXPORT.value])
    total = sum_of([first, second])
    assert (total.presses, total.bugs, total.deeds.completed) == (5_000, ["one", "two"], {"an export": 3})
    assert lacking(total) == ["exports"]
    assert Action.EXPORT.value not in never_done(total)
    assert {Action.RESTORE.value, Action.SUSPEND.value} <= set(never_done(total))
    told = "\n".join(told_of(total, "seeds", 1))
    assert "Pages never reached: exports." in told
    assert "an export 3" in told


def test_nothing_that_was_never_offered_counts_as_reached() -> None:
    assert lacking(Report()) == ["every page"]
