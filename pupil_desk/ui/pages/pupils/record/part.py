"""What the record asks of each of its parts."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal

from pupil_desk.domain.changes import Changed
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.low.foldable import Foldable
from pupil_desk.ui.kit.watch.making import pause


class RecordPart(Foldable):
    """One tab of the record: edited, kept and put back by itself, so that what is kept is one transaction.

    ``record_saved`` carries what a service changed; ``edited`` comes with each change of a text; ``place_wanted`` a ``Place`` in the
    same record to go to. ``is_form`` is whether anything is typed here, to be saved or put back.
    """

    edited = Signal()
    record_saved = Signal(object)
    place_wanted = Signal(object)
    is_form = True

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        pause()  # before it is there: nothing half made hears of anything
        super().__init__()
        self.context, self.may_leave = context, may_leave

    def hold_back(self) -> None:
        """Take out, before the part goes into the window, what is put in by itself then."""

    def put_in(self) -> None:
        """Put in, step by step, what waits until the part stands in the window: Qt dresses all at once that comes into it with one call."""

    def fold(self, *, is_low: bool) -> None:
        """Most stand in a low window as in a high one."""

    def show_record(self, record: PupilRecord) -> None:
        """Show what is on file of this pupil."""
        raise NotImplementedError

    @property
    def dirty(self) -> bool:
        """Whether something is typed and not kept."""
        return False

    @property
    def adding(self) -> bool:
        """Whether the form shown is that of a new record, which may be saved or put away before anything is typed."""
        return False

    @property
    def goes_on(self) -> bool:
        """Whether that new record is the next after one that was just kept, begun by itself."""
        return False

    def save(self) -> bool:
        """Keep what is typed; False when it could not be, and the part has said why."""
        return True

    def put_back(self) -> None:
        """Show again what is on file."""

    def draft(self) -> dict[str, Any]:
        """What is typed, as ``take_draft`` takes it."""
        return {}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""

    def focus_first(self) -> None:
        """Put the cursor where work begins."""

    def focus_on(self, kind: str, row_id: str, item: str) -> None:
        """Put the cursor into a field: that of the record named, or where one of its kind is added if none is."""
        self.focus_first()

    def keep[T](self, form: Form[T], work: Callable[[], Changed]) -> bool:
        """Ask a service; what it refuses is said in the form, what the world refuses in the banner."""
        changed = self.context.attempt(work, on_refusal=form.show_problems)
        if changed is None:
            return False
        self.record_saved.emit(changed)
        return True
