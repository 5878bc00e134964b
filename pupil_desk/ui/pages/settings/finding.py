"""The box that finds a setting by its words, and shows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from pupil_desk.basics import rulefacts
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import tokens as words_of
from pupil_desk.basics.words import _
from pupil_desk.services.rules import packs
from pupil_desk.services.unit import own_fields
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.find_pupil import FindBox
from pupil_desk.ui.kit.words import column_in
from pupil_desk.ui.pages.settings.rules import rule_words
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_MOST = 6  # of what is found, so many are shown


@dataclass(frozen=True, slots=True)
class FoundSetting:
    """One setting: what it is called, the group in which it stands, what else is said of it, and how one comes to it. A rule stands beneath all settings."""

    words: str
    group: str
    more: str
    show: Callable[[], object]
    is_rule: bool = False


def found_rules(context: Context, show: Callable[[str], object]) -> list[FoundSetting]:
    """Each rule in force by its name, which ``show`` is given. Where the rules are not read yet, they are now, beside the window."""
    desk = context.desk
    rules = packs.rules(desk) if rulefacts.are_read() else context.making.beside(lambda: packs.rules(desk))
    return [FoundSetting(rule_words(rule), _("Rules"), "", partial(show, rule.name), is_rule=True) for rule in rules]


def found_own_fields(context: Context, show: Callable[[str], object]) -> list[FoundSetting]:
    """Each field of the unit's own by its name, and of what it is; ``show`` is given its name in the file."""
    fields, of = own_fields.fields(context.desk), codelist("own_field_record")
    return [
        FoundSetting(state.label, _("Own fields"), of.label_of(state.own_field.record), partial(show, state.own_field.name))
        for state in fields
    ]


class SettingFinder(QWidget):
    """A line, and while something is typed, the settings that say so: they lie over the page beneath the line, and move nothing. ``left`` comes on Esc."""

    left = Signal()

    def __init__(self, settings: Callable[[], Sequence[FoundSetting]], *, over: QWidget) -> None:
        super().__init__()
        self._page = over
        self._settings = settings
        self._found: list[FoundSetting] = []
        self.matches = QListWidget(over)
        self.matches.setAccessibleName(_("Settings found"))
        self.matches.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.matches.setWordWrap(True)
        self.matches.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.matches.hide()
        self.find_box = FindBox(_("Find a setting"), lambda: self.matches)
        self.find_box.setPlaceholderText(_("Find a setting (Ctrl+F)"))
        self.find_box.setMinimumWidth(sized(tokens.FIELD) * 3 // 4)
        self.setMaximumWidth(sized(tokens.FIELD))
        column_in(self, tokens.XS, self.find_box)
        self.find_box.textEdited.connect(self._find)
        self.find_box.chose.connect(lambda: self._open(self.matches.currentIndex()))
        self.find_box.left.connect(self._leave)
        self.matches.clicked.connect(self._open)

    def _find(self, typed: str) -> None:
        words = words_of(typed)
        self._found = (
            [setting for setting in self._settings() if _says(f"{setting.words} {setting.group} {setting.more}", words)] if words else []
        )
        self._found.sort(key=lambda setting: (setting.is_rule, not _says(setting.words, words)))
        del self._found[_MOST:]
        self.matches.clear()
        for setting in self._found:
            QListWidgetItem(_("{setting} ({group})").format(setting=setting.words, group=setting.group), self.matches)
        if words and not self._found:
            QListWidgetItem(_("No setting says that."), self.matches).setFlags(Qt.ItemFlag.NoItemFlags)
        elif self._found:
            self.matches.setCurrentRow(0)
        self._place_matches()
        self.matches.setVisible(bool(words))
        self.matches.raise_()

    def _place_matches(self) -> None:
        """Beneath the line, as wide as that, and as tall as they are."""
        foot = self.find_box.mapTo(self._page, QPoint(0, self.find_box.height() + tokens.XS))
        self.matches.setFixedWidth(self.find_box.width())
        self.matches.setFixedHeight(sum(map(self.matches.sizeHintForRow, range(self.matches.count()))) + 2 * tokens.XS)
        self.matches.move(foot)

    def moveEvent(self, event: QMoveEvent) -> None:  # noqa: N802 - Qt's name
        super().moveEvent(event)
        self._place_matches()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._place_matches()

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and index.row() < len(self._found):
            setting = self._found[index.row()]
            self._clear()
            setting.show()

    def _clear(self) -> None:
        self.find_box.clear()
        self.matches.hide()

    def _leave(self) -> None:
        self._clear()
        self.left.emit()

    def focus_find(self) -> None:
        """To the box."""
        self.find_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_box.selectAll()


def _says(text: str, words: Sequence[str]) -> bool:
    """Whether each word that is looked for begins one of the text's."""
    own = words_of(text)
    return all(any(word.startswith(looked_for) for word in own) for looked_for in words)
