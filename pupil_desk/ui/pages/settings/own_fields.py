"""The fields of the unit's own: the list of them, a form for one more, and one withdrawn with a reason."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.catalogue.items import Basis, Kind, item_named
from pupil_desk.domain.catalogue.validation import show
from pupil_desk.domain.unit.own_field import KEPT, OwnField
from pupil_desk.services.unit import own_fields
from pupil_desk.services.unit.own_fields import OwnFieldState
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.kit.words import STRETCH, allow, button, column_in, flow_of, growing, label, show_words
from pupil_desk.ui.style import tokens

_TOLD = ("reason", "purpose", "basis", "law", "special", "retention", "hint")
_EXPLANATION = _(
    "What your unit holds of each pupil, contact or plan beside what the program asks. A field stands on the form, in lists, imports, the privacy notice and copies like any other, and is told to nobody unless by consent or with the whole record."
)


class OwnFields(QWidget):
    """Choose a field to see what it is held for; add one; withdraw one. ``edited`` comes when something is typed."""

    edited = Signal()

    def __init__(self, context: Context, *, readonly: bool) -> None:
        super().__init__()
        self.context, self._readonly = context, readonly
        desk = context.desk
        self.table: Table[OwnFieldState] = Table(
            _COLUMNS,
            name=_("Fields of your unit’s own"),
            id_of=lambda state: state.own_field.name,
            memory=context.memory,
            memory_key="own-fields",
            empty=EmptyState("plus", _("No field of your own yet"), _("Add one only if you need it of each: the notice names it.")),
        )
        self.table.setMinimumHeight(tokens.HUGE * 2)
        self.says, self.title = label("", "muted"), label(_("New field"), "subhead")
        self.add_button = button(_("&Add a field"), self.begin, icon_name="plus")
        self.withdraw_button = button(_("&Withdraw it…"), self.withdraw, icon_name="prohibit")
        self.form = Form(OwnField, today=desk.today, check=partial(own_fields.problems, desk))
        self.form.fields["record"].edited.connect(lambda: once_calm(self, self._fit))
        for name in ("kind", "basis"):
            self.form.fields[name].edited.connect(lambda: once_calm(self, self._fit))
        bar = flow_of(self.add_button, self.withdraw_button)
        if readonly:
            bar.hide()
        column_in(
            self, tokens.S, label(_EXPLANATION, "hint"), growing(self.table), self.says, bar, self.title, self.form, STRETCH, top=tokens.L
        )
        self._end()
        self.table.current_changed.connect(self._show_field)
        self.form.edited.connect(self.edited)

    @property
    def dirty(self) -> bool:
        """Whether a new field is typed."""
        return self.form.dirty

    def show_kept(self) -> None:
        """The fields as they are kept; the new one that was begun is let go."""
        self._end()
        self.table.show_rows(own_fields.fields(self.context.desk))
        self._show_field(self.table.current())
        self.edited.emit()

    def show_field(self, name: str) -> None:
        """Come to the field of that name, the cursor on it."""
        self.table.select(name)
        self.table.setFocus()

    def begin(self) -> None:
        """An empty form for one more, the cursor in it."""
        self.title.show()
        self.form.show()
        self._fit()
        self.form.focus()

    def _end(self) -> None:
        self.form.show_record(None)
        self.form.hide()
        self.title.hide()

    def _fit(self) -> None:
        """Ask for a list of a field that has one, for a law where one demands it, and offer the periods that such a record has."""
        typed = {name: self.form.fields[name].editor.typed_text() for name in ("record", "kind", "basis")}
        self.form.limit_codes("retention", KEPT.get(typed["record"], tuple(codelist("own_field_kept").codes)))
        left_out = set()
        if typed["kind"] != Kind.CODE.value:
            left_out.add("values")
        if typed["basis"] != Basis.LEGAL_OBLIGATION.name:
            left_out.add("law")
        self.form.show_items([name for name in self.form.fields if name not in left_out])

    def _show_field(self, state: OwnFieldState | None) -> None:
        show_words(self.says, "" if state is None else words_of(state))
        can = state is not None and state.own_field.withdrawn is None
        allow(self.withdraw_button, can, _("Choose a field that is in use first"))

    def save(self) -> bool:
        """Make the field that is typed, once the person has said so; False when it was not made."""
        own_field = self.form.submit()
        if own_field is None:
            return False
        words = _(
            "{field}, of: {record}. It can be withdrawn later, but neither changed nor deleted. The privacy notice names it from now on, so a new edition is due."
        )
        record = codelist("own_field_record").label_of(own_field.record)
        if not self.context.ask.confirm(
            _("Make this field?"), words.format(field=own_field.label, record=record), _("Make the field"), stay=_("Not yet")
        ):
            return False
        made = self.context.attempt(lambda: own_fields.make(self.context.desk, own_field), on_refusal=self.form.show_problems)
        if made is None:
            return False
        self.show_kept()
        self.table.select(made[1].name)
        self.context.news.tell(made[0])
        self.context.banner.success(_("Made: {field}. A new edition of the privacy notice is due.").format(field=made[1].label))
        return True

    def withdraw(self) -> None:
        """Have nothing entered any more in the field chosen, once the reason is given."""
        state = self.table.current()
        if state is None:
            return
        words = _("{field}. {filled} It stays readable, in copies too. Nothing more is entered in it, and that is not undone.")
        reason = self.context.ask.text(
            _("Withdraw this field?"),
            words.format(field=state.label, filled=_filled_words(state)),
            _("Why it is withdrawn"),
            verb=_("Withdraw it"),
            stay=_("Keep it"),
        )
        if reason is None:
            return
        changed = self.context.attempt(lambda: own_fields.withdraw(self.context.desk, state.own_field.name, reason))
        if changed is not None:
            self.show_kept()
            self.context.news.tell(changed)
            self.context.banner.success(_("Withdrawn: {field}.").format(field=state.label))

    def draft(self) -> dict[str, Any]:
        """What is typed of a new field: for a draft."""
        return self.form.draft()

    def take_draft(self, texts: dict[str, str]) -> None:
        """Put back what ``draft`` gave."""
        self.begin()
        self.form.take_draft(texts)
        self._fit()


def words_of(state: OwnFieldState) -> str:
    """What a field is held for, on what basis and how long, in how many records something stands in it, and why it was withdrawn."""
    own_field = state.own_field
    told = [(item_named(OwnField, name), getattr(own_field, name)) for name in _TOLD]
    lines = [_("{what}: {words}").format(what=item.label, words=show(item, value)) for item, value in told if value]
    if own_field.codes:
        lines.append(_("Its list: {values}").format(values="; ".join(own_field.codes)))
    lines.append(_filled_words(state))
    if state.label != own_field.label:
        words = _("Made as “{made}”. The program has a field of that name by now, so this one is “{label}” everywhere, in imports too.")
        lines.append(words.format(made=own_field.label, label=state.label))
    if own_field.withdrawn is not None:
        lines.append(_("Withdrawn: {why}").format(why=own_field.withdrawn))
    return "\n".join(lines)


def _filled_words(state: OwnFieldState) -> str:
    what = (_("version of a plan"), _("versions of plans")) if state.own_field.record == "plan" else (_("record"), _("records"))
    return _("Something stands in it in {records}.").format(records=count_of(state.record_count, *what))


def _code_words(name: str, state: OwnFieldState) -> str:
    return show(item_named(OwnField, name), getattr(state.own_field, name))


_COLUMNS = (
    Column[OwnFieldState](
        "label",
        _("Field"),
        lambda state: state.label,
        stretch=True,
        icon=lambda state: "prohibit" if state.own_field.withdrawn is not None else "",
    ),
    Column[OwnFieldState]("record", _("Of"), partial(_code_words, "record"), width=12),
    Column[OwnFieldState]("kind", _("Kind"), partial(_code_words, "kind"), width=16),
    Column[OwnFieldState]("filled", _("Filled"), lambda state: f"{state.record_count:,}", align="right"),
    Column[OwnFieldState](
        "state", _("State"), lambda state: _("in use") if state.own_field.withdrawn is None else _("withdrawn"), longest=_("withdrawn")
    ),
)
