"""Settings in groups: those of the catalogue of settings, one group a tab, and the school year; each found by its words."""

from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Section
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.unit.kind import kind_of
from pupil_desk.domain.unit.settings import LEVELS_ALLOWED, UnitSettings
from pupil_desk.services.program import keys
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import settings
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.groups import UNIT
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.scroll import bring_into_view, scrolled
from pupil_desk.ui.kit.tabs import Tabs
from pupil_desk.ui.kit.watch.descendants import worked_on_in
from pupil_desk.ui.kit.words import STRETCH, column_of, fill, flow_of, label, made, row_layout
from pupil_desk.ui.pages.settings.finding import FoundSetting, SettingFinder, found_own_fields, found_rules
from pupil_desk.ui.pages.settings.grouped_form import GroupedForm
from pupil_desk.ui.pages.settings.keeping import RetentionSettings
from pupil_desk.ui.pages.settings.own_fields import OwnFields
from pupil_desk.ui.pages.settings.rules import RulesInForce
from pupil_desk.ui.pages.settings.school_year import SchoolYear
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import look, percent

_GROUPS = (
    (Section.UNIT, _("&Unit")),
    (Section.PEOPLE, _("Pe&ople")),
    (Section.AUTHORITY, _("Aut&hority")),
    (Section.TOLD, Section.TOLD.value),
    (Section.CAUTIONS, _("Cautions")),
)
_KEEPING = ("save", "discard")  # the buttons that are greyed while nothing is changed
_TABS = {
    name: place
    for place, name in enumerate(("unit", "people", "services", "told", "cautions", "year", "keeping", "rules", "fields", "screen"))
}
"""The tabs by the names that lead to them, those of the groups first."""


class SettingsPage(Page):
    """Tasks: fill in what the notice still lacks; change a person to turn to; set the terms; choose a caution; see where a rule comes from; take newer rules; make a field of one's own."""

    name = "settings"
    title = _("Settings")
    icon = "gear"
    group = UNIT

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        desk = context.desk
        may = desk.may(Action.EDIT_SETTINGS) and not desk.vault.read_only
        commands = (
            Command("save", _("&Save"), self.save, Action.EDIT_SETTINGS, icon="floppy-disk", primary=True, tip=keys.SAVE.shown),
            Command("discard", _("Put &back"), self.discard, Action.EDIT_SETTINGS, icon="arrow-counter-clockwise", tip=keys.ESC.shown),
        )
        self.heading = Heading(_("Settings"), commands, desk=desk, text=_("What the notice, the forms and the exports say of your unit."))
        self.heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.finder = SettingFinder(self._findable, over=self)
        self.finder.left.connect(self._focus_tab)
        fill(self.column, flow_of(self.heading, self.finder, spacing=tokens.L))  # where there is no room beside it, the box stands beneath
        sections = [section for section, _words in _GROUPS]
        self.form = GroupedForm(UnitSettings, today=desk.today, sections=sections, readonly=not may, check=settings.check_settings)
        for name, levels in LEVELS_ALLOWED.items():
            self.form.limit_codes(name, levels)
        self.form.edited.connect(self._on_edited)
        self._may = may
        self.tabs = tabs = Tabs(_("Parts of the settings"))
        tabs.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # it scrolls inside, the page does not
        tabs.setMinimumHeight(tokens.HUGE * 5)
        self.form.setContentsMargins(0, tokens.L, 0, 0)
        self._form_area = scrolled(self._unit())
        self._places = [column_of(spacing=0) for _group in _GROUPS]
        for place, (_section, words) in zip(self._places, _GROUPS, strict=True):
            tabs.addTab(place, words)
        tabs.add_later("year", lambda: self.year, _("School &year"))
        tabs.add_later("keeping", lambda: self.keeping, _("&Keeping"))
        tabs.add_later("rules", lambda: self.rules, _("Rul&es"))
        tabs.add_later("fields", lambda: self.own_fields, _("Own fields"))
        tabs.addTab(self._screen(), _("Scree&n"))
        self.form.show_none()  # until the page stands in the window
        tabs.currentChanged.connect(self._show_group)
        self.form.elsewhere = {name: partial(self.show_setting, name) for name in self.form.fields}
        self.column.addWidget(tabs, 1)

    @cached_property
    def year(self) -> SchoolYear:
        """The school year."""
        year = SchoolYear(self.context, readonly=not self._may)
        year.show_kept()
        year.edited.connect(self._on_edited)
        self.tabs.put("year", scrolled(year))
        return year

    @cached_property
    def keeping(self) -> RetentionSettings:
        """How long things are kept."""
        keeping = RetentionSettings(self.context, readonly=not self._may)
        keeping.show_kept()
        keeping.edited.connect(self._on_edited)
        self.tabs.put("keeping", scrolled(keeping))
        return keeping

    @cached_property
    def rules(self) -> RulesInForce:
        """The rules in force."""
        rules = RulesInForce(self.context)
        rules.show_kept()
        self.tabs.put("rules", scrolled(rules))
        return rules

    @cached_property
    def own_fields(self) -> OwnFields:
        """The fields of the unit's own."""
        own_fields = OwnFields(self.context, readonly=not self._may)
        own_fields.show_kept()
        own_fields.edited.connect(self._on_edited)
        self.tabs.put("fields", scrolled(own_fields))
        return own_fields

    @property
    def _typed_parts(self) -> dict[str, SchoolYear | RetentionSettings | OwnFields]:
        """What else can be typed in, by its tab, as far as anybody has turned to it."""
        parts: dict[str, SchoolYear | RetentionSettings | OwnFields] = {}
        if made(self, "year"):
            parts["year"] = self.year
        if made(self, "keeping"):
            parts["keeping"] = self.keeping
        if made(self, "own_fields"):
            parts["fields"] = self.own_fields
        return parts

    def _show_group(self, place: int) -> None:
        """The part of the form that stands in a tab."""
        if place < len(_GROUPS):
            layout = self._places[place].layout()
            assert layout is not None
            with self.context.making.of(self.tabs) as pause:
                self.form.show_none()
                self.follows.setVisible(_GROUPS[place][0] is Section.UNIT)
                pause()
                layout.addWidget(self._form_area)
                self._form_area.show()  # now: Qt would only once the event loop comes round, and a field in it is to have the focus
                pause()
                self.form.show_group(_GROUPS[place][0])

    def show_setting(self, name: str) -> None:
        """Turn to the group of a setting, with the cursor in it."""
        field = self.form.fields[name]
        self.tabs.setCurrentIndex([section for section, _words in _GROUPS].index(field.item.section))
        field.editor.field.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(field)

    def _findable(self) -> list[FoundSetting]:
        """Every setting there is, by what stands beside it."""
        fields = [
            FoundSetting(field.item.label, field.item.section.value, field.item.hint, partial(self.show_setting, name))
            for name, field in self.form.fields.items()
        ]
        keeping = self.keeping.class_box
        kept = [
            FoundSetting(
                keeping.itemText(place), _("Keeping"), _("how long it is kept"), partial(self._show_kept_for, str(keeping.itemData(place)))
            )
            for place in range(keeping.count())
        ]
        year = partial(self._show_tab, "year")
        return [
            *fields,
            FoundSetting(_("Terms and half-terms"), _("School year"), _("holidays, first and last day"), year),
            FoundSetting(_("Days in term on which the unit is closed"), _("School year"), _("staff training, INSET, closures"), year),
            *kept,
            FoundSetting(_("Rules in force: law, periods, code lists"), _("Rules"), _("pack of rules"), partial(self._show_tab, "rules")),
            FoundSetting(_("Fields of your unit’s own"), _("Own fields"), _("add a field, column"), partial(self._show_tab, "fields")),
            *found_own_fields(self.context, self._show_own_field),
            FoundSetting(
                _("Size of the text on this PC"), _("Screen"), _("larger, smaller, dark, high contrast"), partial(self._show_tab, "screen")
            ),
            *found_rules(self.context, self._show_rule),
        ]

    def _show_tab(self, name: str) -> None:
        self.tabs.setCurrentIndex(_TABS[name])
        self._focus_tab()

    def _show_kept_for(self, name: str) -> None:
        self._show_tab("keeping")
        if self.keeping.class_box.isEnabled():
            self.keeping.class_box.set_key(name)
        self.keeping.class_box.setFocus()

    def _show_rule(self, name: str) -> None:
        self._show_tab("rules")
        self.rules.show_rule(name)

    def _show_own_field(self, name: str) -> None:
        self._show_tab("fields")
        self.own_fields.show_field(name)

    def _focus_tab(self) -> None:
        self.tabs.tabBar().setFocus()

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
        """The settings in force, unless something is typed; at a tab by its name, or at a setting."""
        if self._form_area.parentWidget() is None:
            self._show_group(self.tabs.currentIndex())
        if not self.dirty:
            self._show()
        if object_id in _TABS:
            self.tabs.setCurrentIndex(_TABS[object_id])
        elif object_id in self.form.fields:
            self.show_setting(object_id)

    def _show(self) -> None:
        self.form.show_record(self.context.desk.settings)
        for part in self._typed_parts.values():
            part.show_kept()
        if made(self, "rules"):
            self.rules.show_kept()
        self._on_edited()

    def on_change(self, changed: Changed) -> None:
        """Saved here or elsewhere."""
        if "settings" in changed.kinds and not self.dirty:
            self._show()

    @property
    def dirty(self) -> bool:
        """Whether anything is typed and not saved."""
        return self.form.dirty or any(part.dirty for part in self._typed_parts.values())

    def search(self) -> None:
        """Ctrl+F: among the rules, where they are in view; else among the settings."""
        if self.tabs.currentIndex() == _TABS["rules"]:
            self.rules.search()
        else:
            self.finder.focus_find()

    def _on_edited(self) -> None:
        self._show_kind()
        if not self.dirty:
            self._leave_buttons()
        for key in _KEEPING:
            self.heading.enable(key, self.dirty, _("Nothing has been changed"))
        self.edited.emit()

    def _leave_buttons(self) -> None:
        """From a button that is about to be greyed to what was typed in: nearer to it stands the box that finds a setting."""
        worked_on = worked_on_in(self.tabs.currentWidget())
        if worked_on is not None and any(self.heading.button_of(key).hasFocus() for key in _KEEPING):
            worked_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> bool:
        """Keep what has changed: the details and how long things are kept as new versions, the school year in place of the old one."""
        if self.form.dirty and not self._save_form():
            return False
        for name, part in self._typed_parts.items():
            if part.dirty and not part.save():
                self.tabs.setCurrentIndex(_TABS[name])
                return False
        self._show()
        return True

    def _save_form(self) -> bool:
        record = self.form.submit()
        if record is None:
            self._to_first_problem(self.form.problems())
            return False
        changed = self.context.attempt(lambda: settings.save_settings(self.context.desk, record), on_refusal=self._refused)
        if changed is None:
            return False
        self.form.show_record(record)
        self.context.news.tell(changed)
        self.context.banner.success(_("Settings saved."))
        return True

    def _refused(self, problems: tuple[Problem, ...]) -> None:
        self.form.show_problems(problems)
        self._to_first_problem(problems)

    def _to_first_problem(self, problems: tuple[Problem, ...]) -> None:
        """To the group of the first thing that is wrong, if it is not in view."""
        wrong = next((problem.column for problem in problems if problem.stops and problem.column in self.form.fields), "")
        if wrong:
            self.show_setting(wrong)

    def discard(self) -> None:
        self._show()

    def draft(self) -> dict[str, Any] | None:
        """What is typed in the form, in the school year and of how long things are kept, and the tab that is in view."""
        parts = {name: part.draft() for name, part in self._typed_parts.items()}
        return {"typed": self.form.draft(), "tab": self.tabs.currentIndex(), **parts} if self.dirty else None

    def take_draft(self, draft: dict[str, Any]) -> None:
        self.form.take_draft(draft["typed"])
        if draft.get("year"):
            self.year.take_draft(draft["year"])
        if draft.get("keeping"):
            self.keeping.take_draft(draft["keeping"])
        if draft.get("fields"):
            self.own_fields.take_draft(draft["fields"])
        self.tabs.setCurrentIndex(draft.get("tab", self.tabs.currentIndex()))
        self._on_edited()
