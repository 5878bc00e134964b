"""One letter by a template for each household of the pupils chosen; whoever cannot get one is named, with the reason."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import read_date, show_date
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.blocks import texts_of
from pupil_desk.documents.papers import letters as layout
from pupil_desk.documents.papers.envelope import REFERENCE, Envelope
from pupil_desk.documents.prose import Say, as_it_is, said_together
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.notices.addressees import ENGLISH, Letter
from pupil_desk.domain.papers.letter import ASK, IMPROVEMENT_END, QUESTIONS, SIGNATURE, LetterSent, LetterTemplate, asked_by, fields_of
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.register.absence_steps import check_improvement_end
from pupil_desk.domain.register.attendance import Totals
from pupil_desk.domain.register.penalty import Missed
from pupil_desk.domain.translations.translation import PaperTranslation
from pupil_desk.services import households as printable
from pupil_desk.services.desk import Desk, Progress, unwatched
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.households import Audience, HouseholdPaper, LeftOut, households
from pupil_desk.services.letters import letter_templates
from pupil_desk.services.letters.letter_phrases import ON_DAYS, ON_ONE_DAY, SESSION, SESSIONS, phrases_of
from pupil_desk.services.letters.progress_reports import term_on
from pupil_desk.services.register import absence_steps
from pupil_desk.services.register.without_leave import missed_of
from pupil_desk.services.roles import Action
from pupil_desk.services.translations.fixed_papers import PaperWords
from pupil_desk.services.translations.papers import letter_in, of_letter
from pupil_desk.services.translations.translations import TranslationsOfPaper, lang_of, why_in_english
from pupil_desk.services.unit import calendars
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import enrolments
from pupil_desk.store.tables import letters as store


@dataclass(frozen=True, slots=True)
class Merge:
    """The letters made, how many of them go to an address that must be withheld, and who gets none.

    ``lacks`` are fields of which the unit's settings say nothing yet: while there is one, no letter is made. ``untranslated`` are languages that
    households would like, and into which there is no translation that may be given; ``in_english`` are households that get English alone since
    those in it would like different languages, or of one none is entered. ``improvement_end`` is the last day of the improvement period that they give.
    """

    template: LetterTemplate
    papers: tuple[HouseholdPaper, ...]
    kept_back: int
    left_out: tuple[LeftOut, ...]
    lacks: tuple[str, ...] = ()
    untranslated: tuple[str, ...] = ()
    in_english: tuple[LeftOut, ...] = ()
    improvement_end: date | None = None

    @property
    def languages(self) -> Counter[str]:
        """In how many of the letters there is a translation, by language."""
        return Counter(paper.language for paper in self.papers if paper.translated)


def merge(
    desk: Desk,
    ids: Collection[str],
    template: LetterTemplate,
    addressing: Audience = Audience.FAMILIES,
    *,
    answers: Mapping[str, str] | None = None,
    withheld: bool = False,
    progress: Progress = unwatched,
) -> Merge:
    """The letters to these pupils' households. ``answers`` are what the template asks for, by its words. Logged by ``record_printed``.

    ``withheld`` makes those to addresses that must be kept from someone, too. ``progress`` may raise to stop.
    """
    desk.require(Action.PRINT_FORM)
    household_letters = households(desk, ids, addressing, withheld=withheld)
    fill = _Filler(desk, template, ids, answers or {})
    if lacks := fill.lacks():
        return Merge(template, (), 0, household_letters.left_out, lacks)
    to_pupil, translations = letter_templates.to_pupil(template), TranslationsOfPaper(desk, of_letter(template))
    papers: list[HouseholdPaper] = []
    untranslated: dict[str, None] = {}
    in_english: list[LeftOut] = []
    kept_back, left_out = 0, list(household_letters.left_out)
    for number, letter in enumerate(household_letters.letters):
        progress(number, len(household_letters.letters), _("Making the letters"))
        filling, words = fill(letter), template if letter.contacts else to_pupil
        if lacking := _lacking(letter, words, filling):
            left_out.append(lacking)
            continue
        translation = translations.into(letter.language)
        paper = _paper(desk, words, letter, filling, len(papers) + 1)
        if translation is not None:
            paper = _translated(desk, paper, template, fill, translation)
        if unprintable := printable.left_out(letter, texts_of((*paper.translated, *paper.story))):
            left_out.append(unprintable)
            continue
        papers.append(paper)
        if translation is None and letter.language not in ("", ENGLISH):
            untranslated[letter.language] = None
        if len(letter.languages) > 1 and (reason := why_in_english(letter.languages)):
            in_english.append(LeftOut(letter.pupil, letter.addressee, reason))
        kept_back += letter in household_letters.kept_back
    letters = Merge(template, tuple(papers), kept_back, tuple(left_out), improvement_end=fill.improvement_end)
    return dataclasses.replace(letters, untranslated=tuple(untranslated), in_english=tuple(in_english))


def unanswered(template: LetterTemplate, answers: Mapping[str, str]) -> list[str]:
    """What the template asks for and nobody has answered yet."""
    return [question for question in asked_by(template) if not answers.get(question, "").strip()]


def why_not(desk: Desk, template: LetterTemplate, answers: Mapping[str, str]) -> str:
    """What is wrong with the end of the improvement period that was typed, in a sentence; empty where nothing is or the letter asks for none."""
    if IMPROVEMENT_END not in fields_of(template):
        return ""
    until = _day_typed(answers.get(QUESTIONS[IMPROVEMENT_END], ""))
    if until is None:
        return _("Enter the last day of the improvement period as a date, such as 8 January 2027.")
    return next((problem.message for problem in check_improvement_end(until, desk.today) if problem.stops), "")


def _day_typed(words: str) -> date | None:
    try:
        return read_date(words)
    except ValueError:
        return None


def _lacking(letter: Letter, template: LetterTemplate, filling: Mapping[str, str]) -> LeftOut | None:
    """Why somebody gets none of these letters; None where nothing is against it."""
    if not letter.contacts and IMPROVEMENT_END in filling:
        return LeftOut(letter.pupil, letter.addressee, _("a notice to improve goes to parents, whom the law asks for attendance"))
    empty = [f"“{field.removeprefix(ASK)}”" for field in fields_of(template) if not filling[field]]
    reason = _("nothing is on file for {fields}").format(fields=join_words(empty))
    return LeftOut(letter.pupil, letter.addressee, reason, part="details") if empty else None


def _paper(desk: Desk, template: LetterTemplate, letter: Letter, filling: Mapping[str, str], number: int) -> HouseholdPaper:
    envelope = Envelope.of(letter, desk.settings, desk.today)
    story = layout.template_letter(template.subject, template.body, filling, envelope)
    return HouseholdPaper(letter, story, template.name, f"letter-{letter.pupil.ref}-{number}")


def _translated(
    desk: Desk, paper: HouseholdPaper, template: LetterTemplate, fill: "_Filler", translation: PaperTranslation
) -> HouseholdPaper:
    """The letter with its translation before it."""
    say, envelope = PaperWords(phrases_of(template), translation).say, Envelope.of(paper.letter, desk.settings, desk.today)
    in_other_words, filling = letter_in(template, translation.words), fill(paper.letter, say)
    translated = layout.template_letter(
        in_other_words.subject, in_other_words.body, filling, envelope, head=say(REFERENCE), is_translation=True
    )
    return dataclasses.replace(
        paper, language=translation.language, translated=translated, translation=translation.id, lang=lang_of(translation)
    )


def record_printed(desk: Desk, merged: Merge) -> Changed:
    """Record which letters went to the printer, of which edition, for whom, and what they tell: a row a person, a row of the log a pupil.

    A notice to improve is a step about absence in the same act, with the end of its period.
    """
    is_notice = IMPROVEMENT_END in fields_of(merged.template)
    to_pupil = letter_templates.to_pupil(merged.template)
    editions = [(merged.template if paper.letter.contacts else to_pupil, paper) for paper in merged.papers]
    letters_sent = [letter_sent for edition, paper in editions for letter_sent in _letters_sent(paper, edition, desk.today)]
    logged_words = _logged_words(merged)
    ids = tuple(dict.fromkeys(paper.letter.pupil.id for paper in merged.papers))
    if not ids:
        return Changed.of()
    with desk.act(Action.PRINT_FORM, "pupil", ids[0], logged_words[ids[0]]) as work:
        for edition, papers in grouped(editions).items():
            letter_templates.keep_edition(work, edition)
            on_paper.keep(work, on_paper.letter(edition.name, items_told(fields_of(edition))), [paper.letter for paper in papers])
        store.add_sent(desk.vault, letters_sent, moment=work.stamp, actor=work.actor)
        for pupil_id in ids[1:]:
            work.note(Action.PRINT_FORM, "pupil", pupil_id, logged_words[pupil_id])
        if is_notice:
            absence_steps.keep_notices(work, ids, merged.improvement_end, _("Letter: {name}").format(name=merged.template.name))
    return Changed.of("letter", *(("absence_step",) if is_notice else ()), ids=ids)


def _logged_words(merged: Merge) -> dict[str, str]:
    """What the log says of each pupil's letters: also in which languages they went beside the English."""
    languages = grouped((paper.letter.pupil.id, paper.language) for paper in merged.papers)
    return {pupil_id: on_paper.in_languages("letter", pupil_languages) for pupil_id, pupil_languages in languages.items()}


def _letters_sent(paper: HouseholdPaper, template: LetterTemplate, day: date) -> Iterator[LetterSent]:
    letter = paper.letter
    people: list[tuple[str | None, str]] = [(contact.id, contact.full_name) for contact in letter.contacts]
    for contact_id, name in people or [(None, letter.pupil.legal_name)]:
        yield LetterSent(
            id=new_id(),
            pupil_id=letter.pupil.id,
            template_edition=template.id,
            contact_id=contact_id,
            language=paper.language,
            translation=paper.translation,
            letter=template.name,
            sent_to=name,
            on=day,
        )


class _Filler:
    """Fills the fields of a template for one letter after another: what concerns all pupils is read once, and only if it is used."""

    def __init__(self, desk: Desk, template: LetterTemplate, ids: Collection[str], answers: Mapping[str, str]) -> None:
        self._desk, self._fields = desk, fields_of(template)
        self._unit = desk.settings
        self._answers = {ASK + question: " ".join(words.split()) for question, words in answers.items()}
        field_names = set(self._fields)
        self._stays = enrolments.by_pupil(desk.vault) if field_names & {"first day", "last day", "review day"} else {}
        self._missed = missed_of(desk, ids, desk.today) if field_names & _OF_MISSED else {}
        typed_end = self._answers.get(ASK + QUESTIONS[IMPROVEMENT_END], "")
        self.improvement_end = _day_typed(typed_end) if IMPROVEMENT_END in field_names else None
        if IMPROVEMENT_END in field_names:
            self._answers[IMPROVEMENT_END] = show_date(self.improvement_end) if self.improvement_end else typed_end
        self._totals = _totals(desk) if field_names & {"attendance this term", "sessions missed this term"} else {}

    def __call__(self, letter: Letter, say: Say = as_it_is) -> dict[str, str]:
        """What stands for each field; ``say`` says what is words of ours in another language."""
        return {field: self._words(field, letter, say) for field in self._fields}

    def lacks(self) -> tuple[str, ...]:
        """The template's fields of the unit of which its settings say nothing."""
        return tuple(field for field in self._fields if field in SETTING_OF and not self._of_unit(field))

    def _words(self, field: str, letter: Letter, say: Say) -> str:
        if field in QUESTIONS or field.startswith(ASK):
            return self._answers.get(field, "")
        return _OF_LETTER[field](letter, say) if field in _OF_LETTER else self._of_unit(field) or self._of_record(field, letter, say)

    def _of_unit(self, field: str) -> str:
        unit = self._unit
        return {
            "unit name": unit.name,
            "unit telephone": unit.phone or "",
            "unit e-mail": unit.email or "",
            "head": unit.head or "",
            "today": show_date(self._desk.today),
            SIGNATURE: " ",
        }.get(field, "")

    def _of_record(self, field: str, letter: Letter, say: Say) -> str:
        totals = self._totals.get(letter.pupil.id, Totals())
        if field == "attendance this term":
            return "" if totals.attendance_pct is None else _("{percent} %").format(percent=totals.attendance_pct)
        if field == "sessions missed this term":
            return str(totals.absent) if totals.possible else ""
        if field in _OF_MISSED:
            missed = self._missed.get(letter.pupil.id)
            return _missed_words(field, missed, say) if missed else ""
        stay = _stay(self._stays.get(letter.pupil.id, []), self._desk.today)
        day = {"first day": stay.start_date, "last day": stay.end_date, "review day": stay.review_day}.get(field) if stay else None
        return show_date(day) if day else ""


def _missed_words(field: str, missed: Missed, say: Say) -> str:
    if field == "sessions without leave":
        return say(SESSION if missed.sessions == 1 else SESSIONS).format(number=f"{missed.sessions:,}")
    if field == "days without leave":
        return say(ON_ONE_DAY if missed.first == missed.last else ON_DAYS).format(
            first=show_date(missed.first), last=show_date(missed.last)
        )
    return show_date(missed.first if field == "without leave from" else missed.last)


def _totals(desk: Desk) -> Mapping[str, Totals]:
    from pupil_desk.services.register.totals import counts

    term = term_on(calendars.terms(desk), desk.today)
    return counts(desk, term.since, min(term.until, desk.today)) if term else {}


def _stay(stays: list[Enrolment], day: date) -> Enrolment | None:
    """The stay that a letter speaks of: the one that goes on or is to come, else the last."""
    going = [stay for stay in stays if stay.end_date is None or stay.end_date >= day]
    return max(going or stays, key=lambda stay: stay.start_date or date.min, default=None)


def _salutation(letter: Letter, say: Say) -> str:
    if not letter.contacts:
        return letter.pupil.preferred_forename or letter.pupil.forename
    return said_together([f"{contact.title} {contact.surname}" if contact.title else contact.full_name for contact in letter.contacts], say)


def _year_group(code: str | None, say: Say) -> str:
    year_groups = codelist("year_group")
    return say(year_groups.label_of(code)) if code in year_groups.codes else code or ""


def items_told(fields: Iterable[str]) -> list[str]:
    """The items that fields of a letter tell of a pupil, beside the name, each once."""
    return list(dict.fromkeys(item for field in fields for item in _TELLS.get(field, ())))


_OF_MISSED = frozenset({"sessions without leave", "days without leave", "without leave from", "without leave to"})
_TELLS: Mapping[str, tuple[str, ...]] = {
    "date of birth": ("pupil.dob",),
    "year group": ("pupil.year_group",),
    "attendance this term": ("mark.code",),
    "sessions missed this term": ("mark.code",),
    **dict.fromkeys(sorted(_OF_MISSED), ("mark.code", "mark.day")),
    "first day": ("enrolment.start_date",),
    "last day": ("enrolment.end_date",),
    "review day": ("enrolment.review_day",),
}
"""The items of the catalogue that a field of a letter tells, beside the pupil's name, which every letter does."""
SETTING_OF: Mapping[str, str] = {"unit name": "name", "unit telephone": "phone", "unit e-mail": "email", "head": "head"}
"""The setting from which a field of the unit is filled."""
_OF_LETTER: Mapping[str, Callable[[Letter, Say], str]] = {
    "forename": lambda letter, _say: letter.pupil.preferred_forename or letter.pupil.forename,
    "full name": lambda letter, _say: letter.pupil.full_name,
    "date of birth": lambda letter, _say: show_date(letter.pupil.dob),
    "year group": lambda letter, say: _year_group(letter.pupil.year_group, say),
    "reference": lambda letter, _say: letter.pupil.ref,
    "salutation": _salutation,
    "parent name": lambda letter, say: said_together(letter.people, say) if letter.contacts else "",
}
