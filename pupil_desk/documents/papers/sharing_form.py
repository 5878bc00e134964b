"""The reply form about sharing: one side of A4, pre-filled, to tick, sign and hand back. In usual words, and in easy ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, FactList, Heading, Keep, NoticeBox, Para, Run, Text, TickRow, linked, plain_text
from pupil_desk.documents.papers.beside_form import RETURN_TO, SILENCE
from pupil_desk.documents.papers.signing import signature
from pupil_desk.documents.prose import Say, as_it_is, filled_apart, runs_in_bold, said_together


@dataclass(frozen=True, slots=True)
class SharingForm:
    """What one form says. ``pupil_asked`` is whether the pupil is asked, from 16; else ``parents`` names the parents of a household.

    ``with_parent`` is whether the youth support service is told a parent's name and address too, which nobody can refuse; ``several``, whether another parent may answer too.
    ``silent_yes`` are the keys of the questions where no answer does the same as yes, ``already_said`` those of which something was said already, by which silence leaves it,
    ``settled`` those of which it was settled between the parents that the answer is no, each with the day;
    ``not_before`` is the day before which the youth support service is told nothing, whatever is ticked, and ``no_notice`` that its silent yes waits for the privacy notice;
    ``ends`` is the day from which the pupil chooses instead of a parent, and ``then_no`` whether it is no to both until the pupil has said yes;
    ``late`` says what an answer after ``reply_by`` does, ``everything`` of each what yes lets be told beyond what no leaves, ``never`` what is told to neither.
    """

    unit: str
    pupil: str
    pupil_born: str
    forename: str
    pupil_asked: bool
    parents: Sequence[str]
    youth_service: str
    return_to: str
    printed_on: str
    reply_by: str
    late: str
    whom_to_tell: str
    everything: Mapping[str, Sequence[str]]
    never: Sequence[str]
    silent_yes: frozenset[str]
    already_said: frozenset[str] = frozenset()
    settled: Mapping[str, str] = field(default_factory=dict)
    with_parent: bool = False
    several: bool = False
    not_before: str = ""
    no_notice: bool = False
    ends: str = ""
    then_no: bool = True


TITLE = _("Your choice about sharing")
LATE = _("A later answer counts too.")
"""What an answer does that comes after the day to reply by."""
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


def questions_of(form: SharingForm, *, easy: bool = False, say: Say = as_it_is) -> tuple[SharingQuestion, SharingQuestion]:
    """The two questions, as the form shows them; ``say`` says each sentence in another language, which has no easy words."""
    youth, colleges = (_easy_youth(form), _easy_colleges(form)) if easy else (_youth_words(form, say), _college_words(form, say))
    youth_boxes, college_boxes = (
        (_easy_boxes_youth(form), _easy_boxes_colleges(form)) if easy else (_boxes_youth(form, say), _boxes_colleges(form, say))
    )
    return (
        SharingQuestion(YOUTH, say(_("1. The youth support service")), youth, youth_boxes, _silence(form, YOUTH, say)),
        SharingQuestion(COLLEGES, say(_("2. Colleges and training providers")), colleges, college_boxes, _silence(form, COLLEGES, say)),
    )


def _silence(form: SharingForm, key: str, say: Say) -> str:
    """What no answer to one question does, by the box that does the same; what was said before stands until it is said anew."""
    is_yes = key in form.silent_yes
    until = say(_("until you say no")) if form.pupil_asked else say(_("until a parent says no"))
    if key in form.settled:
        words = _("it stays as it is now: no, as settled on {day}. To change that, both parents tell us together.")
        return say(words).format(day=form.settled[key])
    if key in form.already_said:
        if is_yes:
            return say(_("it stays as it is now: yes, {until}.")).format(until=until)
        return (
            say(_("it stays as it is now: no, as you said before."))
            if form.pupil_asked
            else say(_("it stays as it is now: no, until each parent who said no says yes."))
        )
    if is_yes and key == YOUTH and form.no_notice:
        return say(
            _("it counts as no now, as no parent has been given our privacy notice; from the day when one is, it counts as yes, {until}.")
        ).format(until=until)
    if is_yes and key == YOUTH and form.not_before:
        return say(_("it counts as yes from then, {until}.")).format(until=until)
    if not is_yes:
        return say(_("it counts as no, unless another parent says yes.")) if form.several else say(_("it counts as no."))
    return say(_("it counts as yes, as now, {until}.")).format(until=until)


def story(form: SharingForm, *, easy: bool = False, say: Say = as_it_is) -> list[Block]:
    """The form as blocks: about whom, two questions with what silence means, signature, whom to return it to. Its boxes bear «question/answer» as their keys.

    ``say`` says each sentence in another language, which has no easy words.
    """
    first = (
        _("This form is from {unit}. Read each question. Tick one box. Then sign. ")
        if easy
        else say(_("From {unit}."))
        if form.several
        else say(_("From {unit}, {day}. Tick a box for each question."))
    )
    change = _("You can change your mind. Just tell {whom}.") if easy else say(_("To change it, tell {whom}."))
    return [
        Heading(1, say(TITLE)),
        Para(
            [
                f"{first.format(unit=form.unit, day=form.printed_on).strip()} ",
                _signers(form, say),
                Run(say(_("Please reply by {day}.")).format(day=form.reply_by), bold=True),
                f" {say(form.late)}",
            ]
        ),
        FactList(_facts(form, say)),
        *(block for question in questions_of(form, easy=easy, say=say) for block in _question(form, question, easy=easy, say=say)),
        Para(say(_UNCLEAR)),
        *_signature(form),
        NoticeBox([Para([Run(f"{say(RETURN_TO)} ", bold=True), form.return_to])]),
        Para(linked(f"{_told_before(form, say)} {change.format(whom=form.whom_to_tell)}")),
    ]


@cache
def sentences() -> tuple[str, ...]:
    """Every sentence that a form in the usual words can say, each once: what there is to translate."""
    sentences_said: dict[str, None] = {}

    def say(words: str) -> str:
        sentences_said[words] = None
        return words

    both = frozenset({YOUTH, COLLEGES})
    for pupil_asked, silent, already, several, unheard, waits, with_parent in product((False, True), repeat=7):
        form = SharingForm(
            unit="", pupil="", pupil_born="", forename="", pupil_asked=pupil_asked, parents=("", ""), youth_service="", return_to="", printed_on="",
            reply_by="", late=LATE, whom_to_tell="", everything=dict.fromkeys(both, ()), never=("-",), silent_yes=both if silent else frozenset(),
            already_said=both if already else frozenset(), settled=dict.fromkeys(both, "-") if already and several else {}, with_parent=with_parent, several=several, not_before="-" if waits else "",
            no_notice=unheard, ends="", then_no=with_parent,
        )  # fmt: skip
        story(form, say=say)
    return tuple(sentences_said)


def _signers(form: SharingForm, say: Say) -> str:
    """Of two parents the no counts (``domain.sharing.sharing.most_protective``)."""
    return f"{say(_('One parent signs. If parents differ, no counts.'))} " if form.several else ""


_UNCLEAR = _("None or both ticked, or an unsigned yes: as if you had not answered there, and we ask you. An unsigned no counts.")
"""What holds of each question where an answer cannot be kept: a form is kept only with an answer and with who gave it."""


def _told_before(form: SharingForm, say: Say) -> str:
    """How long an answer holds, and how far back it reaches: no telling is undone."""
    if form.pupil_asked:
        until = say(_("Your answer holds until you change it."))
    elif form.then_no:
        until = say(
            _(
                "Your answer holds until you change it, and ends on {day}: from 16 your child chooses, and until your child says yes it is no."
            )
        ).format(day=form.ends)
    else:
        until = say(_("Your answer holds until you change it, and ends on {day}: from 16 your child chooses.")).format(day=form.ends)
    return f"{until} {say(_('After a no we tell only what that box says; what was told before stays told.'))}"


def _question(form: SharingForm, question: SharingQuestion, *, easy: bool, say: Say) -> list[Block]:
    boxes = [TickRow(words, key=f"{question.key}/{key}") for key, words in question.boxes]
    silence = Keep([Para([Run(f"{say(SILENCE)} ", bold=True), question.silence])])
    first, never = say(_("Everything is:")), ""
    if question.key == YOUTH:
        first, never = say(_("Everything is what No allows, and:")), _told_together(form.never, say)
    not_told: list[str | Run] = [Run(f" {say(_('Not even after Yes:'))} ", bold=True), Run(f"{never}.", is_apart=True)] if never else []
    everything = Run(f"{_told_together(form.everything[question.key], say)}.", is_apart=True)
    below: Text = [Run(f"{first} ", bold=True), everything, *not_told]
    return [Heading(2, question.heading), Para(question.words), *boxes, silence, *([] if easy else [Keep([Para(below, style="small")])])]


def _told_together(words: Sequence[str], say: Say) -> str:
    return said_together([say(part) for part in words], say)


def _boxes_youth(form: SharingForm, say: Say) -> Sequence[tuple[str, Text]]:
    yes = say(_("**Yes:** tell it everything that is listed below."))
    no = say(_("**No:** tell it **only** {least}.")).format(least=_minimum_words(form, say))
    return ((ALLOW, runs_in_bold(yes)), (RESTRICT, runs_in_bold(no)))


def _easy_boxes_youth(form: SharingForm) -> Sequence[tuple[str, Text]]:
    no: Text = [_("No. Tell it "), Run(_("only"), bold=True), " ", _minimum_words(form, as_it_is), "."]
    return ((ALLOW, _("Yes. You can tell it more.")), (RESTRICT, no))


def _boxes_colleges(form: SharingForm, say: Say) -> Sequence[tuple[str, Text]]:
    yes = say(_("**Yes:** tell them everything that is listed below."))
    no = (
        say(_("**No:** tell them nothing. I can still apply."))
        if form.pupil_asked
        else say(_("**No:** tell them nothing. My child can still apply."))
    )
    return ((ALLOW, runs_in_bold(yes)), (RESTRICT, runs_in_bold(no)))


def _easy_boxes_colleges(form: SharingForm) -> Sequence[tuple[str, Text]]:
    no = _("No. Tell colleges nothing. {who} can still ask for a place.").format(who=_("I") if form.pupil_asked else _("My child"))
    return ((ALLOW, _("Yes. You can tell the college.")), (RESTRICT, no))


def _easy_youth(form: SharingForm) -> str:
    person = _("you") if form.pupil_asked else _("your child")
    words = _("{service} helps young people learn and find work. The law lets it ask us about {whom}. Can we tell it more than {least}?")
    before = _(" We tell it nothing before {day}.").format(day=form.not_before) if form.not_before else ""
    return words.format(service=form.youth_service, whom=person, least=_minimum_words(form, as_it_is)) + before


def _easy_colleges(form: SharingForm) -> str:
    if form.pupil_asked:
        return _("You may ask a college for a place. Can we tell the college about you, to help?")
    return _("Your child may ask a college for a place. Can we tell the college about your child, to help?")


def _facts(form: SharingForm, say: Say) -> Sequence[tuple[str, Text]]:
    facts: list[tuple[str, Text]] = [
        (say(_("Pupil")), filled_apart(say(_("{name}, born {day}")), {"name": form.pupil, "day": form.pupil_born}, {}))
    ]
    if not form.pupil_asked:
        facts.append((say(_("Parent or carer")), said_together(form.parents, say)))
    return facts


def _minimum_words(form: SharingForm, say: Say) -> str:
    if not form.with_parent:
        return say(_("your name, address and date of birth")) if form.pupil_asked else say(_("the child’s name, address and date of birth"))
    if form.pupil_asked:
        return say(_("your name, address, date of birth, and a parent’s name and address"))
    return say(_("name, address, date of birth, and a parent’s name and address"))  # on one line: the whole form is one side


def _youth_words(form: SharingForm, say: Say) -> str:
    if form.pupil_asked:
        words = say(_("{service} helps young people into learning and work. From 16, you choose what it is told about you."))
    elif form.not_before:
        words = say(
            _(
                "{service} helps young people into learning and work. We tell it nothing before {day}: from 13, the law lets it ask us. At 16 your child chooses."
            )
        )
    else:
        words = say(_("{service} helps young people into learning and work. From 13, the law lets it ask us. At 16 your child chooses."))
    return words.format(service=form.youth_service, day=form.not_before)


def _college_words(form: SharingForm, say: Say) -> str:
    if form.pupil_asked:
        return say(_("When you apply to one, may we tell it about you?"))
    return say(_("If your child applies to one before 16, may we tell it about your child?"))


def _signature(form: SharingForm) -> list[Block]:
    if form.pupil_asked:
        return signature(form.forename)
    return [Keep(signature(parent=_("Signature of a parent or carer (not needed for a no)")))]
