"""Templates of letters: those that ship with the program, and the unit's own. A change is a further edition; none is overwritten."""

import dataclasses
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.places import resource
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.papers.letter import IMPROVEMENT_END, LetterTemplate, check_template, fields_of, tidied_template
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import letters as store

_SHIPPED = "shipped-"
_TO_PUPIL = "-own-"  # in the identity of the words of one that ships, as they speak to the pupil


@dataclass(frozen=True, slots=True)
class TemplateEdition:
    """Who made an edition of a template, and when."""

    edition: int
    moment: datetime
    actor: str
    retired: bool


@cache
def shipped() -> tuple[LetterTemplate, ...]:
    """The templates that come with the program, each in the edition that ships now: its number is given when it is kept."""
    shipped_templates = []
    for path in sorted(resource("words", "en", "letters").glob("*.md")):
        name, subject, body = path.read_text(encoding="utf-8").split("\n", 2)
        digest = hashlib.sha256(f"{name}\n{subject}\n{body}".encode()).hexdigest()[:16]
        template_id = _SHIPPED + path.stem
        shipped_templates.append(
            tidied_template(
                LetterTemplate(id=f"{template_id}-{digest}", template_id=template_id, edition=1, name=name, subject=subject, body=body)
            )
        )
    return tuple(shipped_templates)


def to_pupil(template: LetterTemplate) -> LetterTemplate:
    """The same where it goes to the pupil: in words that speak to the pupil, where it is one of the program's as it ships and has them.

    Those are an edition of their own, which is kept under its own identity: no later one takes its place.
    """
    path = resource("words", "en", "letters", "own") / f"{template.template_id.removeprefix(_SHIPPED)}.md"
    if not is_shipped(template) or not path.is_file():
        return template
    _name, subject, body = path.read_text(encoding="utf-8").split("\n", 2)
    digest = hashlib.sha256(f"{template.name}\n{subject}\n{body}".encode()).hexdigest()[:16]
    own_id = f"{template.template_id}{_TO_PUPIL}{digest}"
    return tidied_template(dataclasses.replace(template, id=own_id, template_id=own_id, subject=subject, body=body))


def templates(desk: Desk) -> list[LetterTemplate]:
    """Every template in use, in its last edition, by name."""
    desk.require(Action.READ_RECORD)
    return sorted((template for template in _current(desk).values() if not template.retired), key=lambda template: fold(template.name))


def notice_to_improve(desk: Desk) -> LetterTemplate | None:
    """The letter in use that gives an improvement period, the program's own before others; None where there is none."""
    giving = [template for template in templates(desk) if IMPROVEMENT_END in fields_of(template)]
    return min(giving, key=lambda template: not template.template_id.startswith(_SHIPPED), default=None)


def _current(desk: Desk) -> dict[str, LetterTemplate]:
    latest = {edition.template_id: edition for edition in store.editions(desk.vault) if _TO_PUPIL not in edition.template_id}
    for shipped_template in shipped():
        stored = latest.get(shipped_template.template_id)
        if stored is None:
            latest[shipped_template.template_id] = shipped_template
        elif (
            stored.id.startswith(shipped_template.template_id) and stored.id != shipped_template.id
        ):  # nobody here has changed it, and the program has
            latest[shipped_template.template_id] = dataclasses.replace(shipped_template, edition=stored.edition + 1)
    return latest


def history(desk: Desk, template_id: str) -> list[TemplateEdition]:
    """The editions of a template that are on file, the latest first."""
    desk.require(Action.READ_RECORD)
    rows = store.history_of(desk.vault, template_id)
    return [TemplateEdition(row["edition"], local_time(row["at"]), row["by"], bool(row["retired"])) for row in rows]


def is_shipped(template: LetterTemplate) -> bool:
    """Whether a template is one of the program's, as it ships."""
    return template.id.startswith(_SHIPPED)


def problems(desk: Desk, template: LetterTemplate) -> tuple[Problem, ...]:
    """What is wrong with a template before it is kept: its words, or a name that another has."""
    template = tidied_template(template)
    other_names = [existing.name for existing in templates(desk) if existing.template_id != template.template_id]
    if fold(template.name) in map(fold, other_names):
        name_taken = Problem("name", "taken", _("Another letter has this name. Enter a different one."))
        return (*check_template(template), name_taken)
    return check_template(template)


def save_template(desk: Desk, template: LetterTemplate) -> LetterTemplate:
    """Keep a template as a new edition; without ``template_id`` a new one. Nothing is kept where nothing has changed. Raises Refused."""
    template = tidied_template(template)
    refuse(problems(desk, template))
    current = _current(desk).get(template.template_id)
    if current is not None and not current.retired and _words(current) == _words(template):
        return current
    return _keep_next(desk, dataclasses.replace(template, template_id=template.template_id or new_id(), retired=False))


def retire(desk: Desk, template: LetterTemplate) -> Changed:
    """Take a template out of use. What was printed by it stays on record. Raises WrongUse for one that is not in use."""
    current = _current(desk).get(template.template_id)
    if current is None or current.retired:
        raise WrongUse(_("That letter is no longer in use. Look at the list again."))
    _keep_next(desk, dataclasses.replace(current, retired=True))
    return Changed.of("letter-template")


def _keep_next(desk: Desk, template: LetterTemplate) -> LetterTemplate:
    with desk.act(Action.EDIT_RECORD, "letter-template", template.template_id, "removed" if template.retired else "saved") as work:
        current = _current(desk).get(template.template_id)
        if current is not None:
            keep_edition(work, current)  # so that the file has what this one follows
        edition = dataclasses.replace(template, id=new_id(), edition=current.edition + 1 if current else 1)
        store.add_edition(desk.vault, edition, moment=work.stamp, actor=work.actor)
    return edition


def keep_edition(work: Work, template: LetterTemplate) -> None:
    """Within a transaction: have an edition on file, such as one that ships and was used for the first time."""
    if not store.has_edition(work.desk.vault, template.id):
        store.add_edition(work.desk.vault, template, moment=work.stamp, actor=work.actor)


def _words(template: LetterTemplate) -> Sequence[str]:
    return template.name, template.subject, template.body
