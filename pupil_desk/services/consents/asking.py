"""The forms that ask for consents: whom each asks, and what stands on it. A paper for families, of a type as it was worded that day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import consent_form
from pupil_desk.documents.papers.consent_form import ConsentBox, ConsentForm, ConsentQuestion, OnTheTrip
from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.consents.consent import ASKED, OF_MEDICINE, OF_OCCASION, REQUEST, ConsentType, Occasion, fill_places
from pupil_desk.domain.consents.rule import judged_on, own_no_counts_from, pupil_decides
from pupil_desk.domain.notices.addressees import ENGLISH, Letter
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import PUPIL
from pupil_desk.domain.translations.translation import PaperTranslation
from pupil_desk.services.consents import form_words, occasions, recording, standings, types, wrong_medicines
from pupil_desk.services.consents.form_parts import NO, ONE, ConsentFormQuestion, box_words, intro_words, lead_words, questions_of
from pupil_desk.services.consents.form_words import FormFacts
from pupil_desk.services.consents.leaf import leaf_in
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.consents.standings import PupilConsent
from pupil_desk.services.consents.trip_papers import TRIP, items_told, on_the_trip
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.households import Audience, LeftOut, households
from pupil_desk.services.paper_forms import kind
from pupil_desk.services.roles import Action
from pupil_desk.services.translations.given import languages_of
from pupil_desk.services.translations.papers import of_consent
from pupil_desk.services.translations.translations import TranslationsOfPaper, lang_of, why_in_english
from pupil_desk.services.unit import calendars

OBJECTION = "own"
_BETWEEN = "/"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a form is about: a type, and one occasion where it is asked occasion by occasion."""

    type: ConsentType
    occasion: Occasion | None = None

    @property
    def key(self) -> str:
        """What names it: «photographs», «trip/…»."""
        return f"{self.type.consent_type}{_BETWEEN}{self.occasion.occasion_id}" if self.occasion else self.type.consent_type

    @property
    def is_trip(self) -> bool:
        """Whether it is one trip, on which health and telephone numbers go along."""
        return self.occasion is not None and self.type.consent_type == TRIP

    @property
    def words(self) -> str:
        """What it is about, in words."""
        if self.occasion is None:
            return self.type.name
        days = self.occasion.days
        return f"{self.occasion.name}, {days}" if days else self.occasion.name


@dataclass(frozen=True, slots=True)
class ConsentPaper:
    """One form: for whom, what is asked, the story, and which items it tells beside names and the question.

    ``leaf`` says the same in the ``language`` of the household, where there is a ``translation`` that may be given; ``lang`` is its code with the script;
    ``in_english_because`` why there is none though one is wished (``FormToPrint``).
    """

    letter: Letter
    subject: Subject
    questions: tuple[ConsentFormQuestion, ...]
    story: Sequence[Block]
    title: str
    file_stem: str
    disclosed_items: tuple[str, ...] = ()
    language: str = ENGLISH
    leaf: Sequence[Block] = ()
    translation: str | None = None
    lang: str = ""
    in_english_because: str = ""


def subjects(desk: Desk) -> dict[str, Subject]:
    """What can be asked about, by key: every type in use, and every occasion that is still to come."""
    coming = [occasion for occasion in occasions.occasions(desk) if not occasion.over(desk.today)]
    subjects_by_key = {}
    for consent_type in types.types(desk):
        its_occasions = [occasion for occasion in coming if occasion.consent_type == consent_type.consent_type]
        for occasion in its_occasions if consent_type.per == OF_OCCASION else (None,):
            subject = Subject(consent_type, occasion)
            subjects_by_key[subject.key] = subject
    return subjects_by_key


def subject_of(desk: Desk, key: str) -> Subject:
    """The subject of that key, whether or not it is still to come. Raises WrongUse."""
    type_key, _between, occasion_id = key.partition(_BETWEEN)
    return Subject(types.type_named(desk, type_key), occasions.occasion(desk, occasion_id) if occasion_id else None)


def stands_of(desk: Desk, subject: Subject, day: date | None = None) -> list[PupilConsent]:
    """How it stands of everyone whom it concerns, by name."""
    if subject.occasion is not None:
        return standings.of_occasion(desk, subject.occasion.occasion_id)
    return standings.of_type(desk, subject.type.consent_type, day)


def unanswered(desk: Desk, subject: Subject, day: date | None = None) -> list[Pupil]:
    """The pupils of whom somebody has still to speak, by name; nobody for a request, which nobody is asked for."""
    rows = stands_of(desk, subject, day)
    if subject.type.basis == REQUEST:
        return []
    return list({row.pupil.id: row.pupil for row in rows if row.verdict.missing}.values())


def papers(desk: Desk, subject: Subject, pupils: Collection[Pupil], *, easy: bool = False) -> tuple[list[ConsentPaper], list[LeftOut]]:
    """The forms for these pupils, one a household that is to be asked and one for the pupil where the pupil's word is needed; and who gets none.

    Of an occasion nobody is asked who is not on its list. A contact under an order gets none. No address stands on a form, so that one that
    must be withheld keeps nobody from theirs. Raises NotAllowed.
    """
    desk.require(Action.PRINT_FORM)
    household_letters = households(desk, [pupil.id for pupil in pupils], Audience.FAMILIES, withheld=True)
    letters = grouped((letter.pupil.id, letter) for letter in household_letters.letters)
    forms: list[ConsentPaper] = []
    left_out: list[LeftOut] = []
    translations = TranslationsOfPaper(desk, of_consent(subject.type))
    on_list = {pupil.id for pupil in occasions.pupils_listed(desk, subject.occasion.occasion_id)} if subject.occasion else None
    for pupil in pupils:
        if on_list is not None and pupil.id not in on_list:
            left_out.append(LeftOut(pupil, "", _("is not on the list of {occasion}").format(occasion=subject.words)))
            continue
        medicines = _unagreed(desk, pupil) if subject.type.per == OF_MEDICINE else []
        if subject.type.per == OF_MEDICINE and not medicines:
            left_out.append(LeftOut(pupil, "", _("has no medicine that is still to be agreed to")))
            continue
        case = standings.case_of(desk, pupil.id, subject.type, subject.occasion)
        decides_alone = pupil_decides(subject.type, case, judged_on(desk.today, subject.occasion))
        letters_to_ask = [] if decides_alone or subject.type.parents == "none" else letters.get(pupil.id, [])
        if decides_alone or subject.type.pupil_too or subject.type.parents == "none":
            letters_to_ask = [*letters_to_ask, Letter(pupil=pupil, contacts=(), address=pupil.address_lines)]
        for number, letter in enumerate(letters_to_ask, start=1):
            paper = _paper(desk, subject, letter, medicines, number, easy=easy)
            languages = languages_of(letter)
            translation = translations.into(languages[0]) if len(languages) == 1 else None
            if translation is None:
                forms.append(replace(paper, in_english_because=why_in_english(letter.languages)))
            else:
                forms.append(_with_leaf(desk, paper, translation, medicines, easy=easy))
        if not decides_alone:
            left_out += [left for left in household_letters.left_out if left.pupil.id == pupil.id]
    return forms, left_out


def _unagreed(desk: Desk, pupil: Pupil) -> list[Medicine]:
    rows = standings.of_pupil(desk, pupil.id)
    return [row.medicine for row in rows if row.medicine is not None and not row.verdict.in_force]


def _paper(desk: Desk, subject: Subject, letter: Letter, medicines: Sequence[Medicine], number: int, *, easy: bool) -> ConsentPaper:
    consent_type, pupil = subject.type, letter.pupil
    form_facts = _form_facts(desk, subject, letter, easy=easy)
    places = _places(desk, subject, form_facts, pupil)
    yes, no = (fill_places(words, places) for words in box_words(consent_type, to_pupil=form_facts.to_pupil, easy=easy))
    questions = questions_of(consent_type, medicines, yes, no)
    wrong = wrong_medicines.boxes(desk, letter) if subject.is_trip else ()
    heads = tuple(map(_head, (no, yes) if consent_type.basis == REQUEST else (yes, no))) if consent_type.use_list else ()
    may_object = not form_facts.to_pupil and form_words.may_object(consent_type, form_facts.case, desk.today)
    objection = _objection(form_facts, easy=easy) if may_object else None
    form = _form(
        desk,
        subject,
        letter,
        form_facts,
        places,
        asks=[_paper_question(question, heads) for question in questions],
        objection=_paper_question(objection) if objection else None,
        medicines=len(medicines),
        trip=on_the_trip(desk, letter, form_facts.forename, wrong) if subject.is_trip else None,
    )
    all_questions = (
        *(replace(question, words=f"{form.lead} {question.words}".strip()) for question in questions),
        *([objection] if objection else ()),
        *(
            ConsentFormQuestion(box.question, wrong_medicines.ASKS, ((wrong_medicines.WRONG, box.words),), wrong_medicines.HINT)
            for box in wrong
        ),
    )
    stem = f"{consent_type.consent_type if consent_type.consent_type in types.shipped() else 'consent'}-{pupil.ref}-{number}"
    disclosed_items = items_told(desk, letter) if subject.is_trip else ()
    return ConsentPaper(
        letter, subject, all_questions, consent_form.story(form), form.title, file_stem=stem, disclosed_items=disclosed_items
    )


def _form_facts(desk: Desk, subject: Subject, letter: Letter, *, easy: bool) -> FormFacts:
    case = standings.case_of(desk, letter.pupil.id, subject.type, subject.occasion)
    forename = letter.pupil.preferred_forename or letter.pupil.forename
    people_asked = tuple((contact.id, contact.full_name) for contact in letter.contacts)
    return FormFacts(subject.type, case, desk.today, forename, not letter.contacts, people_asked=people_asked, easy=easy)


def _with_leaf(
    desk: Desk, paper: ConsentPaper, translation: PaperTranslation, medicines: Sequence[Medicine], *, easy: bool
) -> ConsentPaper:
    """The paper with the words of its type in the language of the household beside it."""
    subject, letter = paper.subject, paper.letter
    form_facts = _form_facts(desk, subject, letter, easy=easy)
    places = {
        **_places(desk, subject, form_facts, letter.pupil),
        "day": show_date(_reply_by(desk, subject)),
        "reach": ", ".join(filter(None, (desk.settings.name, desk.settings.phone, desk.settings.email))),
    }
    has_own_box = any(question.key == OBJECTION for question in paper.questions)
    leaf = leaf_in(subject.type, translation.words, places, medicines, to_pupil=form_facts.to_pupil, easy=easy, has_own_box=has_own_box)
    return replace(paper, language=translation.language, leaf=leaf, translation=translation.id, lang=lang_of(translation))


def _form(
    desk: Desk,
    subject: Subject,
    letter: Letter,
    form_facts: FormFacts,
    places: Mapping[str, str],
    *,
    asks: Sequence[ConsentQuestion],
    objection: ConsentQuestion | None,
    medicines: int,
    trip: OnTheTrip | None,
) -> ConsentForm:
    """What stands on the paper; of words that a type has in several forms, those for who signs and for how they read."""
    consent_type, to_pupil, easy = subject.type, form_facts.to_pupil, form_facts.easy

    def fill(*words: str | None) -> str:
        return fill_places(next((text for text in words if text), ""), places)

    return ConsentForm(
        title=fill(consent_type.title),
        unit=desk.settings.name,
        pupil=letter.pupil.legal_name,
        pupil_born=show_date(letter.pupil.dob),
        pupil_asked=to_pupil,
        asked_of=letter.addressee,
        printed_on=show_date(desk.today),
        reply_by=show_date(_reply_by(desk, subject)),
        late=kind.late(is_trip=subject.is_trip, until=subject.occasion.last_day if subject.occasion else None),
        signs=form_words.who_signs(form_facts),
        intro=fill(intro_words(consent_type, to_pupil=to_pupil, easy=easy)),
        lead=fill(lead_words(consent_type, to_pupil=to_pupil, easy=easy)),
        asks=asks,
        objection=objection,
        silence=form_words.silence(form_facts),
        unclear=form_words.unclear(form_facts, medicines=medicines or 1),
        alternative=fill(consent_type.own_alternative if to_pupil else None, consent_type.alternative),
        request=consent_type.basis == REQUEST,
        lasts=form_words.how_long(form_facts),
        withdrawal=" ".join(filter(None, (form_words.in_what_way(consent_type), fill(consent_type.withdrawal)))),
        whom_to_tell=kind.whom_to_tell(desk) + ("" if consent_type.written else _(", by word or in writing")),
        return_to=kind.return_to(desk),
        easy=easy,
        medicines=bool(medicines),
        forename=form_facts.forename,
        trip=trip,
    )


def _reply_by(desk: Desk, subject: Subject) -> date:
    """The day to answer by: the occasion's own; else the unit's usual one, but no later than the day before an occasion. A school day, not past."""
    occasion, usual = subject.occasion, kind.reply_by(desk)
    if occasion is None:
        return usual
    day = occasion.reply_by or (min(usual, occasion.start - timedelta(days=1)) if occasion.start else usual)
    return max(desk.today, calendars.school_calendar(desk.vault).school_day_or_weekday_until(day, desk.today))


def _places(desk: Desk, subject: Subject, form: FormFacts, pupil: Pupil) -> dict[str, str]:
    occasion, consent_type = subject.occasion, subject.type
    return {
        "forename": form.forename,
        "name": pupil.legal_name,
        "unit": desk.settings.name,
        "purpose": consent_type.purpose,
        "occasion": occasion.name if occasion else "",
        "days": occasion.days if occasion else "",
        "about": (occasion.about or "") if occasion else "",
        "opt_in": show_date(own_no_counts_from(consent_type, form.case)),
        "own_say": form_words.own_say(form),
    }


def _objection(form: FormFacts, *, easy: bool) -> ConsentFormQuestion:
    """The pupil's own no is asked after where it counts; it is ticked only where there is one. What it does is the rule's."""
    return ConsentFormQuestion(
        OBJECTION,
        _("For {name} alone to tick, or to leave empty").format(name=form.forename),
        ((NO, form_words.objection_words(form, easy=easy)),),
    )


def _head(words: str) -> str:
    """What heads the column of boxes whose sentences differ by their use alone: «Leave Amir out of …»."""
    return f"{words.partition('{use}')[0].rstrip()} …" if words.partition("{use}")[2] in (".", "") and "{use}" in words else words


def _paper_question(question: ConsentFormQuestion, heads: tuple[str, ...] = ()) -> ConsentQuestion:
    return ConsentQuestion(question.words, [ConsentBox(f"{question.key}{_BETWEEN}{key}", words) for key, words in question.boxes], heads)


def keep_asked(
    work: Work, subject: Subject, letter: Letter, questions: Collection[str], day: date, *, translation: str | None = None
) -> None:
    """Within a transaction: that everyone whom a form names was asked, of each medicine on it by itself; what is on file of that day stays as it is.

    The form is in English; ``translation`` is the version of its translation that went with it on a page.
    """
    medicines = [key for key in questions if key != OBJECTION] if subject.type.per == OF_MEDICINE else [None]
    for giver in [contact.id for contact in letter.contacts] or [PUPIL]:
        for medicine in medicines:
            entry = ConsentEntry(
                pupil_id=letter.pupil.id,
                consent_type=subject.type.consent_type,
                step=ASKED,
                giver=giver,
                day=day,
                channel="form",
                occasion_id=subject.occasion.occasion_id if subject.occasion else None,
                medicine_id=medicine,
                translation=translation,
            )
            checked = recording.ready(work.desk, entry)
            if not any(problem.stops for problem in checked.problems) and not recording.on_file(work.desk, checked):
                recording.keep(work, checked)


def use_of(key: str) -> str:
    """The use that a question of a form is about; empty for the one question of a type without uses."""
    return "" if key == ONE else key
