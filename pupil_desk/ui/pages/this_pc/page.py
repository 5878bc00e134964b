"""This PC: is it a safe place for the records, does the installation work, and what is inside it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pupil_desk import __version__
from pupil_desk.basics.files import write_whole
from pupil_desk.basics.rulefacts import overdue
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.services.backup import this_pc
from pupil_desk.services.program import inside, own_files, updates
from pupil_desk.services.program.inside import ProgramPart
from pupil_desk.services.roles import Action
from pupil_desk.services.selftest import Check
from pupil_desk.services.selftest import check as report
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.groups import UNIT
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.words import fill, label
from pupil_desk.ui.pages.this_pc.lines import Lines, in_order
from pupil_desk.ui.pages.this_pc.outcome import CheckResults, check_installation
from pupil_desk.ui.pages.this_pc.updating import Updating

_REPORT = "pupil-desk-check.txt"
_COLUMNS = (
    Column[ProgramPart]("name", _("Part"), lambda part: part.name),
    Column[ProgramPart]("version", _("Version"), lambda part: part.version),
    Column[ProgramPart](
        "licence", _("Licence"), lambda part: part.licence or _("see the folder licences"), stretch=True, tip=lambda part: part.licence
    ),
)


class ThisPcPage(Page):
    """Tasks: see what is to be done about this PC (at a look); check the installation (Alt+C); keep the report of that
    for a technician (Alt+V, Enter); put a newer version in place from a stick (Alt+U, choose, Enter); read the version and what
    is inside (at a look)."""

    name = "this-pc"
    title = _("This PC")
    icon = "desktop-tower"
    group = UNIT
    lasting = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._checks: list[Check] = []
        self.updating = Updating(context, self)
        commands = (
            Command("check", _("&Check this installation"), self.check, icon="first-aid", primary=True),
            Command("save", _("Sa&ve the report…"), self.save_report, icon="floppy-disk"),
            Command("update", _("&Update from a stick…"), self.updating.choose, Action.EDIT_SETTINGS, icon="download-simple"),
        )
        text = _("Is this PC a safe place for the records, and does the program work on it?")
        self.heading = Heading(_("This PC"), commands, text=text, is_whole=True, desk=context.desk)
        self.heading.enable("save", False, _("Check this installation first"))
        if why_not := updates.refusal_here():
            self.heading.enable("update", False, why_not)
        self.outcome = CheckResults()
        self.place = Lines(_("The records on this PC"))
        fill(self.column, self.heading, self.outcome, label(_("The records on this PC"), "subhead"), self.place)
        self._add_inside()
        self.column.addStretch(1)

    def _add_inside(self) -> None:
        self.column.addWidget(label(_("What is inside"), "subhead"))
        self.version = label(_("Pupil Desk {version}").format(version=__version__))
        self.rules = label("")
        self.files = Lines(own_files.TITLE)
        self.column.addWidget(self.version)
        self.column.addWidget(self.files)
        self.column.addWidget(self.rules)
        parts = inside.parts()
        self.parts: Table[ProgramPart] | None = None
        if parts is None:
            self.column.addWidget(label(_("The list of its parts and their licences comes with an installed copy."), "hint"))
            return
        self.parts = Table(
            _COLUMNS, name=_("What is inside"), id_of=lambda part: part.name, memory=self.context.memory, memory_key="inside"
        )
        self.parts.show_rows(parts)
        self.column.addWidget(self.parts)

    def on_show(self, object_id: str | None = None) -> None:
        """Look round anew: somebody may have seen to something meanwhile. It takes a few milliseconds."""
        desk = self.context.desk
        self.place.show_checks(in_order([*this_pc.look_round(desk.vault.path).checks(), this_pc.backup_of(desk)]))
        self.rules.setText(overdue(inside.rules_to_look_at(desk.today)))
        self.files.show_checks([own_files.check()])
        if own_files.to_compare():
            jobs = self.context.jobs
            jobs.run(self, lambda job: own_files.compare(job.step), lambda _done: self._show_files(), title=own_files.TITLE)

    def _show_files(self) -> None:
        self.files.show_checks([own_files.check()])

    def refresh(self) -> None:
        self.on_show()

    def on_change(self, changed: Changed) -> None:
        """A backup was made."""
        if "backup" in changed.kinds and self.isVisible():
            self.on_show()

    def panes(self) -> list[QWidget]:
        """The parts that F6 goes round."""
        return [part for part in (self.heading, self.outcome, self.place, self.files, self.parts) if part is not None and part.isVisible()]

    def check(self) -> None:
        """Run the check in a process of its own; the window goes on meanwhile."""
        self.heading.enable("check", False, _("The check is under way"))
        self.context.jobs.run(self, check_installation, self._checked, title=_("Checking this installation"), after=self._may_check)

    def _may_check(self) -> None:
        self.heading.enable("check", True)

    def _checked(self, checks: list[Check]) -> None:
        self._checks = checks
        words = self.outcome.show_checks(checks)
        self.heading.enable("save", True)
        failed = not report.is_good(checks)
        if not self.isVisible():  # the person went on with something else meanwhile
            say = self.context.banner.problem if failed else self.context.banner.success
            say(f"{words}.", act=(_("&Show"), lambda: self.context.go(self.name)))
        else:
            (self.outcome.failed if failed else self.outcome.fold).setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.outcome, words, urgent=failed)

    def save_report(self) -> None:
        """Keep what was found as plain text, for whoever looks after this PC."""
        path = self.context.ask.save_file(_("Save the report"), _REPORT, ((_("Text"), "*.txt"),))
        if path is None:
            return
        text = report.text(self._checks, self.context.desk.clock)
        if self.context.attempt(lambda: write_whole(path, text.encode("utf-8"), replace=True)):
            self.context.banner.success(_("The report was saved. It says nothing of any pupil."))
