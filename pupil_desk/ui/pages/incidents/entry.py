"""An incident that is typed, new or amended: the account, the pupils in it, and each pupil's own part. What the law asks for is said, and stops nothing."""

import dataclasses
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.incidents.incident import SHARED, Incident, check_pupils, is_ordinary, is_reward, missing_of
from pupil_desk.services.incidents import looking, recording
from pupil_desk.services.incidents.looking import IncidentState
from pupil_desk.services.program import keys
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.keys import last_in, shortcut_within, tab_after
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.kit.words import STRETCH, button, column_in, column_of, flow_of, growing, label
from pupil_desk.ui.pages.incidents.forms import AccountForm
from pupil_desk.ui.pages.incidents.people import PupilsOfIncident
from pupil_desk.ui.style import tokens

_BETWEEN = "/"  # pupil and item, of what is wrong with an own part


class IncidentEntry(QWidget):
    """``saved`` carries the identity of the incident and the wordings kept, for who would undo them; ``closed`` comes on Esc."""

    saved = Signal(str, object)
    closed = Signal()
    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._state: IncidentState | None = None
        self._begun_at = ""
        self.title = label("", "title")
        self.account = AccountForm(context.desk)
        self.people = PupilsOfIncident(context)
        self.save_button = button(_("&Save (Ctrl+S)"), self.save, "primary", icon_name="floppy-disk")
        self.back_button = button(_("&Back (Esc)"), self.closed.emit)
        content = column_of(self.account, self.people, STRETCH, spacing=tokens.M, right=tokens.S)
        column_in(self, tokens.S, self.title, growing(scrolled(content)), flow_of(self.save_button, self.back_button))
        self.account.edited.connect(self._on_edited)
        self.account.elsewhere["part"] = self.find_pupil
        self.people.edited.connect(self._on_edited)
        self.people.own_edited.connect(lambda pupil_id, name: self.account.mended(f"{pupil_id}{_BETWEEN}{name}"))
        self.people.grew.connect(self._put_buttons_last)
        self.people.left.connect(self.closed)
        shortcut_within(self, keys.ESC.sequence, self.closed.emit)

    def _put_buttons_last(self, form: QWidget) -> None:
        """Tab comes to the own part before the buttons, as one reads: it was made after them."""
        if (last := last_in(form)) is not None:
            tab_after(last, [self.save_button, self.back_button])

    # what is shown

    def begin(self, pupil_id: str = "") -> None:
        """A new one, today and now; with a pupil in it where one is given."""
        desk = self.context.desk
        self._state = None
        self.title.setText(_("New incident"))
        self._begun_at = recording.now(desk)
        self.account.offer_places()
        self.account.show_record(None, day=desk.today, time=self._begun_at, part="")
        pupil = looking.people(desk, [pupil_id]).get(pupil_id) if pupil_id else None
        self.people.show_people([(pupil, None)] if pupil is not None else [])
        self._fit()
        self.account.focus("kind")

    def amend(self, state: IncidentState, *, ask_for_missing: bool = False) -> None:
        """One on file, to be said otherwise; ``ask_for_missing`` leads to what the law asks for and is missing."""
        self._state = state
        self.title.setText(_("Amend the incident"))
        self.account.offer_places()
        self.account.show_record(state.account)
        self.people.show_people([(state.pupils[entry.pupil_id], entry) for entry in self._on_file])
        self._fit()
        missing = [problem for entry, row in zip(self._on_file, self.people.rows, strict=True) for problem in self._missing(entry, row.id)]
        if missing and ask_for_missing:
            self._tell(missing)
            self.account.focus(missing[0].column)
        else:
            self.account.focus("account")

    @property
    def _on_file(self) -> list[Incident]:
        """The entries that count of the incident shown."""
        state = self._state
        return [case.now for case in state.counting if case.now.pupil_id in state.pupils] if state is not None else []

    def _missing(self, entry: Incident, pupil_id: str) -> list[Problem]:
        words = _("{what} is missing, and the law asks for it.")
        return [
            self._placed(Problem.warning(name, "missing_by_law", words.format(what=item_named(Incident, name).quoted_label)), pupil_id)
            for name in missing_of(entry)
        ]

    def find_pupil(self) -> None:
        """The cursor to where a pupil is found."""
        self.people.find_box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self) -> None:
        once_calm(self, self._fit)
        self.edited.emit()

    def _fit(self) -> None:
        """Ask for what there is to say of such an incident."""
        kind = self.account.fields["kind"].editor.typed_text()
        forms = list(self.people.forms.values())
        self._put_time(is_ordinary(kind))
        self.account.fit(
            is_short=is_ordinary(kind), restrictive=any(form.restrictive for form in forms), force=any(form.force for form in forms)
        )
        self.account.fields["points"].setVisible(is_reward(kind) or self.account.fields["points"].holds_something)
        self.people.be_short(is_ordinary(kind))

    def _put_time(self, is_short: bool) -> None:
        """A new one is of this moment until somebody types another; of a reward or ordinary behaviour no time is asked for, and so none is kept."""
        time, wanted = self.account.fields["time"], "" if is_short else self._begun_at
        if self._state is None and not time.dirty and time.editor.typed_text() != wanted:
            time.show_value(wanted or None)

    # what is typed

    @property
    def dirty(self) -> bool:
        """Whether something is typed and not saved."""
        return self.account.dirty or self.people.dirty

    def draft(self) -> dict[str, Any]:
        """For a draft: of which incident, and what is typed. Of a new one when it was too: it was offered, and would be another when it is back."""
        when = {} if self._state else {name: self.account.fields[name].editor.typed_text() for name in ("day", "time")}
        return {"incident": self._state.id if self._state else "", "account": when | self.account.draft(), "people": self.people.draft()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        self.account.take_draft(draft["account"])
        self.people.take_draft(draft["people"])
        self._fit()

    def _entries(self) -> list[Incident] | None:
        """An entry for each pupil; None once it is said what stops them."""
        forms = self.people.forms
        problems = list(self.account.problems())
        problems += [self._placed(problem, row.id) for row in self.people.rows for problem in forms[row.id].problems()]
        account = self.account.record()
        entries = []
        if account is not None and not any(problem.stops for problem in problems):
            for row in self.people.rows:
                own = forms[row.id].record()
                if own is not None:
                    entries.append(self._entry(account, own))
            problems += check_pupils(entries)
            for row, entry in zip(self.people.rows, entries, strict=False):
                problems += [self._placed(problem, row.id) for problem in recording.problems(self.context.desk, entry)]
        self._tell(problems)
        return None if account is None or any(problem.stops for problem in problems) else entries

    def _entry(self, account: Incident, own: Incident) -> Incident:
        """A pupil's entry: the account, the points where they were typed for all, and the pupil's own part."""
        shared = {name: getattr(account, name) for name in SHARED}
        if self.account.fields["points"].dirty:
            shared["points"] = account.points
        return dataclasses.replace(own, **shared)

    def _placed(self, problem: Problem, pupil_id: str) -> Problem:
        """What is wrong with an own part, named with the pupil; of the account it is the same for all."""
        if problem.column in self.account.fields:
            return problem
        column = f"{pupil_id}{_BETWEEN}{problem.column}"
        self.account.elsewhere[column] = partial(self.people.focus_own, pupil_id, problem.column)
        name = next((row.name for row in self.people.rows if row.id == pupil_id), "")
        return dataclasses.replace(problem, column=column, message=_("{pupil}: {what}").format(pupil=name, what=problem.message))

    def _tell(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong beside each field, and all of it at the foot."""
        self.account.show_problems(list(dict.fromkeys(problems)))
        for pupil_id, form in self.people.forms.items():
            for name, field in form.fields.items():
                field.tell(tuple(problem for problem in problems if problem.column == f"{pupil_id}{_BETWEEN}{name}"))

    def save(self) -> bool:
        """Keep it; what stops that is said at the fields."""
        entries = self._entries()
        if entries is None:
            return False
        desk = self.context.desk
        incident_id = self._state.id if self._state is not None else recording.new_incident_id()
        before = recording.wordings_now(desk, incident_id)
        changed = self.context.attempt(lambda: self._put_on_file(entries, incident_id), on_refusal=self._tell)
        if changed is None:
            return False
        kept = [wording for entry_id, wording in recording.wordings_now(desk, incident_id).items() if before.get(entry_id) != wording]
        self.forget()
        self.context.news.tell(changed)
        self.saved.emit(incident_id, kept)
        return True

    def _put_on_file(self, entries: Sequence[Incident], incident_id: str) -> Changed:
        if self._state is None:
            return recording.enter(self.context.desk, [dataclasses.replace(entry, incident_id=incident_id) for entry in entries])
        return recording.amend(self.context.desk, [dataclasses.replace(entry, incident_id=incident_id) for entry in entries])

    def forget(self) -> None:
        """Nothing typed, and nothing of an incident in memory."""
        self._state = None
        self.account.show_record(None, part="")
        self.people.show_people([])
