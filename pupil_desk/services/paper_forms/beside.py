"""A form with the page in the language of its household beside it. The form itself stays in English, and is what is ticked, signed and read back."""

from collections.abc import Callable
from dataclasses import replace

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers.beside_form import beside_form
from pupil_desk.documents.prose import Say
from pupil_desk.services.desk import Desk
from pupil_desk.services.paper_forms.form_pages import ABOUT
from pupil_desk.services.paper_forms.kind import FormToPrint
from pupil_desk.services.translations.fixed_papers import FixedPaper, PaperWords
from pupil_desk.services.translations.given import languages_of, translation_for
from pupil_desk.services.translations.translations import lang_of, why_in_english


def with_page(desk: Desk, form: FormToPrint, paper: FixedPaper, story: Callable[[Say], list[Block]]) -> FormToPrint:
    """The form with its page, where there is a translation that may be given; else with why there is none, if one is wished. ``story`` is the form in other words."""
    languages = languages_of(form.letter)
    translation = translation_for(desk, paper, languages)
    if translation is None:
        return replace(form, in_english_because=why_in_english(languages))
    words = PaperWords(paper, translation)
    belongs_to = _("Goes with “{title}” for {pupil}").format(title=form.title, pupil=form.pupil.legal_name)
    leaf = beside_form(story(words.say), belongs_to, words.say(ABOUT), words.last(desk.settings))
    return replace(form, leaf=leaf, language=translation.language, translation=translation.id, lang=lang_of(translation))
