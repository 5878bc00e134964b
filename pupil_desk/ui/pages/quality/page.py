"""Check records: the list of what is missing or contradicts, each line opening the field that puts it right."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context, Place
from pupil_desk.ui.kit.groups import UNIT
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.page import Body, Page
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import fill, growing

if TYPE_CHECKING:
    from pupil_desk.services.quality.looking import Finding
    from pupil_desk.ui.pages.quality.listing import FindingsList

_NOTHING_TO_DO_WITH_IT = frozenset({"backup", "export", "staff", "note"})


class QualityPage(Page):
    """Tasks: see what a return lacks before it is due; put one thing right after another; print the list for a colleague."""

    name = "quality"
    title = _("Check records")
    icon = "clipboard-text"
    group = UNIT
    action = Action.READ_RECORD

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._stale = True
        self._looking = False
        self._wanted_pupil = ""  # the pupil to go to once the records have been looked through
        self._view: FindingsList | None = None
        text = _("What is missing or contradicts, by the return that will need it. Enter on a line opens the field.")
        commands = [
            Command("print", _("Prin&t this list"), self.print_, icon="printer", tip=_("The lines in view, to work through (Ctrl+P)")),
            Command("again", _("Look &again"), self.refresh, icon="arrow-clockwise", tip=_("Hold the rules against the records anew (F5)")),
        ]
        self.heading = Heading(self.title, commands, desk=context.desk, text=text)
        self.paper = Paper(context, _("The list of what to check"))
        self.paper.closed.connect(self._close_paper)
        self.sign = EmptyState("hourglass", _("Looking through the records"), _("This takes a moment."))
        self.waiting = scrolled(self.sign)
        self.body = Body(self.waiting, self.paper)
        fill(self.column, self.heading, growing(self.body))
        self.heading.enable("print", enabled=False, reason=_("There is nothing to print."))

    @property
    def view(self) -> "FindingsList":
        """The list, made with the first findings."""
        if self._view is None:
            from pupil_desk.ui.pages.quality.listing import FindingsList

            self._view = FindingsList(self.context)
            self._view.opened.connect(self._lead)
            self.body.addWidget(self._view)
        return self._view

    def on_show(self, object_id: str | None = None) -> None:
        """The list as it was left, looked at again where something has changed; or what concerns one pupil."""
        self._wanted_pupil = object_id or ""
        if self._stale:
            self._look()
        else:
            self._go_to_wanted()
        if self._view is not None and self.body.currentWidget() is self._view:
            self._view.table.setFocus()

    def on_change(self, changed: Changed) -> None:
        """Something changed: at once if the list is in view, else when it comes into view again."""
        if changed.kinds <= _NOTHING_TO_DO_WITH_IT:
            return
        self._stale = True
        if self.isVisible():
            self._look()

    def refresh(self) -> None:
        self._stale = True
        self._look()

    def search(self) -> None:
        if self._view is not None:
            self._view.find_box.setFocus()
            self._view.find_box.selectAll()

    def print_(self) -> None:
        """Show the lines in view as a paper, then print it."""
        if self.body.currentWidget() is self.paper:
            self.paper.print_()
            return
        if self._view is None or not self._view.findings_shown:
            return
        from pupil_desk.documents.pdf.page import build_pdf
        from pupil_desk.services.quality import paper

        desk, findings, group = self.context.desk, self._view.findings_shown, self._view.title

        pupil_guard = guard(desk, {finding.pupil_id for finding in findings}, "list of records to check")

        def work(_job: Job) -> tuple[str, bytes]:
            story, title = paper.story(desk, findings, group)
            return title, build_pdf(
                story, title=title, page_size=paper.LYING, base_size=paper.BASE, stamp=pupil_guard.stamp, box_unprintable=True
            )

        self.context.jobs.run(self, work, lambda result: self._show_paper(result, pupil_guard), title=_("Making the list"))

    def panes(self) -> list[QWidget]:
        """The heading, the groups, the lines."""
        view = self._view
        if view is None or self.body.currentWidget() is not view:
            return [self.heading, self.body]
        return [self.heading, view.groups[view.grouping_box.key()], view.table]

    def _look(self) -> None:
        """Hold the rules against the records away from the screen; what changes meanwhile is looked at once more."""
        if self._looking:
            return
        self._looking, self._stale = True, False
        self.sign.say(_("Looking through the records"), _("This takes a moment."))
        desk = self.context.desk

        def work(job: Job) -> "list[Finding]":
            from pupil_desk.services.quality.looking import findings

            return findings(desk, job.step)

        self.context.jobs.run(self, work, self._show_findings, title=_("Checking the records"), after=self._on_looked)

    def _show_findings(self, findings: "list[Finding]") -> None:
        is_first = self._view is None
        self.view.show_findings(findings)
        self._go_to_wanted()
        if self.body.currentWidget() is self.waiting:
            self.body.setCurrentWidget(self.view)
        self.heading.enable("print", enabled=bool(findings), reason=_("There is nothing to print."))
        if is_first and self.isVisible():
            self.view.table.setFocus()

    def _go_to_wanted(self) -> None:
        if self._wanted_pupil and self._view is not None:
            self._view.go_to_pupil(self._wanted_pupil)
            self._wanted_pupil = ""

    def _on_looked(self) -> None:
        self._looking = False
        if self._view is None:  # the person has stopped it
            self._stale = True
            self.sign.say(_("The records were not looked through"), _("Press F5 to look through them."))
        elif self._stale and self.isVisible():
            self._look()

    def _lead(self, finding: "Finding") -> None:
        if finding.page == "pupils":
            place = Place(finding.pupil_id, finding.part, finding.kind, finding.record_id, finding.item)
            self.context.go("pupils", str(place))
        else:
            at = f"@{finding.record_id}" if finding.kind == "mark" and finding.record_id else ""  # the day and the session
            self.context.go(finding.page, f"{finding.pupil_id}{at}")

    def _show_paper(self, titled_pdf: tuple[str, bytes], pupil_guard: Guard) -> None:
        from pupil_desk.services.quality import paper

        desk, finding_count = self.context.desk, len(self.view.findings_shown)
        self.body.setCurrentWidget(self.paper)
        self.paper.show_pdf(*titled_pdf, on_printed=lambda: paper.log_print(desk, finding_count), guard=pupil_guard)

    def _close_paper(self) -> None:
        self.paper.clear()
        self.body.setCurrentWidget(self.view)
        self.view.table.setFocus()
