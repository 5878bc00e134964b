"""The comparison of the rule of sharing with its oracle finds each break that is planted in the program's rule, in the short cut already."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pupil_desk.domain.sharing import choice as choices
from pupil_desk.domain.sharing import sharing
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.domain.sharing.recipients import Recipient
from pupil_desk.domain.sharing.sharing import Decision, Level, Rules, SharingCase, decide
from tests.domain.sharing_compared import Decide, differences, short_cut
from tests.domain.sharing_oracle import reached

DAY = timedelta(1)


def _with(
    case: Callable[[SharingCase, date], SharingCase] = lambda case, day: case,
    rules: Callable[[Rules], Rules] = lambda rules: rules,
    day: Callable[[date], date] = lambda day: day,
) -> Decide:
    """The program's rule, told something else than is so."""

    def broken(asked: SharingCase, recipient: Recipient, on: date, by: Rules) -> Decision | None:
        return decide(case(asked, on), recipient, day(on), rules(by))

    return broken


def _choices(changed: Callable[[Choice, SharingCase, date], Choice]) -> Decide:
    return _with(lambda case, day: replace(case, choices=tuple(changed(choice, case, day) for choice in case.choices)))


def _stays(**changes: Any) -> Decide:
    return _with(lambda case, day: replace(case, enrolments=tuple(replace(stay, **changes) for stay in case.enrolments)))


def _own(case: SharingCase) -> date:
    return reached(case.pupil.dob, 16)


def _with_items(changed: Callable[[Decision, Recipient], tuple[str, ...]]) -> Decide:
    def broken(case: SharingCase, recipient: Recipient, day: date, rules: Rules) -> Decision | None:
        told = decide(case, recipient, day, rules)
        return told and told._replace(items=changed(told, recipient))

    return broken


def _about(choice: Choice, name: str) -> Choice:
    return replace(choice, recipient=name)


BREAKS: dict[str, Decide] = {
    "a choice of a day to come counts": _choices(lambda said, case, day: replace(said, on=min(said.on, day))),
    "a choice of the day itself does not count yet": _choices(
        lambda said, case, day: replace(said, on=said.on + DAY if said.on == day else said.on)
    ),
    "a parent's choice of the 16th birthday counts as of the day before": _choices(
        lambda said, case, day: replace(said, by="pupil") if said.by == "parent" and said.on == _own(case) else said
    ),
    "a parent's choice since the 16th birthday counts": _choices(
        lambda said, case, day: replace(said, by="pupil") if said.by == "parent" and said.on > _own(case) else said
    ),
    "a parent's earlier word counts on after 16": _choices(
        lambda said, case, day: replace(said, by="pupil", on=_own(case)) if said.by == "parent" and said.on < _own(case) <= day else said
    ),
    "a pupil's word before 16 counts before 16": _choices(
        lambda said, case, day: replace(said, by="parent") if said.on < _own(case) else said
    ),
    "a pupil's word before 16 counts from 16": _choices(
        lambda said, case, day: replace(said, on=_own(case)) if said.by == "pupil" and said.on < _own(case) <= day else said
    ),
    "what is said about one recipient counts for the other": _choices(
        lambda said, case, day: _about(said, "post-16") if said.recipient == "youth-support" else _about(said, "youth-support")
    ),
    "every way to write a name is a giver of its own": _choices(lambda said, case, day: replace(said, giver=f"{said.giver} {said.seq}")),
    "all parents are one giver": _choices(lambda said, case, day: replace(said, giver="parent")),
    "whoever has no name is nobody": _with(
        lambda case, day: replace(case, choices=tuple(said for said in case.choices if (said.giver or "").strip() or said.by == "pupil"))
    ),
    "a choice before 13 is forgotten": _with(
        lambda case, day: replace(case, choices=tuple(said for said in case.choices if said.on >= reached(case.pupil.dob, 13)))
    ),
    "a notice of a day to come counts": _with(
        lambda case, day: replace(case, notices_given=[min(given, day) for given in case.notices_given])
    ),
    "a notice of the day itself does not count yet": _with(
        lambda case, day: replace(case, notices_given=[given for given in case.notices_given if given != day])
    ),
    "only the last notice is looked at": _with(lambda case, day: replace(case, notices_given=list(case.notices_given)[:1])),
    "who leaves today is off the roll": _with(
        lambda case, day: replace(case, enrolments=[stay for stay in case.enrolments if stay.end_date != day])
    ),
    "whoever has left is still told of": _stays(end_date=None),
    "whoever is to come is told of": _stays(start_date=None),
    "a guest is on the roll": _stays(status="C"),
    "the caution from 13 is not a setting": _with(rules=lambda rules: replace(rules, no_notice_13=Level.MINIMUM)),
    "the caution from 16 is not a setting": _with(rules=lambda rules: replace(rules, unasked_16=Level.MINIMUM)),
    "the two cautions of 16 are mixed up": _with(rules=lambda rules: replace(rules, unasked_post_16=rules.unasked_16)),
    "a parent's name goes unasked": _with(rules=lambda rules: replace(rules, with_parent=True)),
    "a parent's name never goes": _with(rules=lambda rules: replace(rules, with_parent=False)),
    "a birthday begins a day late": _with(day=lambda day: day - DAY),
    "a birthday begins a day early": _with(day=lambda day: day + DAY),
    "the minimum bears the UPN too": _with_items(
        lambda told, recipient: (*told.items, "pupil.upn") if told.level == "minimum" else told.items
    ),
    "the minimum is without the postcode": _with_items(
        lambda told, recipient: tuple(name for name in told.items if told.level == "full" or name != "pupil.postcode")
    ),
    "a parent's address goes where nothing goes": _with_items(lambda told, recipient: told.items or ("contact.address_1",)),
    "colleges get the UPN": _with_items(
        lambda told, recipient: (*told.items, "pupil.upn") if recipient.name == "post-16" and told.items else told.items
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_what_is_planted_round_the_rule_is_found(name: str) -> None:
    assert differences(short_cut(), BREAKS[name], most=1)


def _latest(choices: object) -> Choice | None:
    return max(choices, key=lambda said: (said.on, said.seq), default=None)  # type: ignore[call-overload, no-any-return]


def _by_giver(choices: object, key: Callable[[Choice], object]) -> list[Choice]:
    last: dict[str, Choice] = {}
    for said in choices:  # type: ignore[attr-defined]
        if said.giver_key not in last or key(said) >= key(last[said.giver_key]):  # type: ignore[operator]
            last[said.giver_key] = said
    return list(last.values())


WITHIN: dict[str, dict[str, object]] = {
    "a later parent's allow lifts another's restriction": {"most_protective": _latest},
    "what was entered last counts, not what was said last": {"latest_by_giver": lambda choices: _by_giver(choices, lambda said: said.seq)},
    "of two words on one day the allowing one holds": {
        "latest_by_giver": lambda choices: _by_giver(choices, lambda said: (said.on, said.choice == "allow"))
    },
    "of two words on one day the one entered last holds": {
        "latest_by_giver": lambda choices: _by_giver(choices, lambda said: (said.on, said.seq))
    },
    "the choice is anybody's": {"entitled": lambda choice, dob: True},
    "a parent may still choose on the 16th birthday": {
        "entitled": lambda choice, dob: (choice.on <= reached(dob, 16)) if choice.by == "parent" else choice.on >= reached(dob, 16)
    },
    "a pupil may not choose yet on the 16th birthday": {
        "entitled": lambda choice, dob: (choice.on < reached(dob, 16)) if choice.by == "parent" else choice.on > reached(dob, 16)
    },
}
"""The parts of the program's rule that have a name of their own, by what is put in their place."""


@pytest.mark.parametrize("name", WITHIN)
def test_what_is_planted_within_the_rule_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for part, broken in WITHIN[name].items():
        monkeypatch.setattr(choices, part, broken)  # where it stands, and where the rule has it from there
        monkeypatch.setattr(sharing, part, broken, raising=False)
    assert differences(short_cut(), most=1)
