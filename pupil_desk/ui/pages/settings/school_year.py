"""Terms and closures, a row each, in dates as people write them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.dates import read_date, short_date, why_no_day
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.catalogue.validation import Problem, Refused
from pupil_desk.domain.unit.settings import Closure, Term
from pupil_desk.services.unit import calendars
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.summary import ProblemSummary
from pupil_desk.ui.kit.words import STRETCH, button, column_in, fill, flow_of, label
from pupil_desk.ui.pages.settings.day_rows import DayRows
from pupil_desk.ui.style import tokens

_CALENDAR_FILES = ((_("Calendar files"), "*.ics"),)
_EVENTS_SHOWN = 8
_TO = re.compile(r"\s+(?:to|-|–)\s+")
_PROPOSAL = _(
    "These terms are a proposal that came with the program, and nobody has confirmed them. Until somebody does, no day by which the law wants something is counted. Correct them to the authority’s and save, or confirm them as they are."
)


class SchoolYear(QWidget):
    """Rows of terms, «2 Sep 2026» and «23 Oct 2026», and of closed days, «27 Nov 2026» and «Staff training»."""

    edited = Signal()

    def __init__(self, context: Context, *, readonly: bool) -> None:
        super().__init__()
        self.context = context
        self._texts_shown = ("", "")
        column = column_in(self, tokens.S, top=tokens.L)
        self.summary = ProblemSummary(self._go_to, of=self)
        self.proposal = label(_PROPOSAL, "check")
        self.confirm_button = button(_("&These are our terms"), self.confirm, icon_name="check")
        self.read_button = button(_("&Read from a calendar file…"), self.read_file, icon_name="calendar")
        self.left_out = label("", "check")
        bar = flow_of(self.confirm_button, self.read_button)
        if readonly:  # a part shown before it stands in its page would open as a window of its own, and take the keyboard
            bar.hide()
        fill(column, self.proposal, bar, self.left_out)
        self.terms = DayRows((_("First day"), _("Last day")), _(" to "), _("&Add a term"), split=_TO.split)
        self.closures = DayRows(
            (_("Day"), _("Why")), ": ", _("Add a closed &day"), split=lambda line: re.split(r":\s*", line, maxsplit=1), second_is_day=False
        )
        for words, rows in ((_("Terms and half-terms"), self.terms), (_("Days in term on which the unit is closed"), self.closures)):
            rows.edited.connect(lambda: self.summary.drop(self.summary.problems))
            rows.edited.connect(self.edited)
            rows.setAccessibleName(words)
            if readonly:
                rows.set_readonly()
            fill(column, label(words, "subhead"), rows)
        fill(column, STRETCH, self.summary)

    def show_kept(self) -> None:
        """The school year as it is kept."""
        desk = self.context.desk
        terms, closures = _lines_of_terms(calendars.terms(desk)), _lines_of_closures(calendars.closures(desk))
        self._texts_shown = (terms, closures)
        confirmed = calendars.is_confirmed(desk.vault)
        self.proposal.setHidden(confirmed)
        self.confirm_button.setHidden(confirmed)
        self._show_left_out(())
        self.terms.set_text(terms)
        self.closures.set_text(closures)
        self.summary.show_problems(())

    @property
    def dirty(self) -> bool:
        """Whether it differs from what is kept."""
        return (self.terms.text(), self.closures.text()) != self._texts_shown

    def draft(self) -> dict[str, str]:
        """What is typed in a box that differs from what is kept: for a draft."""
        boxes = {"terms": self.terms, "closures": self.closures}
        now = {name: box.text() for name, box in boxes.items()}
        return {name: text for (name, text), stored in zip(now.items(), self._texts_shown, strict=True) if text.strip() != stored}

    def take_draft(self, texts: dict[str, str]) -> None:
        """Put back what ``draft`` gave."""
        self.terms.set_text(texts.get("terms", self._texts_shown[0]))
        self.closures.set_text(texts.get("closures", self._texts_shown[1]))

    def save(self) -> bool:
        """Keep it; False after saying which line cannot be read."""
        changed = self.context.attempt(
            lambda: calendars.save_calendar(self.context.desk, self._terms(), self._closures()), on_refusal=self.summary.show_problems
        )
        if changed is None:
            return False
        self.context.news.tell(changed)
        self.context.banner.success(_("School year saved."))
        return True

    def confirm(self) -> None:
        """Keep that the terms as they are kept are the unit's own; what is typed is saved by Save, which says the same."""
        if self.dirty:
            self.context.banner.note(_("Something was typed that is not saved. Save it: that confirms it too."))
            return
        ask = _("These terms are then the unit’s own, and the days of the law are counted by them:\n{terms}").format(
            terms=self.terms.text()
        )
        if self.context.ask.confirm(_("Are these the unit’s terms?"), ask, _("Yes, they are ours")):
            changed = self.context.attempt(lambda: calendars.confirm_calendar(self.context.desk))
            if changed is not None:
                self.context.news.tell(changed)
                self.context.banner.success(_("School year confirmed."))

    def read_file(self) -> None:
        """Put the school years of a calendar file into the boxes, to be looked at; other years stay, and nothing is kept before Save."""
        rows = self.context.attempt(lambda: (self._terms(), self._closures()), on_refusal=self.summary.show_problems)
        if rows is None:
            return
        place = self.context.ask.open_file(_("Which calendar file?"), _CALENDAR_FILES)
        if place is None:
            return
        read = self.context.attempt(lambda: calendars.read_calendar_file(place))
        if read is None:
            return
        terms, closures = read.with_other_years(*rows)
        self.terms.set_text(_lines_of_terms(terms))
        self.closures.set_text(_lines_of_closures(closures))
        self._show_left_out(read.left_out)
        self.context.banner.note(
            _("{terms} and {days} were read from the file; other school years stay. Look at each line, correct it, and save.").format(
                terms=count_of(len(read.terms), _("term or half-term"), _("terms and half-terms")),
                days=count_of(len(read.closures), _("closed day"), _("closed days")),
            )
        )
        self.terms.focus()

    def _show_left_out(self, events: Sequence[str]) -> None:
        remainder = _(" and {number} more").format(number=len(events) - _EVENTS_SHOWN) if len(events) > _EVENTS_SHOWN else ""
        self.left_out.setText(
            _("In the file, and not used here: {events}{more}.").format(events="; ".join(events[:_EVENTS_SHOWN]), more=remainder)
        )
        self.left_out.setVisible(bool(events))

    def _go_to(self, column: str) -> None:
        """To the box of which something is said: «closures 4 0»; what is said of the terms together begins at the first."""
        name, *places = column.split(" ")
        if places:
            (self.terms if name == "terms" else self.closures).focus_on(*map(int, places))
        else:
            self.terms.focus()

    def _terms(self) -> list[Term]:
        terms = []
        for number, line in enumerate(_lines(self.terms)):
            start, end = [*_TO.split(line, maxsplit=1), ""][:2]
            terms.append(Term(start=_day(start, line, f"terms {number} 0"), end=_day(end, line, f"terms {number} 1")))
        return terms

    def _closures(self) -> list[Closure]:
        closures = []
        for number, line in enumerate(_lines(self.closures)):
            day, _colon, reason = line.partition(":")
            closures.append(Closure(day=_day(day, line, f"closures {number} 0"), reason=reason.strip() or _("Closed")))
        return closures


def _lines_of_terms(terms: Iterable[Term]) -> str:
    return "\n".join(_("{start} to {end}").format(start=short_date(term.start), end=short_date(term.end)) for term in terms)


def _lines_of_closures(closures: Iterable[Closure]) -> str:
    return "\n".join(f"{short_date(day.day)}: {day.reason}" for day in closures)


def _lines(rows: DayRows) -> list[str]:
    return rows.text().splitlines()


def _day(text: str, line: str, column: str) -> date:
    try:
        return read_date(text)
    except ValueError:
        reason = why_no_day(text, _("Write each day like 2 Sep 2026."))
        raise Refused((Problem(column, "bad_date", _("“{line}” cannot be read. {why}").format(line=line, why=reason)),)) from None
