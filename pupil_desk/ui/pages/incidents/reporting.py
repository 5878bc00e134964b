"""The report to one parent, or to the authority: what is taken out of it looked at, where a person may let something stand, and then the paper."""

import dataclasses
from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.incidents.incident import ASKED_OF, EMAIL, Incident, IncidentEventKind
from pupil_desk.domain.requests.withholding import sentence_around
from pupil_desk.services.guard import ASK_WHOM, Guard, confirmed, guard
from pupil_desk.services.households import HouseholdPaper
from pupil_desk.services.incidents import authority_report, locked_report, report, told_account
from pupil_desk.services.incidents.locked_report import LockedReport
from pupil_desk.services.incidents.looking import IncidentState
from pupil_desk.services.incidents.naming import NamedPlace, ReportPlace, marked_place, same_words
from pupil_desk.services.incidents.steps import IncidentStep
from pupil_desk.services.incidents.told_account import OwnWords
from pupil_desk.services.program import keys
from pupil_desk.services.translations.given import titled
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.keys import shortcut_within
from pupil_desk.ui.kit.page import Body
from pupil_desk.ui.kit.papers.paper import Paper, ask_if_protected
from pupil_desk.ui.kit.talk.shown_again import NotNoted
from pupil_desk.ui.kit.words import allow, button, column_in, flow_of, growing, label, made
from pupil_desk.ui.pages.incidents.account_text import AccountText
from pupil_desk.ui.pages.incidents.locked_view import LockedView, locked_again_words, secret_of
from pupil_desk.ui.pages.incidents.own_words import OwnWordsView
from pupil_desk.ui.pages.incidents.places_table import places_table
from pupil_desk.ui.pages.incidents.report_made import ReportMade, ReportSubject, report_made, to_whom
from pupil_desk.ui.pages.incidents.step_form import step_kept, step_of
from pupil_desk.ui.style import tokens


class ReportView(Body):
    """``closed`` comes once it is left, ``given_wanted`` with the step to record, and what is known of it. What one lets stand holds for this paper alone."""

    closed = Signal()
    edited = Signal()
    given_wanted = Signal(object, object)

    def __init__(self, context: Context) -> None:
        self.places_view = QWidget()
        self.lock_button = button(_("Save &locked for e-mail…"), self._lock, icon_name="lock-simple")
        self.given_button = button(_("Record as &given…"), lambda: self.given_wanted.emit(self._step, {}), icon_name="pencil-simple")
        self.paper = Paper(context, _("The report about an incident"), further=(self.lock_button, self.given_button))
        self.locked = LockedView(context)
        super().__init__(self.places_view, self.paper, self.locked)
        self._context = context
        self._step: IncidentStep | None = None
        self._incident_id = ""
        self._report_shown: ReportMade | None = None  # the paper in view
        self._subject = ReportSubject("", "", "")
        self._awaited: ReportMade | None = None  # the paper that is made for what is in view now
        self._own_words: OwnWords | None = None  # what it says in place of the account, where that is asked
        self._last_words: dict[str, OwnWords] = {}  # last, by wording: offered for the next who gets a report of it
        self._told: dict[str, dict[str, str]] = {}  # what the paper that was shown tells, as lines, by wording and by who gets it
        self._stays: set[ReportPlace] = set()
        self._wording: Incident | None = None
        self._marked: list[NamedPlace] = []  # by hand
        self.title, self.hint = label("", "subhead"), label("", "muted")
        self.text = AccountText(_("What the report tells"))
        self.table = places_table(self._is_let)
        self.turn_button = button(_("&Let it stand"), self._turn, icon_name="check")
        self.see_button = button(_("See the &report…"), self._make, "primary", icon_name="printer")
        self.mark_button = button(_("Take out what is &marked above"), self._mark, icon_name="eraser")
        self.sentence_button = button(_("Take out the whole sen&tence"), self._take_sentence, icon_name="text-strikethrough")
        column_in(
            self.places_view,
            tokens.S,
            self.title,
            self.hint,
            growing(self.text),
            growing(self.table),
            flow_of(self.see_button, self.turn_button, self.sentence_button, self.mark_button, button(_("&Back (Esc)"), self._back)),
        )
        self.text.selectionChanged.connect(self._on_marked)
        self.table.current_changed.connect(self._on_place)
        self.table.opened.connect(lambda _row: self._turn())
        self.paper.closed.connect(self.closed)
        self.locked.closed.connect(self.closed)
        self.locked.sent_wanted.connect(lambda: self.given_wanted.emit(self._step, {"way": EMAIL}))
        shortcut_within(self.places_view, keys.ESC.sequence, self._back)
        shortcut_within(self.table, keys.TICK.sequence, self._turn)

    def begin(self, state: IncidentState, step: IncidentStep) -> bool:
        """What is taken out of the report of a step, to be looked at; False where it cannot be made, and the banner says why."""
        self.forget()
        entry_id = step.entry_ids[0]
        pupil_id = next(case.now.pupil_id for case in state.cases if case.now.entry_id == entry_id)
        self._incident_id = state.id
        desk, contact_id = self._context.desk, step.contact_id or ""
        may_be_barred = bool(contact_id) and any(each.may_mean_anybody for each in guard(desk, [pupil_id], "incident report").guarded)
        self._subject = ReportSubject(entry_id, pupil_id, contact_id, may_be_barred)
        found = self._context.attempt(lambda: (told_account.signed_case(desk, entry_id), *to_whom(desk, state, step)))
        if found is None:
            return False
        case, reader, self._step = found
        title = _("The report about {pupil} to {reader}") if step.owed else _("The letter about {pupil} to {reader}")
        self.title.setText(title.format(pupil=step.names[0], reader=reader))
        self.see_button.setText(_("See the &report…") if step.owed else _("See the lette&r…"))
        if not (texts := told_account.texts_to_reword(desk, case)):
            return self._look_at(None)
        find = partial(report.proposal, desk, entry_id, contact_id) if contact_id else partial(authority_report.proposal, desk, entry_id)
        self.setCurrentWidget(self.own_words)
        self.own_words.begin(self.title.text(), told_account.as_told(case.now), texts, find, self._last_words.get(case.now.id, {}))
        return True

    @cached_property
    def own_words(self) -> OwnWordsView:
        """What is said in place of the account, where other pupils are in it."""
        view = OwnWordsView(self._context)
        view.words_said.connect(self._look_at)
        view.closed.connect(self.closed)
        view.form.edited.connect(self.edited)
        return self.put(view)

    def _look_at(self, own_words: OwnWords | None) -> bool:
        """What is taken out of the report in those words, to be looked at; False where it cannot be made, and the banner says why."""
        desk, entry_id = self._context.desk, self._subject.entry_id
        places_of = partial(report.places if self._subject.parent_id else authority_report.places, desk, entry_id, own_words)
        wording_places = self._context.attempt(lambda: (told_account.told_case(desk, entry_id, own_words).now, places_of()))
        if wording_places is None:
            return False
        self._wording, places = wording_places
        self._own_words, self._awaited = own_words, None
        self._last_words = {self._wording.id: own_words} if own_words is not None else {}
        if own_words is not None:
            self.own_words.take_as_said(own_words)
        self._stays, self._marked = {place_row.place for place_row in places if place_row.likely_word and not place_row.fixed}, []
        self.text.show_wording(self._wording)
        self.table.show_rows(places)
        self._say()
        self._on_marked()
        self.setCurrentWidget(self.places_view)
        (self.see_button if all(place_row.fixed for place_row in places) else self.table).setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _back(self) -> None:
        if self._own_words is None:
            self.closed.emit()
        else:
            self._awaited = None  # a paper under way has the words that are said otherwise now
            self.setCurrentWidget(self.own_words)

    def said_of(self, state: IncidentState, step: IncidentStep, kind: IncidentEventKind) -> dict[str, str]:
        """What the record of a step says in words, where it is that the report was given, and the one made for this reader told something in place
        of the account."""
        wordings = {case.now.entry_id: case.now.id for case in state.cases}
        lines = self._told.get(wordings.get(step.entry_ids[0], ""), {}).get(step.contact_id or "", "")
        return {"note": lines} if lines and "way" in ASKED_OF[kind] else {}

    @property
    def dirty(self) -> bool:
        """Whether words are typed that the report does not say yet."""
        return made(self, "own_words") and self.own_words.dirty

    def save(self) -> bool:
        """Words are kept by the report alone: False while there are some that it does not say, and the banner says what to do with them."""
        if self.dirty:
            self._context.banner.problem(_("These words are kept with the report alone. Use them, or leave the account out."))
        return not self.dirty

    def print_(self) -> None:
        """The report in view."""
        self.paper.print_()

    # over a lock

    def back_words(self, time: str) -> str:
        """What is said once a draft of that time is put back."""
        if self.is_locked:
            return locked_again_words(time)
        return _("What you had typed at {time} is back. Use these words, or leave the account out.").format(time=time)

    @property
    def is_locked(self) -> bool:
        """Whether a report that was saved locked is in view, and can be recorded as sent."""
        return self._step is not None and self.currentWidget() is self.locked

    @property
    def has_draft(self) -> bool:
        """Whether something would be lost by a lock: a report to be recorded as sent, or words that are typed."""
        return self.is_locked or (self._step is not None and made(self, "own_words") and self.own_words.is_begun)

    def draft(self) -> dict[str, Any]:
        """For a draft: of which step the report is, what is said in place of the account, and where a locked one lies. Its password is kept apart."""
        of_step = {"incident": self._incident_id, "told": self._told, **step_kept(self._step)}
        if self.is_locked:
            return {**of_step, "said": self._last_words, "words": self.locked.words.text()}
        return {**of_step, "typed": self.own_words.words()}

    def take_draft(self, draft: dict[str, Any], state: IncidentState) -> bool:
        """Put back what ``draft`` gave; False where the step is no longer there."""
        step = step_of(draft, state)
        if step is None:
            return False
        self._told = draft.get("told", {})
        if "typed" in draft:
            if (is_begun := self.begin(state, step)) and self.currentWidget() is self.own_words:
                self.own_words.form.take_draft(draft["typed"])
            return is_begun
        self.forget()
        self._step, self._incident_id, self._last_words = step, state.id, draft.get("said", {})
        self.setCurrentWidget(self.locked)
        self.locked.show_again(draft["words"])
        return True

    def forget(self) -> None:
        """Keep nothing of it in memory, and wait for no paper of it."""
        self._awaited = self._report_shown = self._step = self._own_words = None
        if made(self, "own_words"):
            self.own_words.forget()
        self.paper.clear()
        self.locked.forget()
        self.table.show_rows(())
        self._stays, self._marked, self._wording = set(), [], None
        self.text.show_wording(None)

    def _is_let(self, row: NamedPlace) -> bool:
        return row.place in self._stays and not row.fixed

    def _on_place(self, row: NamedPlace | None) -> None:
        self.turn_button.setText(_("&Take it out") if row is not None and self._is_let(row) else _("&Let it stand"))
        allow(self.turn_button, row is not None and not row.fixed, _("It surely names another child of the incident"))
        allow(self.sentence_button, row is not None, _("Choose a place first"))

    def _turn(self) -> None:
        """Let the place stand that the cursor is on, or take it out after all."""
        row = self.table.current()
        if row is not None and not row.fixed:
            self._stays ^= {row.place}
            self._awaited = None  # a paper under way has it as it was
            self.table.viewport().update()
            self._on_place(row)
            self._say()

    def _say(self) -> None:
        """What is taken out, struck through in the text; and how many sentences speak of somebody who is."""
        out = [row for row in self.table.rows if not self._is_let(row)]
        self.text.strike_out([row.place for row in out])
        sentences = {self._sentence_of(row) for row in out if row.words and row not in self._marked}
        words = _(
            "Names of other children and families that were found are taken out. What is told of another child without a name is not found: read it. What may be a common word is yours to decide."
        )
        if sentences:
            number = count_of(len(sentences), _("sentence speaks"), _("sentences speak"))
            words += " " + _("{sentences} of somebody who is taken out: read each, and take out what is not this family’s to know.").format(
                sentences=number
            )
        self.hint.setText(f"{ASK_WHOM} {words}" if self._subject.may_be_barred else words)

    def _sentence_of(self, row: NamedPlace) -> ReportPlace:
        start, stop = sentence_around(getattr(self._wording, row.place.field) or "", row.place.start, row.place.stop)
        return dataclasses.replace(row.place, start=start, stop=stop)

    def _take_sentence(self) -> None:
        """Take out all of the sentence in which the place stands that the cursor is on."""
        if (row := self.table.current()) is not None:
            self._take_out([self._sentence_of(row)])

    def _mark(self) -> None:
        """Take out the words that are marked in the text, and the same words elsewhere: each is a line, which can be let stand.

        Where something else is taken out or was let stand already, that stays as it is.
        """
        if self._wording is not None:
            marked = self.text.places_marked()
            same = (other for place in marked for other in same_words(self._wording, place))
            known_places = [*marked, *(row.place for row in self.table.rows)]
            self._take_out(marked, [other for other in dict.fromkeys(same) if not any(map(other.overlaps, known_places))])

    def _take_out(self, asked_for: Sequence[ReportPlace], others: Sequence[ReportPlace] = ()) -> None:
        places_listed = {row.place for row in self.table.rows}
        new_places = [place for place in (*asked_for, *others) if place not in places_listed]
        self._marked += [marked_place(self._wording, place) for place in new_places if self._wording is not None]
        self._stays -= set(asked_for)
        self._awaited = None
        found_rows = [row for row in self.table.rows if row not in self._marked]
        self.table.show_rows([*found_rows, *self._marked])
        self._say()

    def _on_marked(self) -> None:
        allow(
            self.mark_button,
            bool(self.text.places_marked()),
            _("Mark words in the text above first, with the mouse or with Shift and the arrows"),
        )

    def _make(self) -> bool:
        desk, subject, marked = self._context.desk, self._subject, [row.place for row in self._marked]
        reports_made = self._context.attempt(lambda: [report_made(desk, subject, frozenset(self._stays), marked, self._own_words)])
        if reports_made is None:
            return False
        (self._awaited,) = reports_made
        if (wanted := self._awaited) is None:
            words = _("No report goes to this parent: an order stands against it, or the report is withheld.")
            self._context.ask.tell(_("There is nobody to send the report to"), words)
            return False
        pupil_guard = guard(desk, [subject.pupil_id], "incident report", for_family=bool(subject.parent_id))
        self._context.jobs.run(
            self,
            lambda _job: wanted.paper.pdf(pupil_guard.stamp),
            lambda data: self._show(wanted, data, pupil_guard),
            title=_("Making the report"),
        )
        return True

    def _show(self, shown: ReportMade, data: bytes, pupil_guard: Guard) -> None:
        """Show what was made, unless the view was left since, or shows something else."""
        if shown is not self._awaited or self._wording is None:
            return
        self._awaited, self._report_shown = None, shown
        told = {**self._told.get(self._wording.id, {}), **dict.fromkeys(shown.reader_ids, shown.lines)}
        self._told = {self._wording.id: told}
        self.setCurrentWidget(self.paper)
        paper = shown.paper
        title = titled(paper.title, paper.language, paper.in_english_because) if isinstance(paper, HouseholdPaper) else paper.title
        self.paper.show_pdf(title, data, shown.log_print, guard=pupil_guard)

    def _lock(self) -> None:
        """Save what is shown under a lock, to be sent by e-mail, asked once more where somebody is protected."""
        context, shown, data = self._context, self._report_shown, self.paper.view.data
        if shown is None or not data or not context.lets_out() or not ask_if_protected(context.ask, self.paper.guard, _("Save it")):
            return
        folder = context.ask.folder(_("Where to save the locked report"))
        if folder is None or self._report_shown is not shown:  # the window was locked while the system's dialog stood over it
            return
        paper_guard = self.paper.guard
        context.jobs.run(
            self,
            lambda _job: locked_report.write(shown.paper.file_stem, data, folder, shown.log_print),
            lambda locked_file: self._show_locked(shown, locked_file, folder, paper_guard),
            title=_("Locking the report"),
            untold=lambda locked_file: context.not_kept.append(secret_of(locked_file, folder)),
        )

    def _show_locked(self, shown: ReportMade, locked_file: LockedReport, folder: Path, paper_guard: Guard) -> None:
        """The password, here, or in a question of its own where the report was left since."""
        confirmed(self._context.desk, paper_guard)
        if self._report_shown is shown:
            self.setCurrentWidget(self.locked)
            self.locked.show_written(locked_file, folder)
        else:
            self._context.attempt(lambda: NotNoted(self._context, self.window()).take([secret_of(locked_file, folder)]))
