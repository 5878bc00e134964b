"""Duplicates: the pairs of records that look like one person's, and what a person does with each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.duplicates import Pair
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.duplicates import finding, merging
from pupil_desk.services.duplicates.comparing import Comparison, better_first, compare, compare_contacts
from pupil_desk.services.program import keys
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.keys import shortcut_within
from pupil_desk.ui.kit.lists.pupil_badges import ListBadges
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.signs_in_view import Sign
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.page import HELP_HEADING
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import button, column_in, column_of, flow_of, growing, line, row_layout
from pupil_desk.ui.pages.pupils.duplicates.compared import RecordComparison, title_of
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_NONE_LONGER = 255  # characters of a reason
_NONE_FOUND = (_("No duplicates found"), _("No two records look like one person’s."))
_NONE_CHOSEN = (_("Nothing left to merge"), _("Tick two records that are of one person."))
_LIST = 320  # least width of the list at 100 %
_COMPARED = 110  # least height of the comparison with its buttons at 100 %


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair as a line of the list; ``pupil`` is whose contacts they are, and None for two pupils."""

    pair: Pair[Pupil] | Pair[Contact]
    pupil: Pupil | None = None

    @property
    def id(self) -> frozenset[str]:
        """Both identities."""
        return self.pair.ids

    @property
    def names(self) -> str:
        """Both records, and whose contacts they are."""
        first, second = (
            record.full_name if isinstance(record, Contact) else record.legal_name for record in (self.pair.first, self.pair.second)
        )
        names = _("{one} and {other}").format(one=first, other=second)
        return names if self.pupil is None else _("{both}, contacts of {pupil}").format(both=names, pupil=self.pupil.ref)

    @property
    def pupils(self) -> Sequence[Pupil]:
        """The two, or whose contacts they are."""
        people = (self.pair.first, self.pair.second) if self.pupil is None else (self.pupil,)
        return [pupil for pupil in people if isinstance(pupil, Pupil)]

    @property
    def reason(self) -> str:
        """How likely it is, why the two are proposed, and what speaks against it."""
        words = _("{likely} one person. {why}").format(likely=self.pair.strength.label, why=self.pair.why.rstrip("."))
        against = _(", but {against}").format(against=self.pair.against) if self.pair.against else ""
        return f"{words}{against}."


def _columns(badges: ListBadges) -> tuple[Column[PairRow], ...]:
    def named(row: PairRow) -> str:
        """The names, and the words of the badges of each pupil."""
        return "; ".join((row.names, *(words for pupil in row.pupils if (words := badges.words(pupil.id)))))

    def signs(row: PairRow) -> Sequence[Sign]:
        return badges.quiet_signs(*(pupil.id for pupil in row.pupils))

    return (
        Column("who", _("Records"), lambda row: row.names, stretch=True, width=24, tip=named, accessible=named, signs=signs),
        Column("strength", _("One person?"), lambda row: row.pair.strength.label, tip=lambda row: row.reason),
    )


class DuplicatesView(QWidget):
    """The list of pairs, and the pair one is on side by side. ``closed`` comes when the person is done; ``record_saved`` carries what changed."""

    closed = Signal()
    record_saved = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._kept_id = ""
        self._later: set[frozenset[str]] = set()
        self._pupil_ids: tuple[str, ...] = ()
        self.count = line("", "muted")
        self.empty = EmptyState("check-circle", *_NONE_FOUND)
        self.table: Table[PairRow] = Table(
            _columns(ListBadges(context.desk)), name=_("Records that may be of one person"), empty=self.empty
        )
        self.compared = RecordComparison()
        self.swap_button = button(_("&Keep the other"), self.swap, icon_name="arrows-left-right")
        self.merge_button = button(_("Mer&ge these two"), self.merge, "primary")
        self.apart_button = button(_("T&wo people"), self.set_apart)
        self.later_button = button(_("Decide la&ter"), self.put_off)
        self.back_button = button(_("&Back (Esc)"), self.closed.emit)
        self._build()
        self.table.current_changed.connect(self._show)
        self.table.opened.connect(lambda _row: self.focus_choice())
        self.setProperty(HELP_HEADING, _("Two records of one person"))
        shortcut_within(self, keys.ESC.sequence, self.closed.emit)

    def _build(self) -> None:
        explanation = _(
            "Nothing is merged by itself. Both records stay on file; the one kept stands for both, and they can be parted again."
        )
        above = column_of(self.count, growing(self.table), spacing=tokens.XS)
        below = QWidget()
        self.table.setMinimumWidth(sized(_LIST))
        self.table.setMinimumHeight(tokens.HUGE * 2)
        area = scrolled(self.compared)
        area.setMinimumHeight(tokens.HUGE)  # the splitter leaves the buttons no further row: the list above gives way
        below.setMinimumHeight(sized(_COMPARED))
        column_in(below, tokens.S, growing(area), flow_of(self.merge_button, self.apart_button, self.later_button, self.swap_button))
        self.panes_ = Panes(above, below, shares=(42, 58), memory=self.context.memory, key="duplicates")
        column_in(
            self,
            tokens.S,
            row_layout(growing(line(_("Records that may be of one person"), "subhead")), self.back_button),
            line(explanation, "muted"),
            growing(self.panes_),
        )

    def begin(self, pupil_ids: Sequence[str] = ()) -> None:
        """Look for duplicates, those put off among them; or only at those pupils whom a person has chosen."""
        self._later.clear()
        self._pupil_ids = tuple(pupil_ids)
        self.empty.say(*(_NONE_CHOSEN if pupil_ids else _NONE_FOUND))
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Show nobody."""
        self.table.show_rows(())

    def refresh(self) -> None:
        """Look for them anew, and stay on the pair one is on."""
        rows = self.context.attempt(self._rows)
        if rows is None:
            return
        rows.sort(key=lambda row: row.id in self._later)
        self.count.setText(count_of(len(rows), _("pair to look at"), _("pairs to look at")) if rows else "")
        self.table.show_rows(rows)
        self._show(self.table.current())

    def _rows(self) -> list[PairRow]:
        desk = self.context.desk
        if self._pupil_ids:
            return [PairRow(pair) for pair in finding.pairs_among(desk, self._pupil_ids)]
        candidates = finding.candidates(desk)
        return [PairRow(pair) for pair in candidates.pupils] + [
            PairRow(candidate.pair, candidate.pupil) for candidate in candidates.contacts
        ]

    def _show(self, row: PairRow | None) -> None:
        self._kept_id = ""
        self._compare(row)

    def _compare(self, row: PairRow | None) -> None:
        comparison = None if row is None else self.context.attempt(partial(self._comparison, row))
        self.compared.show_both(comparison, row.reason if row is not None else "")
        refusal = "" if self.context.desk.may(Action.MERGE) else only(Action.MERGE)
        for widget in (self.merge_button, self.apart_button):
            widget.setEnabled(comparison is not None and not refusal)
            widget.setToolTip(refusal)
            widget.setAccessibleDescription(refusal)
        for widget in (self.later_button, self.swap_button):
            widget.setEnabled(comparison is not None)

    def _comparison(self, row: PairRow) -> Comparison[Pupil] | Comparison[Contact]:
        desk, first, second = self.context.desk, row.pair.first, row.pair.second
        if isinstance(first, Pupil) and isinstance(second, Pupil):
            if not self._kept_id:
                self._kept_id = better_first(desk, first, second)[0].id
            return compare(desk, self._kept_id, second.id if self._kept_id == first.id else first.id)
        self._kept_id = self._kept_id or first.id
        return compare_contacts(desk, self._kept_id, second.id if self._kept_id == first.id else first.id)

    def _pair_ids(self) -> tuple[PairRow, str, str] | None:
        """The pair one is on: the record kept, and the one that goes."""
        row = self.table.current()
        if row is None or not self._kept_id:
            return None
        [other_id] = row.id - {self._kept_id}
        return row, self._kept_id, other_id

    def swap(self) -> None:
        """Keep the other record of the two."""
        if pair := self._pair_ids():
            self._kept_id = pair[2]
            self._compare(pair[0])

    def merge(self) -> None:
        """Merge the two, after one question that names both and asks how it is known."""
        pair = self._pair_ids()
        if pair is None:
            return
        row, kept_id, other_id = pair
        names = {record.id: title_of(record) for record in (row.pair.first, row.pair.second)}
        text = _("{other} will stand under {kept}. Nothing of either is lost.").format(other=names[other_id], kept=names[kept_id])
        reason = self.context.ask.text(
            _("Merge these two records?"), text, _("How you know that it is one person"), verb=_("Merge"), check=_wrong
        )
        if reason is None:
            return
        act = merging.merge_contacts if row.pupil is not None else merging.merge
        self._keep(
            lambda: act(self.context.desk, kept_id, other_id, take=self.compared.taken_items, reason=reason),
            _("Merged. Under {kept} they can be parted again.").format(kept=names[kept_id]),
        )

    def set_apart(self) -> None:
        """Say that they are two people, so that they are not proposed again."""
        row = self.table.current()
        if row is None:
            return
        first, second = row.pair.first, row.pair.second
        text = _("The pair is not proposed again. {one} and {other} stay as they are.").format(one=title_of(first), other=title_of(second))
        if not self.context.ask.confirm(_("Are these two people?"), text, _("They are two people")):
            return
        desk = self.context.desk
        if isinstance(first, Pupil) and isinstance(second, Pupil):
            self._keep(lambda: finding.set_apart(desk, first, second), _("Kept as two people."))
        elif isinstance(first, Contact) and isinstance(second, Contact):
            self._keep(lambda: finding.set_contacts_apart(desk, first, second), _("Kept as two people."))

    def put_off(self) -> None:
        """Leave the pair for later in this sitting: the next one comes."""
        row = self.table.current()
        if row is not None:
            self._later.add(row.id)
            place = self.table.rows.index(row)
            self.refresh()
            if self.table.rows and row.id == getattr(self.table.current(), "id", None):
                self.table.selectRow(min(place, len(self.table.rows) - 1))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self, work: Callable[[], Changed], message: str) -> None:
        changed = self.context.attempt(work)
        if changed is not None:
            self.record_saved.emit(changed)
            self.refresh()
            self.context.banner.success(message)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_choice(self) -> None:
        """Enter on a pair: to the first item where the two differ, else to the buttons."""
        stops = self.compared.stops
        (stops[0] if stops else self.merge_button).setFocus(Qt.FocusReason.OtherFocusReason)


def _wrong(reason: str) -> str:
    if not reason.strip():
        return _("Enter how you know, such as a letter or the family’s word.")
    return _("Shorter, please: at most 255 characters.") if len(reason) > _NONE_LONGER else ""
