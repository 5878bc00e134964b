"""The list of incidents, the newest first: found by a name, of staff too, and by words of the account, and narrowed to what is still to do, to a kind, or to one pupil."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.incidents.incident import ORDINARY, REWARD
from pupil_desk.services.incidents.looking import IncidentRow
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.lists.pupil_badges import ListBadges
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.low.filter_row import FilterRow
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import column_in, find_line, growing, labelled
from pupil_desk.ui.pages.incidents.words import counted, kind_words, short_kind_words, standing, when_words
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

YEAR, TO_DO, EVER, STRUCK = "year", "to-do", "ever", "struck"
_INCIDENTS = "incidents"  # of the kinds: neither rewards nor ordinary behaviour
_KIND = "kind/"
_SPARE = {"what": 560}  # width at 100 % from which there is room for it beside the names and what is left to do
_WIDE = 12  # characters of a box of which some lines are long


class IncidentList(QWidget):
    """``chosen`` carries the row one is on, or None; ``opened`` one on Enter or double click; ``wanted`` that other rows are asked for."""

    chosen = Signal(object)
    opened = Signal(object)
    wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._today, self._badges = context.desk.today, ListBadges(context.desk)
        self._rows: Sequence[IncidentRow] = ()
        self._words_by_id: dict[str, str] = {}
        self._one_pupil: tuple[str, str] = ("", "")
        self.find_box = find_line(_("Find an incident"))
        self.show_box = ChoiceBox(
            ((YEAR, _("Last 12 months")), (TO_DO, _("Still to do")), (EVER, _("All, however old")), (STRUCK, _("Struck out"))),
            name=_("Which incidents"),
        )
        self.kind_box = ChoiceBox(list(_kinds()), name=_("What they were"))
        self.pupil_box = ChoiceBox((("", _("All pupils")),), name=_("Of which pupil"))
        for box in (self.show_box, self.kind_box, self.pupil_box):
            box.setCurrentIndex(0)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(_WIDE)
        filters = FilterRow(
            labelled(_("Show"), self.show_box),
            labelled(_("What"), self.kind_box),
            labelled(_("Pupil"), self.pupil_box),
            find=(_("&Find by any word (Ctrl+F)"), self.find_box),
        )
        self.empty = EmptyState("flag", "")
        self.table: Table[IncidentRow] = Table(
            self._columns(), name=_("Incidents"), memory=context.memory, memory_key="incidents", empty=self.empty, stands_on_first=False
        )
        self.table.setMinimumWidth(min(sized(tokens.FIELD), tokens.BESIDE - tokens.HUGE))  # as the list of requests
        column_in(self, tokens.S, filters, growing(self.table))
        self.find_box.textChanged.connect(lambda _text: self._show())
        self.show_box.activated.connect(lambda _place: self.wanted.emit())
        for box in (self.kind_box, self.pupil_box):
            box.activated.connect(lambda _place: self._show())
        self.table.current_changed.connect(self.chosen)
        self.table.opened.connect(self.opened)
        self.table.always_give_way(_SPARE, room_of=self)

    def _columns(self) -> tuple[Column[IncidentRow], ...]:
        return (
            Column(
                "when",
                _("When"),
                lambda row: when_words(row.account),
                stretch=True,
                first=True,
                width=15,
                most=20,
                shorter=lambda row: (short_date(row.account.day),),
            ),
            Column(
                "who",
                _("Pupils"),
                _names,
                stretch=True,
                first=True,
                width=18,
                shorter=_fewer_names,
                end=_more_in_short,
                signs=lambda row: self._badges.quiet_signs(*row.people),
                accessible=self._named,
                tip=lambda row: f"{self._named(row)}: {kind_words(row.account)}",
            ),
            Column(
                "what",
                _("What"),
                lambda row: kind_words(row.account),
                stretch=True,
                width=20,
                shorter=lambda row: (short_kind_words(row.account),),
            ),
            Column(
                "state",
                _("Still to do"),
                lambda row: standing(row, self._today).words,
                longest=_("To talk over"),
                width=14,
                icon=lambda row: standing(row, self._today).sign,
                tone=lambda row: standing(row, self._today).tone,
                tip=lambda row: standing(row, self._today).detail or standing(row, self._today).words,
            ),
        )

    def _named(self, row: IncidentRow) -> str:
        """The names, each with the words of its badges."""
        return ", ".join(self._badges.named(name, pupil_id) for pupil_id, name in row.people.items())

    @property
    def goes_back(self) -> bool:
        """Whether those older than a year are asked for."""
        return self.show_box.key() in (EVER, STRUCK)

    def ask_for_all(self) -> None:
        """Ask for all, however old."""
        self.show_box.set_key(EVER)

    def show_rows(self, rows: Sequence[IncidentRow]) -> None:
        """Show these, as the boxes say."""
        self._rows, self._words_by_id = rows, {}
        people = {pupil_id: name for row in rows for pupil_id, name in row.people.items()}
        if self._one_pupil[0]:
            people.setdefault(*self._one_pupil)
        of = self.pupil_box.key()
        by_name = sorted(people.items(), key=lambda one: fold(one[1]))
        self.pupil_box.offer([("", _("All pupils")), *by_name], of if of in people else "")
        self._show()

    def show_pupil(self, pupil_id: str, name: str) -> None:
        """Those of this pupil alone, whatever they are."""
        self._one_pupil = (pupil_id, name)
        self._clear()
        if self.pupil_box.findData(pupil_id) < 0:
            self.pupil_box.addItem(name, pupil_id)
        self.pupil_box.set_key(pupil_id)
        self._show()

    def choose(self, incident_id: str) -> bool:
        """Go to an incident, whatever is chosen in the boxes; False where it is not among those asked for."""
        if self.table.select(incident_id):
            return True
        row = next((row for row in self._rows if row.id == incident_id), None)
        if row is None:
            return False
        self._clear()
        self.show_box.set_key(STRUCK if row.struck is not None else EVER if self.goes_back else YEAR)
        self._show()
        return self.table.select(incident_id)

    def _clear(self) -> None:
        self.find_box.clear()
        self.kind_box.setCurrentIndex(0)
        self.pupil_box.setCurrentIndex(0)

    def _show(self) -> None:
        words = fold(self.find_box.text()).split()
        matches = [row for row in self._rows if self._is_shown(row) and all(word in self._words_of(row) for word in words)]
        if not self._rows:
            self.empty.say(_("No incident is on file"), _("Record one with “New incident…” (Ctrl+N). A reward is recorded there too."))
        elif self.show_box.key() == TO_DO and not words:
            self.empty.say(_("Nothing is left to do"), _("Each account is signed, and whoever must be told of it was told."))
        else:
            self.empty.say(
                _("No incident is like that"), _("Look among the others, or try a surname, a member of staff or a word of the account.")
            )
        self.table.show_rows(matches)

    def _words_of(self, row: IncidentRow) -> str:
        """What a row is found by, made once: an account may be long."""
        if row.id not in self._words_by_id:
            self._words_by_id[row.id] = _words(row)
        return self._words_by_id[row.id]

    def _is_shown(self, row: IncidentRow) -> bool:
        shown, kind, pupil_id = self.show_box.key(), self.kind_box.key(), self.pupil_box.key()
        if (row.struck is not None) != (shown == STRUCK) or (shown == TO_DO and not row.left):
            return False
        return (not pupil_id or pupil_id in row.people) and _is_of(row, kind)

    def summary(self) -> str:
        """How many are in the list, and of how many something is left to do."""
        counting = [row for row in self._rows if row.struck is None]
        left = sum(bool(row.left) for row in counting)
        if not left:
            return _("{incidents}. Nothing is left to do.").format(incidents=counted(len(counting)))
        return _("{incidents}, {left} with something left to do.").format(incidents=counted(len(counting)), left=left)


def _kinds() -> Iterator[tuple[str, str]]:
    yield from (("", _("Everything")), (_INCIDENTS, _("Incidents")), (ORDINARY, _("Ordinary behaviour")), (REWARD, _("Rewards")))
    for code in codelist("incident_kind").codes.values():
        yield f"{_KIND}{code.code}", code.label


def _is_of(row: IncidentRow, kind: str) -> bool:
    code = codelist("incident_kind").get(row.account.kind)
    category = (code.category if code else "") or _INCIDENTS
    return kind in ("", category, f"{_KIND}{row.account.kind}")


def _names(row: IncidentRow) -> str:
    return ", ".join(row.people.values())


def _fewer_names(row: IncidentRow) -> tuple[str, ...]:
    """The first name, and how many more there are, where there is no room for all."""
    first, *others = row.people.values()
    more = _("{pupil} and {number} more").format(pupil=first, number=len(others))
    return (more, first + _more_in_short(row)) if others else (first,)


def _more_in_short(row: IncidentRow) -> str:
    return f" +{len(row.people) - 1}" if len(row.people) > 1 else ""


def _words(row: IncidentRow) -> str:
    account = row.account
    texts = (account.place, account.staff, account.witnesses, account.account, account.led_to_it, account.tried, account.damage)
    return fold(" ".join((_names(row), kind_words(account), account.day.isoformat(), *(text for text in texts if text))))
