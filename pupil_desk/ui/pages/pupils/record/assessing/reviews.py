"""Reviews of targets, and comments for the progress report: one in a form, corrected by a further wording, or struck out."""

import dataclasses
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.learning.review import COMMENT_FORM, REVIEW_FORM, RecordedWording, ReportComment, TargetReview, WordingHistory
from pupil_desk.services.desk import Desk
from pupil_desk.services.learning import reviews
from pupil_desk.services.letters import progress_reports
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.words import button, label
from pupil_desk.ui.pages.pupils.record.household_paper import HouseholdPapers, HouseholdPaperWords
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart


class WordingList[R: TargetReview | ReportComment](SeveralPart[R]):
    """What was said, each with who recorded it. What a new one is about is chosen above its form, and then stays."""

    def __init__(
        self, context: Context, may_leave: Callable[[], bool], manner: PartDefinition[R], form: Form[R], subject_label: str
    ) -> None:
        self.entries: dict[str, WordingHistory[R]] = {}
        manner = dataclasses.replace(manner, rows_of=lambda record, _desk: self._rows(record), add=reviews.add, save=reviews.correct)
        super().__init__(context, may_leave, manner, form, lambda row: row.entry_id)
        self.subject_box, self.which_label = ChoiceBox(name=subject_label), label(subject_label, "label")
        self.which_label.setBuddy(self.subject_box)
        self.state, self.before = label("", "muted"), label("", "muted")
        place = self.column.indexOf(self.form)
        for widget in (self.before, self.state, self.subject_box, self.which_label):
            self.column.insertWidget(place, widget)
        self.strike_button = button(_("Stri&ke out…"), self.strike, icon_name="prohibit")
        self.earlier_box = TickBox(_("What it said &before"))
        self.earlier_box.toggled.connect(self.before.setVisible)
        self.further_buttons = [self.strike_button, self.earlier_box]
        for further in self.further_buttons:
            self.acts.addWidget(further)
        tab_after(self.add_button, self.further_buttons)

    # what each of the two lists says for itself

    def read(self, pupil_id: str) -> Sequence[WordingHistory[R]]:
        """What is on file."""
        raise NotImplementedError

    def choices(self, pupil_id: str) -> Sequence[tuple[str, str]]:
        """What a new one may be about: key and words."""
        raise NotImplementedError

    def why_none(self) -> str:
        """Why none can be added, where there is nothing for it to be about."""
        raise NotImplementedError

    def wording_line(self, row: R) -> str:
        """One wording in a line."""
        raise NotImplementedError

    # what is shown

    def show_record(self, record: PupilRecord) -> None:
        self.subject_box.offer(self.choices(record.pupil.id))
        super().show_record(record)
        may = self.context.desk.may(Action.EDIT_RECORD)
        self.add_button.setEnabled(may and self.subject_box.count() > 0)
        self.add_button.setToolTip(only(Action.EDIT_RECORD) if not may else "" if self.subject_box.count() else self.why_none())
        if self.table.empty is not None:
            self.table.empty.say(self.manner.empty_words, self.how_to_begin() if self.subject_box.count() else self.why_none())

    def _rows(self, record: PupilRecord) -> list[R]:
        self.entries = {entry.now.entry_id: entry for entry in self.read(record.pupil.id)}
        return [entry.now for entry in self.entries.values()]

    def _reveal(self) -> None:
        super()._reveal()
        entry = None if self._adding or self._current_row is None else self.entries.get(self._current_row.entry_id)
        open_ = entry is not None and entry.now.struck is None and self.context.desk.may(Action.EDIT_RECORD)
        self.form.set_readonly(not (open_ or self._adding))
        for widget in (self.subject_box, self.which_label):
            widget.setVisible(self._adding)
        self.state.setVisible(entry is not None)
        self.strike_button.setVisible(entry is not None)
        self.strike_button.setEnabled(open_)
        self.earlier_box.setVisible(entry is not None and len(entry.wordings) > 1)
        self.earlier_box.setChecked(False)
        self.before.hide()
        if entry is not None:
            self.state.setText(_state_of(entry))
            self.before.setText(
                "\n".join(f"{_author_words(wording)}: {self.wording_line(wording.record)}" for wording in reversed(entry.wordings[:-1]))
            )

    # what is done

    def strike(self) -> None:
        """Say that the one chosen was entered by mistake, once the reason is given."""
        row = self._current_row
        if row is None or (self.dirty and not self.may_leave()):
            return
        assert self.record is not None
        words = _("{pupil}. {what}. It stays on file with the reason, and stands in no report from now on.")
        words = words.format(pupil=self.record.pupil.full_name, what=self.manner.title_of(row))
        reason = self.context.ask.text(_("Strike this out?"), words, _("Why it is struck out"), verb=_("Strike it out"), stay=_("Keep it"))
        if reason is not None:
            self.keep(self.form, lambda: reviews.strike(self.context.desk, row, reason))

    def draft(self) -> dict[str, Any]:
        return super().draft() | {"about": self.subject_box.key()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        super().take_draft(draft)
        if self._adding:
            self.subject_box.set_key(draft["about"])


class ReviewsList(WordingList[TargetReview]):
    """The reviews, the latest at the top."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        self.targets: dict[str, Assessment] = {}
        form = Form(TargetReview, today=context.desk.today, only=REVIEW_FORM)
        super().__init__(context, may_leave, _REVIEWS, form, _("Which target"))

    def read(self, pupil_id: str) -> Sequence[WordingHistory[TargetReview]]:
        return reviews.reviews(self.context.desk, pupil_id)

    def choices(self, pupil_id: str) -> Sequence[tuple[str, str]]:
        self.targets = reviews.targets(self.context.desk, pupil_id)
        now = {target.id: self.target_words(target.id) for target in self.targets.values()}
        return sorted(now.items(), key=lambda pair: pair[1])

    def target_words(self, target_id: str) -> str:
        """A target in words, as it counts now."""
        target = self.targets.get(target_id)
        if target is None:
            return _("A target that was withdrawn")
        return _("{what}: {result}").format(what=target.title, result=target.result)

    def why_none(self) -> str:
        return _("No target is on file. Add one among the results: its kind of entry is “Target”.")

    def wording_line(self, row: TargetReview) -> str:
        words = _("{day}, {standing}, {who}").format(
            day=short_date(row.day), standing=codelist("target_standing").label_of(row.standing), who=row.reviewer
        )
        return f"{words}. {row.comment}" if row.comment else words

    def _finished(self, record: TargetReview) -> TargetReview:
        return dataclasses.replace(record, assessment_id=self.subject_box.key()) if self._adding else record


class CommentsList(WordingList[ReportComment]):
    """The comments, the latest term at the top, and the report that they stand in."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        self.terms: dict[date, str] = {}
        form = Form(ReportComment, today=context.desk.today, only=COMMENT_FORM)
        super().__init__(context, may_leave, _COMMENTS, form, _("For which term"))
        self.report = HouseholdPapers(self, REPORT, lambda desk, paper: progress_reports.log_printed(desk, paper.letter.pupil.id))
        self.report_button = button(_("Progress &report"), self._begin_report, icon_name="printer")
        self.acts.addWidget(self.report_button)
        tab_after(self.earlier_box, [self.report_button])

    def read(self, pupil_id: str) -> Sequence[WordingHistory[ReportComment]]:
        return reviews.comments(self.context.desk, pupil_id)

    def choices(self, pupil_id: str) -> Sequence[tuple[str, str]]:
        self.terms = {term.since: term.name for term in progress_reports.school_terms(self.context.desk)}
        return [(since.isoformat(), name) for since, name in self.terms.items()]

    def term_words(self, day: date) -> str:
        """A term by its name; one that the calendar has no more, by its first day."""
        return self.terms.get(day) or _("from {day}").format(day=short_date(day))

    def why_none(self) -> str:
        return _("No term has begun. Enter the terms in Settings first.")

    def wording_line(self, row: ReportComment) -> str:
        words = _("{what}, {who}").format(what=row.title, who=row.teacher)
        return f"{words}. {row.text}"

    def show_record(self, record: PupilRecord) -> None:
        self.report.close()
        super().show_record(record)

    def _begin_report(self) -> None:
        if self.record is not None and self.may_leave():
            pupil_id = self.record.pupil.id
            self.report.begin(pupil_id, lambda desk: progress_reports.reports(desk, pupil_id))

    def _finished(self, record: ReportComment) -> ReportComment:
        return dataclasses.replace(record, term=date.fromisoformat(self.subject_box.key())) if self._adding else record


REPORT = HouseholdPaperWords(
    name=_("The progress report"),
    nobody_words=_("There is nobody to send a report to"),
    choice_hint=_("Each household has its own report, addressed to it."),
    making=_("Making the report"),
)


def _author_words(wording: RecordedWording[Any]) -> str:
    moment = local_time(wording.at)
    return _("{who}, {day}, {time}").format(
        who=wording.by or _("Someone who has left"), day=short_date(moment.date()), time=moment.strftime("%H:%M")
    )


def _state_of(entry: WordingHistory[Any]) -> str:
    words = [_("Entered by {who}.").format(who=_author_words(entry.wordings[0]))]
    if entry.now.struck is not None:
        words.append(_("Struck out by {who}: {why}").format(who=_author_words(entry.wordings[-1]), why=entry.now.struck))
    elif len(entry.wordings) > 1:
        words.append(_("Last changed by {who}.").format(who=_author_words(entry.wordings[-1])))
    return " ".join(words)


def _sign(row: TargetReview | ReportComment) -> str:
    return "prohibit" if row.struck is not None else ""


def _review_columns(part: SeveralPart[TargetReview]) -> Sequence[Column[TargetReview]]:
    assert isinstance(part, ReviewsList)
    return (
        Column("day", _("Day"), lambda row: short_date(row.day)),
        Column("target", _("Target"), lambda row: part.target_words(row.assessment_id), stretch=True, icon=_sign),
        Column("standing", _("How it is going"), lambda row: _struck(row, codelist("target_standing").label_of(row.standing)), width=20),
        Column("reviewer", _("Reviewed by"), lambda row: row.reviewer, width=16),
    )


def _comment_columns(part: SeveralPart[ReportComment]) -> Sequence[Column[ReportComment]]:
    assert isinstance(part, CommentsList)
    return (
        Column("term", _("Term"), lambda row: part.term_words(row.term), width=16),
        Column("subject", _("Subject"), lambda row: row.title, width=18),
        Column("text", _("Comment"), lambda row: _struck(row, " ".join(row.text.split())), stretch=True, icon=_sign),
        Column("teacher", _("By"), lambda row: row.teacher, width=16),
    )


def _struck(row: TargetReview | ReportComment, words: str) -> str:
    return _("Struck out: {words}").format(words=words) if row.struck is not None else words


def _by_me(_record: PupilRecord, desk: Desk) -> dict[str, Any]:
    return {"teacher": desk.user.name, "term": desk.today}  # the term is chosen above the form


_REVIEWS = PartDefinition[TargetReview](
    name=_("Reviews of targets"),
    add_words=_("&Add a review"),
    new_title=_("New review"),
    empty_words=_("No review is on file"),
    sign="flag",
    columns=_review_columns,
    rows_of=lambda _record, _desk: [],
    title_of=lambda row: _("Review of {day}").format(day=short_date(row.day)),
    stands_on_first=False,
    new_keys=lambda _record, desk: {"day": desk.today, "reviewer": desk.user.name},
    add=reviews.add,
    spare={"reviewer": 620},
)
_COMMENTS = PartDefinition[ReportComment](
    name=_("Comments for the progress report"),
    add_words=_("&Write a comment"),
    new_title=_("New comment"),
    empty_words=_("No comment is on file"),
    sign="note",
    columns=_comment_columns,
    rows_of=lambda _record, _desk: [],
    title_of=lambda row: row.title,
    stands_on_first=False,
    new_keys=_by_me,
    add=reviews.add,
    spare={"teacher": 740, "term": 560},
)
