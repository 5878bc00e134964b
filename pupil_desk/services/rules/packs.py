"""Packs of rules in a unit: shown before they are taken, in force at once and for every sign-in, and taken back like any change."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.rulefacts import SURE, RuleFacts, all_facts, head_of
from pupil_desk.basics.rulefiles import RuleSet, apart, by_rules, in_force
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.domain.changes import Changed
from pupil_desk.services.desk import Desk, Progress, unwatched
from pupil_desk.services.roles import Action
from pupil_desk.services.rules.checking import require_readable
from pupil_desk.services.rules.differences import RuleChange, changes
from pupil_desk.services.rules.loading import TakenPack, last_checked, open_rules, rules_with, taken_packs
from pupil_desk.services.rules.pack import PackRefused, RulePack, read_pack
from pupil_desk.services.rules.saying import said
from pupil_desk.services.rules.touched import Touched, touched
from pupil_desk.store.tables import rule_packs as store

_KIND = "rule-pack"
_NAMED = 10  # pupils; of more the others are counted


@dataclass(frozen=True, slots=True)
class RulesPreview:
    """What a pack would change if it were taken, or taken back: rule by rule; whom that touches; and the facts of the rules as they would be then."""

    pack: RulePack
    changes: tuple[RuleChange, ...]
    touched: tuple[Touched, ...]
    rules: tuple[RuleFacts, ...]

    @property
    def whom(self) -> list[str]:
        """Whom it touches, a sentence for each thing that follows otherwise."""
        return [_whom(thing) for thing in self.touched] or [_("Nothing that is on file today follows otherwise.")]


def _whom(thing: Touched) -> str:
    if not thing.pupils:
        return _("{what}, for everybody.").format(what=thing.what)
    names, number = [pupil.name for pupil in thing.pupils[:_NAMED]], len(thing.pupils)
    more = [_("{number} more").format(number=number - _NAMED)] if number > _NAMED else []
    return _("{what}, for {pupils}: {names}.").format(
        what=thing.what, pupils=count_of(number, _("pupil"), _("pupils")), names=join_words([*names, *more])
    )


class Narrowing(Enum):
    """Which rules are asked for."""

    ALL = _("All rules")
    NOT_SURE = _("Low and medium: not sure")
    OVERDUE = _("Past the day to look again")


def rules(desk: Desk, narrowing: Narrowing = Narrowing.ALL, words: str = "") -> list[RuleFacts]:
    """The rules in force with their four facts: all, or those alone that are asked for and have these words in them."""
    desk.require(Action.READ_RECORD)
    asked = fold(words).split()
    return [rule for rule in all_facts() if _is_asked_for(rule, narrowing, desk.today) and all(word in _searched(rule) for word in asked)]


def _is_asked_for(rule: RuleFacts, narrowing: Narrowing, today: date) -> bool:
    match narrowing:
        case Narrowing.NOT_SURE:
            return rule.sure != SURE[0]
        case Narrowing.OVERDUE:
            return rule.is_old(today)
    return True


@by_rules
def _searched(rule: RuleFacts) -> str:
    """What of a rule is looked through for words."""
    return fold(f"{rule.label} {said(rule)} {rule.sure} {rule.source} {rule.unsure}")


def packs(desk: Desk) -> list[TakenPack]:
    """The packs in force, the latest last."""
    desk.require(Action.READ_RECORD)
    return taken_packs(desk.vault)


def preview(desk: Desk, data: bytes, progress: Progress = unwatched, *, name: str = "") -> RulesPreview:
    """What the pack in a file would change; ``name`` is the file's. Raises NotAllowed; PackRefused, saying why, for one that cannot be taken."""
    desk.require(Action.EDIT_RULES, _KIND)
    try:
        pack = read_pack(data)
        taken = taken_packs(desk.vault)
        _require_newer(pack, taken)
        require_readable(pack.texts, RuleSet({**in_force().texts, **pack.texts}, in_force().of_unit))
        _require_none_older(pack)
        return _preview(desk, pack, rules_with([*(earlier.pack for earlier in taken), pack], in_force().of_unit), progress)
    except PackRefused as error:
        raise error.named(name) from error


def _require_newer(pack: RulePack, taken: list[TakenPack]) -> None:
    """Whether a pack is newer than the last one in force."""
    last = taken[-1].pack if taken else None
    if last is not None and (pack.number <= last.number or pack.day < last.day):
        words = _("is pack of rules number {number} of {day}, which is not newer than number {last} of {since}, which is in force")
        raise PackRefused(words.format(number=pack.number, day=show_date(pack.day), last=last.number, since=show_date(last.day)))


def _require_none_older(pack: RulePack) -> None:
    """Whether each file of a pack was checked no earlier than the one in force."""
    for path, text in pack.texts.items():
        checked, now = last_checked(path, RuleSet({path: text})), last_checked(path, in_force())
        if checked < now:
            words = _(
                "is a pack of rules that is older than what is in force: “{title}” was checked on {checked}, and the one in force on {now}"
            )
            raise PackRefused(words.format(title=head_of(path).title, checked=show_date(checked), now=show_date(now)))


def _preview(desk: Desk, pack: RulePack, after: RuleSet, progress: Progress) -> RulesPreview:
    before = in_force()
    with apart(after):
        facts = tuple(rule for rule in all_facts() if rule.path in pack.texts)
    return RulesPreview(pack, tuple(changes(before, after)), tuple(touched(desk, before, after, progress)), facts)


def take(desk: Desk, data: bytes, progress: Progress = unwatched, *, name: str = "") -> tuple[Changed, RulesPreview]:
    """Put the pack in a file in force, at once; gives what it changed. Raises what ``preview`` raises, and PackRefused where it changes nothing."""
    result = preview(desk, data, progress, name=name)
    if not result.changes:
        raise PackRefused(_("is a pack of rules that is in force already, with all that it says"), name=name)
    with desk.act(Action.EDIT_RULES, _KIND, str(result.pack.number), f"taken: {', '.join(result.pack.texts)}") as work:
        store.add(desk.vault, result.pack.number, data, moment=work.stamp, actor=work.actor)
    open_rules(desk.vault)
    return Changed.of("rules", "settings", "notice-words"), result


def preview_of_undoing(desk: Desk, progress: Progress = unwatched) -> RulesPreview:
    """What would change if the last pack were taken back. Raises NotAllowed, WrongUse where there is none."""
    desk.require(Action.EDIT_RULES, _KIND)
    taken = taken_packs(desk.vault)
    if not taken:
        raise WrongUse(_("There is no pack of rules to take back: the rules are those of the program."))
    return _preview(desk, taken[-1].pack, rules_with((earlier.pack for earlier in taken[:-1]), in_force().of_unit), progress)


def undo(desk: Desk, progress: Progress = unwatched) -> tuple[Changed, RulesPreview]:
    """Take the last pack back: the rules are at once what they were before it. Raises what ``preview_of_undoing`` raises."""
    result = preview_of_undoing(desk, progress)
    last = taken_packs(desk.vault)[-1]
    with desk.act(Action.EDIT_RULES, _KIND, str(last.pack.number), "taken back") as work:
        store.take_back(desk.vault, last.id, moment=work.stamp, actor=work.actor)
    open_rules(desk.vault)
    return Changed.of("rules", "settings", "notice-words"), result
