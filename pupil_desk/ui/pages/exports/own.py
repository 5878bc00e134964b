"""Exports that the unit makes for itself: for whom and on what basis, what goes, who goes; drafted, approved, taken out of use."""

import dataclasses
from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.exports.own_export import CONSENT, OwnColumn, OwnExport
from pupil_desk.domain.pupils.conditions import Condition
from pupil_desk.services.exports.own import versions
from pupil_desk.services.exports.own.versions import OwnExportState
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.lists.short import ShortTable
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.tabs import Tabs
from pupil_desk.ui.kit.talk.ask import leave_choices
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import STRETCH, aligned, allow, button, column_in, column_of, flow_of, growing, label, labelled, set_look
from pupil_desk.ui.pages.exports.own_items import OwnItems
from pupil_desk.ui.pages.exports.own_reach import OwnReach
from pupil_desk.ui.pages.exports.words import OWN_COLUMNS, own_state_words
from pupil_desk.ui.style import tokens

_NEW = OwnExport(title="", recipient="", purpose="", basis="")


class OwnExports(QWidget):
    """``edited`` comes with each thing typed; ``export_wanted`` carries the name of one to make."""

    edited = Signal()
    export_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._version: OwnExport = _NEW
        self._drafts, self._approves = context.desk.may(Action.DRAFT_OWN_EXPORT), context.desk.may(Action.APPROVE_OWN_EXPORT)
        self._makes = context.desk.may(Action.EXPORT)
        words = _("Such as the names of those on a work placement, for the employer, with consent.")
        begin = f" {_('Press “New export” to begin.')}" if self._drafts else ""
        empty = EmptyState("export", _("No export of your own yet"), words + begin)
        self.table: ShortTable[OwnExportState] = ShortTable(
            OWN_COLUMNS, name=_("Our own exports"), empty=empty, memory=context.memory, memory_key="own-exports", stands_on_first=False
        )
        self.title, self.state = label("", "subhead"), label("", "muted")
        self.form = Form(OwnExport, today=context.desk.today)
        self.consent = ChoiceBox(name=_("Which consent"))
        self.consent.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.consent_part = labelled(_("Which consen&t"), self.consent)
        self.consent_hint = label(
            _("A person or body is added on the page Consents, under occasions: then families are asked about just them."), "hint"
        )
        self.items = OwnItems()
        self.reach = OwnReach(context, self.typed_version)
        self.steps = Tabs(_("Parts of the export"))
        self.save_button = button(_("&Save as a draft (Ctrl+S)"), self.save, "primary", icon_name="check")
        self.back_button = button(_("Put back (Esc)"), self.discard)
        self.new_button = button(_("&New export"), self.begin, icon_name="plus")
        self.approve_button = button(_("&Approve…"), self.approve, icon_name="check-circle")
        self.retire_button = button(_("Take out of use…"), self.retire)
        self.make_button = button(_("&Make it…"), lambda: self.export_wanted.emit(self._version.own_export))
        self._build()
        self.table.current_changed.connect(self._on_row_changed)
        self.table.opened.connect(lambda _row: self.form.focus())
        self.form.edited.connect(self._changed)
        self.items.changed.connect(self._items_changed)
        self.reach.changed.connect(self._changed)
        self.items.changed.connect(lambda: self.form.mended("columns"))
        self.reach.changed.connect(self._reach_mended)
        self.consent.currentIndexChanged.connect(lambda _place: self.form.mended("consent"))
        self.consent.activated.connect(lambda _place: self._changed())
        for name, place in {"columns": 1, "conditions": 2, "order": 2}.items():
            self.form.elsewhere[name] = partial(self.steps.setCurrentIndex, place)
        self.form.elsewhere["consent"] = self.consent.setFocus
        self._show(None)

    def _build(self) -> None:
        first = column_of(self.form, self.consent_part, self.consent_hint, STRETCH, top=tokens.S)
        for part, words in ((first, _("For whom, and wh&y")), (self.items, _("What &goes")), (self.reach, _("Wh&o goes"))):
            area = scrolled(part)  # what is done with it stays in sight below
            area.setMinimumHeight(tokens.HUGE * 5 // 2)
            self.steps.addTab(area, words)
        buttons_box = flow_of(self.save_button, self.approve_button, self.make_button, self.back_button, self.retire_button)
        left = column_of(self.table, aligned(self.new_button), STRETCH)
        right = column_of(self.title, self.state, growing(self.steps), buttons_box)
        column_in(self, None, growing(Panes(left, right, shares=(1, 3), memory=self.context.memory, key="own-exports")), top=tokens.M)

    # what the page asks of it

    def refresh(self) -> None:
        """The exports as they are now; what is being typed stays."""
        if not self.dirty:
            self.table.show_rows(versions.own_exports(self.context.desk))
            self._show(self.table.current())

    def panes(self) -> list[QWidget]:
        """The list, and the parts of the one it is on."""
        return [self.table, self.steps]

    def search(self) -> None:
        """Into the box that finds an item."""
        self.steps.setCurrentIndex(1)
        self.items.find_box.setFocus()

    @property
    def dirty(self) -> bool:
        """Whether something is typed and not kept."""
        return self._drafts and (
            self.form.dirty
            or (self.items.columns, self.reach.conditions, self.reach.order, self._consent_typed())
            != (self._version.columns, self._version.conditions, self._version.order, self._version.consent)
        )

    # one of them

    def _on_row_changed(self, row: OwnExportState | None) -> None:
        if row is None or row.own_export.id == self._version.id:
            return
        if self.dirty and not self._may_leave():
            with QSignalBlocker(self.table):
                self.table.select(self._version.own_export)
            return
        self._show(row)

    def _may_leave(self) -> bool:
        answer = self.context.ask.choose(
            _("Save what you typed?"), _("This export has changes that are not saved."), leave_choices(), safe="stay"
        )
        if answer == "save":
            return self.save()
        return answer != "stay"

    def _show(self, row: OwnExportState | None) -> None:
        version = self._version = row.own_export if row is not None else _NEW
        self.form.show_record(version)
        self.form.set_readonly(not self._drafts)
        self._offer_consents(version.consent)
        self.items.show_columns(version.columns, readonly=not self._drafts)
        self.reach.show_version(version, readonly=not self._drafts)
        self.title.setText(version.title or (_("A new export") if self._drafts else _("Choose an export in the list")))
        self.state.setText(own_state_words(self.context.desk, row, drafts=self._drafts))
        self._changed()

    def _offer_consents(self, consent_key: str) -> None:
        self.consent.clear()
        self.consent.addItem(_("Choose one"), "")
        for consent in versions.consents(self.context.desk):
            self.consent.addItem(consent.words, consent.key)
        if consent_key and self.consent.findData(consent_key) < 0:
            self.consent.addItem(_("{consent} (over, or no longer in use)").format(consent=self._version.law or ""), consent_key)
        self.consent.setCurrentIndex(max(0, self.consent.findData(consent_key)))
        self.consent.setEnabled(self._drafts)

    def _consent_typed(self) -> str:
        return self.consent.key() if self._basis() == CONSENT else ""

    def _basis(self) -> str:
        return str(self.form.fields["basis"].reading().value or "")

    def _items_changed(self) -> None:
        self.reach.show_columns(self.items.columns)
        self._changed()

    def _changed(self) -> None:
        basis = self._basis()
        for name in ("law", "condition"):
            self.form.fields[name].setVisible(bool(basis) and basis != CONSENT)
        for part in (self.consent_part, self.consent_hint):
            part.setVisible(basis == CONSENT)
        self.reach.forget()
        dirty, is_stored = self.dirty, bool(self._version.id)
        row = next((candidate for candidate in self.table.rows if candidate.own_export.id == self._version.id), None)
        self.save_button.setEnabled(self._drafts and dirty)
        self.back_button.setEnabled(dirty)
        self.approve_button.setEnabled(self._approves and is_stored and not dirty and row is not None and not row.approved)
        self.retire_button.setEnabled(
            is_stored and not dirty and (self._approves or (self._drafts and row is not None and not (row.approved or row.approved_before)))
        )
        self.new_button.setEnabled(self._drafts)
        self.make_button.setEnabled(self._makes and is_stored and not dirty and row is not None and row.approved)
        set_look(self.make_button, "primary" if self.make_button.isEnabled() else "")
        for act_button, able, action in (
            (self.save_button, self._drafts, Action.DRAFT_OWN_EXPORT),
            (self.new_button, self._drafts, Action.DRAFT_OWN_EXPORT),
            (self.approve_button, self._approves, Action.APPROVE_OWN_EXPORT),
            (self.make_button, self._makes, Action.EXPORT),
        ):
            allow(
                act_button,
                able and act_button.isEnabled(),
                only(action)
                if not able
                else ""
                if is_stored or act_button in (self.save_button, self.new_button)
                else _("Choose an export in the list first"),
            )
        allow(self.retire_button, self.retire_button.isEnabled(), "" if is_stored else _("Choose an export in the list first"))
        self.edited.emit()

    def typed_version(self) -> OwnExport:
        """What is typed, whether it can be kept or not."""
        values = {name: field.reading().value for name, field in self.form.fields.items()}
        texts: dict[str, Any] = {name: value if value is not None or name in ("law", "condition") else "" for name, value in values.items()}
        return dataclasses.replace(
            self._version,
            **texts,
            columns=self.items.columns,
            conditions=self.reach.conditions,
            order=self.reach.order,
            consent=self._consent_typed(),
        )

    # what is done with it

    def begin(self) -> None:
        if not self.dirty or self._may_leave():
            self.table.choose_none()
            self._show(None)
            self.steps.setCurrentIndex(0)
            self.form.focus("title")

    def save(self) -> bool:
        """Keep a draft; False when it could not be, and the form has said why."""
        stored = self.context.attempt(lambda: versions.save(self.context.desk, self.typed_version()), on_refusal=self._show_refusal)
        if stored is None:
            return False
        self._on_saved(
            stored.own_export, Changed.of("own-export"), _("Saved as a draft. It cannot be made until a data officer approves it.")
        )
        return True

    def _show_refusal(self, problems: tuple[Problem, ...]) -> None:
        self.steps.setCurrentIndex(0)
        self.form.show_problems(problems)

    def _reach_mended(self) -> None:
        for name in ("conditions", "order"):
            self.form.mended(name)

    def approve(self) -> None:
        """A data officer’s word, once it is clear what it does."""
        version = self._version
        text = _("From then on “{title}” can be made for {recipient}. The privacy notice names it, and so has a new edition.")
        if self.context.ask.confirm(
            _("Approve this export?"), text.format(title=version.title, recipient=version.recipient), _("Approve it")
        ):
            changed = self.context.attempt(lambda: versions.approve(self.context.desk, version.id), on_refusal=self._show_refusal)
            if changed is not None:
                self._on_saved(version.own_export, changed, _("Approved. The privacy notice has a new edition."))

    def retire(self) -> None:
        """Take it out of use, once somebody has said so twice."""
        version = self._version
        text = _(
            "“{title}”, for {recipient}, can no longer be made, and the privacy notice no longer names it. What it made stays on record."
        )
        if self.context.ask.confirm(
            _("Take this export out of use?"),
            text.format(title=version.title, recipient=version.recipient),
            _("Take it out of use"),
            stay=_("Keep it in use"),
        ):
            changed = self.context.attempt(lambda: versions.retire(self.context.desk, version))
            if changed is not None:
                self._on_saved("", changed, _("Taken out of use. What it made stays on record."))

    def _on_saved(self, name: str, changed: Any, words: str) -> None:
        with QSignalBlocker(self.table):
            self.table.show_rows(versions.own_exports(self.context.desk))
            self.table.select(name)
        self._show(self.table.current())
        self.context.news.tell(changed)
        self.context.banner.success(words)

    def discard(self) -> None:
        self._show(next((row for row in self.table.rows if row.own_export.id == self._version.id), None))

    # a draft, kept for lock and crash

    def draft(self) -> dict[str, Any] | None:
        """What is typed, for a draft; None where nothing is."""
        if not self.dirty:
            return None
        return {
            "own": self._version.own_export,
            "typed": self.form.draft(),
            "consent": self._consent_typed(),
            "order": self.reach.order,
            "columns": [[column.item, column.heading] for column in self.items.columns],
            "conditions": [[condition.question, condition.value] for condition in self.reach.conditions],
        }

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        if draft["own"]:
            self.table.select(draft["own"])
        else:
            self._show(None)
        version = dataclasses.replace(
            self._version,
            columns=tuple(OwnColumn(*pair) for pair in draft["columns"]),
            order=draft["order"],
            consent=draft["consent"],
            conditions=tuple(Condition(*pair) for pair in draft["conditions"]),
        )
        self.form.take_draft(draft["typed"])
        self._offer_consents(version.consent)
        self.items.show_columns(version.columns, readonly=not self._drafts)
        self.reach.show_version(version, readonly=not self._drafts)
        self._changed()
