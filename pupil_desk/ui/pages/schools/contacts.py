"""The schools, and with whom one speaks at the one chosen."""

from collections.abc import Callable, Sequence

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.schools.school import School, check_school_contacts
from pupil_desk.services.roles import Action
from pupil_desk.services.schools import schools
from pupil_desk.services.schools.refusals import not_named
from pupil_desk.services.schools.schools import SchoolStanding
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.forms.listed import ListedForm
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.style import tokens

_COLUMNS = (
    Column[SchoolStanding]("name", _("School"), lambda standing: standing.name, stretch=True),
    Column[SchoolStanding]("pupils", _("Pupils"), lambda standing: f"{standing.pupils:,}", align="right"),
    Column[SchoolStanding]("named", _("In the notice"), lambda standing: _("yes") if standing.is_named else _("no")),
    Column[SchoolStanding]("password", _("Password"), lambda standing: _("made") if standing.has_password else _("none yet")),
)


class SchoolContacts(ListedForm[SchoolStanding]):
    """One row a school; the form is of the people there."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        empty = EmptyState(
            "buildings",
            _("No school yet"),
            _("A school stands here once the settings name it with its DfE number, or a pupil’s stay or an agreed place does."),
            act=(_("Go to Settings"), lambda: context.go("settings", "told_schools")),
        )
        to_choose = EmptyState("buildings", _("Choose a school"), _("With whom one speaks there is shown here."))
        typed = [item.name for item in items_of(School) if item.name != "number"]  # the number stands in the title
        form = Form(School, today=desk.today, check=check_school_contacts, only=typed, readonly=not desk.may(Action.EDIT_RECORD))
        super().__init__(
            context,
            may_leave,
            form,
            _COLUMNS,
            name=_("Schools"),
            key="schools",
            empty=empty,
            above=tokens.M,
            stands_on_first=False,  # a new password is for the school that was chosen
            none_chosen=to_choose,
        )
        self.table.always_give_way({"password": 490, "named": 420})

    def rows(self) -> Sequence[SchoolStanding]:
        return schools.standings(self._context.desk)

    def show_form(self, row: SchoolStanding | None) -> None:
        self.form.show_record(row.school if row is not None else None)

    def keep(self, record: School) -> Changed:
        return schools.save(self._context.desk, record)

    def refusal_of(self, row: SchoolStanding) -> str:
        return not_named(self._context.desk, row.id)
