"""What was told of the pupil by word, entered by hand: to whom, what kind of data, why, on what basis; how, and on what day."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.changes import Changed
from pupil_desk.services.consents import resting
from pupil_desk.services.disclosures import by_hand
from pupil_desk.services.disclosures.by_hand import CONSENT, LEGAL_OBLIGATION, ByHand
from pupil_desk.services.disclosures.disclosures import BY_HAND, Way
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.forms.offering import NameCompleter, NamesOffered
from pupil_desk.ui.kit.forms.summary import ProblemSummary
from pupil_desk.ui.kit.forms.tickbox import TickBox, TickColumns
from pupil_desk.ui.kit.scroll import bring_into_view, scrolled
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.watch.presses import CALM, once_calm
from pupil_desk.ui.kit.words import STRETCH, button, column_in, column_of, flow_of, growing, label, labelled, row_in, show_words
from pupil_desk.ui.style import tokens

_FAMILY = (("", _("Not decided yet")), ("yes", _("Yes")), ("no", _("No: it could harm somebody, or an inquiry")))
_FAMILY_HINT = _(
    "A statement for the family leaves out what it may not know. What is not decided is left out too where social care, youth justice or somebody else was told."
)


class TellingPanel(QWidget):
    """``record_saved`` carries what was changed; ``closed`` comes when one wants back to what happened. The record's own buttons save and put back."""

    record_saved = Signal(object)
    closed = Signal()
    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context, self._pupil_id = context, ""
        self.recipient_kind = ChoiceBox(name=_("To whom"))
        self.recipient, self.purpose, self.law, self.kept_because = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.family = ChoiceBox(_FAMILY, name=_("May the family know?"))
        self.kinds = {code: TickBox(codelist("disclosed_kind").label_of(code)) for code in codelist("disclosed_kind").codes}
        self._ticks = TickColumns(list(self.kinds.values()))
        self.only_named = label(
            _(
                "The notice names no other kind for them. Another may be told with consent, or on a ground that the law names: choose that as the basis."
            ),
            "hint",
        )
        self.basis = ChoiceBox(name=_("On what basis"))
        for choice in (self.basis, self.recipient_kind):
            choice.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(24)
        ways = [(code.value, codelist("disclosure_way").label_of(code)) for code in BY_HAND if code is not Way.NOT_RECORDED]
        self.way = ChoiceBox([("", _("Choose one")), *ways], name=_("How"))
        self.day = DateBox(today=context.desk.today, name=_("On what day"))
        self.warning = label("", "check")
        self.summary = ProblemSummary(self._jump, of=self.recipient_kind)
        self._fields: dict[str, QWidget] = {
            "to": self.recipient_kind,
            "recipient": self.recipient,
            "kinds": next(iter(self.kinds.values())),
            "purpose": self.purpose,
            "basis": self.basis,
            "law": self.law,
            "way": self.way,
            "on": self.day.line,
            "kept_because": self.kept_because,
        }
        self.problem_labels = {name: label("", "problem") for name in self._fields}
        self.back_button = button(_("Bac&k to what happened"), self.closed.emit)
        self._allowed_boxes: list[TickBox] = []
        self._build()
        for line in self._lines:
            line.textChanged.connect(lambda _text: self._tell())
        self.recipient_kind.currentIndexChanged.connect(lambda _place: self._on_recipient_changed())
        self.family.currentIndexChanged.connect(lambda _place: self._tell())
        for box in self.kinds.values():
            box.toggled.connect(lambda _checked: self._tell())
        self.basis.currentIndexChanged.connect(lambda _place: self._tell())
        self.way.currentIndexChanged.connect(lambda _place: self._mend())
        self.day.edited.connect(self._tell)

    def _build(self) -> None:
        content = self._typed_fields()
        for line, name in zip(self._lines, (_("Their name"), _("Why"), _("Which law"), _("Why the family may not know")), strict=True):
            line.setAccessibleName(name)
            line.setMaxLength(255)
        self.recipient.setMaxLength(100)
        self._names = NamesOffered(self.recipient, NameCompleter((), self.recipient))
        for widget in (self.warning, *self.problem_labels.values()):
            widget.hide()
        head = QWidget()
        row_in(head, None, growing(label(_("What was told by word"), "subhead")), self.back_button, right=tokens.S)
        column_in(self, tokens.S, head, growing(scrolled(content)))

    def _typed_fields(self) -> QWidget:
        """The fields one above the other, each with room for what stands against it."""
        self._because, self._which_law = labelled(_("Why they m&ay not"), self.kept_because), labelled(_("Whi&ch law"), self.law)
        hint = label(
            _(
                "Only what kind of data it was, not what was said. It stands in the log of disclosures, and in the copy that a family may ask for."
            ),
            "hint",
        )
        problem_labels = self.problem_labels
        return column_of(
            labelled(_("To &whom"), self.recipient_kind),
            problem_labels["to"],
            labelled(_("&Their name"), self.recipient),
            problem_labels["recipient"],
            label(_("What kind of data"), "label"),
            hint,
            self._ticks,
            self.only_named,
            problem_labels["kinds"],
            labelled(_("Wh&y"), self.purpose),
            problem_labels["purpose"],
            labelled(_("On what bas&is"), self.basis),
            problem_labels["basis"],
            self.warning,
            self._which_law,
            problem_labels["law"],
            flow_of(labelled(_("&How"), self.way), labelled(_("On what &day"), self.day), spacing=tokens.L),
            problem_labels["way"],
            problem_labels["on"],
            labelled(_("May the fami&ly know?"), self.family),
            label(_FAMILY_HINT, "hint"),
            self._because,
            problem_labels["kept_because"],
            STRETCH,
            self.summary,
            right=tokens.S,
        )

    def begin(self, pupil_id: str) -> None:
        """Nothing told yet of this pupil."""
        self._pupil_id = pupil_id
        for line in self._lines:
            line.clear()
        self.recipient_kind.clear()
        self.recipient_kind.addItem(_("Choose one"), "")
        for recipient, names in by_hand.to_choose_from(self.context.desk):
            words = _("{kind}: {names}").format(kind=recipient.label, names=join_words(list(names))) if names else recipient.label
            self.recipient_kind.addItem(words, recipient.name)
        self.family.setCurrentIndex(0)
        for box in self.kinds.values():
            box.setChecked(False)
        self.basis.clear()
        self.basis.addItem(_("Choose one"), "")
        for code in codelist("disclosure_basis").codes:
            if code != CONSENT:
                self.basis.addItem(codelist("disclosure_basis").label_of(code), code)
        for consent in resting.choices(self.context.desk):
            self.basis.addItem(_("Consent: {consent}").format(consent=consent.words), f"{CONSENT}/{consent.key}")
        self.way.setCurrentIndex(0)
        self.day.set_day(self.context.desk.today)
        self._say(())
        self._on_recipient_changed()
        self.recipient_kind.setFocus()

    @property
    def dirty(self) -> bool:
        """Whether something is typed and not kept."""
        return bool(
            self.recipient_kind.key()
            or any(line.text() for line in self._lines)
            or any(box.isChecked() for box in self.kinds.values())
            or self.basis.key()
            or self.way.key()
        )

    @property
    def entry(self) -> ByHand | None:
        """What is typed; None while the day cannot be read."""
        day = self.day.day()
        basis, _slash, consent = self.basis.key().partition("/")
        if day is None:
            return None
        kinds = tuple(code for code, box in self.kinds.items() if box.isChecked())
        return ByHand(
            pupil_id=self._pupil_id,
            recipient=self.recipient.text(),
            kinds=kinds,
            purpose=self.purpose.text(),
            basis=basis,
            way=self.way.key(),
            on=day,
            consent=consent,
            to=self.recipient_kind.key(),
            law=self.law.text() if basis == LEGAL_OBLIGATION else "",
            may_know={"yes": True, "no": False}.get(self.family.key()),
            kept_because=self.kept_because.text(),
        )

    @property
    def _lines(self) -> tuple[QLineEdit, ...]:
        return self.recipient, self.purpose, self.law, self.kept_because

    def _on_recipient_changed(self) -> None:
        """What they are called here is put in where there is one name, and offered where there are several."""
        names_by_recipient = {recipient.name: names for recipient, names in by_hand.to_choose_from(self.context.desk)}
        names, known_names = (
            names_by_recipient.get(self.recipient_kind.key(), ()),
            {name for of_one in names_by_recipient.values() for name in of_one},
        )
        if not self.recipient.text() or self.recipient.text() in known_names:
            self.recipient.setText(names[0] if len(names) == 1 else "")
        self._names.offer(list(names) or by_hand.names_told(self.context.desk))
        self._tell()

    def _tell(self) -> None:
        """That no consent is in force is said as soon as it is chosen, before anything is kept."""
        self._which_law.setVisible(self.basis.key() == LEGAL_OBLIGATION)
        self._because.setVisible(self.family.key() == "no")
        self._offer()
        entry = self.entry
        words = by_hand.warning(self.context.desk, entry) if entry is not None and entry.consent else ""
        show_words(self.warning, words)
        self._mend()
        self.edited.emit()

    def _offer(self) -> None:
        """Only the kinds of data that may be entered for this recipient on this basis."""
        basis = self.basis.key().partition("/")[0]
        allowed = by_hand.kinds_to_tell(self.context.desk, self.recipient_kind.key(), basis, self.law.text())
        allowed_boxes = [box for code, box in self.kinds.items() if code in allowed]
        if self._allowed_boxes != allowed_boxes:
            self._allowed_boxes = allowed_boxes
            self._ticks.show_only(allowed_boxes)
            self.only_named.setVisible(len(allowed_boxes) < len(self.kinds))
            self._fields["kinds"] = next(iter(allowed_boxes), self.recipient_kind)

    def _say(self, problems: Sequence[Problem]) -> None:
        """What stands against keeping it: above, leading to each field, and beside it."""
        self.summary.show_problems(problems)
        self._say_beside()

    def _say_beside(self) -> None:
        for name, words in self.problem_labels.items():
            words.setText("\n".join(problem.message for problem in self.summary.problems if problem.column == name))
            words.setVisible(bool(words.text()))
            self._fields[name].setAccessibleDescription(words.text())

    def _mend(self) -> None:
        """What is no longer so is said no more, as in every form."""
        entry = self.entry
        if self.summary.problems and entry is not None:
            now = by_hand.problems(self.context.desk, entry)
            self.summary.drop([problem for problem in self.summary.problems if problem not in now])
            once_calm(self, self._say_beside, wait=CALM)

    def _jump(self, name: str) -> None:
        field = self._fields.get(name, self.recipient_kind)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(field)

    def save(self) -> bool:
        """Keep it; where no consent was in force, only after a second word."""
        entry, desk = self.entry, self.context.desk
        if entry is None:
            self._say((Problem("on", "bad_date", _("Enter the day on which it was told, such as 27/3/2026.")),))
            return False
        if problems := by_hand.problems(desk, entry):
            self._say(problems)
            return False
        lacking = by_hand.warning(desk, entry)
        if lacking:
            text = _(
                "{why} If it was told all the same, keep that as it was: it stands in the log with this fact. Otherwise choose another basis."
            )
            choices = (Choice("keep", _("Keep it with that fact"), "danger"), Choice("back", _("Go back")))
            if self.context.ask.choose(_("No consent was in force"), text.format(why=lacking), choices, safe="back") != "keep":
                return False
        changed: Changed | None = self.context.attempt(lambda: by_hand.keep(desk, entry, anyway=bool(lacking)), on_refusal=self._say)
        if changed is None:
            return False
        self.begin(self._pupil_id)
        self.record_saved.emit(changed)
        return True

    def draft(self) -> dict[str, Any]:
        """What is typed, for a draft."""
        return {
            "to": self.recipient_kind.key(),
            "law": self.law.text(),
            "family": self.family.key(),
            "kept_because": self.kept_because.text(),
            "recipient": self.recipient.text(),
            "purpose": self.purpose.text(),
            "basis": self.basis.key(),
            "way": self.way.key(),
            "on": self.day.text(),
            "kinds": [code for code, box in self.kinds.items() if box.isChecked()],
        }

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        self.recipient_kind.set_key(draft.get("to", ""))
        self.law.setText(draft.get("law", ""))
        self.family.set_key(draft.get("family", ""))
        self.kept_because.setText(draft.get("kept_because", ""))
        self.recipient.setText(draft["recipient"])
        self.purpose.setText(draft["purpose"])
        self.basis.set_key(draft["basis"])
        self.way.set_key(draft["way"])
        self.day.set_text(draft["on"])
        for code in draft["kinds"]:
            self.kinds[code].setChecked(True)
