"""How a consent stands on a day: the one rule, over the data of the type and what was said. «Not asked» is never yes.

Sources: the domain reference, section 11. For biometrics the Protection of Freedoms Act 2012, sections 26 to 28: each parent is told,
one agrees in writing, none objects, and the child's own no overrides at any age under 18. Where the law leaves it open, what protects
more holds: a no stays until who said it takes it back, and of two words of one person on one day the no counts.

What a pupil's age makes of a consent: from when the pupil alone decides, and from when the pupil's own no counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pupil_desk.basics.dates import age_on, birthday, show_date
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.consents.case import ConsentCase, ConsentStatus, ResponsibilityHolder, Verdict, end_words
from pupil_desk.domain.consents.consent import (
    ADULT,
    ANSWERS,
    ASKED,
    EXCUSED,
    GIVEN,
    REFUSED,
    REMINDED,
    REQUEST,
    WITHDRAWN,
    ConsentEvent,
    ConsentType,
    Occasion,
)
from pupil_desk.domain.consents.lasting import GiverAnswer, answer_of
from pupil_desk.domain.register.calendar import terms_before
from pupil_desk.domain.sharing.choice import PUPIL

_SIXTEEN = 16
_TELLING = frozenset({"named-sharing", "access-arrangements"})
"""The types by which somebody is told from the yes on: their days are until when."""


def judged_on(day: date, occasion: Occasion | None) -> date:
    """The day on which a consent is judged: that of an occasion which takes place on its days is judged on the last, so that a yes must reach that far."""
    if occasion is None or occasion.start is None or occasion.consent_type in _TELLING:
        return day
    return max(day, occasion.last_day or day)


def pupil_decides(rule: ConsentType, case: ConsentCase, day: date) -> bool:
    """Whether on that day the pupil alone decides: from 18 always; earlier from the type's age, if competent."""
    age = age_on(case.dob, day)
    if age >= ADULT or age < rule.own_age:
        return age >= ADULT
    competent = case.competent(day)
    return bool(competent) if rule.own_competence == "recorded" else competent is not False


def own_no_counts_from(rule: ConsentType, case: ConsentCase) -> date:
    """From what day on the pupil's own no can count at all; of one that counts at any age the birth.

    Of terms before the 16th birthday, as in sex education: the first day of the term that lies so many before the term of the birthday
    (DfE guidance on relationships, sex and health education; how they are counted back is our reading, which favours the pupil).
    """
    if rule.pupil_no_terms:
        return terms_before(birthday(case.dob, _SIXTEEN), rule.pupil_no_terms, case.terms)
    return birthday(case.dob, rule.pupil_no_from) if rule.pupil_no_from else case.dob


_SAID = {
    False: {GIVEN: _("{who} said yes on {day}."), REFUSED: _("{who} said no on {day}."), WITHDRAWN: _("{who} took the yes back on {day}.")},
    True: {
        GIVEN: _("{who} said on {day}: left out."),
        REFUSED: _("{who} said on {day}: takes part."),
        WITHDRAWN: _("{who} took the request back on {day}."),
    },
}
"""An answer as a sentence, by whether it answers a request to be left out."""


@dataclass(frozen=True, slots=True)
class _Judgement:
    """One case on one day: what was heard by then, and the last word of each person whose word counts at all."""

    rule: ConsentType
    case: ConsentCase
    day: date
    heard: Sequence[ConsentEvent]
    words: dict[str, GiverAnswer]

    @property
    def age(self) -> int:
        return age_on(self.case.dob, self.day)

    @property
    def competent(self) -> bool | None:
        return self.case.competent(self.day)

    @property
    def yes(self) -> set[str]:
        """Who has said yes."""
        return {giver for giver, word in self.words.items() if word.yes}

    def approached(self, giver: str) -> bool:
        """Whether somebody was asked, or has spoken by themselves."""
        return any(event.giver_key == giver for event in self.heard)

    def excused(self, holder: ResponsibilityHolder) -> bool:
        """Whether a parent need not be asked: barred by an order, or somebody has recorded why."""
        return holder.barred or any(event.giver_key == holder.id and event.what == EXCUSED for event in self.heard)

    def said(self, giver: str) -> str:
        """The last word of somebody, as a sentence."""
        event = self.words[giver].event
        return _SAID[self.rule.basis == REQUEST][event.what].format(who=self.case.name_of(giver), day=show_date(event.on))


def standing(rule: ConsentType, case: ConsentCase, day: date, use: str = "") -> Verdict:
    """How the consent stands on a day, for one use where the type has several."""
    judgement = _judge(rule, case, day, use)
    own = pupil_decides(rule, case, day)
    verdict = _own_decision(judgement) if own else _standing_no(judgement) or _agreed(judgement) or _open(judgement)
    if case.occasion is not None and verdict.in_force and not own:
        verdict = _until_own_decision(verdict, rule, case, day, use)
    return replace(verdict, names=join_words([case.name_of(giver) for giver in verdict.by or verdict.missing]))


def _until_own_decision(verdict: Verdict, rule: ConsentType, case: ConsentCase, day: date, use: str) -> Verdict:
    """A yes to an occasion, which ends before its last day where from a birthday on the pupil alone decides and has not said yes."""
    for first in (birthday(case.dob, rule.own_age), birthday(case.dob, ADULT)):
        is_before_end = day < first and (verdict.until is None or first <= verdict.until)
        if is_before_end and pupil_decides(rule, case, first) and not standing(rule, case, first, use).in_force:
            until = first - timedelta(days=1)
            then_ask = _("From {day} it is the pupil’s own decision: then ask the pupil.").format(day=show_date(first))
            reason = _sentences(verdict.but_end, end_words(until), then_ask)
            return replace(verdict, until=until, reason=reason, but_end=_sentences(verdict.but_end, then_ask))
    return verdict


def _judge(rule: ConsentType, case: ConsentCase, day: date, use: str) -> _Judgement:
    events = [event for event in case.said if event.on <= day and event.use_key in ("", use)]
    count = {PUPIL, *(holder.id for holder in case.holders)}
    last: dict[str, GiverAnswer] = {}
    for event in sorted(events, key=_order):
        if event.what not in ANSWERS or event.giver_key not in count:
            continue
        earlier, answer = last.get(event.giver_key), answer_of(rule, case, day, event)
        if not (
            earlier and earlier.yes and answer.not_because and not answer.over
        ):  # a yes by word of mouth leaves one in writing as it is
            last[event.giver_key] = answer
    return _Judgement(rule, case, day, events, last)


def _order(event: ConsentEvent) -> tuple[date, bool, int]:
    """The later counts; of two of one day the no."""
    return event.on, event.what != GIVEN, event.seq


# -- the pupil alone


def _own_decision(judgement: _Judgement) -> Verdict:
    """The pupil decides: a no of any time; a yes for a day on which it is the pupil’s own, or of before where it was enough by itself then."""
    rule, case, word = judgement.rule, judgement.case, judgement.words.get(PUPIL)
    since = birthday(case.dob, ADULT if judgement.age >= ADULT else rule.own_age)
    right = _("From {day} it is the pupil’s own decision.").format(day=show_date(since))
    if word is not None and word.no:
        return Verdict(standing=_no_of(word), reason=_sentences(judgement.said(PUPIL), right), by=(PUPIL,))
    enough = word is not None and (
        judged_on(word.event.on, case.occasion) >= since or (rule.pupil_yes == "competent" and case.competent(word.event.on))
    )
    if word is not None and word.yes and enough:
        return _yes((judgement.said(PUPIL),), word.until, (right,), by=(PUPIL,))
    if word is not None and word.yes:
        right = _sentences(right, _("The pupil’s yes is from before: ask again."))
    elif judgement.words.keys() - {PUPIL}:
        right = _sentences(right, _("What is on file is a parent’s word, and no longer counts: ask the pupil."))
    return _waiting(judgement, [PUPIL], right)


# -- parents, and the pupil beside them


def _standing_no(judgement: _Judgement) -> Verdict | None:
    """A no that holds: the pupil's where it counts, then a parent's."""
    own_word, yes = judgement.words.get(PUPIL), judgement.yes
    if own_word is not None and own_word.no and (reason := _pupil_stops(judgement)):
        return Verdict(standing=_no_of(own_word), reason=_sentences(judgement.said(PUPIL), reason), by=(PUPIL,), differ=bool(yes))
    parents = sorted(
        (giver for giver in judgement.words if giver != PUPIL), key=lambda giver: _order(judgement.words[giver].event), reverse=True
    )
    if judgement.rule.parent_no == "latest":
        parents = parents[:1]
    for giver in parents:
        word = judgement.words[giver]
        if word.no:
            differ = bool(yes - {PUPIL})
            other_word = _("Another parent said yes. The no holds until they settle it.") if differ else ""
            return Verdict(standing=_no_of(word), reason=_sentences(judgement.said(giver), other_word), by=(giver,), differ=differ)
    return None


def _pupil_stops(judgement: _Judgement) -> str:
    """Why the pupil's no decides, as a sentence; empty where it does not."""
    rule, competent = judgement.rule, judgement.competent
    if judgement.day < own_no_counts_from(rule, judgement.case):
        return ""
    if rule.basis == REQUEST and rule.pupil_no == "always":
        return _("The pupil’s wish to take part decides, whatever a parent asks.")
    if rule.pupil_no == "always" or rule.parents == "none":
        return _("The pupil’s no decides, whatever a parent says.")
    if rule.pupil_no == "competent" and competent:
        return _("The pupil is competent, so this no decides.")
    if rule.pupil_no == "competent" and competent is None:
        return _("Nobody has recorded whether the pupil is competent, so this no holds until then.")
    return ""


def _agreed(judgement: _Judgement) -> Verdict | None:
    """A yes of all who must give one, once everyone knows who has to."""
    rule, own_word = judgement.rule, judgement.words.get(PUPIL)
    if _lacking(judgement):
        return None
    parents = [] if rule.parents == "none" else [holder.id for holder in judgement.case.holders if holder.id in judgement.yes]
    untold = [
        holder
        for holder in judgement.case.holders
        if rule.notify_each and not judgement.excused(holder) and not judgement.approached(holder.id)
    ]
    if untold:
        words = _("But {who} must be told first: it is no yes until every parent has been told.")
        reason = _sentences(*map(judgement.said, parents), words.format(who=join_words([holder.name for holder in untold])))
        return Verdict(standing=ConsentStatus.WAITING, reason=reason, by=tuple(parents), missing=tuple(holder.id for holder in untold))
    until = _last_day([judgement.words[giver].until for giver in parents or [PUPIL]], all_needed=rule.parents == "each")
    deciding = parents or [PUPIL]
    if rule.pupil_too and own_word is not None and PUPIL not in deciding:
        deciding, until = [*deciding, PUPIL], _last_day([until, own_word.until], all_needed=True)
    alone = _("The pupil is competent, so this yes is enough.") if deciding == [PUPIL] and rule.parents != "none" else ""
    doubt = (
        _("The pupil said no, and was found not to understand what is asked.")
        if own_word is not None and own_word.no and judgement.competent is False
        else ""
    )
    caution = _("The pupil said no: think again.") if own_word is not None and own_word.no and not doubt else ""
    return _yes((*map(judgement.said, deciding), alone), until, (doubt, caution), by=tuple(deciding))


def _yes(said: Sequence[str], until: date | None, more: Sequence[str], *, by: tuple[str, ...]) -> Verdict:
    """A yes, with why; that it ends, and when, is said before what there is ``more`` to say."""
    return Verdict(
        standing=ConsentStatus.GIVEN,
        reason=_sentences(*said, end_words(until), *more),
        but_end=_sentences(*said, *more),
        by=by,
        until=until,
    )


def _last_day(ends: Sequence[date | None], *, all_needed: bool) -> date | None:
    """The day with which several yeses end together: the earliest where all are needed, else the latest; None for no end."""
    days = [end for end in ends if end is not None]
    if all_needed:
        return min(days, default=None)
    return max(days) if days and len(days) == len(ends) else None


def _lacking(judgement: _Judgement) -> list[str]:
    """Who must still say yes before it is one: of the parents and, where the pupil's word is needed, the pupil."""
    rule, case, yes = judgement.rule, judgement.case, judgement.yes
    have = [holder.id for holder in case.holders if holder.id in yes]
    alone = PUPIL in yes and rule.pupil_yes == "competent" and judgement.competent is True
    missing: list[str] = []
    if rule.parents == "none":
        missing = [] if PUPIL in yes else [PUPIL]
    elif not alone and (rule.parents == "each" or not have):
        missing = [holder.id for holder in case.holders if holder.id not in yes and not judgement.excused(holder)]
        if not missing and not have:  # whoever need not be asked may still be the only one who can say yes
            missing = [holder.id for holder in case.holders] or [PUPIL]
    if rule.pupil_too and PUPIL not in yes and PUPIL not in missing:
        missing.append(PUPIL)
    return missing


def _open(judgement: _Judgement) -> Verdict:
    """No yes, and no no: who is still to speak."""
    known_givers = {PUPIL, *(holder.id for holder in judgement.case.holders)}
    strangers = [event for event in judgement.heard if event.what == GIVEN and event.giver_key not in known_givers]
    words = _("{who} said yes, but is not on file as having parental responsibility.")
    discounted = words.format(who=strangers[-1].giver or _("Somebody")) if strangers else ""
    if not judgement.case.holders and judgement.rule.parents != "none":
        reason = _sentences(discounted, _("Nobody with parental responsibility is on file, so there is nobody to ask."))
        return Verdict(standing=ConsentStatus.NOT_ASKED, reason=reason)
    givers = sorted(judgement.yes, key=lambda giver: _order(judgement.words[giver].event))
    is_partly_given = any(giver != PUPIL or judgement.rule.pupil_too for giver in judgement.yes)
    return _waiting(judgement, _lacking(judgement), _sentences(discounted, *map(judgement.said, givers)), is_partly_given=is_partly_given)


def _waiting(judgement: _Judgement, missing: Sequence[str], extra: str, *, is_partly_given: bool = False) -> Verdict:
    """Lapsed, asked without a reply, or not asked, of those whose word is missing. ``is_partly_given``: others have agreed already."""
    dead = [judgement.words[giver] for giver in missing if giver in judgement.words and judgement.words[giver].not_because]
    latest = max(dead, key=lambda word: _order(word.event), default=None)
    days_asked = [event.on for event in judgement.heard if event.giver_key in missing and event.what in (ASKED, REMINDED)]
    last = max(days_asked, default=None)
    names = join_words([_running(judgement.case.name_of(giver)) for giver in missing])
    if latest is not None and (last is None or last <= (latest.until or latest.event.on)):
        words = _("It no longer counts: {why}.") if latest.over else _("It does not count: {why}.")
        reason = _sentences(judgement.said(latest.event.giver_key), words.format(why=latest.not_because), extra)
        return Verdict(standing=ConsentStatus.LAPSED if latest.over else ConsentStatus.WAITING, reason=reason, missing=tuple(missing))
    if last is not None:
        words = _("Asked on {day}, no reply from {who}.").format(day=show_date(last), who=names)
        return Verdict(standing=ConsentStatus.WAITING, reason=_sentences(words, extra), missing=tuple(missing))
    if judgement.rule.basis == REQUEST:
        return Verdict(standing=ConsentStatus.NOT_ASKED, reason=_sentences(_("Nobody has asked for this."), extra))
    if is_partly_given:
        return Verdict(
            standing=ConsentStatus.WAITING,
            reason=_sentences(extra, _("Still to be asked: {who}.").format(who=names)),
            missing=tuple(missing),
        )
    return Verdict(standing=ConsentStatus.NOT_ASKED, reason=_sentences(_("Nobody has been asked yet."), extra), missing=tuple(missing))


# -- words


def _no_of(word: GiverAnswer) -> ConsentStatus:
    return ConsentStatus.WITHDRAWN if word.event.what == WITHDRAWN else ConsentStatus.REFUSED


def _sentences(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _running(name: str) -> str:
    return _("the pupil") if name == _("The pupil") else name
