"""The translations of letters and forms: entered by the unit, given only once a named person has checked them, and only for the very
English that they were made of.

We translate nothing, and ship no translation of a letter or a form.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.documents.typography.fonts import signs_missing
from pupil_desk.domain.catalogue.validation import Problem, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.notices.addressees import ENGLISH
from pupil_desk.domain.translations.checking import is_checked, unsaid_of_checking
from pupil_desk.domain.translations.translation import (
    PaperLine,
    PaperTranslation,
    TranslationStanding,
    as_json,
    problems_of_lines,
    shortened_line,
    wording_digest,
)
from pupil_desk.services.desk import Desk
from pupil_desk.services.translations.papers import TranslatablePaper, paper_named
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import paper_translations as store

KIND = "paper-translation"


@dataclass(frozen=True, slots=True)
class TranslationEntry:
    """What is entered of a translation: what stands for each line by its key, who made it, and who checked it and when."""

    words: Mapping[str, str]
    translated_by: str = ""
    checked_by: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class StandingTranslation:
    """How the translation of a paper into one language stands; ``translation`` is its last version, ``kept_on`` and ``kept_by`` when and by whom."""

    paper: TranslatablePaper
    language: str
    standing: TranslationStanding
    translation: PaperTranslation | None = None
    kept_on: datetime | None = None
    kept_by: str = ""

    @property
    def proposed_words(self) -> dict[str, str]:
        """What stands for each line that is in English as it was when it was translated; the others are to be translated anew."""
        earlier_lines = self.translation.translated_lines if self.translation is not None else ()
        in_place = {(line.key, line.english): line.translation for line in earlier_lines}
        anywhere = {line.english: line.translation for line in earlier_lines}
        proposed = ((line.key, in_place.get((line.key, line.english)) or anywhere.get(line.english)) for line in self.paper.lines)
        return {key: translation for key, translation in proposed if translation}


def languages() -> dict[str, str]:
    """The languages of which there can be a translation, by code."""
    return {code: entry.label for code, entry in codelist("notice_language").codes.items() if code != ENGLISH}


def language_label(language: str) -> str:
    """A language in words."""
    return codelist("notice_language").label_of(language)


def standing_of(desk: Desk, paper: TranslatablePaper, language: str) -> StandingTranslation:
    """How the translation of a paper into a language stands today."""
    stored = _latest(store.of_paper(desk.vault, paper.key)).get((paper.key, language))
    standing = _standing(paper, stored, desk.today)
    if stored is None:
        return StandingTranslation(paper, language, standing)
    kept_row = next(row for row in store.made_by(desk.vault) if row["id"] == stored.id)
    return StandingTranslation(paper, language, standing, stored, kept_on=local_time(kept_row["at"]), kept_by=kept_row["by"])


def standings(desk: Desk, papers: Iterable[TranslatablePaper]) -> list[StandingTranslation]:
    """How every translation that there is of these papers stands, by paper and language."""
    latest = _latest(store.everything(desk.vault))
    papers_by_key = {paper.key: paper for paper in papers}
    return [
        StandingTranslation(papers_by_key[key], language, _standing(papers_by_key[key], translation, desk.today), translation)
        for (key, language), translation in latest.items()
        if key in papers_by_key
    ]


def _latest(translations: Iterable[PaperTranslation]) -> dict[tuple[str, str], PaperTranslation]:
    """The last version of each, without those that are used no longer."""
    latest = {(translation.paper, translation.language): translation for translation in translations}
    return {key: translation for key, translation in latest.items() if not translation.retired}


def _standing(paper: TranslatablePaper, translation: PaperTranslation | None, day: date) -> TranslationStanding:
    if translation is None:
        return TranslationStanding.NONE
    if translation.of_wording != wording_digest(paper.lines):
        return TranslationStanding.BEHIND
    return TranslationStanding.IN_USE if is_checked(translation.checked_on, day) else TranslationStanding.UNCHECKED


class TranslationsOfPaper:
    """The translations of one paper, read once for many households."""

    def __init__(self, desk: Desk, paper: TranslatablePaper) -> None:
        latest = _latest(store.of_paper(desk.vault, paper.key))
        self._in_use = {
            language: translation
            for (_paper, language), translation in latest.items()
            if _standing(paper, translation, desk.today) is TranslationStanding.IN_USE
        }

    def into(self, language: str) -> PaperTranslation | None:
        """The translation that is given to a household that would like this language; None for the English alone."""
        return self._in_use.get(language)


# -- entering


def problems(desk: Desk, paper: TranslatablePaper, language: str, entry: TranslationEntry) -> tuple[Problem, ...]:
    """What stands against keeping a translation: a line, a sign that no font of ours has, or who made and who checked it."""
    tidied = _tidied(entry)
    unprintable = [
        Problem(line.key, "unprintable", _unprintable(line, signs))
        for line in paper.lines
        if (signs := signs_missing([tidied.words.get(line.key, "")]))
    ]
    no_language = () if language in languages() else (Problem("language", "unknown", _("Choose a language from the list.")),)
    return (
        *no_language,
        *unsaid_of_checking(tidied.translated_by, tidied.checked_by, tidied.checked_on, desk.today),
        *problems_of_lines(paper.lines, tidied.words),
        *unprintable,
    )


def _unprintable(line: PaperLine, signs: str) -> str:
    words = _("No font here has these characters, so that the line for “{line}” cannot be printed: {signs}")
    return words.format(line=shortened_line(line.english), signs=signs)


def _tidied(entry: TranslationEntry) -> TranslationEntry:
    words = {key: tidy(text) for key, text in entry.words.items()}
    return TranslationEntry(words, tidy(entry.translated_by), tidy(entry.checked_by), entry.checked_on)


def keep(desk: Desk, key: str, language: str, entry: TranslationEntry) -> Changed:
    """Keep a translation of the words in use as a new version. Nothing is kept where nothing has changed. Raises Refused, WrongUse, NotAllowed."""
    paper = paper_named(desk, key)
    desk.require(paper.action)
    refuse(problems(desk, paper, language, entry))
    tidied = _tidied(entry)
    earlier = [translation for translation in store.of_paper(desk.vault, key) if translation.language == language]
    translation = PaperTranslation(
        id=new_id(),
        paper=key,
        language=language,
        version=len(earlier) + 1,
        of_wording=wording_digest(paper.lines),
        lines=as_json(paper.lines, tidied.words),
        translated_by=tidied.translated_by or None,
        checked_by=tidied.checked_by or None,
        checked_on=tidied.checked_on,
    )
    if earlier and not earlier[-1].retired and _contents(earlier[-1]) == _contents(translation):
        return Changed.of()
    with desk.act(paper.action, KIND, key, f"in {language}") as work:
        store.add(desk.vault, translation, moment=work.stamp, actor=work.actor)
    return Changed.of(KIND)


def _contents(translation: PaperTranslation) -> tuple[object, ...]:
    return translation.lines, translation.translated_by, translation.checked_by, translation.checked_on


def take_back(desk: Desk, key: str, language: str) -> Changed:
    """Use a translation no longer. What was given in it stays on record. Raises WrongUse where there is none, NotAllowed."""
    paper = paper_named(desk, key)
    desk.require(paper.action)
    stored = _latest(store.of_paper(desk.vault, key)).get((key, language))
    if stored is None:
        raise WrongUse(_("There is no translation into that language. Look at the list again."))
    with desk.act(paper.action, KIND, key, f"in {language} no longer used") as work:
        retired = dataclasses.replace(stored, id=new_id(), version=stored.version + 1, retired=True)
        store.add(desk.vault, retired, moment=work.stamp, actor=work.actor)
    return Changed.of(KIND)
