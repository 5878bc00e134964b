"""Undoing an import: what came with the file goes back as far as nobody has built on it, in one act that only adds.

Changed values go back and added records are taken away, as for any act (``services.changes``). What only grows is answered by an
event of its own: a mark by an amendment, a choice by its reversal, a result by a withdrawal, a suspension by «entered by mistake»,
an incident by striking it out, a plan or a request for leave by striking it out or by a wording that says what stood before, a protection by lifting it. A pupil whom the file brought goes with all that came with them, if nothing else is on file of them;
else the pupil stays, with all of it. What stays is told.
"""

import dataclasses
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, NamedTuple, NoReturn

from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.catalogue import record_word
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.suspensions.suspension import SuspensionCase, SuspensionEvent, SuspensionEventKind
from pupil_desk.services import bin as bins
from pupil_desk.services import records
from pupil_desk.services.changes import ChangeLine, LeftAsIs, Undone
from pupil_desk.services.changes.undoing import UNDO, Undoing, as_text
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.imports.elsewhere.keyed_tables import KEYED_TABLES
from pupil_desk.services.imports.past import why_not
from pupil_desk.services.imports.staying import why_stays
from pupil_desk.services.incidents import recording
from pupil_desk.services.keyed_records import take_back as take_keyed_back
from pupil_desk.services.leave.recording import keep_wording as keep_leave
from pupil_desk.services.plans.recording import keep_version as keep_plan
from pupil_desk.services.providers.checks import take_back as take_checks_back
from pupil_desk.services.register.taking_back import take_back
from pupil_desk.services.roles import Action
from pupil_desk.services.sharing.sharing import action_for
from pupil_desk.services.suspensions import decisions
from pupil_desk.services.suspensions.marks import marked
from pupil_desk.store.rows import acts, amendments, mistaken
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import assessments, choices, ledger, protections, pupils
from pupil_desk.store.tables import incidents as incident_store
from pupil_desk.store.tables import leave_requests as leave_store
from pupil_desk.store.tables import plans as plan_store
from pupil_desk.store.tables import suspensions as suspension_store

REASON = _("Import undone")
"""Why what came with a file counts no more."""


class _Rehearsed(Exception):
    """Ends a rehearsal: raised so that the transaction takes everything back."""

    def __init__(self, undone: Undone) -> None:
        super().__init__()
        self.undone = undone


def would_undo(desk: Desk, import_id: str) -> Undone:
    """What ``undo`` would do, by doing it and taking it all back. Raises NotAllowed, WrongUse."""
    row = _allowed(desk, import_id)
    try:
        _rehearse(desk, row["act"])
    except _Rehearsed as rehearsed:
        return rehearsed.undone


def _rehearse(desk: Desk, act: str) -> NoReturn:
    with desk.vault.transaction():
        raise _Rehearsed(_Import(Work(desk, desk.clock.now(), desk.user.id), act).run())


def undo(desk: Desk, import_id: str) -> Undone:
    """Undo an import as far as it can be, in one transaction with its row in the log. Raises NotAllowed, WrongUse."""
    row = _allowed(desk, import_id)
    action = Action.UNDO if row["made_by"] == desk.user.id else Action.UNDO_OTHERS
    with desk.act(action, "import", import_id, row["kind"]) as work:
        undone = _Import(work, row["act"]).run()
        ledger.add_import_undone(
            desk.vault,
            import_id=import_id,
            moment=work.stamp,
            actor=work.actor,
            act=work.act,
            went_back=len(undone.lines),
            stayed=len(undone.left),
        )
        work.note("import undone", "import", import_id, f"{len(undone.lines)} went back, {len(undone.left)} stayed")
    return undone


def _allowed(desk: Desk, import_id: str) -> Any:
    desk.require(Action.EDIT_RECORD)
    row = required(
        next((row for row in ledger.imports(desk.vault) if row["id"] == import_id), None),
        _("That file is no longer in the list. Look at it again."),
    )
    if row["made_by"] != desk.user.id:
        desk.require(Action.UNDO_OTHERS)
    if reason := why_not(desk, row):
        raise WrongUse(reason)
    return row


class _Decided(NamedTuple):
    """A decision of which the file said something, and why it stays; empty where it goes back."""

    case: SuspensionCase
    row: Any
    reason: str


class _Import:
    """The undoing of one import under way: what went back, and what stayed."""

    def __init__(self, work: Work, act: str) -> None:
        self.work, self.desk, self.vault, self.act = work, work.desk, work.desk.vault, act
        self.change_lines: list[ChangeLine] = []
        self.left: list[LeftAsIs] = []
        self.kinds: set[str] = set()
        self.ids: set[str] = set()
        self._names: dict[str, str] = {}
        self.newcomers: set[str] = set()

    def run(self) -> Undone:
        """All of it: first the pupils whom the file brought, then what it said of others."""
        rows = acts.rows_of(self.vault, self.act)
        newcomer_ids = [
            row["record_id"] for row in rows if row["kind"] == "pupil" and row["item"] == amendments.WHOLE and row["old"] is None
        ]
        self.newcomers = set(newcomer_ids)
        hanging = {**self._changed_since(), **mistaken.hanging(self.vault, bins.CHANGING, self.act)}
        results = [(entry, stands) for entry, stands in assessments.added_by(self.vault, self.act) if stands]
        for pupil_id in newcomer_ids:
            if not mistaken.is_mistaken(self.vault, pupil_id):
                self._newcomer(pupil_id, hanging.get(pupil_id, ""), [entry for entry, _stands in results if entry.pupil_id == pupil_id])
        decided = self._decided()
        self._marks(self._staying_sessions(decided))
        self._choices()
        self._results()
        self._suspensions(decided)
        self._incidents()
        of_plans, of_leave = plan_store.kept_by(self.vault, self.act), leave_store.kept_by(self.vault, self.act)
        self._wordings("plan", of_plans, keep_plan, _("More was recorded of it since. Put it right under Plans."))
        self._wordings("leave_request", of_leave, keep_leave, _("More was recorded of it since. Put it right under Attendance."))
        self._protections()
        undone = Undoing(self.work).run([row for row in rows if row["pupil_id"] not in self.newcomers])
        self._keyed()  # last: a route may go once the journeys that came with it have gone
        import_changes = Changed.of("pupil", *self.kinds, ids=tuple(self.ids)) if self.kinds else Changed.of()
        return Undone((*self.change_lines, *undone.lines), (*self.left, *undone.left), import_changes | undone.changed, self.work.act)

    # -- what is told

    def _name(self, pupil_id: str) -> str:
        if pupil_id not in self._names:
            pupil = pupils.own_row(self.vault, pupil_id)
            self._names[pupil_id] = f"{pupil.surname}, {pupil.forename}" if pupil else _("A pupil no longer on file")
        return self._names[pupil_id]

    def _did(self, kind: str, pupil_id: str, record_id: str, text: str) -> None:
        self.change_lines.append(ChangeLine(record_id, pupil_id, self._name(pupil_id), record_word(kind), "", before="", after=text))
        self.kinds.add(kind)
        self.ids.add(pupil_id)

    def _stays(self, kind: str, pupil_id: str, record_id: str, reason: str) -> None:
        self.left.append(LeftAsIs(record_id, pupil_id, self._name(pupil_id), record_word(kind), "", reason=reason))

    def _of_other_pupils[R](self, rows: Iterable[R]) -> list[R]:
        """Those that are not of a pupil whom the file brought."""
        return [row for row in rows if getattr(row, "pupil_id", "") not in self.newcomers]

    def _changed_since(self) -> dict[str, str]:
        """The pupils whom the file brought of whom something says otherwise now; what was changed and went back again is as it was."""
        kinds_by_pupil: dict[str, str] = {}
        for row in mistaken.changed_since(self.vault, self.act):
            if row["own"] in kinds_by_pupil or row["kind"] not in records.kinds():
                continue
            record = records.get(self.vault, row["kind"], row["record_id"])
            before = acts.since_then(self.vault, row["kind"], row["record_id"], row["seq"])
            if record is None:
                otherwise = bool(row["brought"])
            else:
                otherwise = any(as_text(getattr(record, name, None)) != old for name, old in before.items())
            if otherwise:
                kinds_by_pupil[row["own"]] = "amendment"
        return kinds_by_pupil

    # -- each kind

    def _newcomer(self, pupil_id: str, table: str, results: list[Any]) -> None:
        if table:
            return self._stays("pupil", pupil_id, pupil_id, why_stays(self.vault, pupil_id, table))
        pupil = pupils.own_row(self.vault, pupil_id)
        if pupil is None:
            return None
        for entry in results:
            assessments.withdraw(self.vault, entry, reason=REASON, moment=self.work.stamp, actor=self.work.actor)
        bins.withdraw(self.work, pupil, reason=REASON, source=UNDO)
        self.kinds.add("contact")
        return self._did("pupil", pupil_id, pupil_id, _("Taken away"))

    def _marks(self, staying: Collection[tuple[str, str]]) -> None:
        """Each session goes back to what it said before, or to no mark, unless it was amended since or stays with its decision."""
        for mark in take_back(self.work, self.act, REASON, but=staying):
            if mark.code is None:
                self._stays("mark", mark.pupil_id, mark.session, _("It was amended since."))
            else:
                self._did("mark", mark.pupil_id, mark.session, _("As before") if mark.code else _("No mark"))

    def _choices(self) -> None:
        for choice in self._of_other_pupils(choices.of_act(self.vault, self.act)):
            if not self.desk.may(action_for(choice)):
                self._stays("choice", choice.pupil_id, choice.id, _("Your role does not include taking it back."))
                continue
            choices.take_back(self.vault, choice, reason=REASON, moment=self.work.stamp, actor=self.work.actor, act=self.work.act)
            self._did("choice", choice.pupil_id, choice.id, _("Taken back"))

    def _results(self) -> None:
        for entry, stands in assessments.added_by(self.vault, self.act):
            if entry.pupil_id in self.newcomers:
                continue
            if stands:
                assessments.withdraw(self.vault, entry, reason=REASON, moment=self.work.stamp, actor=self.work.actor)
                self._did("assessment", entry.pupil_id, entry.id, _("Withdrawn"))
            elif acts.standing_entry(self.vault, entry.id) != entry.id:
                self._stays("assessment", entry.pupil_id, entry.id, _("It was put right since. Withdraw it on the pupil’s own page."))

    def _decided(self) -> list[_Decided]:
        """The decisions of which the file said something and that count, each with why it stays, if it does."""
        decided = []
        for row in suspension_store.added_by(self.vault, self.act):
            if row["pupil_id"] in self.newcomers:
                continue
            case = next(
                case for case in suspension_store.of_pupil(self.vault, row["pupil_id"]) if case.suspension.decision == row["decision"]
            )
            if case.ending is None or case.ending.kind != SuspensionEventKind.MISTAKEN:
                decided.append(_Decided(case, row, self._case_stays(case, row)))
        return decided

    def _staying_sessions(self, decided: Sequence[_Decided]) -> set[tuple[str, str]]:
        """The sessions that say what they say of a decision that stays, or are covered by another: their marks stay with it."""
        staying: set[tuple[str, str]] = set()
        going = {one.row["decision"] for one in decided if not one.reason}
        for pupil_id in {one.row["pupil_id"] for one in decided}:
            cases = suspension_store.of_pupil(self.vault, pupil_id)
            halves = decisions.still_marked(self.desk, [case for case in cases if case.suspension.decision not in going])
            for one in decided:
                if one.reason and one.row["pupil_id"] == pupil_id:
                    before = suspension_store.before(self.vault, pupil_id, one.row["decision"], self.act)
                    for case in filter(None, (one.case, before)):
                        halves.update(marked(case.suspension, case.halves, self.desk))
            staying.update((pupil_id, f"{day} {session}") for day, session in halves)
        return staying

    def _suspensions(self, decided: Sequence[_Decided]) -> None:
        for case, row, reason in decided:
            if reason:
                self._stays("suspension", row["pupil_id"], row["decision"], reason)
            elif row["of_act"]:
                # its E marks have gone back already, and an E that was in the register before the file is not its own
                event = SuspensionEvent(
                    id=new_id(),
                    pupil_id=row["pupil_id"],
                    decision=row["decision"],
                    kind=SuspensionEventKind.MISTAKEN,
                    on=self.desk.today,
                    note=REASON,
                )
                suspension_store.add_event(self.vault, event, moment=self.work.stamp, actor=self.work.actor, act=self.work.act)
                self._did("suspension", row["pupil_id"], row["decision"], _("Entered by mistake"))
            else:
                self._put_right(case, row)

    def _case_stays(self, case: SuspensionCase, row: Any) -> str:
        if not self.desk.may(Action.SUSPEND):
            return _("Your role does not include suspensions.")
        if not row["of_act"] and row["ended"]:
            return _("What the file said has become of it stays. Put it right on the pupil’s own page.")
        if row["since"] or (not row["of_act"] and case.ending and case.ending.kind != SuspensionEventKind.SERVED):
            return _("More has become of it since. Put it right on the pupil’s own page.")
        return ""

    def _put_right(self, case: SuspensionCase, row: Any) -> None:
        before = suspension_store.before(self.vault, row["pupil_id"], row["decision"], self.act)
        if before is not None and before.suspension != case.suspension:
            decisions.keep_decision(self.work, before.suspension, before.halves, source=decisions.IMPORT, writes_marks=False)
            self._did("suspension", row["pupil_id"], row["decision"], _("As before"))

    def _incidents(self) -> None:
        """An entry is struck out, unless something was recorded of it since."""
        for case, is_built_on in incident_store.added_by(self.vault, self.act):
            entry = case.now
            if case.struck or entry.pupil_id in self.newcomers:
                continue
            if is_built_on:
                self._stays("incident", entry.pupil_id, entry.entry_id, _("More was recorded of it since. Strike it out under Incidents."))
                continue
            recording.keep_struck(self.work, case, REASON)
            self._did("incident", entry.pupil_id, entry.entry_id, _("Struck out"))

    def _wordings(self, kind: str, kept: Iterable[tuple[Any, bool]], keep: Callable[[Work, Any], None], where: str) -> None:
        """What came with the file is struck out, what was changed says again what stood before, unless more was recorded of it since."""
        for case, is_built_on in kept:
            entry = case.now
            if entry.struck is not None or entry.pupil_id in self.newcomers:
                continue
            if is_built_on:
                self._stays(kind, entry.pupil_id, entry.entry_id, where)
                continue
            is_new = len(case.wordings) == 1
            keep(self.work, dataclasses.replace(entry, struck=REASON) if is_new else case.wordings[-2].record)
            self._did(kind, entry.pupil_id, entry.entry_id, _("Struck out") if is_new else _("As before"))

    def _keyed(self) -> None:
        """Schools, providers and routes, and what was seen of providers: these are nobody's record, so each stands under its own name."""
        tables = {table.keyed.name: table for table in KEYED_TABLES}
        kinds = {name: (table.keyed, table.record_type) for name, table in tables.items()}
        for taken_back in (*take_checks_back(self.work, self.act), *take_keyed_back(self.work, self.act, kinds)):
            table = tables.get(taken_back.kind)
            word, label = (
                table.word if table else _("Check of a provider"),
                table.items()[taken_back.item].label if table and taken_back.item else "",
            )
            if taken_back.stays:
                self.left.append(LeftAsIs(taken_back.record_id, "", taken_back.name, word, label, reason=taken_back.stays))
            else:
                self.change_lines.append(
                    ChangeLine(taken_back.record_id, "", taken_back.name, word, "", before="", after=taken_back.done_words)
                )
                self.kinds.add(taken_back.kind)

    def _protections(self) -> None:
        for protection in self._of_other_pupils(protections.of_act(self.vault, self.act)):
            if not self.desk.may(Action.LIFT_PROTECTION):
                self._stays("protection", protection.pupil_id, protection.id, _("An assistant head or a data officer lifts it."))
                continue
            protections.lift(self.vault, protection, reason=REASON, moment=self.work.stamp, actor=self.work.actor)
            self._did("protection", protection.pupil_id, protection.id, _("Lifted"))
