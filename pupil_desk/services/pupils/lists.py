"""The list of pupils as each colleague wants it: who meets a filter, filters kept under a name, and further columns."""

from calendar import isleap
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.money import pounds
from pupil_desk.basics.rulefiles import by_rules
from pupil_desk.basics.text import fold, tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Item, Kind, item_named, own_items_of
from pupil_desk.domain.catalogue.validation import show
from pupil_desk.domain.notices.addressees import home_withheld
from pupil_desk.domain.pupils.conditions import GONE, GUEST, LATE, OF_LISTS, ON_ROLL, Condition, own_label, questions, read_condition
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.calendar import school_year
from pupil_desk.services.desk import Desk
from pupil_desk.services.plans import plans_due, unit_plans
from pupil_desk.services.plans.unit_plans import RunningPlan
from pupil_desk.services.pupils import own_in_lists
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import contacts, protections, pupils
from pupil_desk.store.tables import lists as store

LONGEST_NAME = 60  # characters of a filter's name


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter under a name. ``wrong`` says why it cannot be used: a later program, or another file, may have kept it."""

    id: str
    name: str
    is_own: bool
    for_all: bool
    conditions: tuple[Condition, ...]
    wrong: str = ""


def meeting(desk: Desk, conditions: Sequence[Condition], day: date | None = None) -> set[str]:
    """The pupils of whom all these conditions are true on a day, today unless told; everyone where there are none.

    That somebody asked by an item of special category is logged, once in ten minutes. Raises WrongUse for a condition there is not.
    """
    desk.require(Action.READ_RECORD)
    pupil_ids, day = store.all_ids(desk.vault), day or desk.today
    for condition in conditions:
        known_condition, wrong = read_condition(condition.question, condition.value, desk.today)
        if known_condition is None:
            raise WrongUse(wrong)
        pupil_ids &= _meeting(desk, known_condition, day)
        if questions()[known_condition.question].special:
            desk.viewed("list-filter", known_condition.question)
    return pupil_ids


def check_conditions(desk: Desk, conditions: Sequence[Condition]) -> str:
    """What is wrong with the first condition that this program does not know or cannot read; empty where nothing is."""
    return next((wrong for condition in conditions if (wrong := read_condition(condition.question, condition.value, desk.today)[1])), "")


def _meeting(desk: Desk, condition: Condition, day: date) -> set[str]:
    vault = desk.vault
    match condition.question:
        case "here":
            return _at_unit(desk, condition.value, day)
        case "age":
            first, last = condition.ages
            return store.ids_of(vault, "age", day, _born_by(day, last + 1).isoformat(), _born_by(day, first).isoformat())
        case "no-notice":
            return store.all_ids(vault) - store.ids_of(vault, "notice", day)
        case "attendance-below":
            return {pupil_id for pupil_id, share in attendance(desk, day).items() if share < int(condition.value)}
        case "plan-kind":
            return {plan.pupil.id for plan in unit_plans.running(desk) if plan.case.now.kind == condition.value}
        case "plan-due":
            due_by = desk.today + (timedelta(days=-1) if condition.value == LATE else timedelta(days=plans_due.AHEAD))
            return {plan.pupil.id for plan in unit_plans.running(desk, due_by)}
    if own_in_lists.is_of_part(condition.question):
        return own_in_lists.pupils_with(desk, condition.question, condition.value, store.all_ids(vault))
    return store.ids_of(vault, condition.question, day, condition.value)


def _at_unit(desk: Desk, value: str, day: date) -> set[str]:
    on_roll, present = store.ids_of(desk.vault, "on-roll", day), store.ids_of(desk.vault, "present", day)
    return {ON_ROLL: on_roll, GUEST: present - on_roll, GONE: store.all_ids(desk.vault) - present}[value]


def _born_by(day: date, age: int) -> date:
    """The last day of birth of those who have reached an age on a day."""
    year = day.year - age
    return day.replace(year=year) if (day.month, day.day) != (2, 29) or isleap(year) else date(year, 2, 28)


def attendance(desk: Desk, day: date) -> dict[str, float]:
    """What each pupil attended of the school year up to a day, of a hundred; of none possible, nothing."""
    from pupil_desk.services.register.totals import counts

    totals_by_pupil = counts(desk, date(school_year(day), 8, 1), day)
    return {pupil_id: share for pupil_id, totals in totals_by_pupil.items() if (share := totals.attendance_pct) is not None}


# filters under a name


def saved_filters(desk: Desk) -> list[SavedFilter]:
    """One's own filters and those for everyone, by name."""
    desk.require(Action.READ_RECORD)
    rows = grouped((row["filter_id"], (row["question"], row["value"])) for row in store.conditions(desk.vault))
    filters = [
        _saved_filter(desk, row["id"], row["name"], row["staff_id"] == desk.user.id, bool(row["for_all"]), rows=rows.get(row["id"], []))
        for row in store.filters(desk.vault)
        if row["for_all"] or row["staff_id"] == desk.user.id
    ]
    return sorted(filters, key=lambda saved_filter: fold(saved_filter.name))


def _saved_filter(desk: Desk, filter_id: str, name: str, is_mine: bool, for_all: bool, *, rows: Sequence[tuple[str, str]]) -> SavedFilter:
    read_ = [read_condition(question, value, desk.today) for question, value in rows]
    wrong = next((wrong for _condition, wrong in read_ if wrong), "") or ("" if rows else _("It asks for nothing."))
    return SavedFilter(filter_id, name, is_mine, for_all, tuple(condition for condition, _wrong in read_ if condition), wrong=wrong)


def check_name(desk: Desk, name: str) -> str:
    """What is wrong with a name for a new filter; nothing, if an empty text."""
    if not tidy(name):
        return _("Enter a name.")
    if len(tidy(name)) > LONGEST_NAME:
        return _("The name is longer than {number} characters. Shorten it.").format(number=LONGEST_NAME)
    if any(fold(saved_filter.name) == fold(tidy(name)) for saved_filter in saved_filters(desk)):
        return _("Another filter has this name. Enter a different one, or remove the other first.")
    return ""


def save_filter(desk: Desk, name: str, conditions: Sequence[Condition], *, for_all: bool) -> SavedFilter:
    """Keep a filter under a name. Raises WrongUse for a name that is taken, or a condition there is not."""
    wrong = check_name(desk, name) or check_conditions(desk, conditions) or ("" if conditions else _("Add a condition first."))
    if wrong:
        raise WrongUse(wrong)
    with desk.act(Action.EDIT_RECORD, "list-filter", filter_id := new_id(), "saved for everyone" if for_all else "saved") as work:
        store.add_filter(
            desk.vault, filter_id, tidy(name), staff_id=desk.user.id, for_all=for_all, moment=work.stamp, conditions=conditions
        )
    return SavedFilter(filter_id, tidy(name), True, for_all, tuple(conditions))


def remove_filter(desk: Desk, filter_id: str) -> None:
    """Take a filter away: one's own, or, for a data officer, any that is for everyone. Raises WrongUse for another."""
    saved_filter = next((saved_filter for saved_filter in saved_filters(desk) if saved_filter.id == filter_id), None)
    if saved_filter is None or not may_remove(desk, saved_filter):
        raise WrongUse(_("That filter is not yours to remove. Ask the colleague who saved it, or a data officer."))
    with desk.act(Action.EDIT_RECORD, "list-filter", filter_id, "removed"):
        store.remove_filter(desk.vault, filter_id)


def may_remove(desk: Desk, saved_filter: SavedFilter) -> bool:
    """Whether the person at the desk may take a filter away."""
    return saved_filter.is_own or desk.may(Action.EDIT_SETTINGS)


# further columns


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column that can be chosen: an item of the pupil or of today's stay, or, without one, this year's attendance or the plans that run."""

    key: str
    label: str
    item: Item | None = None
    of_stay: bool = False
    of_part: bool = False  # a field of the unit's own of contacts or plans: all that stands there, in words

    @property
    def title(self) -> str:
        """Its heading, short enough to stand over it."""
        return _SHORT.get(self.key, self.label)

    @property
    def special(self) -> bool:
        """Whether it shows what the law protects most: chosen knowingly, and logged."""
        return self.key == PLANS or (self.item is not None and self.item.facts.special is not None)


_OF_PUPIL = (
    "tutor_group",
    "site",
    "subject_sets",
    "dob",
    "upn",
    "uln",
    "sex",
    "first_language",
    "sen_provision",
    "looked_after",
    "town",
    "postcode",
)
_OF_STAY = ("status", "start_date", "main_school", "commissioned_by", "days_agreed", "review_day")
ATTENDANCE, PLANS = "attendance", "plans"
_ADDRESS = ("town", "postcode")
_SHORT = {
    "dob": _("Born"),
    "looked_after": _("Looked after"),
    "status": _("Status"),
    "start_date": _("Started"),
    "days_agreed": _("Days a week"),
}


@by_rules
def all_columns() -> Mapping[str, ListColumn]:
    """Every column that can be chosen, in the order in which they are offered and stand; those of the unit's own fields last."""
    of_pupil = [ListColumn(name, item.label, item) for name in _OF_PUPIL for item in (item_named(Pupil, name),)]
    of_stay = [ListColumn(name, item.label, item, True) for name in _OF_STAY for item in (item_named(Enrolment, name),)]
    of_own_fields = [
        ListColumn(own_item.name, own_label(record_type, own_item), own_item, of_part=record_type is not Pupil)
        for record_type in OF_LISTS
        for own_item in own_items_of(record_type)
    ]
    list_columns = [
        ListColumn("ref", _("Reference")),
        *of_pupil,
        *of_stay,
        ListColumn(ATTENDANCE, _("Attendance %")),
        ListColumn(PLANS, _("Plans and reviews")),
        *of_own_fields,
    ]
    return {column.key: column for column in list_columns}


def columns(desk: Desk) -> list[ListColumn]:
    """The columns that the person at the desk has chosen; one that this program does not know is left out."""
    chosen_keys = set(store.columns_of(desk.vault, desk.user.id))
    return [column for key, column in all_columns().items() if key in chosen_keys]


def choose_columns(desk: Desk, keys: Sequence[str]) -> None:
    """Have one's own columns be these. It is no record, and in the log only where one is of special category."""
    offered = all_columns()
    chosen_keys = [key for key in offered if key in keys]
    special = [key for key in chosen_keys if offered[key].special]
    with desk.act(Action.EDIT_RECORD, "list", "", f"columns chosen: {', '.join(special)}" if special else "columns chosen"):
        store.keep_columns(desk.vault, desk.user.id, chosen_keys)


type Held = str | int | float


def cells(desk: Desk, selection: Sequence[ListColumn]) -> dict[str, dict[str, Held]]:
    """What these columns hold, by column and pupil, as the file keeps it; nothing held is not there. ``words`` says it.

    One query a kind of record, however many pupils and columns. That a column of special category was looked at is logged, once in ten minutes.
    """
    desk.require(Action.READ_RECORD)
    cells_by_column: dict[str, dict[str, Held]] = {column.key: {} for column in selection}
    of_pupil = [column.key for column in selection if not (column.of_stay or column.of_part) and column.key not in (ATTENDANCE, PLANS)]
    of_stay = [column.key for column in selection if column.of_stay]
    for keys, rows in (
        (of_pupil, store.values_of_pupils(desk.vault, of_pupil) if of_pupil else []),
        (of_stay, store.values_of_stays(desk.vault, of_stay, desk.today) if of_stay else []),
    ):
        for pupil_id, *values in rows:
            for key, value in zip(keys, values, strict=True):
                if value is not None:
                    cells_by_column[key][pupil_id] = value
    cells_by_column |= own_in_lists.cells(desk, [column.item for column in selection if column.of_part and column.item is not None])
    cells_by_column |= _worked_out(desk, cells_by_column)
    if addresses := [key for key in _ADDRESS if key in cells_by_column]:
        for pupil_id in _kept_back(desk):
            for key in addresses:
                if pupil_id in cells_by_column[key]:
                    cells_by_column[key][pupil_id] = _("kept back")
    for column in selection:
        if column.special:
            desk.viewed("list-column", column.key)
    return cells_by_column


def _worked_out(desk: Desk, keys: Collection[str]) -> dict[str, dict[str, Held]]:
    """What those of these columns hold that are no items."""
    columns_of: dict[str, dict[str, Held]] = {ATTENDANCE: {**attendance(desk, desk.today)}} if ATTENDANCE in keys else {}
    return columns_of | ({PLANS: _plans(desk)} if PLANS in keys else {})


def _plans(desk: Desk) -> dict[str, Held]:
    """The plans that run of each pupil and are shown to who is at the desk, each with the day of its review, the first due first."""
    lines = grouped((plan.pupil.id, _plan_words(plan)) for plan in unit_plans.running(desk))
    return {pupil_id: "; ".join(of_pupil) for pupil_id, of_pupil in lines.items()}


def _plan_words(plan: RunningPlan) -> str:
    words = plans_due.short_kind(plan.case.now.kind)
    if plan.review_due:
        words = _("{plan}, review by {day}").format(plan=words, day=short_date(plan.review_due))
    return _("{plan}, {amount} spent").format(plan=words, amount=pounds(plan.case.spent)) if plan.case.spent else words


def _kept_back(desk: Desk) -> list[str]:
    """The pupils whose home must be withheld: no list shows it beside the name."""
    withheld = {
        pupil_id: in_force
        for pupil_id, in_force in protections.by_pupil(desk.vault, desk.today).items()
        if any(protection.kind == ADDRESS_WITHHELD for protection in in_force)
    }
    protected = pupils.some(desk.vault, withheld)
    return [pupil.id for pupil in protected if home_withheld(pupil, contacts.of_pupil(desk.vault, pupil.id), withheld[pupil.id])]


def words(column: ListColumn, value: Held | None) -> str:
    """What a further column says of a pupil."""
    if value is None:
        return ""
    if column.item is None or column.of_part:
        return f"{value:.1f}" if isinstance(value, float) else str(value)
    match column.item.kind:
        case Kind.DATE:
            return short_date(date.fromisoformat(str(value)))
        case Kind.YES_NO:
            return show(column.item, bool(value))
        case Kind.CODE if column.item.codes:
            return codelist(column.item.codes).label_of(str(value))
    return str(value)


def order(column: ListColumn, value: Held) -> Held:
    """What a further column is ordered by: codes and texts by their words, everything else by what it is."""
    return fold(words(column, value)) if isinstance(value, str) and (column.item is None or column.item.kind is not Kind.DATE) else value
