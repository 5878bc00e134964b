"""Consents: what is asked, by which rule, and what was said. The rule itself is in ``rule.py``.

A type of consent is data: ``resources/consents/*.toml`` ship the first edition of each, and the unit keeps further ones. What was
said is an event, only ever added; how a consent stands is worked out from the events each time it is asked.

Source: the domain reference, section 11, with its marks of how sure we are; each type says its own (``sure``, ``source``).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import age_on, show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, Special, item
from pupil_desk.domain.sharing.choice import PARENT, PUPIL

_SAID = Facts(Section.CONSENTS, Category.CHOICES, Purpose.RIGHTS, Basis.LEGAL_OBLIGATION, retention="consent")
_TYPE = Facts(Section.CONSENT_TYPE, Category.STAFF, Purpose.LAW, Basis.PUBLIC_TASK, retention="disclosure")
_said = partial(item, facts=_SAID)
_telling = partial(item, facts=replace(_SAID, special=Special.CONSENT))  # which medicine, which worship
# the items of each section of a type
_of_type, _of_rule, _of_lapse, _in_words, _in_easy_words = (
    partial(item, facts=replace(_TYPE, section=section))
    for section in (Section.CONSENT_TYPE, Section.CONSENT_RULE, Section.CONSENT_LAPSE, Section.CONSENT_WORDS, Section.CONSENT_EASY)
)

ASKED, REMINDED, GIVEN, REFUSED, WITHDRAWN, EXCUSED = "asked", "reminded", "given", "refused", "withdrawn", "excused"
ANSWERS = frozenset({GIVEN, REFUSED, WITHDRAWN})
CONSENT, REQUEST = "consent", "request"  # kinds of basis
OF_PUPIL, OF_OCCASION, OF_MEDICINE = "pupil", "occasion", "medicine"  # what one answer is about
INVITED, TAKEN_OFF = "invited", "off"
ADULT = 18  # years: from here nobody else decides for a person. Family Law Reform Act 1969, section 1
WRITTEN = frozenset({"form", "letter", "email"})
"""The ways in which a word comes in writing: codes of «channel»."""

PLACES = ("forename", "name", "unit", "occasion", "days", "about", "use", "opt_in", "own_say", "purpose")
"""What a form's words may leave open, in braces. ``use`` is filled in the boxes alone, ``opt_in`` is the day from which the pupil's no counts, ``own_say`` a sentence on it,
``purpose`` what the type is for."""


def is_adult(dob: date, day: date) -> bool:
    """Whether somebody born on a day is of age on another."""
    return age_on(dob, day) >= ADULT


_USE = re.compile(r"([a-z0-9-]{1,30})\s*:\s*(\S.*)")
_LONGEST_USES = 1200  # characters
OPEN_PLACE = re.compile(r"\{([^{}]*)\}")
"""A place left open in words, and what it names."""


@dataclass(frozen=True, slots=True)
class ConsentUse:
    """One use that is asked about apart, such as «on our website»."""

    key: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentType:
    """One edition of a type of consent. Those that share ``consent_type`` follow one another; the last one counts.

    ``per`` is what one answer is about: the pupil, an occasion (or a person or body), or a medicine. ``parents`` is how many holders
    of parental responsibility must say yes, ``parent_no`` whose no stops it. Ages are in years; empty for none, ``own_from`` for 18.
    """

    id: str = ""
    consent_type: str = ""
    edition: int = 1
    retired: bool = False
    name: str = _of_type(_("Name of the consent"), Kind.NAME, required=True)
    basis: str = _of_type(_("What it is in law"), Kind.CODE, codes="consent_basis", required=True)
    per: str = _of_type(_("One answer is about"), Kind.CODE, codes="consent_per", required=True)
    purpose: str = _of_type(_("What it is for"), Kind.LINES, required=True, longest=600)
    uses: str | None = _of_type(
        _("Uses that are asked about one by one"),
        Kind.LINES,
        longest=_LONGEST_USES,
        hint=_("One on a line: a short key, a colon, and the words, such as website: on our website. Empty for one question"),
    )
    alternative: str | None = _of_type(
        _("What is offered instead"), Kind.LINES, longest=400, hint=_("What a pupil gets who has no consent. Saying no must cost nothing")
    )
    parents: str = _of_rule(_("How many parents must say yes"), Kind.CODE, codes="consent_parents", required=True)
    parent_no: str = _of_rule(_("When parents differ"), Kind.CODE, codes="consent_parent_no", required=True)
    notify_each: bool = _of_rule(_("Each parent must be told first"), Kind.YES_NO, required=True)
    written: bool = _of_rule(_("A yes counts only in writing"), Kind.YES_NO, required=True)
    pupil_too: bool = _of_rule(_("The pupil signs too"), Kind.YES_NO, required=True)
    pupil_yes: str = _of_rule(_("What the pupil’s yes is worth"), Kind.CODE, codes="consent_pupil_yes", required=True)
    pupil_no: str = _of_rule(_("What the pupil’s no is worth"), Kind.CODE, codes="consent_pupil_no", required=True)
    pupil_no_from: int | None = _of_rule(_("From what age the pupil’s no counts"), Kind.NUMBER, hint=_("Empty for any age"))
    pupil_no_terms: int | None = _of_rule(
        _("Or so many terms before the 16th birthday"),
        Kind.NUMBER,
        hint=_("As for sex education, where it is 3: from the first day of the third term before the term of the birthday"),
    )
    competent_from: int | None = _of_rule(
        _("From what age to ask whether the pupil is competent"),
        Kind.NUMBER,
        hint=_("A reminder only. Whether a pupil is competent is recorded, never taken from the age"),
    )
    own_from: int | None = _of_rule(_("From what age the pupil decides alone"), Kind.NUMBER, hint=_("Empty for 18"))
    own_competence: str = _of_rule(_("And before 18"), Kind.CODE, codes="consent_own", required=True)
    lapses: str = _of_lapse(
        _("A yes holds until"),
        Kind.CODE,
        codes="consent_lapse",
        required=True,
        hint=_("Whatever stands here, it never outlasts the pupil’s stay"),
    )
    months: int | None = _of_lapse(_("How many months"), Kind.NUMBER, hint=_("Where it holds for a number of months"))
    renewal: str | None = _of_lapse(_("How it is renewed"), Kind.TEXT)
    withdrawal: str | None = _of_lapse(_("How it is taken back, and what happens then"), Kind.LINES, longest=400)
    sure: str = _of_lapse(_("How sure we are of this rule"), Kind.CODE, codes="consent_sure", required=True)
    source: str = _of_lapse(_("Where the rule comes from"), Kind.TEXT, required=True)
    title: str = _in_words(_("Title of the form"), Kind.NAME, required=True)
    intro: str = _in_words(
        _("What the form explains"),
        Kind.LINES,
        required=True,
        longest=900,
        hint=_("You can write {forename}, {name}, {unit}, {occasion}, {days}, {about}, {purpose}, {opt_in} and {own_say}"),
    )
    own_intro: str | None = _in_words(
        _("What the form explains, where the pupil signs"), Kind.LINES, longest=900, hint=_("Empty for the same words")
    )
    own_alternative: str | None = _in_words(
        _("What is offered instead, where the pupil signs"), Kind.LINES, longest=400, hint=_("Empty for the same words")
    )
    question: str = _in_words(_("What a parent is asked"), Kind.TEXT, required=True)
    own_question: str = _in_words(_("What the pupil is asked"), Kind.TEXT, required=True)
    yes: str = _in_words(
        _("What yes says"),
        Kind.TEXT,
        required=True,
        hint=_("A whole sentence that says what ticking does. Where there are several uses, {use} stands for each"),
    )
    no: str = _in_words(_("What no says"), Kind.TEXT, required=True)
    own_yes: str | None = _in_words(_("What yes says, where the pupil signs"), Kind.TEXT, hint=_("Empty for the same words"))
    own_no: str | None = _in_words(_("What no says, where the pupil signs"), Kind.TEXT)
    easy_intro: str | None = _in_easy_words(_("Easy: what the form explains"), Kind.LINES, longest=600)
    easy_own_intro: str | None = _in_easy_words(_("Easy: what the form explains, where the pupil signs"), Kind.LINES, longest=600)
    easy_question: str | None = _in_easy_words(_("Easy: what a parent is asked"), Kind.TEXT)
    easy_own_question: str | None = _in_easy_words(_("Easy: what the pupil is asked"), Kind.TEXT)
    easy_yes: str | None = _in_easy_words(_("Easy: what yes says"), Kind.TEXT)
    easy_no: str | None = _in_easy_words(_("Easy: what no says"), Kind.TEXT)
    easy_own_yes: str | None = _in_easy_words(_("Easy: what yes says, where the pupil signs"), Kind.TEXT)
    easy_own_no: str | None = _in_easy_words(_("Easy: what no says, where the pupil signs"), Kind.TEXT)

    @property
    def use_list(self) -> tuple[ConsentUse, ...]:
        """The uses that are asked about apart; none where there is one question."""
        matches = (_USE.fullmatch(line.strip()) for line in (self.uses or "").splitlines() if line.strip())
        return tuple(ConsentUse(match[1], match[2].strip()) for match in matches if match)

    @property
    def use_keys(self) -> tuple[str, ...]:
        """The uses to judge one by one; one empty key where there is one question."""
        return tuple(use.key for use in self.use_list) or ("",)

    def use_words(self, key: str) -> str:
        """A use in words; of one that this edition no longer has, its key."""
        return next((use.words for use in self.use_list if use.key == key), key)

    def about(self, use_key: str = "", occasion: str = "") -> str:
        """What is asked, in a line: «Photographs and videos: on our website»."""
        parts = (self.name, occasion, self.use_words(use_key) if use_key else "")
        return ": ".join(part for part in parts if part)

    @property
    def own_age(self) -> int:
        """From what age the pupil decides alone."""
        return min(self.own_from or ADULT, ADULT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentEvent:
    """One thing done or said about a consent, never edited. ``seq`` is the order in which events were recorded.

    ``use_key`` is empty where it is about every use. ``contact_id`` is the parent asked or heard, None for the pupil.
    ``occasion_edition`` and ``wording_id`` name the words that were shown, ``evidence`` a paper kept,
    ``translation`` the version of the translation that stood on a page beside them.
    """

    id: str = ""
    pupil_id: str = ""
    seq: int = 0
    consent_type: str = ""
    wording_id: str = ""
    use_key: str = ""
    occasion_id: str | None = None
    occasion_edition: str | None = None
    contact_id: str | None = None
    evidence: str | None = None
    translation: str | None = None
    asked_about: str = _telling(_("Consent to what"), Kind.TEXT, required=True)
    what: str = _said(_("What was done or said"), Kind.CODE, codes="consent_step", required=True)
    by: str = _said(_("As parent or pupil"), Kind.CODE, codes="capacity", required=True, heads=("in what right",))
    giver: str | None = _said(_("Who was asked, or said it"), Kind.NAME)
    on: date = _said(_("On what day"), Kind.DATE, required=True)
    channel: str | None = _said(_("How it came or went"), Kind.CODE, codes="channel")
    language: str | None = _said(_("Language of the words shown"), Kind.NAME, longest=20)
    valid_to: date | None = _said(_("Holds no longer than"), Kind.DATE, hint=_("Leave empty for the usual time"))
    note: str | None = _telling(_("Note on the consent"), Kind.LINES, longest=1000, hint=_("Why, or where the paper is"))

    @property
    def giver_key(self) -> str:
        """Who: the pupil, or a contact by identity."""
        return PUPIL if self.by == PUPIL else self.contact_id or PARENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence:
    """Whether a pupil understands what one type of consent asks, as somebody found, and why. The last word on a day counts."""

    id: str = ""
    pupil_id: str = ""
    seq: int = 0
    consent_type: str = ""
    asked_about: str = _said(_("Competent to decide on what"), Kind.TEXT, required=True)
    finding: str = _said(_("What was found"), Kind.CODE, codes="consent_competence", required=True)
    on: date = _said(_("Found on"), Kind.DATE, required=True)
    reason: str = _telling(
        _("What it was judged by"),
        Kind.LINES,
        required=True,
        longest=600,
        hint=_("Such as: explained in own words what is asked, and what yes and no would mean"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One edition of an occasion: a trip, or a person or body to be told. Those that share ``occasion_id`` follow one another.

    ``ask_again``: this edition changed what was agreed to, so that a yes to an earlier one no longer counts.
    """

    id: str = ""
    occasion_id: str = ""
    edition: int = 1
    consent_type: str = ""
    ask_again: bool = False
    cancelled: bool = False
    made_on: date | None = None
    name: str = _of_type(_("Name"), Kind.NAME, required=True, hint=_("Such as: Climbing at Larkrock, or Acme Garage. Name no pupil"))
    about: str | None = _of_type(
        _("What families are told"),
        Kind.LINES,
        longest=600,
        hint=_("Where, what is done, how they travel, what to bring; or what would be told, and why"),
    )
    start: date | None = _of_type(_("First day"), Kind.DATE)
    end: date | None = _of_type(_("Last day"), Kind.DATE, hint=_("Empty if it is the same day, or there is none"))
    reply_by: date | None = _of_type(
        _("Reply by"), Kind.DATE, hint=_("The day by which families are asked to answer; it stands on the form")
    )

    hurt: bool = _of_type(
        _("Somebody was badly hurt"),
        Kind.YES_NO,
        default=False,
        hint=_("What was said of the trip is then kept longer, for everyone who was on it: see How long things are kept"),
    )

    @property
    def last_day(self) -> date | None:
        """The day with which a yes to it ends."""
        return self.end or self.start

    @property
    def days(self) -> str:
        """The day or days in words; empty for none."""
        if self.start is None:
            return _("until {day}").format(day=show_date(self.end)) if self.end else ""
        if self.end is None or self.end == self.start:
            return show_date(self.start)
        return _("{first} to {last}").format(first=show_date(self.start), last=show_date(self.end))

    def over(self, day: date) -> bool:
        """Whether it is cancelled, or lies before a day."""
        return self.cancelled or (self.last_day is not None and self.last_day < day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """That a pupil was put on the list of an occasion, or taken off it. The last word counts."""

    id: str = ""
    pupil_id: str = ""
    seq: int = 0
    occasion_id: str = ""
    occasion: str = _telling(_("Trip or occasion"), Kind.TEXT, required=True)
    what: str = _said(_("On its list"), Kind.CODE, codes="consent_invitation", required=True)


EVENT_FORM = ("on", "channel", "valid_to", "note")
OCCASION_FORM = ("name", "about", "start", "end", "reply_by", "hurt")


def fill_places(text: str, places: Mapping[str, str]) -> str:
    """Words of a form with their open places filled. What is filled in is text, and no place of its own."""
    return OPEN_PLACE.sub(lambda match: places.get(match[1], match[0]), text)


def lapse_words(consent_type: ConsentType) -> str:
    """How long a yes holds, in words."""
    if consent_type.lapses == "months" and consent_type.months:
        return _("{months} months").format(months=consent_type.months)
    return codelist("consent_lapse").label_of(consent_type.lapses)
