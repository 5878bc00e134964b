"""Sessions of providers that somebody entered, taken back: the return and the mark that it made go back together, session by session.

Where either was changed since, both stay, and that is told: a mark without the word that it came from, or a word that the register denies
unseen, would be neither what was before nor what is so now.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.catalogue import record_word
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.providers.provider_return import ProviderReturn
from pupil_desk.services import records
from pupil_desk.services.changes.listing import ChangeLine, line_of
from pupil_desk.services.changes.undoing import LeftAsIs, Undoing, Undone, changed_since
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.register.taking_back import MarkBack, amended_since, take_back
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import acts as store
from pupil_desk.store.rows import several
from pupil_desk.store.tables import pupils
from pupil_desk.store.tables import register as register_store

KIND = "provider_return"
"""The kind of record by which an act is known as one of sessions at providers."""


def undo(desk: Desk, act: str) -> Undone:
    """Take back what was entered of sessions at providers by an act of one's own: one transaction, logged. What was changed since stays, and is told.

    Raises NotAllowed; WrongUse for an act of anything else, and where nothing of it stands.
    """
    rows = store.rows_of(desk.vault, act)
    if not (_is_of_returns(rows) and all(row["by"] == desk.user.id for row in rows) if rows else _are_returned(desk, act)):
        raise WrongUse(_("That is no entry of yours of sessions at providers. Look under Changes."))
    with desk.act(Action.UNDO, "register", act, "sessions at providers") as work:
        undone = go_back(work, act, rows)
        if not undone.lines:
            raise WrongUse(_("These sessions were changed since. Look at the register again."))
    return undone


def _is_of_returns(rows: Sequence[Any]) -> bool:
    return all(row["kind"] == KIND for row in rows)


def _are_returned(desk: Desk, act: str) -> bool:
    """Whether an act that changed no return marked sessions that some provider had returned: they were entered by what it said."""
    marked = {(row["pupil_id"], row["day"], row["session"]) for row in register_store.entered_by(desk.vault, act)}
    returned_sessions = {
        (provider_return.pupil_id, provider_return.day.isoformat(), str(provider_return.session))
        for pupil_id in {pupil_id for pupil_id, _day, _session in marked}
        for provider_return in several.of_pupil(desk.vault, ProviderReturn, pupil_id)
    }
    return bool(marked) and marked <= returned_sessions


def go_back(work: Work, act: str, rows: Sequence[Any]) -> Undone:
    """Within a transaction: the returns that these amendments of an act made, and its marks, session by session."""
    vault = work.desk.vault
    marks_amended, wanted_ids = amended_since(vault, act), {row["record_id"] for row in rows}
    sessions: dict[str, tuple[str, str]] = {}
    left: dict[str, LeftAsIs] = {}
    for row in store.rows_of(vault, act):  # of each record the last one counts
        record = records.get(vault, KIND, row["record_id"])
        if record is None:
            continue
        session = sessions[record.id] = (row["same_as"] or row["pupil_id"], f"{record.day} {record.session}")
        if record.id in wanted_ids and (
            reason := _why_left(is_changed=bool(changed_since(vault, KIND, record, row["seq"])), is_amended=session in marks_amended)
        ):
            line = line_of(work.desk, row)
            left[record.id] = LeftAsIs(record.id, line.pupil_id, line.pupil, line.record, _session_words(session[1]), reason=reason)
        else:
            left.pop(record.id, None)
    undone = Undoing(work).run([row for row in rows if row["record_id"] not in left])
    staying = {*left, *(as_is.record_id for as_is in undone.left), *(sessions.keys() - wanted_ids)}
    stay = {session for record_id, session in sessions.items() if record_id in staying}
    marks = take_back(work, act, _("Undone at once"), but=stay)
    lines = [_mark_line(work, mark) for mark in marks if mark.code is not None]
    left_as_is = (*left.values(), *undone.left, *(_mark_left(work, mark) for mark in marks if mark.code is None))
    of_marks = Changed.of("mark", ids=tuple(line.pupil_id for line in lines)) if lines else Changed.of()
    return Undone((*undone.lines, *lines), left_as_is, undone.changed | of_marks, work.act)


def _why_left(*, is_changed: bool, is_amended: bool) -> str:
    if is_changed:
        return _("The provider’s word was changed since, and the mark stays with it.")
    return _("The mark was amended since, and the provider’s word stays beside it.") if is_amended else ""


def _session_words(session: str) -> str:
    day, _space, half = session.partition(" ")
    return _("{day}, {session}").format(day=short_date(date.fromisoformat(day)), session=half)


def _name(work: Work, pupil_id: str) -> str:
    pupil = pupils.get(work.desk.vault, pupil_id)
    return pupil.surname_first if pupil is not None else _("A pupil no longer on file")


def _mark_line(work: Work, mark: MarkBack) -> ChangeLine:
    after = mark.code or _("nothing")
    words = _("Mark of {session}").format(session=_session_words(mark.session))
    name = _name(work, mark.pupil_id)
    return ChangeLine(mark.session, mark.pupil_id, name, record_word("mark"), words, before="", after=after)


def _mark_left(work: Work, mark: MarkBack) -> LeftAsIs:
    words = _("Mark of {session}").format(session=_session_words(mark.session))
    name = _name(work, mark.pupil_id)
    return LeftAsIs(mark.session, mark.pupil_id, name, record_word("mark"), words, reason=_("It was amended since."))
