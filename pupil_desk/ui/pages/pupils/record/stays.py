"""The stays: one pupil, many episodes; adding one, and closing one on the day the pupil leaves.

Part-time patterns and days at the other school: agreed for a time, and expected by the register.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import read_date, short_date, why_no_day
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, check_enrolment
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.leaving import check_leaving
from pupil_desk.domain.register.attendance import PATTERN_ITEMS, Timetable, check_timetable
from pupil_desk.services import register
from pupil_desk.services.pupils import leaver_pack, pupils, stays
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.datebox import as_typed
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.talk.next_act import Act, NextAct
from pupil_desk.ui.kit.words import button
from pupil_desk.ui.pages.pupils.record.leaving import LeaverPack
from pupil_desk.ui.pages.pupils.record.next_return import CTF, next_return
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart


class StaysPart(SeveralPart[Enrolment]):
    """The list of stays and the form of one."""

    next_act: NextAct
    leads_on = True  # to what a leaving day calls for

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        may_edit = context.desk.may(Action.EDIT_RECORD)
        form = Form(Enrolment, today=context.desk.today, check=self._check, readonly=not may_edit, wide=("status",))
        super().__init__(context, may_leave, _MANNER, form, lambda stay: stay.id)
        self.close_button = button(_("The pupil &leaves today"), self.close_stay, icon_name="sign-out")
        self.acts.addWidget(self.close_button)
        self.return_button = button(_("&Return to the main school…"), self.return_to_school, icon_name="arrow-u-up-left")
        self.acts.addWidget(self.return_button)
        self.pack_button = button(_("Leaver pac&k…"), self.begin_pack, icon_name="package")
        self.acts.addWidget(self.pack_button)
        self.leaving = LeaverPack(context)
        self.leaving.closed.connect(self.end_pack)
        self.leaving.pack_made.connect(self.record_saved)
        self.next_act = NextAct()
        self.column.insertWidget(self.column.indexOf(self.title), self.next_act)
        layout = self.layout()
        assert layout is not None
        self.leaving.setMinimumHeight(self.list_area.minimumHeight())
        layout.addWidget(self.leaving)
        self.leaving.hide()
        tab_after(self.add_button, [self.close_button, self.return_button, self.pack_button, *self.next_act.buttons])

    def show_record(self, record: PupilRecord) -> None:
        is_same_pupil = self.record is not None and self.record.pupil.id == record.pupil.id
        if not is_same_pupil and not self.leaving.isHidden():
            self.leaving.close_it()
        super().show_record(record)
        if not self.leaving.isHidden():
            self.leaving.look_again()

    def begin_pack(self) -> None:
        """The leaver pack of the stay shown, in the place of the list."""
        stay = self.table.current()
        if self.record is None or stay is None or not self.may_leave():
            return
        self.list_area.hide()
        self.leaving.show()
        self.leaving.begin(self.record, stay)

    def end_pack(self) -> None:
        """Back to the list."""
        self.leaving.hide()
        self.list_area.show()
        self.focus_first()

    def _check(self, stay: Enrolment) -> tuple[Problem, ...]:
        """The rules across a stay, those among them that turn on the pupil's age."""
        return check_enrolment(stay) + (check_leaving(stay, self.record.pupil.dob) if self.record else ())

    def _show(self, row: Enrolment | None) -> None:
        super()._show(row)
        can = row is not None and row.end_date is None and self.context.desk.may(Action.EDIT_RECORD)
        self.close_button.setEnabled(can)
        self.close_button.setToolTip("" if can else _("Choose a stay that has no leaving day."))
        can_return = can and stays.can_return(row)
        self.return_button.setEnabled(can_return)
        self.return_button.setToolTip("" if can_return else _("Choose a stay with a main school and no leaving day."))
        can_pack = leaver_pack.can_make(self.context.desk, row)
        self.pack_button.setEnabled(can_pack)
        self._offer_next(row, can_pack=can_pack)
        self.pack_button.setToolTip(self._why_no_pack() if not can_pack else _("Transfer file, letter, summary and receipt in one action"))

    def _offer_next(self, stay: Enrolment | None, *, can_pack: bool) -> None:
        """The return that is due of this stay; a leaver's file goes with the pack."""
        due = next_return(self.context, stay.id) if stay is not None else None
        if due is None:
            self.next_act.offer("", ())
            return
        name, words, to_export = due
        to_pack = (_("Make the leaver pack…"), self.begin_pack)
        acts: list[Act] = [to_export] if not can_pack else [to_pack, to_export] if name == CTF else [to_export, to_pack]
        self.next_act.offer(words, acts)

    def _why_no_pack(self) -> str:
        return _("Choose a stay with a leaving day, and save it first.") if self.context.desk.may(Action.EXPORT) else only(Action.EXPORT)

    def close_stay(self) -> None:
        """Today as the leaving day of the stay shown, to correct and to save."""
        today = self.context.desk.today
        self.form.take_draft({"end_date": f"{today.day} {today.month} {today.year}"})
        self.form.focus("end_date")

    def return_to_school(self) -> None:
        """End the stay shown, the pupil going back to the main school, once the last day here is given."""
        stay, desk = self.table.current(), self.context.desk
        if stay is None or not self.may_leave():
            return
        assert self.record is not None
        text = _(
            "The stay of {pupil} ends, with {school} as the next school. For a dual registration the ground is (c), the other school agreeing."
        )
        day = self.context.ask.text(
            _("Return to the main school?"),
            text.format(pupil=self.record.pupil.full_name, school=stay.main_school),
            _("Last day here"),
            value=short_date(desk.today),
            verb=_("Return"),
            check=lambda text: _not_a_day(as_typed(text, desk.today)),
        )
        if day is not None:
            last = read_date(as_typed(day, desk.today))
            self.keep(self.form, lambda: stays.return_to_school(desk, stay.pupil_id, stay.id, last))


def _not_a_day(text: str) -> str:
    """What is wrong with a day as typed; an empty text if nothing."""
    try:
        read_date(text)
    except ValueError:
        return why_no_day(text, _("Write a day like 27/3/2027 or 27 Mar 2027."))
    return ""


def _status(stay: Enrolment) -> str:
    return codelist("enrolment_status").label_of(stay.status)


def _columns(part: SeveralPart[Enrolment]) -> Sequence[Column[Enrolment]]:
    return (
        Column("start", _("From"), lambda stay: short_date(stay.start_date) if stay.start_date else _("Not known"), longest="24 Nov 2026"),
        Column("end", _("To"), lambda stay: short_date(stay.end_date) if stay.end_date else _("Open"), longest="24 Nov 2026"),
        Column("status", _("Status"), _status, stretch=True, shorter=lambda stay: (_status(stay).partition(" (")[0],)),
        Column("main_school", _("Main school"), lambda stay: stay.main_school or ""),
    )


def _rows(record: PupilRecord) -> list[Enrolment]:
    return sorted(record.stays, key=lambda stay: (stay.start_date is not None, stay.start_date), reverse=True)


def _title(stay: Enrolment) -> str:
    return _("Stay from {day}").format(day=short_date(stay.start_date)) if stay.start_date else _("Stay")


_MANNER = PartDefinition(
    name=_("Stays at the unit"),
    add_words=_("Add a sta&y"),
    new_title=_("New stay"),
    empty_words=_("No stay is on file"),
    sign="calendar-blank",
    columns=_columns,
    rows_of=lambda record, _desk: _rows(record),
    title_of=_title,
    new_keys=lambda record, desk: {"status": "C", "start_date": desk.today},
    add=pupils.add_stay,
    save=pupils.save_stay,
    spare={"main_school": 560},
)


_USUAL = timedelta(weeks=6)  # the time proposed for a new one, to be corrected: it always has an end


class TimetablesPart(SeveralPart[Timetable]):
    """What is agreed of the pupil's weeks, the latest first."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        form = Form(Timetable, today=desk.today, check=check_timetable, readonly=not desk.may(Action.EDIT_RECORD))
        super().__init__(context, may_leave, _PATTERN_MANNER, form, lambda timetable: timetable.id)


def _pattern_columns(part: SeveralPart[Timetable]) -> Sequence[Column[Timetable]]:
    return (
        Column("since", _("From"), lambda timetable: short_date(timetable.since)),
        Column("until", _("Until"), lambda timetable: short_date(timetable.until)),
        Column("sessions", _("Sessions not here"), _sessions, stretch=True),
        Column(
            "review", _("Review"), lambda timetable: short_date(timetable.review_on) if timetable.review_on else "", longest="24 Nov 2026"
        ),
    )


def _sessions(timetable: Timetable) -> str:
    """«Mon PM C2, Fri AM C2»."""
    pattern = [(name, getattr(timetable, name)) for name in PATTERN_ITEMS]
    return ", ".join(f"{name[:3].capitalize()} {name[-2:].upper()} {code}" for name, code in pattern if code)


_PATTERN_MANNER = PartDefinition[Timetable](
    name=_("Timetables agreed for a time"),
    add_words=_("Add a timetabl&e"),
    new_title=_("New timetable"),
    empty_words=_("The pupil is expected in every session"),
    sign="clock",
    columns=_pattern_columns,
    rows_of=lambda record, desk: register.timetables_of(desk, record.pupil.id)[::-1],
    title_of=lambda timetable: _("Timetable from {day}").format(day=short_date(timetable.since)),
    new_keys=lambda record, desk: {"since": desk.today, "until": desk.today + _USUAL},
    add=register.add_timetable,
    save=register.save_timetable,
    spare={"review": 560},
)
