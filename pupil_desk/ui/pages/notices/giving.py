"""What stands about the giving of notices: in which kind, what the unit has not entered yet, and that they were given, how and when."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.notices import notice_papers, notices
from pupil_desk.services.notices.notice_papers import AS_USUAL, Version
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.words import button, growing, label, name_label, row_in, set_look, without_sign
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import look

_WIDEST_DAY = "Wednesday 24 November 2026"


def addressee_words(names: str, pupil: Pupil | None, *, to_pupil: bool) -> str:
    """To whom a notice is given, and about whom: «Dr Meera Chandra (about Priya Chandra)», «Zofia Élan (the pupil)»."""
    if to_pupil:
        return _("{name} (the pupil)").format(name=names)
    return _("{names} (about {pupil})").format(names=names, pupil=pupil.full_name) if pupil is not None else names


class KindBox(ChoiceBox):
    """In which language and layout a notice is given: what may be given today, as usual first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(name=_("Language and layout"))
        self._desk = desk
        self._proposed_key = ""

    def propose(self, letters: Sequence[Letter]) -> None:
        """For these families: the language that they would like, if it may be given. What the person chose stays for families who wish nothing else."""
        wished = _key(notice_papers.wished(letters))
        if wished != _key(AS_USUAL) and self.findData(wished) >= 0:
            self._proposed_key = wished
            self._set_quietly(wished)
        elif self.key() == self._proposed_key:
            self._proposed_key = ""
            self._set_quietly(_key(AS_USUAL))

    def _set_quietly(self, key: str) -> None:
        with QSignalBlocker(self):
            self.set_key(key)

    def wish_words(self, letters: Sequence[Letter]) -> str:
        """A word on the language that these families would like; empty where they have said nothing."""
        wished = notice_papers.wished(letters)
        if wished == AS_USUAL:
            return ""
        is_available = self.findData(_key(wished)) >= 0
        words = (
            _("They would like it in {language}.")
            if is_available
            else _("They would like it in {language}, in which there is no checked translation.")
        )
        return words.format(language=wished.words)

    def refresh(self) -> None:
        """What may be given now; what was chosen stays chosen where it still may."""
        version_key = self.key()
        beside = _("{kind}, beside the whole notice")
        versions = notice_papers.versions(self._desk)
        self.offer(((_key(one), one.words if one.is_whole else beside.format(kind=one.words)) for one in versions), version_key)

    @property
    def version(self) -> Version:
        language, _stroke, variant = self.key().partition("/")
        return Version(language, variant) if variant else AS_USUAL


def _key(version: Version) -> str:
    return f"{version.language}/{version.variant}"


class MissingDetails(QFrame):
    """Says which details of the unit the notice would name and nobody has entered yet, and leads to where they are entered."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._desk = context.desk
        set_look(self, "banner-note")
        self.words = label("")
        self.enter = button(_("Enter them in Se&ttings"), lambda: context.go("settings"))
        if not self._desk.may(Action.EDIT_SETTINGS):
            self.enter.setEnabled(False)
            self.enter.setToolTip(only(Action.EDIT_SETTINGS))
            self.enter.setAccessibleDescription(only(Action.EDIT_SETTINGS))
        row_in(self, None, growing(self.words), self.enter, left=tokens.M, top=tokens.S, right=tokens.S, bottom=tokens.S)

    def refresh(self) -> None:
        """Say what is missing now; nothing is shown where nothing is."""
        missing = notices.missing_details(self._desk)
        self.setVisible(bool(missing))
        neutral = _("Details of the unit are not entered yet, so neutral words stand in their place: {details}.")
        self.words.setText(neutral.format(details=join_words([*map(begun_small, missing)])))


class GiveStrip(QFrame):
    """``record_wanted`` comes when the person says that the chosen notices were given."""

    record_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        set_look(self, "card")
        self.channel_box = ChoiceBox(
            [(code.code, code.label) for code in codelist("notice_channel").choices(desk.today)], name=_("How it was given")
        )
        self.day = DateBox(today=desk.today, name=_("Given on"))
        self.day.set_day(desk.today)
        self.record = button("", self.record_wanted.emit, icon_name="check-circle")
        channel_label, day = name_label(_("&How given"), self.channel_box), name_label(_("&On"), self.day)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(tokens.M, tokens.S, tokens.M, tokens.S)
        grid.setHorizontalSpacing(tokens.M)
        grid.setVerticalSpacing(tokens.XS)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(channel_label, 0, 0)
        grid.addWidget(day, 0, 1)
        grid.addWidget(self.channel_box, 1, 0, top)
        grid.addWidget(self.day, 1, 1, top)
        grid.setColumnStretch(3, 1)
        self.say(())
        self._measure()
        if (dress := look()) is not None:
            dress.changed.connect(self._measure)

    def _measure(self) -> None:
        """The least widths, at the text size in force."""
        self.day.setMinimumWidth(self.day.fontMetrics().horizontalAdvance(_WIDEST_DAY))
        self._place_record(on_same_row=False)
        self.setMinimumWidth(self.minimumSizeHint().width())

    def _place_record(self, *, on_same_row: bool) -> None:
        """The verb beside the day where there is room, else beneath."""
        self._grid.removeWidget(self.record)
        row, column, span = (1, 2, 1) if on_same_row else (2, 0, 2)
        flags = Qt.AlignmentFlag
        self._grid.addWidget(self.record, row, column, 1, span, flags.AlignTop | flags.AlignLeft)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        needed_width = self.channel_box.sizeHint().width() + self.day.minimumWidth() + self.record.sizeHint().width() + 4 * tokens.M
        self._place_record(on_same_row=self.width() >= needed_width)

    def say(self, letters: Sequence[Letter]) -> None:
        """Put on the button what it would record."""
        count = len(letters)
        words = _("&Record as given") if count == 1 else _("&Record {count} as given").format(count=count)
        if not count:
            words = _("&Record as given")
        self.record.setText(words)
        self.record.setAccessibleName(without_sign(words))
        may = self._desk.may(Action.ISSUE_NOTICE)
        self.record.setEnabled(may and count > 0)
        self.record.setToolTip("" if may and count else _("Choose notices first") if may else only(Action.ISSUE_NOTICE))

    def read(self) -> tuple[str, date] | None:
        """How and when; None for a day that is none, which takes the focus."""
        day = self.day.day()
        if day is None:
            self.day.setFocus()
            return None
        return self.channel_box.key(), day
