"""The clashes with one school on paper: of its own pupils, by the rule of the week’s files, to none that the notice does not name; printing it tells the school."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import AddressBlock, Block
from pupil_desk.documents.schools import clash_sheet as layout
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import CODES
from pupil_desk.domain.sharing.recipients import MAIN_SCHOOL, register
from pupil_desk.domain.unit.school_name import school_named
from pupil_desk.services import guard
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.disclosures.disclosures import Disclosure, Way
from pupil_desk.services.exports.judged import left_by_rule, left_protected
from pupil_desk.services.guard import Guard
from pupil_desk.services.roles import Action
from pupil_desk.services.schools import clashes
from pupil_desk.services.schools.clashes import PupilClash
from pupil_desk.services.schools.refusals import not_named
from pupil_desk.services.sharing import sharing
from pupil_desk.services.sharing.sharing import PreviewRow
from pupil_desk.store.tables import schools as store

_TELLS = ("pupil.surname", "pupil.forename", "mark.day", "mark.session", "mark.code")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClashPaper:
    """The paper for one school: the clashes on it, its story, title and guard. ``left_out`` says of whom nothing stands on it, and why."""

    school: str
    school_name: str
    told: Sequence[PupilClash]
    left_out: Sequence[str]
    story: Sequence[Block]
    title: str
    guard: Guard


def protected_pupils(desk: Desk, school: str, clash_ids: Collection[str]) -> list[Pupil]:
    """Those with a chosen clash with a school of whom the rule lets it be told, and who are protected: it is told only once somebody has said so. Raises as ``paper``."""
    own_pupils = {
        clash.pupil.id: clash.pupil
        for clash, row in _judged(desk, school, clash_ids)
        if left_by_rule(row) is None and _tells(row) and left_protected(row, ())
    }
    return list(own_pupils.values())


def paper(desk: Desk, school: str, clash_ids: Collection[str], confirm: Collection[str] = ()) -> ClashPaper:
    """Of the open clashes with a school, by its DfE number, those chosen by their ids. Raises NotAllowed; WrongUse for one that the notice does not name, or where nothing may be told."""
    told: list[PupilClash] = []
    left_out: dict[str, str] = {}
    for clash, row in _judged(desk, school, clash_ids):
        left = left_by_rule(row) or (left_protected(row, confirm) if _tells(row) else None)
        if left is not None:
            left_out[clash.pupil.id] = _("{pupil}: {reason}").format(pupil=clash.pupil.full_name, reason=left.reason)
        elif _tells(row):
            told.append(clash)
    if not told:
        raise WrongUse(" ".join(left_out.values()) or _("There is no clash with this school of which it may be told."))
    name, settings = school_named(school, desk.settings.told_schools), desk.settings
    stored = store.of_number(desk.vault, school)
    lines = [line for line in (stored.contact if stored else None, name) if line]
    return ClashPaper(
        school=school,
        school_name=name,
        told=told,
        left_out=list(left_out.values()),
        story=layout.story(
            AddressBlock(lines=lines, sender=settings.name_and_address),
            [_row(clash) for clash in told],
            unit=settings.name,
            answer_to=", ".join(filter(None, (*settings.name_and_address, settings.email, settings.phone))),
            made_on=show_date(desk.today),
        ),
        title=_("Clashes of two registers"),
        guard=guard.guard(desk, {clash.pupil.id for clash in told}, "clashes for a school"),
    )


def log_print(desk: Desk, clash_paper: ClashPaper) -> Changed:
    """Log that the paper went to the printer: the school is told of each clash on it, by which the list and Home know it."""
    recipient = register()[MAIN_SCHOOL]
    with desk.act(Action.EXPORT, "school", clash_paper.school, f"clashes printed: {len(clash_paper.told)}") as work:
        disclosures.keep(
            work,
            Way.PRINT,
            [
                Disclosure(
                    pupil_id=clash.pupil.id,
                    what=clash_paper.title,
                    to=MAIN_SCHOOL,
                    recipient=clash_paper.school_name,
                    law=recipient.law,
                    purpose=_("So that both registers agree about {session}").format(session=_session(clash)),
                    fields=", ".join(_TELLS),
                    of_event=clash.id,
                )
                for clash in clash_paper.told
            ],
        )
    return Changed.of("disclosure", ids=tuple({clash.pupil.id for clash in clash_paper.told}))


def _judged(desk: Desk, school: str, clash_ids: Collection[str]) -> Iterator[tuple[PupilClash, PreviewRow]]:
    """The open clashes chosen, with a school, of pupils on roll that day, each with what the rule says of it. Raises NotAllowed; WrongUse for one that the notice does not name."""
    desk.require(Action.EXPORT)
    if words := not_named(desk, school):
        raise WrongUse(words)
    row_of = sharing.judge(desk, MAIN_SCHOOL, desk.today)
    for clash in clashes.open_clashes(desk):
        row = row_of(clash.pupil.id, clash.clash.day) if clash.school == school and clash.id in clash_ids else None
        if row is not None:
            yield clash, row


def _tells(row: PreviewRow) -> bool:
    return set(_TELLS) <= set(row.decision.items)


def _session(clash: PupilClash) -> str:
    return _("{day} {session}").format(day=short_date(clash.clash.day), session=clash.clash.session.value)


def _row(clash: PupilClash) -> tuple[str, ...]:
    codes = (_code_words(code) for code in (clash.clash.our_code, clash.clash.their_code))
    return (_session(clash), clash.pupil.legal_name, *codes, clash.clash.label)


def _code_words(code: str) -> str:
    return _("{code}, {words}").format(code=code, words=codelist(CODES).label_of(code)) if code else _("nothing")
