"""What was told by telephone, at a meeting, by e-mail or by letter, entered by whoever told it: to whom, what, why, on what basis.

A line is only ever added. One entered by mistake is struck out by a later row, with the reason, and stays to be seen. It is told to
whomever the notice names; to somebody else only with consent, or on a ground that the law names.

Which kinds of data a person may enter as told to whom: those that the notice names for that recipient, and any on consent or on a ground that the law names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import begun_small, tidy
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.catalogue.catalogue import item_at
from pupil_desk.domain.catalogue.validation import Problem, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.sharing.recipients import OTHER, grounds, register
from pupil_desk.domain.sharing.sharing import heard_recipients
from pupil_desk.services.consents import resting
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.disclosures.disclosures import BY_HAND, Way
from pupil_desk.services.exports import promised_exports
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import ledger
from pupil_desk.store.tables import told as store

CONSENT, LEGAL_OBLIGATION, PUBLIC_TASK = "consent", "legal-obligation", "public-task"
_THEMSELVES = frozenset({"family", "pupil"})


def kinds_named(desk: Desk, recipient_name: str) -> tuple[str, ...]:
    """The codes of «disclosed_kind» that the notice names for a recipient, by its name in the register: by its items there and in the exports that
    go to it. All of them for the family and the pupil, to whom it belongs, and for who is told on a ground alone."""
    kinds, recipient = tuple(codelist("disclosed_kind").codes), register().get(recipient_name)
    if recipient is None or recipient_name == OTHER or recipient_name in _THEMSELVES:
        return kinds
    items = {*recipient.minimum, *recipient.full}
    if desk.settings.with_parent:
        items |= {*recipient.parent_items}
    for export in promised_exports(desk):
        if (
            export.recipient_key == recipient_name and export.name not in heard_recipients()
        ):  # of whom the rule of sharing tells by its own items
            items |= {*export.items}
    named_kinds = {item_at(path).facts.category.name.lower().replace("_", "-") for path in items}
    return tuple(kind for kind in kinds if kind in named_kinds)


def kinds_to_tell(desk: Desk, recipient_name: str, basis: str, law: str) -> tuple[str, ...]:
    """The kinds that may be entered: on consent, or on a ground on which anybody may be told, all; else those that the notice names.

    That a law demands it is such a ground where the law is named: without, it is the register's own law, which is for what the notice names.
    """
    on_a_ground = basis == CONSENT or (basis in grounds() and (basis != LEGAL_OBLIGATION or bool(law.strip())))
    return tuple(codelist("disclosed_kind").codes) if on_a_ground else kinds_named(desk, recipient_name)


_LONGEST, _LONGEST_NAME = 255, 100  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """One thing told. ``kinds`` are codes of «disclosed_kind», ``basis`` one of «disclosure_basis», ``way`` one of «disclosure_way» that is by hand.

    ``to`` is the recipient by name in the register, ``recipient`` what they are called: empty where the register's words say it.
    ``consent`` is the key of the consent where that is the basis (``consents.resting``); else ``law`` may name the law.
    ``may_know`` is whether the family may be told of it, None where that is not decided; ``kept_because`` why it may not.
    """

    pupil_id: str
    recipient: str
    kinds: tuple[str, ...]
    purpose: str
    basis: str
    way: str
    on: date
    consent: str = ""
    law: str = ""
    to: str = OTHER
    may_know: bool | None = None
    kept_because: str = ""


def names_told(desk: Desk) -> list[str]:
    """To whom something was told by hand before, the one told last first."""
    desk.require(Action.RECORD_DISCLOSURE)
    return store.recipients_by_hand(desk.vault, BY_HAND)


to_choose_from = disclosures.to_choose_from
"""Whom one can choose as told."""


def problems(desk: Desk, entry: ByHand) -> tuple[Problem, ...]:
    """What stands against keeping it, field by field, in the order in which they are asked."""
    all_problems = [*_check_recipient(desk, entry)]
    all_problems += _check_kinds(desk, entry)
    all_problems += _check_text("purpose", entry.purpose, _LONGEST, _("Enter why it was told."))
    all_problems += _check_basis(entry)
    if len(tidy(entry.law)) > _LONGEST:
        all_problems.append(Problem("law", "too_long", _("Use at most {most} characters.").format(most=_LONGEST)))
    if entry.way not in BY_HAND:
        all_problems.append(Problem("way", "missing", _("Choose how it was told.")))
    if entry.on > desk.today:
        all_problems.append(Problem("on", "future_date", _("The day lies in the future. Enter the day on which it was told.")))
    if entry.may_know is False:
        all_problems += _check_text("kept_because", entry.kept_because, _LONGEST, disclosures.SAY_WHY)
    return tuple(all_problems)


def _check_recipient(desk: Desk, entry: ByHand) -> Iterator[Problem]:
    recipient = register().get(entry.to)
    if recipient is None or not recipient.by_hand:
        yield Problem("to", "missing", _("Choose to whom it was told."))
    elif words := disclosures.not_named(desk, entry.to):
        yield Problem("to", "not_named", words)
    if entry.to == OTHER:
        yield from _check_text("recipient", entry.recipient, _LONGEST_NAME, _("Enter to whom it was told."))
    elif len(tidy(entry.recipient)) > _LONGEST_NAME:
        yield Problem("recipient", "too_long", _("Use at most {most} characters.").format(most=_LONGEST_NAME))


def _check_kinds(desk: Desk, entry: ByHand) -> Iterator[Problem]:
    labels = codelist("disclosed_kind")
    if not entry.kinds or any(labels.get(kind) is None for kind in entry.kinds):
        yield Problem("kinds", "missing", _("Tick what kind of data was told."))
        return
    allowed = kinds_to_tell(desk, entry.to, entry.basis, entry.law)
    if unnamed := [begun_small(labels.label_of(kind)) for kind in entry.kinds if kind not in allowed]:
        yield Problem("kinds", "not_named", _NOT_NAMED.format(kinds=join_words(unnamed)))


_NOT_NAMED = _(
    "The notice does not say that they are told this: {kinds}. It may be told with consent, or on a ground that the law names: choose that as the basis."
)
"""Why kinds of data are refused for a recipient."""


def _check_basis(entry: ByHand) -> Iterator[Problem]:
    if codelist("disclosure_basis").get(entry.basis) is None:
        yield Problem("basis", "missing", _("Choose on what basis it was told."))
    elif entry.basis == CONSENT and not entry.consent:
        yield Problem("basis", "missing", _("Choose which consent."))
    elif entry.to == OTHER and entry.basis != CONSENT and entry.basis not in grounds():
        words = _(
            "The notice does not name them, so it needs consent, or one of these grounds: {grounds}. Or choose the recipient from the list. {what_to_do}"
        )
        yield Problem(
            "basis",
            "not_named",
            words.format(grounds=join_words([begun_small(ground) for ground in grounds().values()]), what_to_do=disclosures.WHAT_TO_DO),
        )
    elif entry.to == OTHER and entry.basis == LEGAL_OBLIGATION and not tidy(entry.law):
        yield Problem("law", "missing", _("Name the law that demands it."))


def _check_text(name: str, value: str, longest: int, missing: str) -> list[Problem]:
    if not tidy(value):
        return [Problem(name, "missing", missing)]
    return [Problem(name, "too_long", _("Use at most {most} characters.").format(most=longest))] if len(tidy(value)) > longest else []


def warning(desk: Desk, entry: ByHand) -> str:
    """What must be known before it is kept: that the consent it is said to rest on was not in force on the day. Empty where nothing is."""
    desk.require(Action.RECORD_DISCLOSURE, "pupil", entry.pupil_id)
    if entry.basis != CONSENT or not entry.consent:
        return ""
    verdict = resting.verdict_of(desk, entry.pupil_id, entry.consent, entry.on)
    if verdict.in_force:
        return ""
    return _("No consent was in force on that day: {why}. {reason}").format(why=resting.NOT_YES[verdict.standing], reason=verdict.reason)


def keep(desk: Desk, entry: ByHand, *, anyway: bool = False) -> Changed:
    """Enter it in the log of disclosures. Raises Refused; WrongUse where no consent was in force, unless ``anyway``: then that stands with it."""
    desk.require(Action.RECORD_DISCLOSURE, "pupil", entry.pupil_id)
    refuse(problems(desk, entry))
    pupil_of(desk.vault, entry.pupil_id)
    lacking = warning(desk, entry)
    if lacking and not anyway:
        raise WrongUse(lacking)
    with desk.act(
        Action.RECORD_DISCLOSURE, "pupil", entry.pupil_id, f"by {entry.way}{', without a consent in force' if lacking else ''}"
    ) as work:
        keep_within(work, entry, lacking=lacking)
    return Changed.of("disclosure", ids=(entry.pupil_id,))


def keep_step(work: Work, entry: ByHand, of_event: str) -> None:
    """Within the transaction of a step that says that somebody was told: enter it. Raises WrongUse for one whom neither a law nor the notice names."""
    if objections := problems(work.desk, entry):
        raise WrongUse(objections[0].message)
    keep_within(work, entry, of_event=of_event)
    work.note(Action.RECORD_DISCLOSURE, "pupil", entry.pupil_id, f"by {entry.way}")


def keep_within(work: Work, entry: ByHand, *, lacking: str = "", of_event: str = "") -> None:
    """Within a transaction: enter what was checked. ``lacking`` is why no consent was in force, ``of_event`` the step that says it."""
    desk, labels = work.desk, codelist("disclosed_kind")
    disclosure = disclosures.Disclosure(
        pupil_id=entry.pupil_id,
        what=codelist("disclosure_way").label_of(entry.way),
        to=entry.to,
        recipient=_recipient_words(entry),
        law=_law(desk, entry),
        purpose=tidy(entry.purpose),
        fields=", ".join(begun_small(labels.label_of(kind)) for kind in entry.kinds),
        reason=lacking,
        on=entry.on,
        without_consent=bool(lacking),
        of_event=of_event,
    )
    disclosures.keep(work, Way(entry.way), [disclosure])
    if entry.may_know is not None:
        disclosures.keep_word(work, store.latest(desk.vault), entry.may_know, entry.kept_because)


def _recipient_words(entry: ByHand) -> str:
    """Who was told, in words: the name that was given, after the register's words where it has some of its own."""
    name, label = tidy(entry.recipient), register()[entry.to].label
    if entry.to == OTHER:
        return name
    return _("{kind}: {name}").format(kind=label, name=name) if name and name != label else label


def _law(desk: Desk, entry: ByHand) -> str:
    if entry.basis == CONSENT:
        words = next((choice.words for choice in resting.choices(desk) if choice.key == entry.consent), "")
        return _("UK GDPR Article 6(1)(a): {consent}").format(consent=words or _("consent"))
    basis = codelist("disclosure_basis").label_of(entry.basis)
    if entry.to != OTHER and not tidy(entry.law) and entry.basis in _OF_THE_REGISTER:
        return register()[entry.to].law
    return f"{basis}. {tidy(entry.law)}" if tidy(entry.law) else basis


_OF_THE_REGISTER = frozenset({LEGAL_OBLIGATION, PUBLIC_TASK})
"""The bases of which the register names the law."""


def may_strike(desk: Desk, by_hand: bool, told_by: str) -> bool:
    """Whether the person at the desk may strike a line out: one's own, or as a senior any that was entered by hand."""
    return by_hand and (told_by == desk.user.id or desk.may(Action.STRIKE_DISCLOSURE))


def strike(desk: Desk, seq: int, reason: str) -> Changed:
    """Strike out a line that was entered by mistake. It stays to be seen, with the reason. Raises WrongUse, NotAllowed."""
    row = store.get(desk.vault, seq)
    if row is None or row["way"] not in BY_HAND or row["struck"]:
        raise WrongUse(_("Only a line that was entered by hand can be struck out, and only once."))
    if not tidy(reason) or len(tidy(reason)) > _LONGEST:
        raise WrongUse(_("Say in a few words why the line is wrong."))
    action = Action.RECORD_DISCLOSURE if row["told_by_id"] == desk.user.id else Action.STRIKE_DISCLOSURE
    with desk.act(action, "pupil", row["pupil_id"], "disclosure struck out") as work:
        ledger.add_disclosure_strike(desk.vault, row["pupil_id"], seq, tidy(reason), moment=work.stamp, actor=work.actor)
    return Changed.of("disclosure", ids=(row["pupil_id"],))
