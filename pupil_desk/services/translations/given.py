"""A paper of the program's own words, as it is given to one household: in its language, with the English behind it, or in English alone."""

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.notices.addressees import ENGLISH, Letter
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.translations.translation import PaperTranslation
from pupil_desk.services.desk import Desk
from pupil_desk.services.households import HouseholdPaper
from pupil_desk.services.translations.fixed_papers import FixedPaper, MakeStory, PaperWords
from pupil_desk.services.translations.papers import of_fixed
from pupil_desk.services.translations.translations import TranslationsOfPaper, lang_of, language_label, why_in_english


def first_language(pupil: Pupil) -> str:
    """The language of a paper for a pupil: the first language on file, where it is one of those that papers can be in; else empty."""
    if not pupil.first_language:
        return ""
    entry = codelist("notice_language").match(codelist("language").label_of(pupil.first_language))
    return entry.code if entry is not None else ""


def languages_of(letter: Letter) -> tuple[str, ...]:
    """The languages that those whom a letter names would like, each once, by code; empty text for one of whom none is known."""
    return letter.languages if letter.contacts else (first_language(letter.pupil),)


def translation_for(desk: Desk, paper: FixedPaper, languages: tuple[str, ...]) -> PaperTranslation | None:
    """The translation that may be given to those who would like these languages; None for the English alone."""
    return TranslationsOfPaper(desk, of_fixed(paper)).into(languages[0]) if len(languages) == 1 else None


def household_paper(
    desk: Desk, paper: FixedPaper, letter: Letter, file_stem: str, make: MakeStory, *, base_size: float = 12
) -> HouseholdPaper:
    """The paper for one household or pupil, as ``make`` sets its words: in English, and where a translation may be given, in its language before it."""
    languages = languages_of(letter)
    translation = translation_for(desk, paper, languages)
    story, title = make(PaperWords(paper)), paper.title
    if translation is None:
        reason = why_in_english(languages)
        return HouseholdPaper(letter, story, title, file_stem, base_size=base_size, in_english_because=reason)
    words = PaperWords(paper, translation)
    return HouseholdPaper(
        letter,
        story,
        title,
        file_stem,
        language=translation.language,
        translated=[*make(words), *words.of_itself(desk.settings)],
        translation=translation.id,
        lang=lang_of(translation),
        base_size=base_size,
    )


def language_words(language: str, in_english_because: str = "") -> str:
    """In which language a paper goes out, as its title says it before it is printed; empty where nobody would like another than English."""
    if language != ENGLISH:
        return _("in {language}, with the English behind it").format(language=language_label(language))
    return _("in English alone: {why}").format(why=in_english_because) if in_english_because else ""


def titled(title: str, language: str, in_english_because: str = "") -> str:
    """What a paper is called on the screen before it is printed, with the language in which it goes out."""
    words = language_words(language, in_english_because)
    return _("{title}, {language}").format(title=title, language=words) if words else title
