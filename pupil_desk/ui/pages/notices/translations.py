"""Letters and forms in other languages: which paper, into which language, how its translation stands; entered, written out and taken back."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.translations.translation import TranslationStanding, carried_over
from pupil_desk.services.translations import papers, sheets, translations
from pupil_desk.services.translations.papers import TranslatablePaper
from pupil_desk.services.translations.sheets import SheetTakenBack
from pupil_desk.services.translations.translations import StandingTranslation, TranslationEntry
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.watch.making import pause
from pupil_desk.ui.kit.words import button, column_in, flow_of, growing, label, labelled
from pupil_desk.ui.pages.notices.translated_lines import TranslatedLines
from pupil_desk.ui.pages.notices.translator_sheet import TranslatorSheet
from pupil_desk.ui.style import tokens

_STANDINGS = {
    TranslationStanding.NONE: _("{language}"),
    TranslationStanding.UNCHECKED: _("{language}: not checked"),
    TranslationStanding.BEHIND: _("{language}: the English has changed"),
    TranslationStanding.IN_USE: _("{language}: in use"),
}


class PaperTranslations(QWidget):
    """``edited`` comes with each key."""

    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._papers: dict[str, TranslatablePaper] = {}
        self._standing: StandingTranslation | None = None
        self.paper_box = ChoiceBox(name=_("Letter or form"))
        self.language_box = ChoiceBox(name=_("Language"))
        self.state = label("", "muted")
        self.lines = TranslatedLines(context.desk.today)
        self.keep_button = button(_("Keep this translation"), self.save, "primary", icon_name="check-circle")
        self.discard_button = button(_("Discard what is typed"), self.discard)
        self.sheet = TranslatorSheet(context, self, self.write_sheet, self.read_sheet)
        self.end_button = button(_("Use it no longer…"), self.end, icon_name="trash")
        column_in(
            self,
            tokens.S,
            flow_of(labelled(_("Letter or form"), self.paper_box), labelled(_("Language"), self.language_box)),
            self.state,
            flow_of(self.keep_button, self.discard_button, self.sheet.write_button, self.sheet.read_button, self.end_button),
            growing(self.lines),
            top=tokens.S,
        )
        self.paper_box.currentIndexChanged.connect(lambda _place: self._on_paper_changed())
        self.language_box.currentIndexChanged.connect(lambda _place: self._show())
        self.lines.edited.connect(self._on_edited)

    # which paper, into which language

    def refresh(self) -> None:
        """The letters and forms there are, as they are worded now; what is typed and not kept stays."""
        if self.dirty:
            self._look_at_english()
            self._say()
            return
        self._papers = {paper.key: paper for paper in papers.papers(self._context.desk)}
        pause()
        chosen = self.paper_box.key()
        choices = [(key, paper.title) for key, paper in self._papers.items()]
        self.paper_box.offer(choices, chosen if chosen in self._papers else next(iter(self._papers), ""))
        self._on_paper_changed()

    def turn_to(self, key: str, language: str) -> None:
        """Show one translation; what is typed of another and not kept stays in view instead."""
        if not self.dirty and key in self._papers:
            self.paper_box.set_key(key)
            self.language_box.set_key(language)

    @property
    def paper(self) -> TranslatablePaper | None:
        return self._papers.get(self.paper_box.key())

    @property
    def _may(self) -> bool:
        desk = self._context.desk
        return self.paper is not None and desk.may(self.paper.action) and not desk.vault.read_only

    def _on_paper_changed(self) -> None:
        paper = self.paper
        if paper is None:
            return
        of_paper = {standing.language: standing.standing for standing in translations.standings(self._context.desk, [paper])}
        choices = {
            code: _STANDINGS[of_paper.get(code, TranslationStanding.NONE)].format(language=words)
            for code, words in translations.languages().items()
        }
        chosen = self.language_box.key()
        self.language_box.offer(choices.items(), chosen if chosen in choices else next(iter(of_paper), next(iter(choices))))
        self._show()

    def _show(self) -> None:
        paper = self.paper
        if paper is None or not self.language_box.key():
            return
        standing = translations.standing_of(self._context.desk, paper, self.language_box.key())
        self._standing = standing
        stored, last_version = standing.translation, standing.last_version
        is_same = standing.standing is not TranslationStanding.BEHIND  # what was checked was of other words
        entry = TranslationEntry(
            standing.proposed_words,
            (last_version.translated_by if last_version else None) or "",
            (stored.checked_by if stored and is_same else None) or "",
            stored.checked_on if stored and is_same else None,
        )
        pause()
        self.lines.begin(paper, standing.language, entry, readonly=not self._may)
        self._say()

    def _say(self) -> None:
        dirty, may, standing = self.dirty, self._may, self._standing
        self.state.setText(state_words(standing) if standing is not None else "")
        for choice in (self.paper_box, self.language_box):
            choice.setEnabled(not dirty)
            choice.setToolTip(_("Keep or discard first what is typed") if dirty else "")
        has_translation = standing is not None and standing.translation is not None
        for act_button, enabled in (
            (self.keep_button, dirty),
            (self.discard_button, dirty),
            (self.sheet.write_button, True),
            (self.sheet.read_button, True),
            (self.end_button, has_translation and not dirty),
        ):
            act_button.setEnabled(may and enabled)
            act_button.setToolTip("" if may or self.paper is None else only(self.paper.action))

    def _on_edited(self) -> None:
        self._say()
        self.edited.emit()

    # entering

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not kept."""
        return self.lines.dirty

    def save(self) -> bool:
        """Keep what is typed as the translation of the words in use."""
        if self._standing is None:
            return True
        if self._look_at_english():
            return False
        paper, language, entry = self._standing.paper, self._standing.language, self.lines.entry
        changed = self._context.attempt(lambda: translations.keep(self._context.desk, paper, language, entry), on_refusal=self._on_refused)
        if changed is None:
            return False
        self._put_by()
        self._context.news.tell(changed)
        self._context.banner.success(_("Kept: {state}").format(state=self.state.text()))
        return True

    def _on_refused(self, refusals: tuple[Problem, ...]) -> None:
        self.lines.tell({problem.column: problem.message for problem in reversed(refusals)})
        words = _("This translation cannot be kept yet. {first}")
        self._context.banner.problem(words.format(first=refusals[0].message))

    def _put_by(self) -> None:
        """What stands there is kept: the rest is as the file has it."""
        self.lines.put_back()
        self.refresh()

    def discard(self) -> None:
        """Put back what is kept."""
        self.lines.put_back()
        self._say()
        self.edited.emit()

    def end(self) -> None:
        """Use the translation no longer, once it is confirmed."""
        standing = self._standing
        if standing is None:
            return
        text = _(
            "{paper}, in {language}: it goes out in English alone from now on. What was given in the translation stays on record."
        ).format(paper=standing.paper.title, language=translations.language_label(standing.language))
        if self._context.ask.confirm(
            _("Use this translation no longer?"), text, _("Use it no longer"), danger=True, stay=_("Keep using it")
        ):
            desk, key, language = self._context.desk, standing.paper.key, standing.language
            if self._context.keep(lambda: translations.take_back(desk, key, language)):
                self.refresh()
                self._context.banner.success(
                    _("The translation is used no longer. Its words stand here still."),
                    undo=(_("Undo"), lambda: self._use_again(key, language)),
                )

    def _use_again(self, key: str, language: str) -> None:
        if self._context.keep(lambda: translations.use_again(self._context.desk, key, language), _("The translation is as it was before.")):
            self.refresh()

    def _look_at_english(self) -> bool:
        """Whether the English has changed since the lines were shown: what is typed then stands beside the new lines, and nothing is kept."""
        standing = self._standing
        papers_by_key = {paper.key: paper for paper in papers.papers(self._context.desk)}
        if standing is None or (paper := papers_by_key.get(standing.paper.key)) is None or paper.wording == standing.paper.wording:
            return False
        self._papers = papers_by_key
        english = {line.key: line.english for line in standing.paper.lines}
        self._put_over(english, self.lines.entry)
        return True

    def _put_over(self, english: Mapping[str, str], typed: TranslationEntry) -> None:
        """Put what was typed for lines that read ``english`` beside those that there are now, and say which to look at."""
        self._show()
        if self._standing is None:
            return
        carried = carried_over(english, typed.words, self._standing.paper.lines)
        self.lines.take_entry(TranslationEntry(carried.words, typed.translated_by))
        words = _("This was typed for “{english}”. See whether it still says what the line says now.")
        self.lines.say_beside({key: words.format(english=line) for key, line in carried.earlier_english.items()})
        message = _(
            "The English has changed since this was typed. Nothing is kept yet: look at the lines, and have all of it checked again."
        )
        if carried.gone:
            message += " " + _("Typed for lines that are gone: {lines}").format(lines="; ".join(carried.gone))
        self._on_edited()
        self._context.banner.note(message)

    # the sheet for a translator

    def write_sheet(self) -> None:
        """Write the lines out for a translator, with what is there already."""
        if (standing := self._standing) is not None:
            desk, words = self._context.desk, self.lines.entry.words
            self.sheet.write(
                sheets.sheet_name(standing.paper.title, standing.language),
                lambda path: sheets.write_sheet(desk, standing.paper, standing.language, words, path),
            )

    def read_sheet(self) -> None:
        """Take a sheet back: what it says is proposed, and kept only by a person."""
        standing, desk = self._standing, self._context.desk
        if standing is None:
            return

        def take(sheet_back: SheetTakenBack) -> SheetTakenBack | None:
            if self._standing is None or (self._standing.paper, self._standing.language) != (standing.paper, standing.language):
                return None
            entry = self.lines.entry
            self.lines.take_entry(dataclasses.replace(entry, words={**entry.words, **sheet_back.words}))
            if self.lines.entry.words != entry.words:
                self.lines.drop_check()
            self._on_edited()
            self.lines.translated_by.setFocus()
            return dataclasses.replace(sheet_back, empty=len(self.lines.fields) - len(self.lines.entry.words))

        self.sheet.read(lambda data: sheets.read_sheet(desk, standing.paper, standing.language, data), take)

    # a lock or a crash

    def draft(self) -> dict[str, Any]:
        """What is typed, as JSON would hold it."""
        paper = self._standing.paper if self._standing is not None else None
        return {
            "paper": self.paper_box.key(),
            "language": self.language_box.key(),
            "wording": paper.wording if paper is not None else "",
            "english": {line.key: line.english for line in paper.lines} if paper is not None else {},
            **self.lines.as_data(),
        }

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        if draft["paper"] not in self._papers or draft["language"] not in translations.languages():
            self._context.banner.note(
                _("A translation was typed and not kept of a letter or form that is no longer in use. What was typed is dropped.")
            )
            return
        self.paper_box.set_key(draft["paper"])
        self.language_box.set_key(draft["language"])
        if self._standing is not None and self._standing.paper.wording != draft["wording"]:
            self._put_over(draft["english"], TranslationEntry(draft["words"], draft["translated_by"]))
        else:
            self.lines.take_data(draft)

    def panes(self) -> list[QWidget]:
        """Which paper, and its lines."""
        return [self.paper_box, self.lines.translated_by]


def state_words(standing: StandingTranslation) -> str:
    """How a translation stands, and since when and by whom it is kept, in sentences."""
    language, translation = translations.language_label(standing.language), standing.translation
    if standing.taken_back is not None:
        return _(
            "Used no longer: it goes out in English alone. To use these words again, enter who has checked them and when, and keep them."
        )
    if translation is None or standing.kept_on is None:
        return _("Not translated into {language}: it goes out in English alone.").format(language=language)
    kept_words = _("Kept on {day} by {who}.").format(day=show_date(standing.kept_on.date()), who=standing.kept_by)
    if standing.standing is TranslationStanding.BEHIND:
        words = _(
            "The English has changed since, so that it is not given. Translate the lines that are empty, and have it checked again. {kept}"
        )
    elif standing.standing is TranslationStanding.UNCHECKED or translation.checked_on is None:
        words = _("Nobody has checked it yet, so that it is not given: it goes out in English alone. {kept}")
    else:
        words = _("In use, with the English, for whoever would like {language}: checked by {who} on {day}. {kept}")
        return words.format(language=language, who=translation.checked_by, day=show_date(translation.checked_on), kept=kept_words)
    return words.format(kept=kept_words)
