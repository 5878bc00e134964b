"""Letters by template on the screen: which letter, to whom, what it asks for, and all letters as they will be printed."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QFrame, QLineEdit, QStackedWidget, QWidget

from pupil_desk.basics.words import _, count_of, join_words, some_of
from pupil_desk.domain.papers.letter import IMPROVEMENT_END, QUESTIONS, LetterTemplate, asked_by
from pupil_desk.services.guard import NOBODY, Guard, guard
from pupil_desk.services.households import Audience
from pupil_desk.services.letters import letter_templates, merging_letters
from pupil_desk.services.letters.merging_letters import Merge
from pupil_desk.services.office_sheet import with_office_sheet
from pupil_desk.services.roles import Action
from pupil_desk.services.translations.translations import language_label
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.papers.coded_forms import none_for
from pupil_desk.ui.kit.papers.printing import print_pdf
from pupil_desk.ui.kit.talk.message import Message
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.kit.words import (
    STRETCH,
    aligned,
    button,
    column_in,
    column_layout,
    fill,
    label,
    name_label,
    row_in,
    set_look,
    without_sign,
)
from pupil_desk.ui.pages.pupils.many.frame import LeftOutNote, PaperView
from pupil_desk.ui.pages.pupils.many.template import TemplateEditor
from pupil_desk.ui.style import tokens

_KEY = "many/letters"
_TO = ((Audience.FAMILIES, _("Each household of a parent")), (Audience.PUPILS, _("Pupils from 16, themselves")), (Audience.BOTH, _("Both")))


class LettersView(PaperView):
    """Choose the letter and answer what it asks; whoever gets none is named. Its words are changed in the same place."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Letters"), "letters")
        self._templates: dict[str, LetterTemplate] = {}
        self.letter, self.addressing = ChoiceBox(), ChoiceBox([(addressing.value, words) for addressing, words in _TO])
        self.change = button(_("&Change its words"), self._change)
        self.new = button(_("Ne&w letter"), lambda: self._edit(LetterTemplate()))
        self.questions: dict[str, QLineEdit] = {}
        self._printed: Mapping[str, str] = {}  # what was answered in what went out last
        self._refusal: Message | None = None
        self._typed: dict[str, str] = {}  # what was answered to a question of a letter, as long as it is about the same pupils
        self.questions_column = column_layout()
        self.withheld = TickBox("")
        self._kept_from: list[str] = []  # whose address is withheld, by name
        self.left_out = LeftOutNote()
        self.languages = label("", "muted")
        self.languages.hide()
        self.lacks, self.lacks_words = QFrame(), label("")
        self.editor = TemplateEditor(context)
        self.stack = QStackedWidget()
        self.send = print_pdf  # what prints: tests put another in its place
        self.paper.send, self.paper.is_ready = self._send, self._answered
        self._build()
        self.letter.activated.connect(lambda _place: self._other_letter())
        self.addressing.activated.connect(lambda _place: self.make())
        self.withheld.toggled.connect(self._withheld_toggled)
        self.editor.saved.connect(self._template_saved)
        self.editor.removed.connect(self._removed)
        self.editor.closed.connect(self._leave_editor)
        self.editor.edited.connect(self.edited)

    def _build(self) -> None:
        self.column.removeWidget(self.panes_)
        self.stack.addWidget(self.panes_)
        self.stack.addWidget(self.editor)
        self.column.addWidget(self.stack, 1)
        button_bar = QWidget()
        row = row_in(button_bar, tokens.S)
        for push_button in (self.change, self.new):
            row.addWidget(push_button)
            push_button.setEnabled(self.context.desk.may(Action.EDIT_RECORD))
        row.addStretch(1)
        self.add_field(_("&Letter"), self.letter)
        fill(self.options, button_bar, tokens.S)
        self.add_field(_("&To"), self.addressing)
        fill(self.options, self.questions_column, self.withheld)
        for note in (self._build_lacks(), self.languages, self.left_out):
            fill(self.options, tokens.XS, note)
        fill(
            self.options,
            tokens.S,
            label(_("What is printed or saved is recorded, a notice as a step: which letter, to whom, when. No words are kept."), "hint"),
            STRETCH,
        )

    def _build_lacks(self) -> QFrame:
        set_look(self.lacks, "banner-note")
        enter = button(_("Enter it in &Settings"), lambda: self.context.go("settings"))
        enter.setEnabled(self.context.desk.may(Action.EDIT_SETTINGS))
        enter.setToolTip("" if enter.isEnabled() else only(Action.EDIT_SETTINGS))
        column_in(self.lacks, None, self.lacks_words, aligned(enter), left=tokens.M, top=tokens.S, right=tokens.M, bottom=tokens.S)
        self.lacks.hide()
        return self.lacks

    # which letter

    @property
    def template(self) -> LetterTemplate | None:
        return self._templates.get(self.letter.key())

    def begin(self, ids: Sequence[str]) -> None:
        if self.is_for_others(ids):
            self._typed.clear()
            self._printed = {}
            for box in self.questions.values():
                box.clear()
        self.ids, self._kept_from = ids, []
        self.stack.setCurrentIndex(0)
        self._untick_withheld()
        self._offer(str(self.context.memory.get(f"{_KEY}/letter", "")))
        self._other_letter()

    def turn_to(self, wanted: str) -> None:
        if wanted in self._templates:
            self.letter.set_key(wanted)
            self._other_letter()

    def _offer(self, template_id: str) -> None:
        templates = letter_templates.templates(self.context.desk)
        self._templates = {template.template_id: template for template in templates}
        self.letter.clear()
        for template in templates:
            self.letter.addItem(template.name, template.template_id)
        self.letter.set_key(template_id if template_id in self._templates else next(iter(self._templates), ""))

    def _other_letter(self) -> None:
        self.context.memory.keep(f"{_KEY}/letter", self.letter.key() or None)
        self._ask_anew()
        self.make()
        if self.questions:
            next(iter(self.questions.values())).setFocus()

    def _ask_anew(self) -> None:
        self._typed |= {question: box.text() for question, box in self.questions.items()}
        while (layout_item := self.questions_column.takeAt(0)) is not None:
            if (widget := layout_item.widget()) is not None:
                widget.hide()  # it goes only when the event loop comes round
                widget.deleteLater()
        self.questions = {}
        for question in asked_by(self.template) if self.template is not None else ():
            box = QLineEdit(self._typed.get(question, ""))
            box.setAccessibleName(question)
            box.textEdited.connect(self.make_soon)
            for part in (name_label(question.replace("&", "&&"), box), box):
                self.questions_column.addWidget(part)
                part.show()  # now, so that the focus can go there
            self.questions[question] = box

    # the letters

    @property
    def answers(self) -> Mapping[str, str]:
        """What is typed for each question."""
        return {question: box.text() for question, box in self.questions.items()}

    def make(self) -> None:
        template = self.template
        if not self.ids:
            return
        if template is None:
            self.left_out.say(())
            self.show_or_none("", b"", lambda: None, guard=NOBODY)
            return
        desk, ids, addressing, withheld = self.context.desk, self.ids, Audience(self.addressing.key()), self.withheld.isChecked()
        answers = {question: words.strip() or _("[{question}]").format(question=question) for question, words in self.answers.items()}

        guarded = guard(desk, ids, "letters", for_family=True)

        def work(job: Job) -> tuple[Merge, bytes]:
            from pupil_desk.documents.pdf.page import build_print_file

            merged = merging_letters.merge(desk, ids, template, addressing, answers=answers, withheld=withheld, progress=job.step)
            papers = [
                (paper.letter.pupil.id, document)
                for paper in merged.papers
                for document in paper.documents(desk.settings.name, guarded.stamp_for(paper.letter.pupil.id))
            ]
            return merged, build_print_file(with_office_sheet(papers, guarded), title=_("Letters")) if papers else b""

        self.run(work, lambda result: self._show(result, guarded))

    def _show(self, result: tuple[Merge, bytes], guard: Guard) -> None:
        merged, data = result
        self.left_out.say(merged.left_out)
        self._say_lacks(merged.lacks)
        self._say_languages(merged)
        self._offer_withheld(merged)
        pupil_count = len({paper.letter.pupil.id for paper in merged.papers})
        words = _("{letters} for {pupils}").format(
            letters=count_of(len(merged.papers), _("letter"), _("letters")), pupils=count_of(pupil_count, _("pupil"), _("pupils"))
        )
        pupil_ids = {paper.letter.pupil.id for paper in merged.papers}
        self.show_or_none(words, data, lambda: self._record_printed(merged), guard=guard.only(pupil_ids))

    def _say_lacks(self, fields: Sequence[str]) -> None:
        words = _("The letter names {fields}, and the unit’s settings do not say it yet.")
        self.lacks_words.setText(words.format(fields=join_words([f"“{field}”" for field in fields])))
        self.lacks.setVisible(bool(fields))

    def _say_languages(self, merged: Merge) -> None:
        """In which languages letters are there, with the English; and what families would like that nobody has translated and checked."""
        in_use = [
            _("{language}: {letters}, with the English").format(
                language=language_label(language), letters=count_of(count, _("letter"), _("letters"))
            )
            for language, count in sorted(merged.languages.items())
        ]
        missing = join_words([language_label(language) for language in merged.untranslated])
        sentences = [_("In {languages}.").format(languages=join_words(in_use))] if in_use else []
        if missing:
            words = _("In English alone, though families would like {languages}: there is no checked translation of these words.")
            sentences.append(words.format(languages=missing))
        if merged.in_english:
            sentences.append(_("In English alone: {who}.").format(who=none_for(merged.in_english)))
        self.languages.setText(" ".join(sentences))
        self.languages.setVisible(bool(sentences))

    def _record_printed(self, merged: Merge) -> None:
        self._printed = self.answers
        self.context.keep(lambda: merging_letters.record_printed(self.context.desk, merged))

    def print_(self) -> None:
        if self.stack.currentIndex() == 0:
            super().print_()

    def _send(self, data: bytes, parent: QWidget, *, memory: Memory | None = None) -> bool:
        return self.send(data, parent, memory=memory)

    def _answered(self) -> bool:
        """Whether everything that the letter asks for is typed; what is not takes the focus."""
        if (template := self.template) is None:
            return True
        missing = merging_letters.unanswered(template, self.answers)
        question = missing[0] if missing else QUESTIONS[IMPROVEMENT_END]
        first = _("Fill in “{question}” first: the letter asks for it.").format(question=question)
        if wrong := first if missing else merging_letters.why_not(self.context.desk, template, self.answers):
            self.context.banner.problem(wrong)
            self._refusal = self.context.banner.message
            self.questions[question].setFocus()
        return not wrong

    def end(self) -> None:
        super().end()
        if self._refusal is not None:
            self.context.banner.retract(self._refusal)
            self._refusal = None

    # addresses to be withheld

    def _offer_withheld(self, merged: Merge) -> None:
        reason = _("the address must be kept from someone")
        self._kept_from = list(dict.fromkeys(left.pupil.full_name for left in merged.left_out if left.reason == reason)) or self._kept_from
        count = merged.kept_back or sum(left.reason == reason for left in merged.left_out)
        self.withheld.setText(_("Make {letters} to a &withheld address too").format(letters=count_of(count, _("letter"), _("letters"))))
        self.withheld.setAccessibleName(without_sign(self.withheld.text()))
        self.withheld.setVisible(bool(count))

    def _withheld_toggled(self, checked: bool) -> None:
        text = _(
            "These letters carry an address that must be kept from someone: {names}. Put them into their envelopes yourself, and post them at once."
        )
        if checked and not self.context.ask.confirm(
            _("Print a withheld address?"), text.format(names=some_of(self._kept_from)), _("Make these letters")
        ):
            self._untick_withheld()
            return
        self.make()

    def _untick_withheld(self) -> None:
        with QSignalBlocker(self.withheld):
            self.withheld.setChecked(False)

    # its words

    def _change(self) -> None:
        if self.template is not None:
            self._edit(self.template)

    def _edit(self, template: LetterTemplate) -> None:
        self.stack.setCurrentIndex(1)
        self.editor.begin(template)

    def _template_saved(self, template: LetterTemplate) -> None:
        self.context.banner.success(_("Saved: {name}.").format(name=template.name))
        self._offer(template.template_id)
        self.stack.setCurrentIndex(0)
        self._other_letter()

    def _removed(self) -> None:
        self._offer("")
        self.stack.setCurrentIndex(0)
        self._other_letter()

    def _leave_editor(self) -> None:
        """Back to the letters; asks first where something is typed and not saved."""
        text = _("You have changed this letter and not saved it.")
        if self.editor.dirty and not self.context.ask.confirm(
            _("Leave without saving?"), text, _("Discard changes"), danger=True, stay=_("Stay here")
        ):
            return
        self.editor.discard()
        self.stack.setCurrentIndex(0)
        self.letter.setFocus()

    @property
    def dirty(self) -> bool:
        return self.stack.currentIndex() == 1 and self.editor.dirty

    def save(self) -> bool:
        return not self.dirty or self.editor.save()

    def discard(self) -> None:
        self.editor.discard()

    @property
    def has_draft(self) -> bool:
        return self.dirty or (self.answers != self._printed and any(words.strip() for words in self.answers.values()))

    def draft(self) -> dict[str, Any]:
        return self.editor.draft() if self.dirty else {"letter": self.letter.key(), "answers": dict(self.answers)}

    def take_draft(self, draft: dict[str, Any]) -> None:
        if "answers" in draft:
            self.turn_to(draft["letter"])
            for question, words in draft["answers"].items():
                if question in self.questions:
                    self.questions[question].setText(words)
            self.make()
            return
        self._edit(self._templates.get(draft["template_id"], LetterTemplate()))
        self.editor.take_draft(draft)
