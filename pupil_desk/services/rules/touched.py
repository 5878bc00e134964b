"""Whom other rules touch: of whom a day of erasure, an export, the notice or a finding would be another, by what is on file today."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pupil_desk.basics.errors import Known
from pupil_desk.basics.rulefiles import RuleSet, apart
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk, Progress, unwatched
from pupil_desk.services.erasure.due_for_erasure import held_items
from pupil_desk.services.exports import all_exports
from pupil_desk.services.exports.export import Export
from pupil_desk.services.exports.making import ExportOrder, ask_of, unswept
from pupil_desk.services.notices import notice_editions, notices
from pupil_desk.services.quality import looking
from pupil_desk.services.rules.pack import PackRefused
from pupil_desk.store.tables import pupils

_OF_ALL = ""  # what is no single pupil's
type Facts = Mapping[str, object]
"""What follows from the rules of each pupil, by the pupil's id; by «» what is nobody's own."""


@dataclass(frozen=True, slots=True)
class TouchedPupil:
    """Somebody of whom something follows otherwise, by reference and name."""

    ref: str
    name: str


@dataclass(frozen=True, slots=True)
class Touched:
    """What follows otherwise, and of whom; nobody where only what is said of all changes, such as a heading or a law."""

    what: str
    pupils: tuple[TouchedPupil, ...]


def touched(desk: Desk, before: RuleSet, after: RuleSet, progress: Progress = unwatched) -> list[Touched]:
    """What would be otherwise by other rules, and of whom. Raises PackRefused where the program cannot work by them on these records."""
    names = {pupil.id: TouchedPupil(pupil.ref, pupil.legal_name) for pupil in pupils.all_pupils(desk.vault)}
    old = dict(_all_facts(desk, before, progress))
    try:
        new = dict(_all_facts(desk, after, progress))
    except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
        words = _("is a pack of rules with which the program could not work on your records")
        raise PackRefused(words, _("Ask whoever sent it for another.")) from error
    results = []
    for what in dict.fromkeys((*old, *new)):
        old_facts, new_facts = old.get(what, {}), new.get(what, {})
        different = {key for key in (*old_facts, *new_facts) if old_facts.get(key) != new_facts.get(key)}
        if different:
            results.append(Touched(what, tuple(sorted((names[key] for key in different & names.keys()), key=lambda pupil: pupil.name))))
    return results


def _all_facts(desk: Desk, rules: RuleSet, progress: Progress) -> Iterator[tuple[str, Facts]]:
    with apart(rules), unswept():
        exports = all_exports(desk)
        total = len(exports) + 3
        progress(0, total, _("Looking whom it touches"))
        yield _("When something may be erased"), _erasure(desk)
        progress(1, total, _("Looking whom it touches"))
        yield _("The privacy notice: a new edition"), _notices(desk)
        progress(2, total, _("Looking whom it touches"))
        yield _("What a check of the records finds"), _findings(desk)
        for number, export in enumerate(exports, 3):
            progress(number, total, _("Looking whom it touches"))
            yield _("Export: {title}").format(title=export.title), _of_export(desk, export)


def _erasure(desk: Desk) -> Facts:
    facts: dict[str, list[object]] = {}
    for item in held_items(desk):
        facts.setdefault(item.pupil_id, []).append((item.part, item.retention_class.name, item.due))
    return facts


def _notices(desk: Desk) -> Facts:
    """Everybody on roll has the edition that would be given now."""
    digest = notice_editions.current_edition(desk).digest
    return {_OF_ALL: digest, **{letter.pupil.id: digest for letter in notices.letters_of_everyone(desk).letters}}


def _findings(desk: Desk) -> Facts:
    facts: dict[str, list[object]] = {}
    for finding in looking.findings(desk):
        facts.setdefault(finding.pupil_id, []).append((finding.rule, finding.words))
    return facts


def _of_export(desk: Desk, export: Export) -> Facts:
    """What goes of whom, and why somebody does not; an export that cannot be made today says why."""
    try:
        selection = export.select(desk, ask_of(desk, export, ExportOrder(reason="")))
    except Known as error:
        return {_OF_ALL: error.message}
    facts: dict[str, list[object]] = {_OF_ALL: [export.recipient, export.law, export.spec, selection.sheets]}
    for exported in selection.exported:
        told = (exported.level, exported.items, exported.recipient, tuple(iter(exported.rows)))  # or rows read anew are counted first
        facts.setdefault(exported.pupil.id, []).append(told)
    for left in selection.left_out:
        facts.setdefault(left.pupil.id, []).append(left.reason)
    return facts
