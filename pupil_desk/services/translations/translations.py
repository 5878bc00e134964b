"""The translations of letters and forms: entered by the unit, given only once a named person has checked them, and only for the very
English that they were made of.

We translate nothing, and ship no translation of a letter or a form.
"""

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.typography.fonts import signs_missing
from pupil_desk.documents.typography.languages import lang_as_written
from pupil_desk.domain.catalogue.validation import Problem, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.notices.addressees import ENGLISH
from pupil_desk.domain.translations.checking import is_check_of_others, is_checked, unsaid_of_checking
from pupil_desk.domain.translations.translation import (
    PaperLine,
    PaperTranslation,
    TranslationStanding,
    as_json,
    problems_of_lines,
    shortened_line,
)
from pupil_desk.services.desk import Desk
from pupil_desk.services.translations.papers import TranslatablePaper, paper_named, papers, worded_on
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import paper_translations as store

KIND = "paper-translation"


@dataclass(frozen=True, slots=True)
class TranslationEntry:
    """What is entered of a translation: what stands for each line by its key, who made it, and who checked it and when.

    ``is_check_new`` is whether the check was stated with these very words, though its name and its day are those of an earlier one.
    """

    words: Mapping[str, str]
    translated_by: str = ""
    checked_by: str = ""
    checked_on: date | None = None
    is_check_new: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class StandingTranslation:
    """How the translation of a paper into one language stands; ``translation`` is its last version, ``kept_on`` and ``kept_by`` when and by whom.

    ``taken_back`` is the last version where it is used no longer.
    """

    paper: TranslatablePaper
    language: str
    standing: TranslationStanding
    translation: PaperTranslation | None = None
    kept_on: datetime | None = None
    kept_by: str = ""
    taken_back: PaperTranslation | None = None

    @property
    def last_version(self) -> PaperTranslation | None:
        """The last version, in use or not."""
        return self.translation or self.taken_back

    @property
    def proposed_words(self) -> dict[str, str]:
        """What stands for each line that is in English as it was when it was translated; the others are to be translated anew."""
        earlier_lines = self.last_version.translated_lines if self.last_version is not None else ()
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
    versions = _versions(desk, paper.key, language)
    stored = versions[-1] if versions and not versions[-1].retired else None
    standing = _standing(paper, stored, desk.today)
    if stored is None:
        return StandingTranslation(paper, language, standing, taken_back=versions[-1] if versions else None)
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


def behind(desk: Desk) -> list[StandingTranslation]:
    """The translations that are not given since their English has changed, of papers whose translation the reader may keep. Raises NotAllowed."""
    if not _latest(store.everything(desk.vault)):
        return []
    in_reach = [paper for paper in papers(desk) if desk.may(paper.action)]
    return [standing for standing in standings(desk, in_reach) if standing.standing is TranslationStanding.BEHIND]


def _versions(desk: Desk, key: str, language: str) -> list[PaperTranslation]:
    """Every version of the translation of a paper into a language, the earlier before the later."""
    return [translation for translation in store.of_paper(desk.vault, key) if translation.language == language]


def _latest(translations: Iterable[PaperTranslation]) -> dict[tuple[str, str], PaperTranslation]:
    """The last version of each, without those that are used no longer."""
    latest = {(translation.paper, translation.language): translation for translation in translations}
    return {key: translation for key, translation in latest.items() if not translation.retired}


def _standing(paper: TranslatablePaper, translation: PaperTranslation | None, day: date) -> TranslationStanding:
    if translation is None:
        return TranslationStanding.NONE
    if translation.of_wording != paper.wording:
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


def lang_of(translation: PaperTranslation) -> str:
    """Its language as a PDF names it, with the script where its words are not in the usual one."""
    return lang_as_written(translation.language, translation.words.values())


def why_in_english(languages: Collection[str], *, translated: bool = False) -> str:
    """Why a paper goes out in English alone though somebody whom it names would like another language, as a sentence goes on; else empty.

    ``languages`` are theirs, by code; empty text where none is entered of one of them.
    """
    wished = [language_label(language) for language in languages if language not in ("", ENGLISH)]
    if not wished or translated:
        return ""
    if len(languages) == 1:
        return _("there is no checked translation into {language}").format(language=wished[0])
    if "" in languages:
        return _("one would like {language}, and of another no language is entered").format(language=join_words(wished))
    return _("they would like different languages: {languages}").format(
        languages=join_words([language_label(language) for language in languages])
    )


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
        *unsaid_of_checking(tidied.translated_by, tidied.checked_by, tidied.checked_on, desk.today, worded_on=worded_on(desk, paper)),
        *problems_of_lines(paper.lines, tidied.words),
        *unprintable,
    )


def _unprintable(line: PaperLine, signs: str) -> str:
    words = _("No font here has these characters, so that the line for “{line}” cannot be printed: {signs}")
    return words.format(line=shortened_line(line.english), signs=signs)


def _tidied(entry: TranslationEntry) -> TranslationEntry:
    words = {key: tidy(text) for key, text in entry.words.items()}
    return dataclasses.replace(entry, words=words, translated_by=tidy(entry.translated_by), checked_by=tidy(entry.checked_by))


def keep(desk: Desk, paper: TranslatablePaper, language: str, entry: TranslationEntry) -> Changed:
    """Keep a translation of a paper, as its English read to whoever entered it, as a new version. Nothing is kept where nothing has changed.

    A check of other lines than these does not go over to them: it is kept only where it is stated anew. Raises Refused; WrongUse, also where
    the English has changed meanwhile; NotAllowed.
    """
    desk.require(paper.action)
    if paper_named(desk, paper.key).wording != paper.wording:
        raise WrongUse(_("The English has changed meanwhile, so that nothing is kept. Look at the lines again."))
    refuse(problems(desk, paper, language, entry))
    tidied = _tidied(entry)
    earlier = _versions(desk, paper.key, language)
    translation = PaperTranslation(
        id=new_id(),
        paper=paper.key,
        language=language,
        version=len(earlier) + 1,
        of_wording=paper.wording,
        lines=as_json(paper.lines, tidied.words),
        translated_by=tidied.translated_by or None,
        checked_by=tidied.checked_by or None,
        checked_on=tidied.checked_on,
    )
    if not tidied.is_check_new and _is_check_of_others(translation, earlier):
        translation = dataclasses.replace(translation, checked_by=None, checked_on=None)
    if earlier and not earlier[-1].retired and _contents(earlier[-1]) == _contents(translation):
        return Changed.of()
    checked = f", checked by {translation.checked_by} on {translation.checked_on}" if translation.checked_by else ", not checked"
    with desk.act(paper.action, KIND, paper.key, f"in {language}{checked}") as work:
        store.add(desk.vault, translation, moment=work.stamp, actor=work.actor)
    return Changed.of(KIND)


def _is_check_of_others(translation: PaperTranslation, earlier: Iterable[PaperTranslation]) -> bool:
    """Whether the check of a translation is that of an earlier version which read otherwise, or was of other English."""
    (check, words), *other_versions = [
        ((version.checked_by, version.checked_on), (version.lines, version.of_wording)) for version in (translation, *earlier)
    ]
    return is_check_of_others(check, words, other_versions)


def _contents(translation: PaperTranslation) -> tuple[object, ...]:
    return translation.of_wording, translation.lines, translation.translated_by, translation.checked_by, translation.checked_on


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


def use_again(desk: Desk, key: str, language: str) -> Changed:
    """Take up a translation again that is used no longer, as it was, with its check. Raises WrongUse where there is none, NotAllowed."""
    paper = paper_named(desk, key)
    desk.require(paper.action)
    versions = _versions(desk, key, language)
    if not versions or not versions[-1].retired:
        raise WrongUse(_("That translation is in use already, or there is none. Look at the list again."))
    with desk.act(paper.action, KIND, key, f"in {language} used again") as work:
        translation = dataclasses.replace(versions[-1], id=new_id(), version=versions[-1].version + 1, retired=False)
        store.add(desk.vault, translation, moment=work.stamp, actor=work.actor)
    return Changed.of(KIND)
