"""Which form goes to whom: all who have not answered are chosen at first, and a year group or a name narrows the list."""

from collections import Counter
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import age_on, short_date
from pupil_desk.basics.text import tokens as words_of
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.paper_forms import kinds, printing
from pupil_desk.services.paper_forms.kind import Variant
from pupil_desk.services.pupils import stays
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import NAME, Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.low.filter_row import FilterRow
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import button, column_in, find_line, growing, label, labelled
from pupil_desk.ui.style import tokens

UNANSWERED, EVERYONE = "unanswered", "everyone"
VARIANTS = ((Variant.STANDARD, _("As usual")), (Variant.LARGE, _("Large print")), (Variant.EASY, _("Easy words")))


@dataclass(frozen=True, slots=True)
class FormLine:
    """A pupil in the list, and whether the answer to the form is missing."""

    pupil: Pupil
    year: str
    age: int
    unanswered: bool

    @property
    def id(self) -> str:
        """The pupil's."""
        return self.pupil.id


class ToPrint(QWidget):
    """``selection_changed`` comes when other pupils are chosen, or none; ``opened`` carries the pupil of a line."""

    selection_changed = Signal()
    opened = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._lines: list[FormLine] = []
        self._quiet = False
        self.form = ChoiceBox(name=_("Which form"))
        self.variant = ChoiceBox([(variant.value, words) for variant, words in VARIANTS], name=_("How it is printed"))
        self.audience = ChoiceBox([(UNANSWERED, _("Who has not answered")), (EVERYONE, _("Everyone on roll"))], name=_("For whom"))
        self.year = ChoiceBox([("", _("Every year group"))], name=_("Year group"))
        self.find_box = find_line(_("Find by name"))
        self.empty = EmptyState("check-circle", _("Everybody has answered"))
        self.table: Table[FormLine] = Table(
            _columns(context.desk),
            name=_("Who gets the form"),
            several=True,
            empty=self.empty,
            memory=context.memory,
            memory_key="forms-to-print",
        )
        self.count = label("", "label")
        self.all = button(_("Choose &all"), self.choose_all, icon_name="check-circle")
        self._build()
        self.form.currentIndexChanged.connect(lambda _place: self._ask())
        self.audience.currentIndexChanged.connect(lambda _place: self._offer_years())
        self.year.currentIndexChanged.connect(lambda _place: self._show())
        self.find_box.textChanged.connect(lambda _text: self._show())
        self.find_box.returnPressed.connect(self.table.setFocus)
        self.table.selectionModel().selectionChanged.connect(lambda *_args: self._selection_changed())
        self.table.opened.connect(lambda line: self.opened.emit(line.pupil.id))

    def _build(self) -> None:
        top = FilterRow(
            labelled(_("&Which form"), self.form),
            labelled(_("&How"), self.variant),
            labelled(_("For who&m"), self.audience),
            labelled(_("&Year group"), self.year),
            find=(_("&Find by name (Ctrl+F)"), self.find_box),
            after=(self.count, self.all),
        )
        column_in(self, tokens.S, top, growing(self.table), top=tokens.M)

    def refresh(self) -> None:
        """Ask which forms there are, and who has not answered."""
        desk = self._context.desk
        forms = self._context.making.beside(lambda: kinds.named_forms(desk))  # the first time it reads the words of the notice
        current = self.form.key()
        self.form.offer([(named_form.name, named_form.words) for named_form in forms], current)
        self._ask()

    def choose(self, name: str, pupil_ids: frozenset[str]) -> None:
        """Choose a form, and these pupils among everyone."""
        self._quiet = True
        self.find_box.clear()
        self.year.set_key("")
        self.form.set_key(name)
        self.audience.set_key(EVERYONE)
        self._quiet = False
        self._ask()
        self._select(pupil_ids)

    def _ask(self) -> None:
        if self._quiet or not self.form.key():
            return
        desk = self._context.desk
        open_ = {pupil.id for pupil in printing.unanswered(desk, self.form.key())}
        years = codelist("year_group")
        self._lines = [
            FormLine(
                row.pupil,
                years.label_of(row.pupil.year_group) if row.pupil.year_group else "",
                age_on(row.pupil.dob, desk.today),
                row.pupil.id in open_,
            )
            for row in stays.roll(desk, desk.today)
        ]
        self._offer_years()

    def _offer_years(self) -> None:
        """The year groups of those who are in the list, with how many there are of each; then the list."""
        if self._quiet:
            return
        current = self.year.key()
        count_by_year = Counter(line.year for line in sorted(self._of_whom(), key=lambda line: line.pupil.dob, reverse=True) if line.year)
        years = [(year, _("{year} ({count})").format(year=year, count=count)) for year, count in count_by_year.items()]
        self.year.offer([("", _("Every year group")), *years], current)
        self._show()

    def _of_whom(self) -> list[FormLine]:
        return [line for line in self._lines if self.audience.key() == EVERYONE or line.unanswered]

    def _show(self) -> None:
        if self._quiet:
            return
        search_words, year = words_of(self.find_box.text()), self.year.key()
        lines = [line for line in self._of_whom() if not year or line.year == year]
        matches = [line for line in lines if all(_has(line.pupil, word) for word in search_words)]
        if search_words:
            self.empty.say(_("Nobody here has a name like that"), _("Try everyone on roll, or the beginning of a surname."))
        else:
            self.empty.say(_("Everybody has answered"), _("Choose “Everyone on roll” to print forms all the same."))
        self.table.show_rows(matches)
        self.choose_all()

    def _select(self, pupil_ids: frozenset[str]) -> None:
        """Choose these, and stand on the first of them, so that whose form it is stands in view."""
        from PySide6.QtCore import QItemSelectionModel

        flags = QItemSelectionModel.SelectionFlag
        self.table.clearSelection()
        places = [place for place, line in enumerate(self.table.rows) if line.pupil.id in pupil_ids]
        if places:
            self.table.select(self.table.rows[places[0]].id)
        for place in places[1:]:
            self.table.selectionModel().select(self.table.model_.index(place, 0), flags.Select | flags.Rows)

    def choose_all(self) -> None:
        """Everyone in view."""
        self.table.selectAll()
        self._selection_changed()

    def _selection_changed(self) -> None:
        words = _("{chosen} of {pupils} chosen").format(
            chosen=len(self.table.selected()), pupils=count_of(len(self.table.rows), _("pupil"), _("pupils"))
        )
        self.count.setText(words)
        self.all.setEnabled(bool(self.table.rows))
        self.selection_changed.emit()

    def selected_pupils(self) -> list[Pupil]:
        """The pupils chosen, in the order of the list."""
        ids = {line.pupil.id for line in self.table.selected()}
        return [line.pupil for line in self.table.rows if line.pupil.id in ids]

    def search(self) -> None:
        self.find_box.setFocus()
        self.find_box.selectAll()


def _columns(desk: Desk) -> tuple[Column[FormLine], ...]:
    return (
        badged(
            desk,
            Column("name", _("Pupil"), lambda line: line.pupil.surname_first, stretch=True, most=NAME, width=24),
            lambda line: line.pupil.id,
        ),
        Column("year", _("Year"), lambda line: line.year, width=12),
        Column("age", _("Age"), lambda line: str(line.age), width=6),
        Column("born", _("Born"), lambda line: short_date(line.pupil.dob), width=14),
        Column(
            "answer",
            _("Answer"),
            lambda line: _("None yet") if line.unanswered else _("On file"),
            icon=lambda line: "question" if line.unanswered else "check-circle",
            width=14,
            stretch=True,
        ),
    )


def _has(pupil: Pupil, word: str) -> bool:
    names = " ".join(filter(None, (pupil.surname, pupil.forename, pupil.preferred_forename, pupil.preferred_surname, pupil.ref, pupil.upn)))
    return any(part.startswith(word) for part in words_of(names))
