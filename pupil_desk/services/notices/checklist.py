"""What the law asks of the words of the notice, as data, and how given words stand to it."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.notices.addressees import ENGLISH, STANDARD, WHOLE
from pupil_desk.domain.notices.check import CheckedElement, ElementStanding, NoticeElement, check_words, problems_of
from pupil_desk.domain.sharing.unit_recipients import chosen_recipients
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.desk import Desk
from pupil_desk.services.notices import notice_text
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import uses

type Place = tuple[str, str]
"""A language and a layout."""

MAIN: Place = (ENGLISH, STANDARD)
"""The words that every other follows, and that make an edition."""


@by_rules
def _data() -> Mapping[str, Any]:
    return rule_data("notice", "checklist.toml")


@by_rules
def checklist() -> tuple[NoticeElement, ...]:
    """What the law asks of the words, as data."""
    elements = _data()["elements"]
    return tuple(
        NoticeElement(
            key=element["key"],
            label=element["label"],
            article=element["article"],
            sure=element["sure"],
            todo=element.get("todo", ""),
            fills=tuple(element.get("fills", ())),
            says=tuple(map(tuple, element.get("says", ()))),
            order=tuple(map(tuple, element.get("order", ()))),
            settings=tuple(element.get("settings", ())),
            tables=element.get("tables", False),
            may_lack=element.get("may_lack", False),
        )
        for element in elements
    )


def stands_for() -> Mapping[str, tuple[str, ...]]:
    """What a name also says, by name: who puts it in need not put those in."""
    return {name: tuple(other_names) for name, other_names in _data()["stands_for"].items()}


@by_rules
def limits() -> Mapping[str, NoticeElement]:
    """What is asked of the notice beside its words: that it is given in time, and its length."""
    data = _data()
    return {
        key: NoticeElement(key=key, label=data[key]["label"], article=data[key]["article"], sure=data[key]["sure"])
        for key in ("timing", "length")
    }


def limit(key: str, name: str) -> int:
    """A number of the checklist: ``timing``, ``days``; ``length``, ``sides``."""
    return int(_data()[key][name])


def checked(desk: Desk, place: Place, front: str, last_part: str) -> tuple[CheckedElement, ...]:
    """How words in one place stand to what the law asks; nothing is asked of those that go beside whole ones."""
    desk.require(Action.READ_RECORD)
    if place[1] not in WHOLE:
        return ()
    settings = desk.settings
    lacking = {item.name: item.label for item in items_of(UnitSettings) if not getattr(settings, item.name)}
    is_english = place[0] == ENGLISH
    printed_last_part = (
        last_part if is_english or last_part.strip() else notice_text.prose("notice_more")
    )  # as it is printed: the English words close a translation
    checks = check_words(
        _required_elements(bool(chosen_recipients(settings))),
        front,
        printed_last_part,
        lacking=lacking,
        is_english=is_english,
        in_words=_data()["in_words"],
        stands_for=stands_for(),
    )
    return (*checks, _length(desk, front)) if place == MAIN and not problems(desk, place, front, last_part) else checks


def _required_elements(works_with_others: bool) -> list[NoticeElement]:
    """What is asked of a unit's words: where it works with others, that they are named."""
    sentence = _(" Name those with whom you work as well: put in {also_told}.")
    return [
        dataclasses.replace(element, fills=(*element.fills, "also_told"), todo=element.todo + sentence)
        if element.key == "recipients" and works_with_others
        else element
        for element in checklist()
    ]


def _length(desk: Desk, front: str) -> CheckedElement:
    from pupil_desk.documents.papers.envelope import Envelope
    from pupil_desk.documents.papers.notice import addressed, front_part
    from pupil_desk.documents.pdf.page import pages_needed
    from pupil_desk.documents.pdf.style import PrintLook

    element, most_sides = limits()["length"], limit("length", "sides")
    unit = desk.settings
    envelope = Envelope(address=(unit.name,), sender=unit.name_and_address, pupil=unit.name)  # its room is the same for all
    sides = pages_needed(
        addressed(front_part(front, notice_text.filling_of(desk.settings, desk.today, desk.schedule, uses.unnamed(desk))), envelope),
        look=PrintLook.SHEET,
    )
    if sides <= most_sides:
        return CheckedElement(element, ElementStanding.MET)
    words = _("It takes {sides} sides. Say it in fewer words, or move something to the last part.").format(sides=sides)
    return CheckedElement(element, ElementStanding.TO_COMPLETE, words)


def tells_of_lrs(front: str, last_part: str) -> bool:
    """Whether words tell of the Learning Records Service: without that, no learner number may be asked for."""
    checks = check_words([element for element in checklist() if element.key == "lrs"], front, last_part, lacking={})
    return all(check.standing is not ElementStanding.MISSING for check in checks)


def problems(desk: Desk, place: Place, front: str, last_part: str) -> tuple[Problem, ...]:
    """What keeps words from being printed at all."""
    filling = notice_text.filling_of(desk.settings, desk.today, desk.schedule, uses.unnamed(desk))
    return problems_of(front, last_part, filling, with_more=place[1] in WHOLE and (place[0] == ENGLISH or bool(last_part.strip())))
