"""The progress report before it is printed: for one household at a time, on the page of the assessments."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.services import progress_reports
from pupil_desk.services.progress_reports import ReportPaper
from pupil_desk.ui.kit.ask import Choice
from pupil_desk.ui.kit.paper import Paper
from pupil_desk.ui.pages.pupils.several import SeveralPart


class ProgressReport:
    """Shows the report in the place of the list, and puts the list back when it is closed."""

    def __init__(self, part: SeveralPart[Any]) -> None:
        self._part = part
        layout = part.layout()
        first = layout.itemAt(0) if layout is not None else None
        around = first.widget() if first is not None else None
        assert layout is not None
        assert around is not None
        self._list: QWidget = around
        self.paper = Paper(part.context, _("The progress report"), part)
        layout.addWidget(self.paper)
        self.paper.hide()
        self.paper.closed.connect(self.close)

    def begin(self) -> None:
        """Make the report of the pupil shown; asks for which household where there are several."""
        part = self._part
        if part.record is None or not part.may_leave():
            return
        pupil_id, context = part.record.pupil.id, part.context
        found = context.attempt(lambda: list(progress_reports.reports(context.desk, pupil_id)))
        if found is None:
            return
        if not found:
            context.ask.tell(
                _("There is nobody to send a report to"),
                _("No contact with parental responsibility has an address on file. Add it among the contacts."),
            )
            return
        chosen = self._household(found)
        if chosen is not None:
            self._make(chosen, pupil_id)

    def _household(self, found: Sequence[ReportPaper]) -> ReportPaper | None:
        if len(found) == 1:
            return found[0]
        choices = [Choice(str(place), paper.letter.addressee) for place, paper in enumerate(found)]
        choices.append(Choice("none", _("Cancel")))
        text = _("Each household has its own report, addressed to it.")
        key = self._part.context.ask.choose(_("For which household?"), text, choices, safe="none")
        return None if key == "none" else found[int(key)]

    def _make(self, report: ReportPaper, pupil_id: str) -> None:
        from pupil_desk.documents.page import build_pdf

        context = self._part.context
        context.jobs.run(
            self._part,
            lambda _job: build_pdf(report.story, title=report.title),
            lambda data: self._show(report.title, data, pupil_id),
            title=_("Making the report"),
        )

    def _show(self, title: str, data: bytes, pupil_id: str) -> None:
        if self._part.record is None or self._part.record.pupil.id != pupil_id:
            return
        desk = self._part.context.desk
        self._list.hide()
        self.paper.show()
        self.paper.show_pdf(title, data, lambda: progress_reports.printed(desk, pupil_id))

    def close(self) -> None:
        """Put the list back."""
        if self.paper.isHidden():
            return
        self.paper.clear()
        self.paper.hide()
        self._list.show()
        self._part.focus_first()
