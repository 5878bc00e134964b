"""The types of consent: what each asks, who decides, how long it holds, and its words. A data officer changes them."""

import dataclasses
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.consents.consent import ConsentType, lapse_words
from pupil_desk.services.consents import types
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.editors import LinesEditor
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.heading import only_for
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.words import button, column_in, column_of, flow_of, growing, label, show_words
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import keep_least_width

_LINES = 4  # of the longer texts in sight at once
_SIDE = 280  # least width at 100 % of the form
_SPARE = {"own": 560, "lapses": 440}  # columns for which there is room from a width on, at 100 %; the form says them too


class Types(QWidget):
    """``record_saved`` carries what was changed."""

    record_saved = Signal(object)
    edited = Signal()

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__()
        self.context, self._may_leave = context, may_leave
        self._type_shown: ConsentType | None = None
        self._new = False
        self._able = context.desk.may(Action.EDIT_CONSENT_TYPES)
        self.table: Table[ConsentType] = Table(
            _columns(),
            name=_("Types of consent"),
            id_of=lambda row: row.consent_type,
            memory=context.memory,
            memory_key="consent-types",
            stands_on_first=False,
        )
        self.table.always_give_way(_SPARE)
        self.title, self.edition_line = label("", "subhead"), label("", "muted")
        self.form = Form(ConsentType, today=context.desk.today, readonly=not self._able)
        for field in self.form.fields.values():
            if isinstance(field.editor, LinesEditor):
                field.editor.set_tallest(_LINES)
        self.save_button = button(_("&Save (Ctrl+S)"), self.save, "primary", icon_name="check")
        self.back_button = button(_("Put back (Esc)"), self.discard)
        self.new_button = button(_("New t&ype like this"), self.begin, icon_name="plus")
        self.retire_button = button(_("T&ake out of use"), self.retire)
        self._build()
        self._reveal()
        self.table.current_changed.connect(self._row_changed)
        self.table.opened.connect(lambda _row: self.form.focus())
        self.form.edited.connect(self._changed)

    def _build(self) -> None:
        commands = (self.save_button, self.back_button, self.new_button, self.retire_button)
        only_for(self.context.desk, Action.EDIT_CONSENT_TYPES, *commands)
        self.form_area = scrolled(self.form)
        keeps_room = self.form_area.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)  # so that the buttons stay at the foot
        self.form_area.setSizePolicy(keeps_room)
        right = column_of(self.title, self.edition_line, growing(self.form_area), flow_of(*commands))
        keep_least_width(right, _SIDE)
        column_in(
            self, None, growing(Panes(self.table, right, shares=(47, 53), memory=self.context.memory, key="consent-types")), top=tokens.M
        )

    def panes(self) -> list[QWidget]:
        """The parts that F6 goes round."""
        return [self.table, self.form]

    def refresh(self) -> None:
        """Ask again for the list, and for the type shown unless something is being typed."""
        if not self.dirty:
            self.table.show_rows(types.types(self.context.desk, retired=True))
            self._row_changed(self.table.current())

    def _row_changed(self, row: ConsentType | None) -> None:
        if row is None or (self._type_shown is not None and row.id == self._type_shown.id and not self._new):
            return
        if self.dirty and not self._may_leave():
            if self._type_shown is not None:
                with QSignalBlocker(self.table):
                    self.table.select(self._type_shown.consent_type)
            return
        self._show(row)

    def _show(self, row: ConsentType, *, new: bool = False) -> None:
        self._type_shown, self._new = row, new
        self.form.show_record(row)
        self.title.setText(_("A new type of consent") if new else row.name)
        show_words(self.edition_line, "" if new else self._who_made(row))
        fixed = frozenset() if new else types.fixed_of(row.consent_type)
        for name, field in self.form.fields.items():
            field.editor.set_readonly(not self._able or name in fixed or (name == "per" and not new))
        self.retire_button.setText(_("Use a&gain") if row.retired else _("T&ake out of use"))
        self._changed()

    def _who_made(self, row: ConsentType) -> str:
        sure = _("How sure we are: {words}").format(words=codelist("consent_sure").label_of(row.sure).lower())
        history = types.history(self.context.desk, row.consent_type)
        if types.is_shipped(row):
            words = _(
                "It comes with the program. What you change becomes the unit’s own edition; the one before stays with what was said by it."
            )
        elif history:
            words = _("Edition {number}, by {who} on {day}. The ones before stay with what was said by them.").format(
                number=history[0].edition, who=history[0].actor, day=short_date(history[0].moment.date())
            )
        else:
            words = ""
        if types.fixed_of(row.consent_type):
            words = _("{words} What the law fixes cannot be changed here.").format(words=words)
        return f"{words} {sure}.".strip()

    def _changed(self) -> None:
        self._reveal()
        self.edited.emit()

    def _reveal(self) -> None:
        """Nothing is filled in, saved or taken out of use until a type is chosen."""
        chosen = self._type_shown is not None
        self.form_area.setVisible(chosen)
        if not chosen:
            self.title.setText(_("Choose a consent on the left"))
        if self._able:
            self.save_button.setEnabled(self.dirty)
            self.back_button.setEnabled(self.dirty)
            self.new_button.setEnabled(chosen)
            self.retire_button.setEnabled(chosen and not self._new)

    def begin(self) -> None:
        """Write a new type, beginning with what the one shown says."""
        if self._type_shown is not None and (not self.dirty or self._may_leave()):
            like = dataclasses.replace(
                self._type_shown, id="", consent_type="", edition=1, retired=False, name="", sure="low", source=_("Our own")
            )
            self._show(like, new=True)
            self.form.focus("name")

    @property
    def dirty(self) -> bool:
        """Whether something is typed and not kept."""
        return self._able and (self.form.dirty or self._new)

    def save(self) -> bool:
        """Keep a further edition; False when it could not be, and the form or the banner has said why."""
        consent_type = self.form.submit()
        if consent_type is None:
            return False
        changed = self.context.attempt(lambda: types.save_type(self.context.desk, consent_type), on_refusal=self.form.show_problems)
        if changed is None:
            return False
        self._show_saved(consent_type.name, changed, _("Saved as a new edition."))
        return True

    def _show_saved(self, name: str, changed: Any, words: str) -> None:
        self._new, self._type_shown = False, None
        self.form.show_record(None)
        consent_types = types.types(self.context.desk, retired=True)
        self.table.show_rows(consent_types)
        self.table.select(next((consent_type.consent_type for consent_type in consent_types if consent_type.name == name), ""))
        self._type_shown = None
        self._row_changed(self.table.current())
        self.record_saved.emit(changed)
        self.context.banner.success(words)

    def retire(self) -> None:
        """Take it out of use, or use it again."""
        row = self._type_shown
        if row is None or (self.dirty and not self._may_leave()):
            return
        desk = self.context.desk
        text = _(
            "“{consent}” is asked no more, and stands on no form. What was said by it stays on record, and it can be used again."
        ).format(consent=row.name)
        if not row.retired and not self.context.ask.confirm(
            _("Take this type out of use?"), text, _("Take it out of use"), stay=_("Keep it in use")
        ):
            return
        changed = self.context.attempt(lambda: (types.bring_back if row.retired else types.retire)(desk, row.consent_type))
        if changed is not None:
            self._show_saved(
                row.name, changed, _("In use again.") if row.retired else _("Taken out of use. What was said by it stays on record.")
            )

    def discard(self) -> None:
        if self._new:
            self._new, self._type_shown = False, None
            self._row_changed(self.table.current())
        else:
            self.form.put_back()
            self._changed()

    def draft(self) -> dict[str, Any]:
        """What is typed, for a draft."""
        return {"type": self._type_shown.consent_type if self._type_shown else "", "new": self._new, "typed": self.form.draft()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        if draft["type"]:
            self.table.select(draft["type"])
        if draft["new"]:
            self.begin()
        self.form.take_draft(draft["typed"])


def _columns() -> tuple[Column[ConsentType], ...]:
    return (
        Column(
            "name",
            _("Consent"),
            lambda row: _("{name} – out of use").format(name=row.name) if row.retired else row.name,
            stretch=True,
            width=22,
            tip=lambda row: row.name,
        ),
        Column("lapses", _("Holds until"), lapse_words, width=26, tip=lapse_words),
        Column("own", _("Own from"), lambda row: str(row.own_age), align="right"),
    )
