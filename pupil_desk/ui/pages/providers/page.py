"""Providers: who teaches pupils for the unit elsewhere, what was seen of each, sessions to be confirmed, the sheet for each, and what it costs.

How other pages lead here: ``context.go("providers", key)`` shows the provider of that key, ``"checks"`` what was seen of each, ``"sessions"`` what is to be confirmed.
"""

from datetime import timedelta
from functools import cached_property
from typing import Any

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.services.program import keys
from pupil_desk.services.providers import costs, pupil_sheet, return_sheet
from pupil_desk.services.providers.providers import ProviderStanding, in_week
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.listed import ListedForm
from pupil_desk.ui.kit.forms.listed_page import ListedPage
from pupil_desk.ui.kit.groups import LEAVING
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.papers.stories import show_stories
from pupil_desk.ui.kit.tabs import Tabs
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.words import made
from pupil_desk.ui.pages.providers.listing import CheckList, ProviderList
from pupil_desk.ui.pages.providers.sessions import SessionList


class ProvidersPage(ListedPage):
    """Tasks: keep who a provider is and what was seen of it; confirm sessions; print a sheet for it, and what its places cost."""

    name = "providers"
    switch = "buys_places"
    title = _("Providers")
    icon = "chalkboard-teacher"
    group = LEAVING
    action = Action.READ_RECORD
    concerning = frozenset(
        {"provider", "provider_check", "provider_return", "placement", "enrolment", "pupil", "mark", "import", "settings"}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        heading = Heading(_("Providers"), self._commands(), desk=context.desk, has_line=True)
        heading.set_title(_("Providers"), _("Who teaches pupils for you elsewhere: each is told what it needs of its own pupils."))
        self.listing = ProviderList(context, self.leave)
        self.tabs = Tabs(self.title)
        self.tabs.addTab(self.listing, _("&Contacts"))
        self.tabs.add_later("checks", lambda: self.checks, _("C&hecks"))
        self.tabs.add_later("sessions", lambda: self.sessions, _("Sess&ions"))
        self.tabs.currentChanged.connect(self._tab_changed)
        self.lay_out(heading, view=self.tabs, paper=Paper(context, _("The paper as it will be printed")))
        self.listing.form_edited.connect(self.edited)
        self.listing.row_chosen.connect(self._enable)

    def _commands(self) -> tuple[Command, ...]:
        return (
            Command("sheets", _("Sheets &for the provider…"), self.make_sheets, Action.EXPORT, "printer", lets_out=True, primary=True),
            Command("return-sheet", _("Sessions to return…"), self.make_return_sheet, Action.EXPORT, "clipboard-text", lets_out=True),
            Command("returns", _("&Read returns…"), self.read_returns, Action.IMPORT, "upload-simple"),
            Command("costs", _("Cost of a half-&term…"), self.make_statement, Action.EXPORT, "receipt"),
            Command("save", _("&Save"), self.save, Action.EDIT_RECORD, "floppy-disk", tip=keys.SAVE.shown),
        )

    @cached_property
    def checks(self) -> CheckList:
        """What was seen of each provider."""
        checks = self.tabs.put("checks", CheckList(self.context, self.leave))
        checks.form_edited.connect(self.edited)
        return checks

    @cached_property
    def sessions(self) -> SessionList:
        """What is to be confirmed."""
        return self.tabs.put("sessions", SessionList(self.context, self.leave))

    def on_show(self, object_id: str | None = None) -> None:
        """The providers as they are now, at one of them, or the checks or sessions."""
        if self.turn_to_tab(object_id or ""):
            self.listing.go_to(object_id or "")
        self.take_cursor()

    def refresh(self) -> None:
        """The tab in view."""
        self._tab_in_view().refresh()

    def lists(self) -> list[ListedForm[Any]]:
        return [self.listing, *([self.checks] if made(self, "checks") else [])]

    def bring_list(self, key: str) -> ListedForm[Any]:
        listed = self.listing if key == self.listing.key else self.checks
        self.tabs.setCurrentWidget(listed)
        return listed

    def parts_in_view(self) -> list[QWidget]:
        """The list, what is beside or beneath it."""
        tab = self._tab_in_view()
        return [tab.table, tab.below if isinstance(tab, SessionList) else tab.right]

    def _tab_in_view(self) -> ListedForm[Any] | SessionList:
        tab = self.tabs.currentWidget()
        return tab if isinstance(tab, ListedForm | SessionList) else self.listing

    def _tab_changed(self, place: int) -> None:
        """What is typed in one tab is not left out of sight: it is kept or put back first."""
        dirty_tab = next((tab for tab in self.lists() if tab.dirty), None)
        if dirty_tab is not None and self.tabs.widget(place) is not dirty_tab:
            self.tabs.turn_silently(self.tabs.indexOf(dirty_tab))
            if not self.leave():
                return
            self.tabs.turn_silently(place)
        self.refresh()

    def read_returns(self) -> None:
        """To the import, where the kind is chosen."""
        self.context.go("import")

    def make_sheets(self) -> None:
        """The sheets of the pupils at the provider chosen, as a paper; of protected ones once that is confirmed."""
        standing, desk = self.listing.current, self.context.desk
        if standing is None:
            return
        confirm = self._told_too(standing)
        if confirm is None:
            return
        made_sheets = self.context.attempt(lambda: pupil_sheet.sheets(desk, standing, confirm))
        if made_sheets is None:
            return
        self.say_left_out(made_sheets.left_out)
        show_stories(
            self,
            self.context,
            self.paper,
            stories=made_sheets.stories,
            title=made_sheets.title,
            guard=made_sheets.guard,
            bring_forward=self.bring_paper,
            on_printed=lambda: pupil_sheet.log_print(desk, made_sheets),
        )

    def _told_too(self, standing: ProviderStanding) -> list[str] | None:
        """The protected pupils of whom somebody said that the provider is told; None where that may not be asked."""
        return self.confirmed(
            lambda: pupil_sheet.protected_pupils(self.context.desk, standing),
            _("A sheet of {pupil} too?"),
            _(
                "{pupil} must be protected. No address stands on a sheet, but it says that the pupil goes to {provider}. Cancel leaves it out."
            ),
            _("Make this sheet too"),
            provider=standing.name,
        )

    def make_return_sheet(self) -> None:
        """A sheet on which the provider chosen says of each session of a week whether the pupil came."""
        standing, desk = self.listing.current, self.context.desk
        if standing is None:
            return
        weeks = [Choice("0", _("This week")), Choice("7", _("Next week")), Choice("", _("Cancel"))]
        text = _("{provider} marks on it who came, signs, and sends it back. You enter it under Sessions.").format(provider=standing.name)
        chosen = self.context.ask.choose(_("Of which week?"), text, weeks, safe="")
        if not chosen:
            return
        day = desk.today + timedelta(days=int(chosen))
        confirm = self._told_too(in_week(desk, standing, day))
        if confirm is None:
            return
        return_sheet_made = self.context.attempt(lambda: return_sheet.sheet(desk, standing, day, confirm))
        if return_sheet_made is None:
            return
        self.say_left_out(return_sheet_made.left_out)
        self.show_made(return_sheet_made, lambda: return_sheet.log_print(desk, return_sheet_made))

    def make_statement(self) -> None:
        """What the places at the provider chosen cost in a half-term, as a paper."""
        standing, desk = self.listing.current, self.context.desk
        if standing is None:
            return
        text = _("For which half-term? It is for your office, to hold the invoice of {provider} against.").format(provider=standing.name)
        title = _("Cost of places at {provider}").format(provider=standing.name)
        self.show_of_half_term(title, text, lambda term: costs.statement(desk, standing, term), costs.log_print)

    def _enable(self) -> None:
        for name in ("sheets", "return-sheet", "costs"):
            self.heading.enable(name, self.listing.current is not None, _("Choose a provider"))
