"""The accidents of a pupil: the list, the form of one with the RIDDOR questions that matter, what they come to, and its papers."""

import dataclasses
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.accidents.accident import GROUPS, QUESTIONS, Accident, questions_asked
from pupil_desk.domain.accidents.duties import duties_of
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.services.accidents import accident_papers, accidents_due, recording
from pupil_desk.services.accidents.recording import FROM_INCIDENT
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.talk.next_act import Act, NextAct
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.kit.words import allow, button, label, show_words
from pupil_desk.ui.pages.pupils.papers import show_made
from pupil_desk.ui.pages.pupils.record.household_paper import HouseholdPapers, HouseholdPaperWords
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart

_LETTER = HouseholdPaperWords(
    name=_("Accident book"), nobody_words=_("There is nobody to give a letter to"), choice_hint="", making=_("Making the paper")
)

_ENTERED = {
    "parent_told_on": _("Enter that a parent was told…"),
    "letter_on": _("Enter that it was given…"),
    "reported_on": _("Enter that it was reported…"),
}
"""The words of what enters a step, by the item in which it is entered; of any other it answers a question."""


class AccidentsPart(SeveralPart[Accident]):
    """The latest first, with the step that comes next. What RIDDOR asks is said above the form, by what is answered there, saved or not."""

    leads_on = True
    next_act: NextAct

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        form = Form(
            Accident, today=desk.today, check=partial(recording.problems, desk), readonly=not desk.may(Action.EDIT_RECORD), groups=GROUPS
        )
        super().__init__(context, may_leave, _MANNER, form, lambda accident: accident.id)
        self._entry_id: str | None = None
        self.decision = label("")
        self.column.insertWidget(self.column.indexOf(self.form), self.decision)
        self.next_act = NextAct()
        self.column.insertWidget(self.column.indexOf(self.title), self.next_act)
        self.page_button = button(_("&Page of the book"), self._print_page, icon_name="printer")
        self.letter_button = button(_("Head in&jury letter"), self._print_letter, icon_name="envelope-simple")
        buttons = [self.page_button, self.letter_button]
        for widget in buttons:
            self.acts.addWidget(widget)
        tab_after(self.add_button, [*buttons, *self.next_act.buttons])
        self._printed_id = ""  # of the accident whose letter is shown
        self.paper = HouseholdPapers(self, _LETTER, lambda desk, paper: accident_papers.log_head_letter(desk, self._printed_id, paper))
        for name in QUESTIONS:
            self.form.fields[name].edited.connect(lambda: once_calm(self, self._fit_questions))

    # what is shown

    def show_record(self, record: PupilRecord) -> None:
        self.paper.close()
        super().show_record(record)

    def _reveal(self) -> None:
        super()._reveal()
        row = self._current_row
        allow(self.page_button, row is not None, _("Choose an accident first"))
        is_of_head = row is not None and row.is_of_head
        allow(self.letter_button, is_of_head, _("Choose an accident in which the head was hurt first"))
        self._offer_next(None if self._adding else row)
        self._fit_questions()

    def _offer_next(self, row: Accident | None) -> None:
        """The first thing that is left to do about an accident, with the way to where it is entered; what follows is said beside it."""
        duties = list(duties_of(row, _dob(self))) if row is not None else []
        if row is None or not duties:
            self.next_act.offer("", ())
            return
        first, *later_steps = accidents_due.left_words(row, _dob(self))
        words = (
            _("{first}. Then: {others}.").format(first=first, others=join_words(later_steps))
            if later_steps
            else _("{first}.").format(first=first)
        )
        item = duties[0].item
        enter: Act = (_ENTERED.get(item, _("Answer the question…")), partial(self.form.focus, item))
        letter: list[Act] = [(_("Head injury letter…"), self._print_letter)] if item == "letter_on" else []
        self.next_act.offer(words, [*letter, enter] if self.context.desk.may(Action.EDIT_RECORD) else ())

    def _fit_questions(self) -> None:
        """Ask what matters after what is answered, and say what it comes to."""
        answered = self._answered()
        asked = questions_asked(answered)
        names = [accident_item.name for accident_item in items_of(Accident)]
        self.form.show_items([name for name in names if name not in QUESTIONS or name in asked])
        show_words(self.decision, "" if self.form.isHidden() else recording.riddor_words(answered))

    def _answered(self) -> Accident:
        """An accident with the answers, and the place, as they stand in the form."""
        answers = {name: self.form.fields[name].reading().value for name in (*QUESTIONS, "place")}
        return dataclasses.replace(_UNANSWERED, **{name: value for name, value in answers.items() if value is not None})

    # what is done

    def begin_from(self, entry_id: str) -> None:
        """A new one with what a pupil's entry of an incident says already."""
        taken_over = self.context.attempt(lambda: recording.begun_from(self.context.desk, entry_id))
        if taken_over is None or self.record is None or not self.may_leave():
            return
        self.begin_new()
        if self._adding:
            self._entry_id = entry_id
            self.form.show_record(None, pupil_id=self.record.pupil.id, **(_new_keys(self.record, self.context.desk) | taken_over))
            self.form.focus("place")
            self.edited.emit()

    def begin_new(self) -> None:
        self._entry_id = None
        super().begin_new()

    def _finished(self, record: Accident) -> Accident:
        return dataclasses.replace(record, entry_id=self._entry_id) if self._adding else record

    def draft(self) -> dict[str, Any]:
        return super().draft() | {"from": self._entry_id}

    def take_draft(self, draft: dict[str, Any]) -> None:
        if draft["from"] and not draft["id"]:
            self.begin_from(draft["from"])
            self.form.take_draft(draft["typed"])
        else:
            super().take_draft(draft)

    def focus_on(self, kind: str, row_id: str, item: str) -> None:
        if not row_id and item.startswith(FROM_INCIDENT):
            self.begin_from(item.removeprefix(FROM_INCIDENT))
        else:
            super().focus_on(kind, row_id, item)

    def _print_page(self) -> None:
        """Show the page of the accident book about the accident chosen."""
        row = self._current_row
        if row is not None and self.may_leave():
            show_made(
                self,
                self.context,
                lambda: accident_papers.page(self.context.desk, row.id),
                lambda title, data, guard: self.paper.show_pdf(title, data, lambda: None, guard=guard),
                _("Making the paper"),
                pupil_ids=[row.pupil_id],
                paper_name="accident book",
                base=accident_papers.BASE,
            )

    def _print_letter(self) -> None:
        row = self._current_row
        if row is not None and self.may_leave():
            self._printed_id = row.id
            self.paper.begin(row.pupil_id, lambda desk: [accident_papers.head_letter(desk, row.id)])


def _new_keys(_record: PupilRecord, desk: Desk) -> dict[str, Any]:
    return {"day": desk.today}


def _left_in_short(accident: Accident, dob: date | None) -> str:
    """The first thing to do, and how many more there are."""
    words = accidents_due.left_words(accident, dob)
    if len(words) < 2:
        return capital(words[0]) if words else ""
    return _("{first}, and {number} more").format(first=capital(words[0]), number=len(words) - 1)


def _dob(part: SeveralPart[Accident]) -> date | None:
    return part.record.pupil.dob if part.record is not None else None


def _columns(part: SeveralPart[Accident]) -> Sequence[Column[Accident]]:
    today = part.context.desk.today
    return (
        Column("day", _("Day"), lambda accident: short_date(accident.day), longest="30 Nov 2026"),
        Column("what", _("Injury"), recording.title_of, stretch=True, width=18),
        Column("place", _("Place"), accident_papers.place_words, width=18),
        Column(
            "left",
            _("Still to do"),
            lambda accident: _left_in_short(accident, _dob(part)),
            tone=lambda accident: "check" if any(duty.due < today for duty in duties_of(accident, _dob(part))) else "",
            width=22,
        ),
    )


_UNANSWERED = Accident(day=date.min, place="", account="", injury="", body_part="")
_MANNER = PartDefinition[Accident](
    name=_("Accidents"),
    add_words=_("&Add an accident"),
    new_title=_("New accident"),
    empty_words=_("No accident is on file"),
    sign="first-aid",
    columns=_columns,
    rows_of=lambda record, desk: recording.of_pupil(desk, record.pupil.id),
    title_of=recording.title_of,
    new_keys=_new_keys,
    add=recording.add,
    save=recording.save,
    switch=recording.SWITCH,
    spare={"place": 620, "left": 520},
)
