"""Settings: one form from the catalogue of settings, and the school year."""

from typing import Any

from PySide6.QtWidgets import QSizePolicy, QTabWidget, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Section
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.unit.kind import kind_of
from pupil_desk.domain.unit.settings import LEVELS_ALLOWED, UnitSettings
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import settings
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.groups import UNIT
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.tabs import name_tabs, turned_by_keys
from pupil_desk.ui.kit.words import STRETCH, column_of, label, row_layout
from pupil_desk.ui.pages.settings.keeping import RetentionSettings
from pupil_desk.ui.pages.settings.rules import RulesInForce
from pupil_desk.ui.pages.settings.school_year import SchoolYear
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import look, percent

_TABS = {"year": 1, "keeping": 2, "rules": 3}


class SettingsPage(Page):
    """Tasks: fill in what the notice still lacks; change a person to turn to; set the terms; choose a caution; see where a rule comes from; take newer rules."""

    name = "settings"
    title = _("Settings")
    icon = "gear"
    group = UNIT

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        desk = context.desk
        may = desk.may(Action.EDIT_SETTINGS) and not desk.vault.read_only
        commands = (
            Command("save", _("&Save"), self.save, Action.EDIT_SETTINGS, icon="floppy-disk", primary=True, tip=_("Ctrl+S")),
            Command("discard", _("Put &back"), self.discard, Action.EDIT_SETTINGS, icon="arrow-counter-clockwise", tip=_("Esc")),
        )
        self.heading = Heading(_("Settings"), commands, desk=desk, text=_("What the notice, the forms and the exports say of your unit."))
        self.column.addWidget(self.heading)
        sections = (Section.UNIT, Section.PEOPLE, Section.AUTHORITY, Section.TOLD, Section.CAUTIONS)
        self.form = Form(UnitSettings, today=desk.today, sections=sections, readonly=not may, check=settings.check_settings)
        for name, levels in LEVELS_ALLOWED.items():
            self.form.limit_codes(name, levels)
        self.form.edited.connect(self._on_edited)
        self.year = SchoolYear(context, readonly=not may)
        self.year.edited.connect(self._on_edited)
        self.keeping = RetentionSettings(context, readonly=not may)
        self.keeping.edited.connect(self._on_edited)
        self.rules = RulesInForce(context)
        tabs = QTabWidget()
        turned_by_keys(tabs)
        tabs.setDocumentMode(True)
        name_tabs(tabs, _("Parts of the settings"))
        tabs.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # it scrolls inside, the page does not
        tabs.setMinimumHeight(tokens.HUGE * 5)
        self.form.setContentsMargins(0, tokens.L, 0, 0)
        tabs.addTab(scrolled(self._unit()), _("&Unit and cautions"))
        tabs.addTab(scrolled(self.year), _("School &year"))
        tabs.addTab(scrolled(self.keeping), _("&Keeping"))
        tabs.addTab(scrolled(self.rules), _("Rul&es"))
        tabs.addTab(self._screen(), _("Scree&n"))
        self.tabs = tabs
        self.column.addWidget(tabs, 1)

    def _unit(self) -> QWidget:
        """The form, and under it what follows from the kind of unit that is chosen in it."""
        self.follows = label("", "hint")
        return column_of(self.form, self.follows, STRETCH, spacing=None)

    def _show_kind(self) -> None:
        reading = self.form.fields["kind"].reading()
        duties = kind_of(None if reading.problems else reading.value).follows()
        lines = [_("{what}: {words}.").format(what=title, words=words) for title, words in duties]
        self.follows.setText(
            "\n".join((_("What follows from the kind of unit:"), *lines)) if lines else _("Choose the kind of unit: duties differ by it.")
        )

    def _screen(self) -> QWidget:
        name = label(_("Size of the text on this PC"), "label")
        self.text_size = ChoiceBox([(str(size), f"{size} %") for size in tokens.TEXT_SIZES], name=name.text())
        self.text_size.set_key(str(percent()))
        name.setBuddy(self.text_size)
        self.text_size.activated.connect(self._resize)
        return column_of(
            name,
            row_layout(self.text_size, STRETCH, spacing=None),
            label(_("Light, dark and high contrast follow the system."), "hint"),
            STRETCH,
            spacing=None,
            top=tokens.L,
        )

    def _resize(self) -> None:
        size = int(self.text_size.key())
        theme = look()
        if theme is not None:
            theme.set_text_size(size)
        self.context.memory.keep("window/text", size)

    def on_show(self, object_id: str | None = None) -> None:
        """The settings in force, unless something is typed."""
        if not self.dirty:
            self._show()
        if object_id in _TABS:
            self.tabs.setCurrentIndex(_TABS[object_id])

    def _show(self) -> None:
        self.form.show_record(self.context.desk.settings)
        self.year.show_kept()
        self.keeping.show_kept()
        self.rules.show_kept()
        self._on_edited()

    def on_change(self, changed: Changed) -> None:
        """Saved here or elsewhere."""
        if "settings" in changed.kinds and not self.dirty:
            self._show()

    @property
    def dirty(self) -> bool:
        """Whether anything is typed and not saved."""
        return self.form.dirty or self.year.dirty or self.keeping.dirty

    def search(self) -> None:
        """Ctrl+F: among the rules, where they are in view."""
        if self.tabs.currentIndex() == _TABS["rules"]:
            self.rules.search()

    def _on_edited(self) -> None:
        self._show_kind()
        for key in ("save", "discard"):
            self.heading.enable(key, self.dirty, _("Nothing has been changed"))
        self.edited.emit()

    def save(self) -> bool:
        """Keep what has changed: the details and how long things are kept as new versions, the school year in place of the old one."""
        for place, part, keep in ((0, self.form, self._save_form), (1, self.year, self.year.save), (2, self.keeping, self.keeping.save)):
            if part.dirty and not keep():
                self.tabs.setCurrentIndex(place)
                return False
        self._show()
        return True

    def _save_form(self) -> bool:
        record = self.form.submit()
        if record is None:
            return False
        changed = self.context.attempt(lambda: settings.save_settings(self.context.desk, record), on_refusal=self.form.show_problems)
        if changed is None:
            return False
        self.form.show_record(record)
        self.context.news.tell(changed)
        self.context.banner.success(_("Settings saved."))
        return True

    def discard(self) -> None:
        self._show()

    def draft(self) -> dict[str, Any] | None:
        """What is typed in the form, in the school year and of how long things are kept."""
        return {"typed": self.form.draft(), "year": self.year.draft(), "keeping": self.keeping.draft()} if self.dirty else None

    def take_draft(self, draft: dict[str, Any]) -> None:
        self.form.take_draft(draft["typed"])
        self.year.take_draft(draft["year"])
        self.keeping.take_draft(draft.get("keeping", {}))
        self._on_edited()
