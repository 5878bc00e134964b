"""What files that were read in told of the pupil, and no other part of the record says: to be looked at, and taken away once it is not needed."""

from collections.abc import Callable, Sequence

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.ctf.leftover import place_words
from pupil_desk.services.pupils import not_taken
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart


class NotTakenPart(SeveralPart[NotTaken]):
    """Each value with where it stood and why it was not taken. A file alone adds to them."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        form = Form(NotTaken, today=context.desk.today, readonly=True)
        self.files: dict[str, tuple[str, str]] = {}
        super().__init__(context, may_leave, _MANNER, form, lambda value: value.id)

    def show_record(self, record: PupilRecord) -> None:
        self.files = not_taken.files(self.context.desk)
        super().show_record(record)

    def file_words(self, value: NotTaken) -> str:
        """When the file was read in from which a value is, and what it was called."""
        moment, name = self.files.get(value.import_id, ("", ""))
        return ", ".join(filter(None, (short_date(local_time(moment).date()) if moment else "", name)))


def _columns(part: SeveralPart[NotTaken]) -> Sequence[Column[NotTaken]]:
    assert isinstance(part, NotTakenPart)
    return (
        Column("path", _("Where it stood"), lambda value: place_words(value.path), stretch=True, tip=lambda value: value.path),
        Column("value", _("What it says"), lambda value: value.value, stretch=True),
        Column("file", _("File"), part.file_words, stretch=True, tip=part.file_words),
    )


def _add(_desk: Desk, _value: NotTaken) -> Changed:
    raise AssertionError("only a file adds to them")


_MANNER = PartDefinition[NotTaken](
    name=_("Not taken from files"),
    add_words="",
    new_title="",
    empty_words=_("Nothing was left over from a file"),
    sign="tray",
    columns=_columns,
    rows_of=lambda record, desk: not_taken.of_pupil(desk, record.pupil.id),
    title_of=lambda value: place_words(value.path),
    new_keys=lambda _record, _desk: {},
    add=_add,
)
