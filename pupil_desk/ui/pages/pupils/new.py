"""A new pupil: the required things first, then the stay. The rest is entered in the record, which opens next."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, check_enrolment
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.program import keys
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.keys import shortcut_within
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import STRETCH, button, column_in, column_of, growing, label, row_layout
from pupil_desk.ui.style import tokens

_FIRST = ("surname", "forename", "dob", "upn")


class NoPupilYet(EmptyState):
    """In place of the list while there is nobody in it: the two ways in which pupils come."""

    def __init__(self, context: Context, begin_new: Callable[[], object]) -> None:
        act = (_("Import"), lambda: context.go("import"))
        super().__init__("users", _("No pupils yet"), _("Import them from your school system, or add the first one by hand."), act)
        self.by_hand = button(_("New pupil"), begin_new)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addWidget(self.by_hand, 0, layout.alignment())


class NewPupil(QWidget):
    """Adds a pupil. ``pupil_added`` carries the pupil kept, ``known_pupil_chosen`` the one on file that it was, ``closed`` that nothing was added,
    ``wanted_back`` the entries of a form that was left and is wanted again.
    """

    edited = Signal()
    pupil_added = Signal(object)
    known_pupil_chosen = Signal(str)
    closed = Signal()
    wanted_back = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        today = context.desk.today
        self.pupil = Form(Pupil, today=today, only=_FIRST)
        self.stay = Form(Enrolment, today=today, only=("status", "start_date", "main_school"), check=check_enrolment)
        for form in (self.pupil, self.stay):
            form.edited.connect(self.edited)
        self._build()
        shortcut_within(self, keys.ESC.sequence, self.put_back)

    def _build(self) -> None:
        content = column_of(
            self.pupil,
            label(_("Stay at the unit"), "subhead"),
            self.stay,
            STRETCH,
            spacing=tokens.M,
            top=tokens.M,
            right=tokens.S,
            bottom=tokens.M,
        )
        self.add_button = button(_("&Add the pupil (Ctrl+S)"), self.save, "primary")
        self.cancel_button = button(_("Cancel (Esc)"), self.put_back)
        column_in(
            self,
            tokens.XS,
            label(_("New pupil"), "title"),
            label(_("Enter these first. The record opens next for everything else."), "muted"),
            growing(scrolled(content)),
            row_layout(self.add_button, self.cancel_button, STRETCH),
            left=tokens.S,
        )

    def begin(self) -> None:
        """An empty form: here from today, registered here alone."""
        self.pupil.show_record(None)
        self.stay.show_record(None, status="C", start_date=self.context.desk.today)
        self.pupil.focus()

    @property
    def dirty(self) -> bool:
        return self.pupil.dirty or self.stay.dirty

    def save(self) -> bool:
        """Keep the pupil with the stay; False when it could not be, or when it is somebody on file already."""
        stay, pupil = self.stay.submit(), self.pupil.submit()
        if pupil is None or stay is None or not self._is_new(pupil):
            return False
        new_pupil = self.context.attempt(lambda: pupils.add_pupil(self.context.desk, pupil, stay), on_refusal=self._show_problems)
        if new_pupil is None:
            return False
        self._clear()
        self.pupil_added.emit(new_pupil)
        return True

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        """Each beside its field: of the stay, or of the pupil."""
        self.stay.show_problems([problem for problem in problems if problem.column in self.stay.fields])
        self.pupil.show_problems([problem for problem in problems if problem.column not in self.stay.fields])

    def _is_new(self, pupil: Pupil) -> bool:
        matches = pupils.same_person(self.context.desk, pupil)
        if not matches:
            return True
        match_words = "\n".join(
            _("{ref}: {name}, born {day}").format(ref=match.ref, name=match.legal_name, day=show_date(match.dob)) for match in matches
        )
        offers = (
            Choice("open", _("Open the one on file"), "primary"),
            Choice("add", _("Add a second pupil")),
            Choice("back", _("Go back")),
        )
        text = _("A pupil of this name and date of birth is on file already:\n{who}").format(who=match_words)
        answer = self.context.ask.choose(_("Is it the same person?"), text, offers, safe="back")
        if answer == "open":
            self._clear()
            self.known_pupil_chosen.emit(matches[0].id)
        return answer == "add"

    def _clear(self) -> None:
        self.pupil.show_record(None)
        self.stay.show_record(None, status="C", start_date=self.context.desk.today)

    def put_back(self) -> None:
        """Leave without adding; until the next act it can be undone."""
        draft = self.draft() if self.dirty else None
        self.discard()
        if draft is not None:
            back = (_("&Bring my entries back"), lambda: self.wanted_back.emit(draft))
            self.context.banner.success(_("No pupil was added."), undo=back)

    def discard(self) -> None:
        """Leave without adding: the person has been asked."""
        self._clear()
        self.closed.emit()

    def draft(self) -> dict[str, Any]:
        """What is typed, for a draft."""
        return {"new": {"pupil": self.pupil.draft(), "stay": self.stay.draft()}}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        self.pupil.take_draft(draft["new"]["pupil"])
        self.stay.take_draft(draft["new"]["stay"])
