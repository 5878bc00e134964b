"""Schools: with whom one speaks at each main and commissioning school, Friday's files, and where the registers contradict each other.

How other pages lead here: ``context.go("schools", number)`` shows the school of that DfE number, ``"clashes"`` the list of them.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.services.exports import school_week
from pupil_desk.services.program import keys
from pupil_desk.services.roles import Action
from pupil_desk.services.schools import charging, clash_paper, schools
from pupil_desk.services.schools.clashes import PupilClash
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.listed import ListedForm
from pupil_desk.ui.kit.forms.listed_page import ListedPage
from pupil_desk.ui.kit.groups import LEAVING
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.tabs import Tabs
from pupil_desk.ui.kit.talk.passphrase import Passphrase
from pupil_desk.ui.kit.words import made
from pupil_desk.ui.pages.schools.clash_list import ClashList
from pupil_desk.ui.pages.schools.contacts import SchoolContacts


class SchoolsPage(ListedPage):
    """Tasks: send each school its week; see where the two registers contradict each other; keep whom to ask at a school."""

    name = "schools"
    switch = "records_schools"
    title = _("Schools")
    icon = "buildings"
    group = LEAVING
    action = Action.READ_RECORD
    concerning = frozenset({"school", "school_place", "enrolment", "pupil", "mark", "import", "settings", "export", "disclosure"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        heading = Heading(_("Schools"), self._commands(), desk=context.desk, has_line=True)
        heading.set_title(_("Schools"), _("Main and commissioning schools: each is told of its own pupils alone."))
        self.password = Passphrase(_("The school’s password"), _("Tell it to the school by telephone. Its next files go under it."))
        self.password.hide()
        self.contacts = SchoolContacts(context, self.leave)
        self.tabs = Tabs(self.title)
        self.tabs.addTab(self.contacts, _("&Contacts"))
        self.tabs.add_later("clashes", lambda: self.clashes, _("C&lashes"))
        self.tabs.currentChanged.connect(lambda _place: self.refresh())
        self.lay_out(heading, self.password, view=self.tabs, paper=Paper(context, _("The paper as it will be printed")))
        self.contacts.form_edited.connect(self.edited)
        self.contacts.row_chosen.connect(self._enable)

    def _commands(self) -> tuple[Command, ...]:
        return (
            Command("files", _("Make the week’s &files…"), self.make_files, Action.EXPORT, "export", primary=True),
            Command("marks", _("&Read marks…"), self.read_marks, Action.IMPORT, "upload-simple"),
            Command("password", _("Make a new pass&word"), self.agree_password, Action.EXPORT, "key"),
            Command("charges", _("Statement of char&ges…"), self.make_statement, Action.EXPORT, "receipt"),
            Command("save", _("&Save"), self.save, Action.EDIT_RECORD, "floppy-disk", tip=keys.SAVE.shown),
        )

    @cached_property
    def clashes(self) -> ClashList:
        """Where the registers contradict each other."""
        listed_clashes = ClashList(self.context)
        listed_clashes.paper_wanted.connect(self.print_clashes)
        return self.tabs.put("clashes", listed_clashes)

    def on_show(self, object_id: str | None = None) -> None:
        """The schools as they are now, at one of them, or the clashes."""
        if self.turn_to_tab(object_id or ""):
            self.contacts.go_to(object_id or "")
        self.take_cursor()

    def refresh(self) -> None:
        """The tab in view."""
        (self.clashes if made(self, "clashes") and self.tabs.currentWidget() is self.clashes else self.contacts).refresh()

    def lists(self) -> list[ListedForm[Any]]:
        return [self.contacts]

    def bring_list(self, key: str) -> SchoolContacts:
        self.tabs.setCurrentWidget(self.contacts)
        return self.contacts

    def parts_in_view(self) -> list[QWidget]:
        """The list, the form; or the clashes."""
        return [self.contacts.table, self.contacts.right] if self.tabs.currentWidget() is self.contacts else [self.clashes.table]

    def make_files(self) -> None:
        """To the export of the week, with its preview: nothing goes unseen."""
        self.context.go("exports", school_week.NAME)

    def read_marks(self) -> None:
        """To the import, where the kind is chosen."""
        self.context.go("import")

    def agree_password(self) -> None:
        """A new password for the school chosen, after a question; shown until it is noted."""
        standing = self.contacts.current
        if standing is None or not self.secrets_noted():
            return
        text = _("The next files for {school} go under the new one. Files that it has already still open with the old one.").format(
            school=standing.name
        )
        if not self.context.ask.confirm(_("A new password for {school}?").format(school=standing.name), text, _("Make a new password")):
            return
        words = self.context.attempt(lambda: schools.agree_password(self.context.desk, standing.id))
        if words is not None:
            self.password.show_each([(standing.name, words)], standing.name)
            self.password.secret.setFocus()
            self.contacts.refresh()

    def make_statement(self) -> None:
        """What the school chosen owes for a half-term, as a paper."""
        standing, desk = self.contacts.current, self.context.desk
        if standing is None:
            return
        text = _("For which half-term? What stands on it is told to {school}, and is in the log once it is printed.").format(
            school=standing.name
        )
        title = _("Statement of charges for {school}").format(school=standing.name)
        self.show_of_half_term(title, text, lambda term: charging.statement(desk, standing.id, term), charging.log_print)

    def print_clashes(self, rows: Sequence[PupilClash]) -> None:
        """These clashes with one school as a paper for it, of protected pupils once that is confirmed; printing it tells the school."""
        desk, school, clash_ids = self.context.desk, rows[0].school, {row.id for row in rows}
        confirm = self.confirmed(
            lambda: clash_paper.protected_pupils(desk, school, clash_ids),
            _("Tell the school of {pupil} too?"),
            _(
                "{pupil} must be protected. No address stands on the paper, but it says on which days the pupil is here. Cancel leaves it out."
            ),
            _("Tell it"),
        )
        clash_sheet = self.context.attempt(lambda: clash_paper.paper(desk, school, clash_ids, confirm)) if confirm is not None else None
        if clash_sheet is not None:
            self.say_left_out(clash_sheet.left_out)
            self.show_made(clash_sheet, lambda: self.context.news.tell(clash_paper.log_print(desk, clash_sheet)))

    def _enable(self) -> None:
        for name in ("password", "charges"):
            self.heading.enable(name, self.contacts.current is not None, _("Choose a school"))
