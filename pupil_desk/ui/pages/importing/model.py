"""The rows of the proposal as the list shows them, and the sentences about the whole of it."""

import contextlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import shortened, tidy
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.domain.catalogue.items import Kind
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports import run
from pupil_desk.services.imports.by_hand import why_by_hand
from pupil_desk.services.imports.counting import set_aside_words
from pupil_desk.services.imports.headings import is_of_pupils
from pupil_desk.services.imports.kinds import LEFT_OUT_ROW, NEW, SAME, THEIRS, Difference, Fate, ImportKind, Order
from pupil_desk.services.imports.outcome import Outcome, outcome_of
from pupil_desk.services.imports.proposal import PlannedRow, Proposal
from pupil_desk.services.roles import who_may
from pupil_desk.ui.kit.lists.rows import Column

FATES = {
    Fate.ADDED: (_("New"), "plus-circle"),
    Fate.CHANGED: (_("Changed"), "pencil-simple"),
    Fate.UNCHANGED: (_("Unchanged"), "equals"),
    Fate.REFUSED: (_("Refused"), "x-circle"),
}
EVERY, WARNED, TO_CHOOSE, LEFT_OUT = "every", "warned", "to-choose", "left-out"  # filters beside the fates
_FIRST = ("surname", "forename", "upn", "recipient", "choice", "by", "dob")  # what tells one row from another
_COMPUTER_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ONE_LINE = 4  # cells told of a row in the list
_MOST_NAMED = 10  # rows named in a question
_SHOWN = 60  # characters of what a file says of itself


def state_words(row: PlannedRow) -> str:
    """What becomes of a row, in a word."""
    if row.is_left_out:
        return _("Left out")
    return _("To choose") if row.is_undecided else FATES[row.fate][0]


def _state(row: PlannedRow) -> str:
    """The filter that a row goes by: to choose, left out, else its fate."""
    if row.is_left_out:
        return LEFT_OUT
    return TO_CHOOSE if row.is_undecided else row.fate.value


def cell_words(kind: ImportKind[Any] | None, name: str, text: str) -> str:
    """A cell as it stands in the file; a day that a workbook or a computer wrote, such as 2026-11-30, as the office writes it."""
    is_day = kind is not None and any(item.name == name and item.kind is Kind.DATE for item in kind.columns)
    if is_day and _COMPUTER_DAY.fullmatch(text):
        with contextlib.suppress(ValueError):  # no such day: then it stands as it is
            return show_date(date.fromisoformat(text))
    return text


def row_words(row: PlannedRow, kind: ImportKind[Any] | None) -> str:
    """The first filled cells of a row, as they stand in the file."""
    names = [item.name for item in kind.columns] if kind is not None else []
    filled_names = [name for name in dict.fromkeys((*_FIRST, *names)) if row.read.texts.get(name)]
    texts = [cell_words(kind, name, row.read.texts[name]) for name in filled_names]
    return ", ".join(texts[:_ONE_LINE])


def left_behind(proposal: Proposal) -> list[PlannedRow]:
    """The rows of which nothing would be taken though nobody left them out: those refused, and those on which nobody has decided."""
    return [row for row in proposal.rows if row.fate is Fate.REFUSED or row.is_undecided]


def row_named(row: PlannedRow, kind: ImportKind[Any] | None) -> str:
    """A row by its number and by what tells it from another."""
    cells = row_words(row, kind)
    pattern = _("Row {number} ({cells})") if cells else _("Row {number}")
    return pattern.format(number=f"{row.number:,}", cells=cells)


def left_behind_words(rows: Sequence[PlannedRow], kind: ImportKind[Any] | None) -> str:
    """These rows, one a line, each with why nothing of it would be taken."""
    lines = [
        _("{row}: {why}").format(row=row_named(row, kind), why=_("refused") if row.fate is Fate.REFUSED else _("nobody has decided on it"))
        for row in rows[:_MOST_NAMED]
    ]
    if (further := len(rows) - _MOST_NAMED) > 0:
        lines.append(_("and {count} more").format(count=f"{further:,}"))
    return "\n".join([*lines, _("Nothing of them is taken. To correct or decide them, stay here.")])


def why_words(row: PlannedRow) -> str:
    """What differs, then what is wrong with a row; of a refused one what is wrong alone."""
    messages = list(dict.fromkeys(problem.message for problem in row.problems))
    if row.fate is Fate.REFUSED:
        return " ".join(messages)
    differences = "; ".join(_difference_words(difference) for difference in row.plan.differences)
    return " ".join([f"{differences}." if differences and messages else differences, *messages]).strip()


def _difference_words(difference: Difference) -> str:
    name, old = difference.item.label, difference.old_text or _("empty")
    if difference.is_record:
        sentence = _("{label}: {new}") if difference.accept == THEIRS else _("{label}, left out: {new}")
        return sentence.format(label=name, new=difference.new_text)
    if difference.accept == THEIRS:
        return _("{label}: {old} → {new}").format(label=name, old=old, new=new_words(difference))
    return _("{label}: stays {old}").format(label=name, old=old)


def new_words(difference: Difference) -> str:
    """What a cell says in the file, and what would then be empty of an address."""
    if not difference.lost:
        return difference.new_text
    return _("{text} (then empty: {lines})").format(text=difference.new_text, lines=join_words(difference.lost))


def by_hand_words(proposal: Proposal) -> str:
    """In how many rows no word for the whole file takes what it says, and nobody has picked yet, and why; empty where there is none."""
    rows, why = _by_hand(proposal)
    words = _("“Take all from the file” leaves {rows} to be picked by hand: {why}. Until then what is held here stays.")
    return words.format(rows=count_of(rows, _("row"), _("rows")), why=why) if rows and proposal.accept == THEIRS else ""


def _by_hand(proposal: Proposal) -> tuple[int, str]:
    """How many rows wait until somebody picks in them, and why."""
    waiting = [
        (row.number, why_by_hand(difference))
        for row in proposal.rows
        for difference in row.plan.differences
        if difference.by_hand and (row.number, difference.column) not in proposal.picks
    ]
    return len({number for number, _why in waiting}), "; ".join(dict.fromkeys(why for _number, why in waiting))


def for_all_words(proposal: Proposal) -> tuple[str, str]:
    """What one word for the whole file has done, empty where it is nothing; and in how many rows it does nothing, and why."""
    rows = [row for row in proposal.rows if row.is_taken and row.plan.differences]
    if not rows:
        return "", _("Nothing is changed by that: the rows in which something differs are refused, left out or not decided.")
    if proposal.accept != THEIRS:
        return _("In {rows} all stays as it is held here.").format(rows=count_of(len(rows), _("row"), _("rows"))), ""
    taken = sum(any(difference.accept == THEIRS for difference in row.plan.differences) for row in rows)
    done = _("In {rows} what differs goes in from the file.").format(rows=count_of(taken, _("row"), _("rows"))) if taken else ""
    waiting, why = _by_hand(proposal)
    stays = (
        _("In {rows} what is held here stays until you pick it in the row: {why}.")
        if done
        else _("Nothing goes in by that: in {rows} {why}. Pick it in the row.")
    )
    return done, stays.format(rows=count_of(waiting, _("row"), _("rows")), why=why) if waiting else ""


def columns(kind_of: Callable[[], ImportKind[Any] | None]) -> tuple[Column[PlannedRow], ...]:
    """The columns of the list; ``kind_of`` gives the kind of the proposal shown."""
    return (
        Column[PlannedRow]("number", _("Row"), lambda row: f"{row.number:,}", align="right"),
        Column[PlannedRow]("state", _("Outcome"), state_words, icon=_sign, width=12),
        Column[PlannedRow]("row", _("In the file"), lambda row: row_words(row, kind_of()), stretch=True, width=13),
        Column[PlannedRow]("why", _("What is wrong, or differs"), why_words, stretch=True, width=12),
    )


def _sign(row: PlannedRow) -> str:
    if row.plan.is_set_aside:
        return "minus-circle" if row.is_left_out else "question"
    return "warning" if row.problems and row.fate is not Fate.REFUSED else FATES[row.fate][1]


def filters(proposal: Proposal) -> list[tuple[str, str]]:
    """The filters that hold any row, each with how many."""
    states, warned = Counter(map(_state, proposal.rows)), sum(map(_is_warned, proposal.rows))
    counted_filters = [(EVERY, _("All rows"), len(proposal.rows))]
    counted_filters += [(fate.value, words, states[fate.value]) for fate, (words, _sign) in FATES.items()]
    counted_filters.append((WARNED, _("To check"), warned))
    counted_filters += [(key, words, states[key]) for key, words in ((TO_CHOOSE, _("To choose")), (LEFT_OUT, _("Left out")))]
    return [(key, f"{words} ({count:,})") for key, words, count in counted_filters if count or key == EVERY]


def _is_warned(row: PlannedRow) -> bool:
    return bool(row.problems) and row.fate is not Fate.REFUSED


def filtered(rows: Sequence[PlannedRow], key: str) -> list[PlannedRow]:
    """The rows that a filter lets through."""
    if key == EVERY:
        return list(rows)
    return [row for row in rows if (_is_warned(row) if key == WARNED else _state(row) == key)]


def summary(proposal: Proposal) -> str:
    """The counts in a sentence."""
    return counts(outcome_of(proposal))


def counts(outcome: Outcome) -> str:
    """What was read, and what became or becomes of it."""
    fates = _("{added} new, {changed} changed, {unchanged} unchanged, {refused} refused").format(
        added=f"{outcome.added:,}", changed=f"{outcome.changed:,}", unchanged=f"{outcome.same:,}", refused=f"{outcome.refused:,}"
    )
    return _("{rows} read: {fates}.").format(
        rows=count_of(outcome.read, _("row"), _("rows")),
        fates=", ".join((fates, *set_aside_words(outcome.not_decided, outcome.rows_left_out))),
    )


def heading_words(proposal: Proposal) -> str:
    """Which headings were understood, and by name those that were not; of a file without headings, what it is and what of it is not taken."""
    if proposal.description:
        return " ".join((proposal.description, *_not_taken_words(proposal)))
    understood_headings = [heading for heading in proposal.headings if heading.is_known]
    unread = [heading for heading in proposal.headings if heading.text and not heading.is_known and not heading.tells_order]
    unknown = [f"“{heading.name}”" for heading in unread if not heading.is_left_out]
    left_out = [f"“{heading.name}”" for heading in unread if heading.is_left_out]
    heading_count = sum(1 for heading in proposal.headings if heading.text)
    words = _("{known} of {all} understood.").format(
        known=len(understood_headings), all=count_of(heading_count, _("heading"), _("headings"))
    )
    if unknown:
        is_kept = proposal.kind is None or is_of_pupils(proposal.kind)
        beside = _("No column, and kept under From files: {headings}.") if is_kept else _("No column, and not kept: {headings}.")
        words += " " + beside.format(headings=join_words(unknown))
    if left_out:
        words += " " + _("Left out, and not kept: {headings}.").format(headings=join_words(left_out))
    if proposal.is_remembered:
        words += " " + _("Some mean what was chosen for lists with these headings, which is remembered.")
    return words


def _not_taken_words(proposal: Proposal) -> Iterator[str]:
    """How many values of a file that is no table are in no record, and what it says of itself."""
    count = sum(row.keeps(value) for row in proposal.rows for value in row.not_taken)
    if count:
        words = _("In no part of the record: {values}. Each pupil’s row tells them; they are kept with the pupil, under From files.")
        yield words.format(values=count_of(count, _("value"), _("values")))
    if proposal.not_taken:
        facts = join_words([f"{value.path.rpartition('/')[2]}: {shortened(tidy(value.value), _SHOWN)}" for value in proposal.not_taken])
        yield _("Of the file itself, and not kept: {facts}.").format(facts=facts)


def amber_words(proposal: Proposal) -> str:
    """What to look at before anything is kept: a file of another version or to another place, lines and sheets that are not read, a column such as «Court Order»."""
    about_file = [problem.message for problem in proposal.file_problems if problem.row is None]
    return "\n".join(filter(None, (*about_file, order_words(proposal), by_hand_words(proposal))))


def waiting_words(proposal: Proposal) -> str:
    """How many rows may be about a pupil who is here; empty where none is."""
    count = sum(row.waits for row in proposal.rows)
    words = _(
        "{rows} may be about a pupil who is here already, by name and date of birth. "
        "Say it of each row, or of all at once; until then nothing of it is taken."
    )
    return words.format(rows=count_of(count, _("row"), _("rows"))) if count else ""


def absent_words(proposal: Proposal) -> str:
    """How many rows are left out because the file tells a part of a record, and whom they are about is not here; empty where none is."""
    count = sum(row.is_absent for row in proposal.rows)
    words = _("{rows} tell a part of a record, such as results, of somebody who is not here. Nothing of them is taken.")
    one = _("{rows} tells a part of a record, such as results, of somebody who is not here. Nothing of it is taken.")
    return (one if count == 1 else words).format(rows=count_of(count, _("row"), _("rows"))) if count else ""


def all_answers() -> tuple[tuple[str, str, str], ...]:
    """What can be said of all rows that wait, at once: the answer, the words of its button, and what comes of it."""
    return (
        (
            SAME,
            _("All are the pupils who are here"),
            _("What these rows say goes into the records that are here. Of a row that may be about two pupils you are asked still."),
        ),
        (NEW, _("None of them is: add as new"), _("Each of these rows becomes a pupil of its own, beside the one who is here.")),
        (LEFT_OUT_ROW, _("Leave them all out"), _("Nothing of these rows is taken.")),
    )


def answers_of(row: PlannedRow) -> list[tuple[str, str]]:
    """What can be said of a row that may be about a pupil who is here, each answer with its words."""
    names = [(pupil.id, ", ".join(filter(None, (pupil.legal_name, pupil.ref, pupil.upn)))) for pupil in row.plan.alike]
    same = [(key, _("The same pupil: {name}").format(name=name)) for key, name in names]
    return [*same, (NEW, _("Another pupil: add as new")), (LEFT_OUT_ROW, _("Leave the row out"))]


def answer_held(row: PlannedRow) -> str:
    """Which of these answers holds of a row; empty where none is given yet."""
    if row.waits or row.is_left_out or row.fate is Fate.REFUSED:
        return row.plan.answer
    return NEW if row.fate is Fate.ADDED else row.plan.pupil_id


def order_words(proposal: Proposal) -> str:
    """What a column such as «Court Order» would do, said plainly; empty where the file has none."""
    order_headings = [f"“{heading.text}”" for heading in proposal.headings if heading.tells_order]
    rows = [row for row in proposal.rows if row.read.order is not Order.NONE and row.is_taken]
    if not order_headings:
        return ""
    if not rows:
        return _("The column {name} says yes of nobody.").format(name=join_words(order_headings))
    return _(
        "The column {name} says yes in {rows}. Each of these pupils gets a protection “order or restriction”, "
        "with the reason “from import: check”. Look at each before anything is told or sent."
    ).format(name=join_words(order_headings), rows=count_of(len(rows), _("row"), _("rows")))


def verb(proposal: Proposal) -> str:
    """What the button does: «Import 58 pupils»; «Import 40, change 3»."""
    added_count, changed = proposal.count(Fate.ADDED), proposal.count(Fate.CHANGED)
    name = proposal.kind.name if proposal.kind is not None else ""
    singular, many = _NOUNS.get(name, (_("row"), _("rows")))
    if added_count and changed:
        return _("&Import {added} and change {changed}").format(added=count_of(added_count, singular, many), changed=changed)
    if changed:
        return _("&Import changes to {changed}").format(changed=count_of(changed, singular, many))
    return _("&Import {added}").format(added=count_of(added_count, singular, many))


def unknown_verb(proposal: Proposal) -> str:
    """What takes in the rows with a word that is not in a list, such as a relationship; empty where there is none."""
    words = proposal.unknown_words
    if not words:
        return ""
    return (
        _("Take {words} as “other”")
        .format(words=join_words([f"“{shortened(word, _SHOWN)}”" for word in words[:_ONE_LINE]]))
        .replace("&", "&&")
    )


_NOUNS = {
    "pupils": (_("pupil"), _("pupils")),
    "contacts": (_("contact"), _("contacts")),
    "choices": (_("choice"), _("choices")),
    "ctf": (_("pupil"), _("pupils")),
}


def refusal(desk: Desk, proposal: Proposal) -> str:
    """Why the person at the desk may not keep this, in words; empty where they may."""
    lacked = [action for action in run.needs(proposal) if not desk.may(action)]
    if not lacked or proposal.kind is None:
        return ""
    row_count = sum(1 for row in proposal.rows if proposal.kind.needs(row.read) in lacked and not row.is_left_out)
    return _(
        "Choices that did not come on a signed form stand in {rows}. Your role does not enter those, "
        "so you cannot import this file. Ask someone who may: {who}."
    ).format(rows=count_of(row_count, _("row"), _("rows")), who=who_may(lacked[0]))
