"""The words of the notice: written as a draft beside what the law asks, what would change and how it would be printed; made current."""

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QMenu, QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.notices.change import ChangeGravity, gravest
from pupil_desk.domain.notices.edition import NoticeProse
from pupil_desk.services.notices import notice_editions, notice_words
from pupil_desk.services.notices.checklist import MAIN, Place
from pupil_desk.services.notices.notice_papers import Version
from pupil_desk.services.notices.notice_words import PlaceWords
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.watch.making import pause
from pupil_desk.ui.kit.words import button, column_in, flow_of, growing, label, labelled, row_layout, without_sign
from pupil_desk.ui.pages.notices.beside import ASKED, NoticeChecks
from pupil_desk.ui.pages.notices.notice_translator import NoticeTranslator
from pupil_desk.ui.pages.notices.telling import changes_in_words, state, title
from pupil_desk.ui.pages.notices.writing import NoticeEditor
from pupil_desk.ui.style import tokens

_SOON = 400  # milliseconds after the last key


class NoticeWords(QWidget):
    """``edition_made`` comes when words were made current that are a new edition; ``edited`` with each key."""

    edition_made = Signal()
    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._words: dict[Place, PlaceWords] = {}
        self.text_box = ChoiceBox(name=_("Words"))
        self.state = label("", "muted")
        self.writing = NoticeEditor(context.desk.today)
        self.parts = NoticeChecks(context)
        self.save_button = button(_("&Save the draft"), self.save, icon_name="floppy-disk")
        self.make_button = button(_("&Make it current…"), self.make_current, "primary", icon_name="check-circle")
        self.drop_button = button(_("Throw it &away…"), self.drop, icon_name="trash")
        self.shipped_button = button(_("Use the prog&ram’s words…"), self.use_shipped)
        self.new_button = button(_("&New language…"), self.begin_language, icon_name="plus")
        self.insert = button(_("Insert a &field"), lambda: None)
        self.translator = NoticeTranslator(context, self.writing)
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self.judge)
        self._build()
        self.text_box.currentIndexChanged.connect(lambda _place: self._on_text_changed())
        self.writing.edited.connect(self._on_edited)
        self.parts.currentChanged.connect(lambda _place: self.judge())

    @property
    def _may(self) -> bool:
        desk = self._context.desk
        return desk.may(Action.EDIT_NOTICE) and not desk.vault.read_only

    def _build(self) -> None:
        top = flow_of(labelled(_("Te&xt"), self.text_box), labelled(" ", self.new_button), labelled(" ", self.insert))
        self._panes = Panes(self.writing, self.parts, shares=(1, 1), memory=self._context.memory, key="notice-words")
        column_in(
            self,
            tokens.S,
            row_layout(growing(top), spacing=None),
            self.state,
            flow_of(
                self.make_button,
                self.save_button,
                self.drop_button,
                self.shipped_button,
                self.translator.sheet.write_button,
                self.translator.sheet.read_button,
            ),
            growing(self._panes),
            top=tokens.S,
        )

    # which words

    @property
    def place(self) -> Place:
        """The language and layout of the words in hand."""
        language, _stroke, variant = self.text_box.key().partition("/")
        return (language, variant) if variant else MAIN

    def refresh(self) -> None:
        """The words there are, as they are now; what is typed and not saved stays."""
        all_words = notice_words.words_of_every_place(self._context.desk)
        pause()
        self.parts.refresh()
        pause()
        text_key = self.text_box.key()
        self._words = {words.place: words for words in all_words}
        choices = {"/".join(words.place): title(words) for words in all_words}
        self.text_box.offer(choices.items(), text_key if text_key in choices else "/".join(MAIN))
        if self.writing.dirty:
            self._say()
        else:
            self._on_text_changed()

    def _on_text_changed(self) -> None:
        """Other words are wanted. What is typed is saved as their draft first, so that nothing is lost."""
        if self.writing.dirty and self.writing.place != self.place:
            prose = self.writing.prose
            self._context.keep(lambda: notice_words.save_draft(self._context.desk, prose.place, prose.front, prose.more))
        self._show(self.place)

    def _show(self, place: Place) -> None:
        words, may = self._words.get(place), self._may
        base = words.current if words is not None else None
        if may:
            draft = notice_words.draft_or_current(self._context.desk, place)
            front, last_part = draft.front, draft.more
        else:
            front, last_part = (base.front, base.more) if base is not None else ("", "")
        translation = base if base is not None and base.place == place else NoticeProse()
        is_checked = words is not None and not words.behind and (translation.front, translation.more) == (front, last_part)
        prose = NoticeProse(
            language=place[0],
            variant=place[1],
            front=front,
            more=last_part,
            translated_by=translation.translated_by,
            checked_by=translation.checked_by if is_checked else None,
            checked_on=translation.checked_on if is_checked else None,
        )
        self.writing.begin(prose, readonly=not may)
        pause()
        self._fill_fields()
        pause()
        self._say()
        self.judge()

    def _fill_fields(self) -> None:
        if (former := self.insert.menu()) is not None:
            former.deleteLater()
        menu = QMenu(self.insert)
        for name, words in notice_words.fields(self._context.desk).items():
            shortened = words if len(words) <= 40 else words[:39] + "…"
            menu.addAction(
                _("{name}: {words}").format(name=f"{{{name}}}", words=shortened).replace("&", "&&"),
                partial(self.writing.insert_field, f"{{{name}}}"),
            )
        self.insert.setMenu(menu)

    def _say(self) -> None:
        words, may = self._words.get(self.place), self._may
        self.state.setText(state(words) if words is not None else _("Nothing is written in this language yet."))
        is_own = words is not None and words.made_current is not None
        has_draft = words is not None and words.draft is not None
        for act_button, enabled in (
            (self.make_button, True),
            (self.save_button, self.writing.dirty),
            (self.drop_button, has_draft or self.writing.dirty),
            (self.shipped_button, is_own),
            (self.insert, True),
            (self.new_button, True),
        ):
            act_button.setEnabled(may and enabled)
            act_button.setToolTip("" if may else only(Action.EDIT_NOTICE))
        self.translator.say(self.place, may=may)
        has_shipped = words is not None and notice_words.shipped(words.place) is not None
        self.shipped_button.setText(_("Use the prog&ram’s words…") if has_shipped else _("Use these no longe&r…"))
        self.shipped_button.setAccessibleName(without_sign(self.shipped_button.text()))

    # what stands beside them

    def _on_edited(self) -> None:
        self._say()
        self._soon.start()
        self.edited.emit()

    def judge(self) -> None:
        """Say what the law still asks, what would change and how it would be printed, of what is typed."""
        self._soon.stop()
        problems = self.parts.judge(self.writing.prose)
        self.writing.tell({problem.column: problem.message for problem in reversed(problems)})
        self.make_button.be_main("check-circle", is_main=not problems and self.parts.lacks == 0)  # else it only says what is missing

    # what is done with them

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not in the draft."""
        return self.writing.dirty

    def save(self) -> bool:
        """Keep what is typed as the draft."""
        prose = self.writing.prose
        message = _("The draft is saved. It is not in use until it is made current.")
        if not self._context.keep(lambda: notice_words.save_draft(self._context.desk, prose.place, prose.front, prose.more), message):
            return False
        of_translation = self.writing.as_data()
        self.writing.mark_saved()
        self.refresh()
        self.writing.take_check(of_translation)  # which a draft does not hold
        return True

    def discard(self) -> None:
        """Put back what is in the draft."""
        self.writing.put_back()
        self._say()
        self.judge()
        self.edited.emit()

    def _text_title(self) -> str:
        """The words in hand in a question, such as «Polish»."""
        return self.text_box.currentText()

    def drop(self) -> None:
        """Throw the draft away, once it is confirmed."""
        text = _("The draft of {words}: what is written here and is not in use goes. The words in use stay as they are.").format(
            words=self._text_title()
        )
        if self._context.ask.confirm(_("Throw the draft away?"), text, _("Throw away"), danger=True, stay=_("Keep it")):
            self.writing.put_back()
            self._context.keep(lambda: notice_words.drop_draft(self._context.desk, self.place), _("The draft is thrown away."))
            self.refresh()

    def make_current(self) -> None:
        """Make what is typed current, once it lacks nothing and the person has seen what changes."""
        prose = self.writing.prose
        desk, is_check_new = self._context.desk, self.writing.is_check_new
        against = notice_words.stands_against(desk, prose, is_check_new=is_check_new)
        if against:
            self.judge()
            self.writing.tell({problem.column: problem.message for problem in reversed(against) if problem.code != "law"})
            law = sum(problem.code == "law" for problem in against)
            if law:
                self.parts.setCurrentIndex(ASKED)
            words = _("This cannot be made current yet. {first}")
            self._context.banner.problem(words.format(first=against[0].message))
            return
        if prose.place != MAIN:
            message = _("In use now: {words}.").format(words=Version(*prose.place).words)
            changed = self._context.attempt(lambda: notice_words.make_current(desk, prose, is_check_new=is_check_new))
            self._on_made_current(changed, message)
            return
        reason = self._agreed()
        if reason is None:
            return
        beside = self._context.making.beside
        self._on_made_current(
            self._context.attempt(
                lambda: beside(lambda: notice_editions.make_current(desk, prose.front, prose.more, minor_because=reason))
            ),
            _("This is the current edition now. Families who have an older one are listed under “To give”."),
        )

    def _on_made_current(self, changed: Changed | None, message: str) -> None:
        if changed is None:
            return
        is_main = self.place == MAIN
        self.writing.mark_saved()
        with self._context.making.of(self):  # the news brings all of this tab anew
            self._context.news.tell(changed)
        self._context.banner.success(message, act=(_("Go to “To give”"), self.edition_made.emit) if is_main else None)

    def _agreed(self) -> str | None:
        """Whether the new edition is wanted, and if its other words promise the same, why; None for no."""
        changes = self.parts.word_changes
        wording = [change for change in changes if change.is_wording]
        text = changes_in_words(changes)
        choices = [Choice("make", _("Make it current"), "primary")]
        if wording and gravest(changes, wording_minor=True) is not ChangeGravity.REISSUE:
            choices.append(Choice("same", _("The words promise the same")))
            text += "\n\n" + _("If the other words promise the same as before, families need not be given it again: say so, and why.")
        answer = self._context.ask.choose(_("Make this the current edition?"), text, (*choices, Choice("stay", _("Not yet"))), safe="stay")
        if answer == "make":
            return ""
        if answer != "same":
            return None
        explanation = _("It is kept with the edition.")
        return self._context.ask.text(
            _("Why do they promise the same?"), explanation, _("Reason, such as A clearer word"), verb=_("Make it current")
        )

    def use_shipped(self) -> None:
        """Give the place back to the program's own words, or use these no longer, once it is confirmed."""
        place = self.place
        text = _("{words}: the unit’s own words are used no longer. They stay on record with the notices that were given.").format(
            words=self._text_title()
        )
        if not self._context.ask.confirm(
            _("Use these words no longer?"), text, _("Use them no longer"), danger=True, stay=_("Keep using them")
        ):
            return
        self.writing.put_back()
        desk = self._context.desk
        self._on_made_current(
            self._context.attempt(lambda: notice_editions.use_shipped(desk) if place == MAIN else notice_words.take_back(desk, place)),
            _("The unit’s own words are used no longer."),
        )

    def begin_language(self) -> None:
        """Begin a translation: the English words are there to be written over."""
        text = _(
            "The English words are put there for you to write over. A translation can be given once somebody who speaks the language has checked it."
        )
        entry = self._context.ask.text(
            _("A new language"), text, _("Language, such as Polish"), verb=_("Begin"), check=self._wrong_language
        )
        language = codelist("notice_language").match(entry) if entry else None
        if language is None:
            return
        place = (language.code, MAIN[1])
        draft = notice_words.draft_or_current(self._context.desk, place)
        if self._context.keep(lambda: notice_words.save_draft(self._context.desk, place, draft.front, draft.more)):
            self.refresh()
            self.text_box.set_key("/".join(place))
            self.writing.front.setFocus()

    def _wrong_language(self, entry: str) -> str:
        language = codelist("notice_language").match(entry)
        if language is None:
            return _("That is not a language of the list. The list is in the help, under Notices.")
        if (language.code, MAIN[1]) in self._words:
            return _("There are words in that language already. Choose them under “Text”.")
        return ""

    # a lock or a crash

    def draft(self) -> dict[str, Any] | None:
        """What is typed, as JSON would hold it."""
        return {"place": "/".join(self.writing.place), **self.writing.as_data()} if self.writing.dirty else None

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        self.text_box.set_key(draft["place"])
        self.writing.take_data(draft)

    def panes(self) -> list[QWidget]:
        """Which words, the words, and what stands beside them."""
        return [self.text_box, self.writing.front, self.parts.tabBar()]
