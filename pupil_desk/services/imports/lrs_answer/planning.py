"""What would become of a row of the answer: a number found is proposed, one to choose waits for a person, a refusal is told.

No number takes the place of another unless a person picks that cell, and none goes to two pupils. A pupil is found by name and date of
birth, or, where the row has no name, by the number.
"""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pupil_desk.basics.rulefiles import by_rules
from pupil_desk.basics.text import fold, tokens
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Item, item_named
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.learning.next_steps import Learning, check_learning
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.formats.lrs import LrsOutcome, answer
from pupil_desk.services.imports.kinds import (
    MINE,
    POSSIBLE_MATCH,
    THEIRS,
    Difference,
    Fate,
    Judging,
    Plan,
    ReadRow,
    Write,
    differs,
    refused_plan,
)
from pupil_desk.services.imports.people import People, name_key
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import pupils, transfers

OUTCOME, REASON, EXPORT = "outcome", "reason", "lrs-uln"
LEARNING: Mapping[str, str] = {
    "qualification": "title",
    "awarding_body": "awarding_body",
    "level": "level",
    "began": "start",
    "ended": "end",
    "grade": "result",
    "awarded": "result_date",
    "qualification_number": "qualification_number",
}  # our name of a column of the answer, and the item of a piece of learning
_CODE = re.compile(r"\bRC[0-9]{1,4}\b", re.IGNORECASE)


@dataclass(slots=True)
class StoredLearners:
    """The pupils on file, who holds which number, their learning, and who was asked for; ``uln_by_pupil`` are numbers given by rows further up, by
    pupil, ``takers`` the pupils by number."""

    people: People
    by_uln: Mapping[str, Pupil]
    learning: Mapping[str, list[Learning]]
    asked_ids: frozenset[str]
    uln_by_pupil: dict[str, str] = field(default_factory=dict)
    takers: dict[str, str] = field(default_factory=dict)

    def holder(self, uln: str) -> str | None:
        """The id of the pupil who holds a number, on file or by a row further up."""
        return self.takers.get(uln) or (self.by_uln[uln].id if uln in self.by_uln else None)


def hold(vault: Vault) -> StoredLearners:
    """What rows are compared with."""
    people = People.on_file(vault)
    by_uln = {pupil.uln: pupil for pupil in pupils.all_pupils(vault) if pupil.uln}
    return StoredLearners(people, by_uln, several.by_pupil(vault, Learning), frozenset(transfers.last_told(vault, EXPORT)))


def fresh(stored: StoredLearners) -> StoredLearners:
    """A view for one judging."""
    return StoredLearners(stored.people, stored.by_uln, stored.learning, stored.asked_ids)


def note(stored: StoredLearners, plan: Plan) -> None:
    """A number that will go in."""
    for write in plan.writes:
        if isinstance(write.new, Pupil) and write.new.uln:
            stored.uln_by_pupil[write.new.id] = write.new.uln
            stored.takers[write.new.uln] = write.new.id


def outcome_of(values: Mapping[str, Any]) -> LrsOutcome | None:
    """What a row comes to by its own words; None where they say nothing that is known."""
    wording = " ".join(tokens(values.get(OUTCOME, "")))
    if wording in _outcomes():
        return _outcomes()[wording]
    if code_of(values):
        return LrsOutcome.REFUSED
    if not wording and "uln" in values:
        return LrsOutcome.FOUND
    return None


@by_rules
def _outcomes() -> Mapping[str, LrsOutcome]:
    """What each of the service's words comes to."""
    return {" ".join(tokens(word)): outcome for outcome, words in answer().outcomes.items() for word in words}


def code_of(values: Mapping[str, Any]) -> str:
    """The service's code of refusal in a row, such as RC10; empty without one."""
    match = _CODE.search(f"{values.get(OUTCOME, '')} {values.get(REASON, '')}")
    return match[0].upper() if match else ""


def plan(stored: StoredLearners, row: ReadRow, judging: Judging) -> Plan:
    """What would become of a row."""
    values, outcome = row.values, outcome_of(row.values)
    if outcome is LrsOutcome.REFUSED:
        return refused_plan(_refusal(values))
    pupil = _find(stored, values)
    if isinstance(pupil, Problem):
        return refused_plan(pupil)
    number = _number(stored, pupil, row, outcome, judging)
    if isinstance(number, Problem):
        return refused_plan(number)
    key: tuple[Any, ...] = ("uln", pupil.id, values.get("uln"))
    if "qualification" not in values:
        return dataclasses.replace(number, pupil_id=pupil.id, key=key, contents=dict(values))
    if values.get("uln") not in (None, stored.uln_by_pupil.get(pupil.id, pupil.uln)) and not number.writes:
        words = _("What it tells of learning is not taken: it stands under a number that is not this pupil’s, or not yet.")
        return dataclasses.replace(
            number,
            pupil_id=pupil.id,
            key=(*key, row.number),
            problems=(*number.problems, Problem.warning("qualification", "not_taken", words)),
        )
    return _with_learning(stored, pupil, row, number, judging)


def _refusal(values: Mapping[str, Any]) -> Problem:
    code = code_of(values)
    reasons = [text for text in (values.get(OUTCOME), values.get(REASON), answer().reasons.get(code)) if text]
    words = _("The Learning Records Service refused this pupil: {reason}. Put the record right, and ask again.")
    return Problem(OUTCOME, "lrs_refused", words.format(reason="; ".join(dict.fromkeys(reasons)).rstrip(".")))


def _find(stored: StoredLearners, values: Mapping[str, Any]) -> Pupil | Problem:
    """The pupil of a row: by name and date of birth, never by likeness; without them by the number held."""
    if {"surname", "forename", "dob"} <= values.keys():
        alike = {pupil.id: pupil for pupil in stored.people.namesakes(name_key(values["surname"], values["forename"], values["dob"]))}
        if len(alike) > 1:
            return Problem(
                "surname",
                "several_pupils",
                _("Several pupils here have this name and date of birth. Enter the number on the right one’s own page."),
            )
        if not alike:
            return Problem("surname", "no_such_pupil", _("No pupil here has this name and date of birth. Nothing of the row is kept."))
        return next(iter(alike.values()))
    pupil = stored.by_uln.get(values.get("uln", ""))
    return pupil or Problem(
        "uln",
        "no_such_pupil",
        _("The row has no whole name and date of birth, and no pupil here has this number. Nothing of the row is kept."),
    )


def _number(stored: StoredLearners, pupil: Pupil, row: ReadRow, outcome: LrsOutcome | None, judging: Judging) -> Plan | Problem:
    """What becomes of the number alone, or why the row is refused."""
    uln, now = row.values.get("uln"), stored.uln_by_pupil.get(pupil.id, pupil.uln)
    if uln is None:
        return Plan(Fate.UNCHANGED, problems=tuple(_without_number(row.values, outcome)))
    if uln == now:
        return Plan(Fate.UNCHANGED)
    if stored.holder(uln) not in (None, pupil.id):
        return Problem("uln", "uln_taken", _("Another pupil here has this number. Look at both records before either is changed."))
    if pupil.id in stored.uln_by_pupil:
        return Problem("uln", "duplicate_in_file", _("A row further up gives this pupil another number. That one stands; look at both."))
    problems = list(_about_number(stored, pupil, outcome))
    sure = pupil.uln is None and outcome in (LrsOutcome.FOUND, LrsOutcome.REGISTERED)
    accept = _accept_for(judging, row.number, "uln", sure=sure)
    difference = Difference(item_named(Pupil, "uln"), pupil.uln, uln, accept)
    writes = (Write(pupil, dataclasses.replace(pupil, uln=uln)),) if accept == THEIRS else ()
    fate = Fate.CHANGED if writes else Fate.UNCHANGED
    return Plan(fate, pupil.id, problems=tuple(problems), differences=(difference,), writes=writes)


def _accept_for(judging: Judging, row: int, column: str, *, sure: bool) -> str:
    """Whose word is kept: what is not sure is taken only where a person picks that very cell."""
    return judging.accept_for(row, column) if sure else (judging.picks or {}).get((row, column), MINE)


def _without_number(values: Mapping[str, Any], outcome: LrsOutcome | None) -> list[Problem]:
    """What is said of a row without a number."""
    if outcome is LrsOutcome.POSSIBLE:
        return [
            Problem.warning(
                OUTCOME,
                "possible_match",
                _("The service has learners who may be this pupil. Look at them in its own pages, choose, and enter the number."),
            )
        ]
    if outcome is LrsOutcome.NONE:
        return [Problem.warning(OUTCOME, "no_match", _("The service found no learner, and gave no number."))]
    if "qualification" in values:
        return []
    return [Problem.warning(OUTCOME, "no_number", _("The row has no number, and does not say why."))]


def _about_number(stored: StoredLearners, pupil: Pupil, outcome: LrsOutcome | None) -> Iterator[Problem]:
    """What to look at before a number is taken."""
    if outcome is LrsOutcome.POSSIBLE:
        yield Problem.warning("uln", POSSIBLE_MATCH, _("Only a possible match. Be sure that it is this pupil before you take the number."))
    elif outcome in (None, LrsOutcome.NONE):
        yield Problem.warning(
            OUTCOME, "unknown_outcome", _("What the service says here is not known to this program. Be sure before you take the number.")
        )
    if pupil.uln is not None:
        yield Problem.warning("uln", "other_uln", _("The pupil has another number here. It stays unless you take this one."))
    if pupil.id not in stored.asked_ids:
        yield Problem.warning(
            "uln", "not_asked", _("No file to the service has asked for this pupil’s number. Check that the answer is ours.")
        )


def _with_learning(stored: StoredLearners, pupil: Pupil, row: ReadRow, number: Plan, judging: Judging) -> Plan:
    """A row that tells a piece of learning: a new one goes in; of one that is here, what is empty is filled and the rest is shown."""
    values = {attribute: row.values[name] for name, attribute in LEARNING.items() if name in row.values}
    new = Learning(id=new_id(), pupil_id=pupil.id, kind="qualification", **values)
    problems = check_learning(new)
    if any(problem.stops for problem in problems):
        names = {attribute: name for name, attribute in LEARNING.items()}
        return refused_plan(*(dataclasses.replace(problem, column=names.get(problem.column, problem.column)) for problem in problems))
    old = next((learning for learning in stored.learning.get(pupil.id, ()) if _key(learning) == _key(new)), None)
    differences, writes = number.differences, number.writes
    if old is None:
        writes, fate = (*writes, Write(None, new)), number.fate if number.writes else Fate.ADDED
    else:
        learning_differences = tuple(_told_apart(old, values, row.number, judging))
        believed = {LEARNING[difference.column]: difference.new for difference in learning_differences if difference.accept == THEIRS}
        differences = (*differences, *learning_differences)
        writes = (*writes, Write(old, dataclasses.replace(old, **believed))) if believed else writes
        fate = Fate.CHANGED if writes else Fate.UNCHANGED
    return Plan(
        fate,
        pupil.id,
        key=("learning", pupil.id, *_key(new)),
        contents=dict(row.values),
        problems=(*number.problems, *problems),
        differences=differences,
        writes=writes,
    )


def _key(learning: Learning) -> tuple[Any, ...]:
    """What tells one piece of a pupil's learning from another."""
    return fold(learning.title), learning.start


def _told_apart(old: Learning, values: Mapping[str, Any], row: int, judging: Judging) -> Iterator[Difference]:
    for name, attribute in LEARNING.items():
        item: Item = dataclasses.replace(item_named(Learning, attribute), name=name)
        was = getattr(old, attribute)
        if attribute in values and attribute != "title" and differs(item, was, values[attribute]):
            yield Difference(item, was, values[attribute], _accept_for(judging, row, name, sure=was is None))
