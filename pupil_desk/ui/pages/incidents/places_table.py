"""What is taken out of a report about an incident, a line for each place: what stands there, and whom it may mean."""

from collections.abc import Callable

from pupil_desk.basics.words import _
from pupil_desk.services.incidents.naming import NamedPlace
from pupil_desk.ui.kit.lists.heights import WrappedRows
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table


def places_table(is_let: Callable[[NamedPlace], bool]) -> Table[NamedPlace]:
    """The table; ``is_let`` says of a place whether it stands."""
    columns = (
        Column[NamedPlace](
            "state",
            _("In the report"),
            lambda row: _("Stands") if is_let(row) else _("Taken out"),
            longest=_("Taken out"),
            icon=lambda row: "check-circle" if is_let(row) else "prohibit",
        ),
        Column[NamedPlace](
            "words",
            _("What stands there"),
            lambda row: _("{before}[{words}]{after}").format(before=row.before, words=row.words, after=row.after),
            stretch=True,
            width=24,
        ),
        Column[NamedPlace]("who", _("Whom it may mean"), lambda row: ", ".join(row.who), width=22),
        Column[NamedPlace]("where", _("Where"), lambda row: row.label, width=16),
    )
    table = Table(columns, name=_("What is taken out of the report"), id_of=lambda row: row.place)
    WrappedRows(table)
    return table
