"""Assessments: what counts now, what stood before folded away, several results in one sitting, and the progress report.

Asking for a scale of the unit's own, in two short questions.

Beside them stand the reviews of the targets, and the comments for the progress report.
"""

import dataclasses
from collections.abc import Callable, Sequence

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.services.exams import results
from pupil_desk.services.exams.recording import paper_words, series_words
from pupil_desk.services.learning import assessments
from pupil_desk.services.learning.assessments import AssessmentEntry, AssessmentStanding
from pupil_desk.services.letters import progress_reports
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context, Place
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.heading import only_for
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.words import button, label, show_words
from pupil_desk.ui.pages.pupils.record.assessing.reviews import REPORT, CommentsList, ReviewsList
from pupil_desk.ui.pages.pupils.record.grouped import GroupPart
from pupil_desk.ui.pages.pupils.record.household_paper import HouseholdPapers
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart


def ask_scale(context: Context) -> None:
    """Its name, which is the component of the results it is for, then its values from low to high; Esc keeps what was."""
    scales = {fold(scale.name): scale for scale in assessments.scales(context.desk)}
    scale_words = "; ".join(_("{name}: {values}").format(name=scale.name, values=", ".join(scale.values)) for scale in scales.values())
    words = _("For baselines and the like. A result whose component has the scale’s name takes one of its values.")
    if scale_words:
        words = _("{words} There are: {scales}.").format(words=words, scales=scale_words)
    name = context.ask.text(_("A scale of our own"), words, _("Name of the scale"), verb=_("Go on"))
    if name is None:
        return
    old = scales.get(fold(name))
    values = context.ask.text(
        _("The values of {name}").format(name=name),
        _("From low to high, with commas between. Without any, the scale is in use no longer; what was recorded stays."),
        _("Values"),
        value=", ".join(old.values) if old else "",
        verb=_("Keep the scale"),
    )
    if values is None:
        return
    if context.attempt(lambda: assessments.set_scale(context.desk, name, values.split(","))) is not None:
        context.banner.success(_("The scale is kept."))


_SAME_SITTING = ("stage", "method", "component", "year", "date", "status", "qualifier", "published_on")
_ORDER = {"R": 0, "P": 1, "I": 2, "E": 3, "T": 4}


class AssessmentsPart(SeveralPart[Assessment]):
    """The entries that count, those before them on request, and the form of one. Changing one on file corrects it: both stay."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        self._entries: dict[str, AssessmentEntry] = {}
        self._matching = results.ExamMatching({}, {}, (), ())
        self._all = self._is_next = False
        form = Form(
            Assessment, today=desk.today, check=lambda entry: assessments.problems(desk, entry), readonly=not desk.may(Action.EDIT_RECORD)
        )
        manner = dataclasses.replace(_MANNER, rows_of=lambda _record, _desk: self._rows())
        super().__init__(context, may_leave, manner, form, lambda entry: entry.id)
        self.done_button = button(_("&Done adding"), self.put_back, icon_name="check")
        self.withdraw_button = button(_("&Withdraw…"), self.withdraw, icon_name="prohibit")
        self.earlier_box = TickBox("")
        self.earlier_box.clicked.connect(self._turn_earlier)
        self.report = HouseholdPapers(self, REPORT, lambda desk, paper: progress_reports.log_printed(desk, paper.letter.pupil.id))
        self.report_button = button(_("Progress &report"), self._begin_report, icon_name="printer")
        self.scale_button = button(_("Our own sca&les…"), self.set_scale, icon_name="list-numbers")
        self.entry_button = button(_("Show the exam entr&y"), self.go_to_entry, icon_name="arrow-right")
        self.entry_line = label("", "hint")
        self.column.insertWidget(self.column.indexOf(self.form), self.entry_line)
        self._place_buttons()

    def _place_buttons(self) -> None:
        buttons = [self.done_button, self.withdraw_button, self.earlier_box, self.entry_button, self.report_button, self.scale_button]
        for widget in buttons:
            self.acts.addWidget(widget)
        tab_after(self.add_button, buttons)
        self.done_button.hide()
        only_for(self.context.desk, Action.EDIT_SETTINGS, self.scale_button)

    def _begin_report(self) -> None:
        if self.record is not None and self.may_leave():
            pupil_id = self.record.pupil.id
            self.report.begin(pupil_id, lambda desk: progress_reports.reports(desk, pupil_id))

    # what is shown

    def show_record(self, record: PupilRecord) -> None:
        entries = assessments.history(self.context.desk, record.pupil.id)
        self._entries = {entry.record.id: entry for entry in entries}
        self._matching = results.matched(self.context.desk, record.pupil.id)
        self.report.close()
        super().show_record(record)

    def _rows(self) -> list[Assessment]:
        now = [entry.record for entry in self._entries.values() if entry.current]
        now.sort(key=lambda assessment: assessment.title)
        now.sort(key=lambda assessment: (assessment.stage, -_ORDER.get(assessment.status, 9)), reverse=True)
        before = [entry.record for entry in reversed(self._entries.values()) if not entry.current]
        self.earlier_box.say(_("S&how earlier entries ({number})").format(number=len(before)))
        self.earlier_box.setChecked(self._all)
        self.earlier_box.setVisible(bool(before))
        return now + before if self._all else now

    def _fit(self, count: int) -> None:
        """With room for the earlier ones too: to show them moves no button."""
        super()._fit(len(self._entries))

    def _turn_earlier(self, is_ticked: bool) -> None:
        if self.record is None or not self.may_leave():
            self.earlier_box.setChecked(self._all)
        else:
            self._all = is_ticked
            shown_id = self._shown_id()
            super().show_record(self.record)
            self.table.select(shown_id)

    def _show(self, row: Assessment | None) -> None:
        super()._show(row)
        stands = row is None or self.standing_of(row) in (AssessmentStanding.CURRENT, AssessmentStanding.EARLIER)
        may = self.context.desk.may(Action.EDIT_RECORD)
        self.form.set_readonly(not (may and stands))
        self.withdraw_button.setEnabled(row is not None and may and stands)
        entries = self._matching.entries_of.get(row.id, ()) if row is not None else ()
        self.entry_button.setVisible(bool(entries))
        papers = [f"{paper_words(entry)} ({series_words(entry.series, entry.year)})" for entry in entries]
        show_words(self.entry_line, _("Entered under Exams: {papers}.").format(papers=join_words(papers)) if papers else "")

    def go_to_entry(self) -> None:
        """Go to the exams, to the entry of which the result chosen is."""
        row = self._current_row
        entries = self._matching.entries_of.get(row.id, ()) if row is not None else ()
        if entries and self.may_leave():
            self.context.go("pupils", str(Place(entries[0].pupil_id, "exams", "exam_entry", entries[0].id)))

    def _reveal(self) -> None:
        super()._reveal()
        self.done_button.setVisible(self._adding)
        if self._adding:
            self.form.set_readonly(False)
            self.withdraw_button.setEnabled(False)

    def standing_of(self, row: Assessment) -> AssessmentStanding:
        """How an entry stands."""
        return self._entries[row.id].standing

    # what is done

    def save(self) -> bool:
        """Keep what is typed; after a new one, the form is ready for the next of the same sitting."""
        adding = self._adding
        if not super().save():
            return False
        if adding and self._current_row is not None and not self.form.problems():
            self._begin_next(self._current_row)
        return True

    @property
    def goes_on(self) -> bool:
        return self._adding and self._is_next

    def begin_new(self) -> None:
        self._is_next = False
        super().begin_new()

    def begin_from(self, entry_id: str) -> None:
        """The result of an exam entry, with what the entry says already."""
        taken_over = self.context.attempt(lambda: results.begun_from(self.context.desk, entry_id))
        if not taken_over or self.record is None or not self.may_leave():
            return
        self.begin_new()
        if self._adding:
            self.form.show_record(None, pupil_id=self.record.pupil.id, **taken_over)
            self.form.focus("result")
            self.edited.emit()

    def focus_on(self, kind: str, row_id: str, item: str) -> None:
        if not row_id and item.startswith(results.FROM_EXAM):
            self.begin_from(item.removeprefix(results.FROM_EXAM))
            return
        earlier = self._entries.get(row_id)
        if earlier is not None and not earlier.current and not self._all and self.record is not None:
            self._all = True
            super().show_record(self.record)
        super().focus_on(kind, row_id, item)

    def _begin_next(self, last: Assessment) -> None:
        self._is_next = True
        sitting = {name: getattr(last, name) for name in _SAME_SITTING}
        self._adding, self._current_row = True, None
        self.form.show_record(None, pupil_id=last.pupil_id, **sitting)
        self.title.setText(_("Next entry, of the same sitting"))
        self._reveal()
        self.form.focus("subject")
        self.edited.emit()

    def withdraw(self) -> None:
        """Say that the entry chosen should never have been made, once the reason is given."""
        entry = self._current_row
        if entry is None or not self.may_leave():
            return
        assert self.record is not None
        words = _("{pupil}. {what}: {result}. It stays among the earlier entries, with who withdrew it and why, and counts no more.")
        words = words.format(pupil=self.record.pupil.full_name, what=entry.title, result=entry.result)
        reason = self.context.ask.text(_("Withdraw this entry?"), words, _("Why it is withdrawn"), verb=_("Withdraw it"), stay=_("Keep it"))
        if reason is not None:
            self.keep(self.form, lambda: assessments.withdraw(self.context.desk, entry.id, reason))

    def set_scale(self) -> None:
        """A scale of the unit's own: its name, then its values."""
        ask_scale(self.context)


def _columns(part: SeveralPart[Assessment]) -> Sequence[Column[Assessment]]:
    assert isinstance(part, AssessmentsPart)
    return (
        Column("what", _("Subject"), lambda assessment: assessment.title, stretch=True),
        Column("result", _("Result"), lambda assessment: assessment.result),
        Column("status", _("Kind"), lambda assessment: _kind(part, assessment)),
        Column("when", _("When"), lambda assessment: short_date(assessment.date) if assessment.date else str(assessment.year or "")),
        Column("stage", _("Stage"), lambda assessment: codelist("assessment_stage").label_of(assessment.stage)),
    )


def _kind(part: AssessmentsPart, assessment: Assessment) -> str:
    words = codelist("assessment_status").label_of(assessment.status)
    standing = part.standing_of(assessment)
    if standing is not AssessmentStanding.CURRENT:
        return _("{kind} – {standing}").format(kind=words, standing=standing.value.lower())
    return _("{kind} – not told yet").format(kind=words) if assessment.embargoed(part.context.desk.today) else words


_MANNER = PartDefinition[Assessment](
    name=_("Assessments and results"),
    add_words=_("&Add results"),
    new_title=_("New entry"),
    empty_words=_("No assessment is on file"),
    sign="exam",
    columns=_columns,
    rows_of=lambda _record, _desk: [],
    title_of=lambda assessment: assessment.title,
    stands_on_first=False,
    new_keys=lambda record, desk: {"status": "R", "date": desk.today},
    add=assessments.add,
    save=assessments.correct,
    spare={"when": 560, "stage": 720},
)


class AssessingPart(GroupPart):
    """What was reached, how it is going, and what the teachers say of it."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__(context, may_leave, _("Assessments"))
        self.results = AssessmentsPart(context, may_leave)
        self.reviews = ReviewsList(context, may_leave)
        self.comments = CommentsList(context, may_leave)
        self.take_lists(((_("Resul&ts"), self.results), (_("Re&views of targets"), self.reviews), (_("Comm&ents"), self.comments)))

    def read(self, record: PupilRecord) -> None:
        """Each list asks for itself, once it is turned to."""
