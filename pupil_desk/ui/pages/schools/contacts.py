"""The schools, and with whom one speaks at the one chosen."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.schools.school import School, check_school_contacts
from pupil_desk.services.roles import Action
from pupil_desk.services.schools import schools
from pupil_desk.services.schools.refusals import not_named
from pupil_desk.services.schools.schools import SchoolStanding
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import STRETCH, column_in, column_of, growing, label

_COLUMNS = (
    Column[SchoolStanding]("name", _("School"), lambda standing: standing.name, stretch=True),
    Column[SchoolStanding]("pupils", _("Pupils"), lambda standing: f"{standing.pupils:,}", align="right"),
    Column[SchoolStanding]("named", _("In the notice"), lambda standing: _("yes") if standing.is_named else _("no")),
    Column[SchoolStanding]("password", _("Password"), lambda standing: _("made") if standing.has_password else "", longest=_("made")),
)


class SchoolContacts(QWidget):
    """``form_edited`` comes when something is typed, ``school_chosen`` when another school stands there."""

    form_edited = Signal()
    school_chosen = Signal()

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__()
        self._context, self._may_leave = context, may_leave
        self._listening, self._shown_number = True, ""
        desk = context.desk
        empty = EmptyState(
            "buildings",
            _("No school yet"),
            _("A school stands here once the settings name it with its DfE number, or a pupil’s stay or an agreed place does."),
        )
        self.table = Table(
            _COLUMNS, name=_("Schools"), id_of=lambda standing: standing.id, memory=context.memory, memory_key="schools", empty=empty
        )
        typed = [item.name for item in items_of(School) if item.name != "number"]  # the number stands in the title
        self.form = Form(School, today=desk.today, check=check_school_contacts, only=typed, readonly=not desk.may(Action.EDIT_RECORD))
        self.title, self.refusal = label("", "subhead"), label("", "problem")
        self.right = scrolled(column_of(self.title, self.refusal, self.form, STRETCH))
        self.panes = Panes(self.table, self.right, shares=(46, 54), memory=context.memory, key="schools")
        column_in(self, None, growing(self.panes))
        self.table.current_changed.connect(self._on_row_changed)
        self.table.opened.connect(lambda _row: self.form.focus())
        self.form.edited.connect(self.form_edited)

    @property
    def current(self) -> SchoolStanding | None:
        """The school that is chosen."""
        return self.table.current()

    @property
    def dirty(self) -> bool:
        return self.form.dirty

    def refresh(self) -> None:
        """The schools as they are now; what is typed stays."""
        rows = self._context.attempt(lambda: schools.standings(self._context.desk))
        if rows is None:
            return
        self._listening = False
        self.table.show_rows(rows)
        self._listening = True
        if not self.dirty:
            self._show()

    def go_to(self, number: str) -> None:
        """Choose a school by its number."""
        self.table.select(number)

    def save(self) -> bool:
        """Keep what is typed. False where it could not be, and the form has said why."""
        school = self.form.submit()
        if school is None:
            return False
        changed = self._context.attempt(lambda: schools.save(self._context.desk, school), on_refusal=self.form.show_problems)
        if changed is None:
            return False
        self.form.show_record(school)
        self.refresh()
        self._context.news.tell(changed)
        self._context.banner.success(_("Saved."))
        return True

    def put_back(self) -> None:
        """What was there before."""
        self.form.put_back()

    def draft(self) -> dict[str, object] | None:
        """What is typed and not kept, with the school that it is of."""
        return {"number": self._shown_number, "texts": self.form.draft()} if self.dirty else None

    def take_draft(self, draft: dict[str, object]) -> None:
        """Put back what ``draft`` gave."""
        texts = draft["texts"]
        assert isinstance(texts, dict)
        self.go_to(str(draft["number"]))
        self.form.take_draft(texts)

    def _on_row_changed(self, row: SchoolStanding | None) -> None:
        if not self._listening or (row is not None and row.id == self._shown_number):
            return
        if self.dirty and not self._may_leave():
            self._listening = False
            self.table.select(self._shown_number)
            self._listening = True
            return
        self._show()

    def _show(self) -> None:
        standing = self.table.current()
        self._shown_number = standing.id if standing is not None else ""
        self.form.show_record(standing.school if standing is not None else None)
        self.form.setVisible(standing is not None)
        self.title.setText(standing.name if standing is not None else "")
        refusal = "" if standing is None else not_named(self._context.desk, standing.id)
        self.refusal.setText(refusal)
        self.refusal.setVisible(bool(refusal))
        self.school_chosen.emit()
