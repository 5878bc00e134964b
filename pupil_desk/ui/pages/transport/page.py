"""Transport: who drives and escorts each route, and the sheet of a route for whoever drives.

How other pages lead here: ``context.go("transport", key)`` shows the route of that key.
"""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.transport.route import Route, check_route, route_key
from pupil_desk.services.program import keys
from pupil_desk.services.roles import Action
from pupil_desk.services.transport import route_sheet, routes
from pupil_desk.services.transport.journeys import SWITCH
from pupil_desk.services.transport.route_sheet import RouteSheet
from pupil_desk.services.transport.routes import RouteStanding
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.forms.listed import ListedForm
from pupil_desk.ui.kit.forms.listed_page import ListedPage
from pupil_desk.ui.kit.groups import LEAVING
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.talk.empty import EmptyState

_COLUMNS = (
    Column[RouteStanding]("name", _("Route"), lambda standing: standing.name, stretch=True),
    Column[RouteStanding]("pupils", _("Pupils"), lambda standing: f"{len(standing.pupil_ids):,}", align="right"),
    Column[RouteStanding]("operator", _("Driven by"), lambda standing: standing.route.operator or "", width=20),
    Column[RouteStanding]("escort", _("Escort"), lambda standing: standing.route.escort or "", width=16),
)


class RouteList(ListedForm[RouteStanding]):
    """One row a route; the form says who drives and escorts it."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        typed = [item.name for item in items_of(Route) if item.name != "name"]  # the name stands in the title
        form = Form(Route, today=desk.today, check=check_route, only=typed, readonly=not desk.may(Action.EDIT_RECORD))
        empty = EmptyState("bus", _("No route yet"), _("Add one with “New route…”, or enter it in a pupil’s record, under Transport."))
        to_choose = EmptyState("bus", _("Choose a route"), _("Who drives and escorts it is shown here."))
        super().__init__(
            context, may_leave, form, _COLUMNS, name=_("Routes"), key="routes", empty=empty, stands_on_first=False, none_chosen=to_choose
        )
        self.table.always_give_way({"escort": 700, "operator": 480})

    def rows(self) -> Sequence[RouteStanding]:
        return routes.standings(self._context.desk)

    def show_form(self, row: RouteStanding | None) -> None:
        self.form.show_record(row.route if row is not None else None)

    def keep(self, record: Route) -> Changed:
        return routes.save(self._context.desk, record)

    def refusal_of(self, row: RouteStanding) -> str:
        """Why nothing may be told to who drives; and that the sheet that is out there is no longer right."""
        desk = self._context.desk
        told_words = routes.not_named(desk, row.route) if row.route.operator else ""
        return " ".join(filter(None, (told_words, route_sheet.outdated(desk, row))))


class TransportPage(ListedPage):
    """Tasks: keep who drives and escorts a route, and that they are still right; print its sheet; rename a route or take it away."""

    name = "transport"
    switch = SWITCH
    title = _("Transport")
    icon = "bus"
    group = LEAVING
    action = Action.READ_RECORD
    concerning = frozenset({"route", "journey", "enrolment", "pupil", "import", "settings"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        heading = Heading(_("Transport"), self._commands(), desk=context.desk, has_line=True)
        heading.set_title(_("Transport"), _("Routes: who drives, who escorts, and whom each carries."))
        self.routes = RouteList(context, self.leave)
        self.lay_out(heading, view=self.routes, paper=Paper(context, _("The sheet as it will be printed")))
        self.routes.form_edited.connect(self.edited)
        self.routes.row_chosen.connect(self._enable)

    def _commands(self) -> tuple[Command, ...]:
        return (
            Command("sheet", _("Transport sheet…"), self.make_sheet, Action.EXPORT, "printer", lets_out=True, primary=True),
            Command("new", _("New route…"), self.add_route, Action.EDIT_RECORD, "plus", shortcut=keys.NEW.sequence),
            Command("save", _("&Save"), self.save, Action.EDIT_RECORD, "floppy-disk", tip=keys.SAVE.shown),
            Command("rename", _("Rename the route…"), self.rename_route, Action.EDIT_RECORD, "pencil-simple"),
            Command("staff", _("Driver and escort still right"), self.confirm_staff, Action.EDIT_RECORD, "check"),
            Command("remove", _("Take the route away…"), self.remove_route, Action.EDIT_RECORD, "trash"),
        )

    def on_show(self, object_id: str | None = None) -> None:
        """The routes as they are now, at one of them."""
        self.refresh()
        if object_id:
            self.routes.go_to(object_id)
        self.take_cursor()

    def refresh(self) -> None:
        self.routes.refresh()

    def lists(self) -> list[ListedForm[Any]]:
        return [self.routes]

    def bring_list(self, key: str) -> RouteList:
        return self.routes

    def parts_in_view(self) -> list[QWidget]:
        """The list, the form."""
        return [self.routes.table, self.routes.right]

    def add_route(self) -> None:
        """A route of a name that is asked for; the rest is typed in its form. One that is there already is shown."""
        if not self.leave():
            return
        name = self.context.ask.text(
            _("A new route"),
            _("Pupils’ journeys name it as it is spelt here."),
            _("Name of the route"),
            verb=_("Add the route"),
            check=_wrong,
        )
        changed = self.context.attempt(lambda: routes.begin(self.context.desk, name)) if name else None
        if changed is not None and name:
            self.routes.refresh()
            self.routes.go_to(route_key(name))
            self.routes.form.focus()
            self.context.news.tell(changed)

    def make_sheet(self) -> None:
        """The sheet of the route chosen, from today on, as a paper."""
        if not self.leave():  # it tells what is saved
            return
        standing, desk = self.routes.current, self.context.desk
        made_sheet = self.context.attempt(lambda: route_sheet.sheet(desk, standing)) if standing is not None else None
        if made_sheet is None:
            return
        left_out = [_("Left out: {who}").format(who=words) for words in made_sheet.left_out]
        if left_out or made_sheet.remarks:
            self.context.banner.note("\n".join([*left_out, *made_sheet.remarks]))
        self.show_made(made_sheet, lambda: self._printed(made_sheet), page_size=route_sheet.LYING, footer=made_sheet.footer)

    def _printed(self, made_sheet: RouteSheet) -> None:
        route_sheet.log_print(self.context.desk, made_sheet)
        self.routes.refresh()

    def rename_route(self) -> None:
        """Ask for another name of the route chosen; the journeys by it that are not over follow."""
        standing, desk = self.routes.current, self.context.desk
        if standing is None or not self.leave():
            return
        name = self.context.ask.text(
            _("Another name for {route}").format(route=standing.name),
            _("Journeys by {route} that are not over get it too. Those that are over, and what was told, keep the old one.").format(
                route=standing.name
            ),
            _("Name of the route"),
            value=standing.name,
            verb=_("Rename the route"),
            check=_wrong,
        )
        changed = self.context.attempt(lambda: routes.rename(desk, standing, name)) if name else None
        if changed is not None and name:
            self.routes.refresh()
            self.routes.go_to(route_key(name))
            self.context.news.tell(changed)

    def confirm_staff(self) -> None:
        """Keep that who drives and escorts the route chosen is still right."""
        standing, desk = self.routes.current, self.context.desk
        if standing is None or not self.leave():
            return
        changed = self.context.attempt(lambda: routes.confirm_staff(desk, standing))
        if changed is not None:
            self.context.news.tell(changed)
            self.context.banner.success(_("Kept: you have seen to it today that driver and escort are right."))

    def remove_route(self) -> None:
        """Take the route chosen away with who drives and escorts it, once nobody is carried on it."""
        standing, desk = self.routes.current, self.context.desk
        if standing is None or not self.leave():
            return
        people = [name for name in (standing.route.operator, standing.route.driver, standing.route.escort) if name]
        text = _("{route} goes with who drives and escorts it: {people}. It cannot be had back. What was told stays in the log.")
        words = text.format(route=standing.name, people=join_words(people) or _("nobody is entered"))
        verb = _("Take the route away")
        stays = standing.journeys or standing.of_earlier_stays
        if stays or self.context.ask.confirm(_("Take this route away?"), words, verb, danger=True, stay=_("Keep it")):
            changed = self.context.attempt(lambda: routes.remove(desk, standing))  # with journeys: the words why not
            if changed is not None:
                self.routes.refresh()
                self.context.news.tell(changed)

    def _enable(self) -> None:
        standing = self.routes.current
        for name in ("sheet", "rename", "remove"):
            self.heading.enable(name, standing is not None, _("Choose a route"))
        has_staff = standing is not None and bool(standing.route.driver or standing.route.escort)
        self.heading.enable("staff", has_staff, _("Choose a route with a driver or an escort"))


def _wrong(text: str) -> str:
    return "" if text.strip() else _("Type what the route is called.")
