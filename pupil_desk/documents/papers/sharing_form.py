"""The reply form about sharing: one side of A4, pre-filled, to tick, sign and hand back. In usual words, and in easy ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, FactList, Heading, Keep, NoticeBox, Para, Run, Text, TickRow, linked, plain_text
from pupil_desk.documents.papers.consent_form import SILENCE
from pupil_desk.documents.papers.signing import signature


@dataclass(frozen=True, slots=True)
class SharingForm:
    """What one form says. ``pupil_asked`` is whether the pupil is asked, from 16; else ``parents`` names the parents of a household.

    ``with_parent`` is whether the youth support service is told a parent's name and address too, which nobody can refuse; ``several``, whether another parent may answer too.
    ``silent_yes`` are the keys of the questions where no answer does the same as yes, ``already_said`` those of which something was said already, by which silence leaves it;
    ``not_before`` is the day before which the youth support service is told nothing, whatever is ticked, and ``no_notice`` that its silent yes waits for the privacy notice;
    ``ends`` is the day from which the pupil chooses instead of a parent, and ``then_no`` whether it is no to both until the pupil has said yes;
    ``late`` says what an answer after ``reply_by`` does, ``everything`` of each what yes lets be told beyond what no leaves, ``never`` what is told to neither.
    """

    unit: str
    pupil: str
    pupil_born: str
    forename: str
    pupil_asked: bool
    parents: str
    youth_service: str
    return_to: str
    printed_on: str
    reply_by: str
    late: str
    whom_to_tell: str
    everything: Mapping[str, str]
    never: str
    silent_yes: frozenset[str]
    already_said: frozenset[str] = frozenset()
    with_parent: bool = False
    several: bool = False
    not_before: str = ""
    no_notice: bool = False
    ends: str = ""
    then_no: bool = True


YOUTH, COLLEGES = "youth-support", "post-16"
"""The keys of the two questions, and of the boxes of each: the recipient, and what ticking means for it."""
ALLOW, RESTRICT = "allow", "restrict"


@dataclass(frozen=True, slots=True)
class SharingQuestion:
    """One question: its key, its heading, what is asked in words, and its boxes by key."""

    key: str
    heading: str
    words: str
    boxes: Sequence[tuple[str, Text]]
    silence: str

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """The boxes with their words as plain text."""
        return tuple((key, plain_text([Para(words)])) for key, words in self.boxes)


def questions_of(form: SharingForm, *, easy: bool = False) -> tuple[SharingQuestion, SharingQuestion]:
    """The two questions, as the form shows them."""
    youth, colleges = (_easy_youth, _easy_colleges) if easy else (_youth_words, _college_words)
    return (
        SharingQuestion(YOUTH, _("1. The youth support service"), youth(form), _boxes_youth(form, easy=easy), _silence(form, YOUTH)),
        SharingQuestion(
            COLLEGES, _("2. Colleges and training providers"), colleges(form), _boxes_colleges(form, easy=easy), _silence(form, COLLEGES)
        ),
    )


def _silence(form: SharingForm, key: str) -> str:
    """What no answer to one question does, by the box that does the same; what was said before stands until it is said anew."""
    is_yes = key in form.silent_yes
    until = _("until you say no") if form.pupil_asked else _("until a parent says no")
    if key in form.already_said:
        if is_yes:
            return _("it stays as it is now: yes, {until}.").format(until=until)
        return (
            _("it stays as it is now: no, as you said before.")
            if form.pupil_asked
            else _("it stays as it is now: no, until each parent who said no says yes.")
        )
    if is_yes and key == YOUTH and form.no_notice:
        return _(
            "it counts as no now, as no parent has been given our privacy notice; from the day when one is, it counts as yes, {until}."
        ).format(until=until)
    if is_yes and key == YOUTH and form.not_before:
        return _("it counts as yes from then, {until}.").format(until=until)
    if not is_yes:
        return _("it counts as no, unless another parent says yes.") if form.several else _("it counts as no.")
    return _("it counts as yes, as now, {until}.").format(until=until)


def story(form: SharingForm, *, easy: bool = False) -> list[Block]:
    """The form as blocks: about whom, two questions with what silence means, signature, whom to return it to. Its boxes bear «question/answer» as their keys."""
    first = (
        _("This form is from {unit}. Read each question. Tick one box. Then sign. ")
        if easy
        else _("From {unit}. ")
        if form.several
        else _("From {unit}, {day}. Tick a box for each question. ")
    )
    change = _("You can change your mind. Just tell {whom}.") if easy else _("To change it, tell {whom}.")
    return [
        Heading(1, _("Your choice about sharing")),
        Para(
            [
                first.format(unit=form.unit, day=form.printed_on),
                _signers(form),
                Run(_("Please reply by {day}.").format(day=form.reply_by), bold=True),
                f" {form.late}",
            ]
        ),
        FactList(_facts(form)),
        *(block for question in questions_of(form, easy=easy) for block in _question(form, question, easy=easy)),
        Para(_unclear()),
        *_signature(form),
        NoticeBox([Para([Run(_("Return to: "), bold=True), form.return_to])]),
        Para(linked(f"{_told_before(form)} {change.format(whom=form.whom_to_tell)}")),
    ]


def _signers(form: SharingForm) -> str:
    """Of two parents the no counts (``domain.sharing.sharing.most_protective``)."""
    return _("One parent signs. If parents differ, no counts. ") if form.several else ""


def _unclear() -> str:
    """What holds of each question where an answer cannot be kept: a form is kept only with an answer and with who gave it."""
    return _("None or both ticked, or an unsigned yes: as if you had not answered there, and we ask you. An unsigned no counts.")


def _told_before(form: SharingForm) -> str:
    """How long an answer holds, and how far back it reaches: no telling is undone."""
    if form.pupil_asked:
        until = _("Your answer holds until you change it. ")
    elif form.then_no:
        until = _(
            "Your answer holds until you change it, and ends on {day}: from 16 your child chooses, and until your child says yes it is no. "
        ).format(day=form.ends)
    else:
        until = _("Your answer holds until you change it, and ends on {day}: from 16 your child chooses. ").format(day=form.ends)
    return until + _("After a no we tell only what that box says; what was told before stays told.")


def _question(form: SharingForm, question: SharingQuestion, *, easy: bool) -> list[Block]:
    boxes = [TickRow(words, key=f"{question.key}/{key}") for key, words in question.boxes]
    silence = Keep([Para([Run(SILENCE, bold=True), question.silence])])
    first, never = _("Everything is: "), ""
    if question.key == YOUTH:
        first, never = _("Everything is what No allows, and: "), form.never
    not_told: list[str | Run] = [Run(_(" Not even after Yes: "), bold=True), f"{never}."] if never else []
    below: Text = [Run(first, bold=True), f"{form.everything[question.key]}.", *not_told]
    return [Heading(2, question.heading), Para(question.words), *boxes, silence, *([] if easy else [Keep([Para(below, style="small")])])]


def _boxes_youth(form: SharingForm, *, easy: bool) -> Sequence[tuple[str, Text]]:
    yes: Text = _("Yes. You can tell it more.") if easy else [Run(_("Yes:"), bold=True), _(" tell it everything that is listed below.")]
    no: Text = [
        *([_("No. Tell it ")] if easy else [Run(_("No:"), bold=True), _(" tell it ")]),
        Run(_("only"), bold=True),
        " ",
        _minimum_words(form),
        ".",
    ]
    return ((ALLOW, yes), (RESTRICT, no))


def _boxes_colleges(form: SharingForm, *, easy: bool) -> Sequence[tuple[str, Text]]:
    if easy:
        return (
            (ALLOW, _("Yes. You can tell the college.")),
            (
                RESTRICT,
                _("No. Tell colleges nothing. {who} can still ask for a place.").format(who=_("I") if form.pupil_asked else _("My child")),
            ),
        )
    return (
        (ALLOW, [Run(_("Yes:"), bold=True), _(" tell them everything that is listed below.")]),
        (
            RESTRICT,
            [
                Run(_("No:"), bold=True),
                _(" tell them nothing. {who} can still apply.").format(who=_("I") if form.pupil_asked else _("My child")),
            ],
        ),
    )


def _easy_youth(form: SharingForm) -> str:
    person = _("you") if form.pupil_asked else _("your child")
    words = _("{service} helps young people learn and find work. The law lets it ask us about {whom}. Can we tell it more than {least}?")
    before = _(" We tell it nothing before {day}.").format(day=form.not_before) if form.not_before else ""
    return words.format(service=form.youth_service, whom=person, least=_minimum_words(form)) + before


def _easy_colleges(form: SharingForm) -> str:
    if form.pupil_asked:
        return _("You may ask a college for a place. Can we tell the college about you, to help?")
    return _("Your child may ask a college for a place. Can we tell the college about your child, to help?")


def _facts(form: SharingForm) -> Sequence[tuple[str, Text]]:
    facts: list[tuple[str, Text]] = [(_("Pupil"), _("{name}, born {day}").format(name=form.pupil, day=form.pupil_born))]
    if not form.pupil_asked:
        facts.append((_("Parent or carer"), form.parents))
    return facts


def _minimum_words(form: SharingForm) -> str:
    possessive = _("your") if form.pupil_asked else _("the child’s")
    if not form.with_parent:
        return _("{whose} name, address and date of birth").format(whose=possessive)
    if form.pupil_asked:
        return _("your name, address, date of birth, and a parent’s name and address")
    return _("name, address, date of birth, and a parent’s name and address")  # on one line: the whole form is one side


def _youth_words(form: SharingForm) -> str:
    if form.pupil_asked:
        words = _("{service} helps young people into learning and work. Now that you are 16, you choose what it is told about you.")
    elif form.not_before:
        words = _(
            "{service} helps young people into learning and work. We tell it nothing before {day}: from 13, the law lets it ask us. At 16 your child chooses."
        )
    else:
        words = _("{service} helps young people into learning and work. From 13, the law lets it ask us. At 16 your child chooses.")
    return words.format(service=form.youth_service, day=form.not_before)


def _college_words(form: SharingForm) -> str:
    if form.pupil_asked:
        return _("When you apply to one, may we tell it about you?")
    return _("If your child applies to one before 16, may we tell it about your child?")


def _signature(form: SharingForm) -> list[Block]:
    if form.pupil_asked:
        return signature(form.forename)
    return [Keep(signature(parent=_("Signature of a parent or carer (not needed for a no)")))]
