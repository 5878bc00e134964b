"""How a pupil's wishes stand: who may choose, who of them was asked and has answered, and two parents who contradict each other."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.sharing.choice import PARENT, RESTRICT, Choice
from pupil_desk.domain.sharing.sharing import YOUTH_SUPPORT
from pupil_desk.domain.sharing.wish import Contradiction, Giver, Wish
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.layout import column_in
from pupil_desk.ui.kit.words import button, label, set_look
from pupil_desk.ui.pages.sharing.words import recipient_words
from pupil_desk.ui.style import tokens


class PreferenceStanding(QWidget):
    """Lines for each person who may choose; a frame for each contradiction, with what settles it. ``settle`` carries the recipient."""

    settle = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.people, self.strangers = label(""), label("", "check")
        self.frames: dict[str, QFrame] = {}
        self._column = column_in(self, tokens.XS)
        self._column.addWidget(label(_("Who may choose, and who has"), "subhead"))
        self._column.addWidget(self.people)
        self._column.addWidget(self.strangers)

    def show_wishes(self, wishes: Mapping[str, Wish], recipients_asked: Collection[str]) -> None:
        """Say how these stand; ``recipients_asked`` are the recipients about whom somebody is asked, at the pupil's age."""
        first = wishes[YOUTH_SUPPORT.name]
        self.people.setText("\n".join(_lines(wishes, recipients_asked)) or _("Nobody with parental responsibility is on file."))
        names = list(dict.fromkeys(choice.giver or _("someone not named") for wish in wishes.values() for choice in wish.strangers))
        words = _("Not matched to a contact: {names}. It counts all the same.")
        inactive = _lapsed_words(wishes) if first.by != PARENT else ""
        self.strangers.setText("\n".join(filter(None, (words.format(names=join_words(names)) if names else "", inactive))))
        self.strangers.setVisible(bool(self.strangers.text()))
        for frame in self.frames.values():
            frame.hide()
            frame.deleteLater()
        self.frames = {name: self._frame(name, wish.contradiction) for name, wish in wishes.items() if wish.contradiction}
        for frame in self.frames.values():
            self._column.addWidget(frame)

    def _frame(self, recipient: str, contradiction: Contradiction) -> QFrame:
        frame = QFrame()
        set_look(frame, "banner-note")
        column = column_in(frame, tokens.XS, left=tokens.M, top=tokens.S, right=tokens.M, bottom=tokens.S)
        column.addWidget(label(_("{recipient}: two parents disagree").format(recipient=recipient_words(recipient)), "label"))
        sentences = [*map(_choice_words, contradiction.restricted), *map(_choice_words, contradiction.allowed)]
        column.addWidget(label("\n".join(sentences)))
        holds = _("Until it is settled the most protective holds: restricted.") if contradiction.holds.choice == RESTRICT else ""
        column.addWidget(label(holds))
        column.addWidget(
            label(
                _(
                    "What settles it: a new word of whoever restricted it; a written agreement of both; an order of a court; or the pupil’s 16th birthday."
                ),
                "muted",
            )
        )
        settle_button = button(_("Record how it was settle&d…"), lambda: self.settle.emit(recipient))
        settle_button.setEnabled(self._desk.may(Action.RECORD_CHOICE))
        settle_button.setToolTip("" if settle_button.isEnabled() else only(Action.RECORD_CHOICE))
        settle_button.setAccessibleName(_("Record how it was settled: {recipient}").format(recipient=recipient_words(recipient)))
        column.addWidget(settle_button)
        return frame


def _choice_words(choice: Choice) -> str:
    words = _("{who} restricted it on {day}.") if choice.choice == RESTRICT else _("{who} allowed it on {day}.")
    return words.format(who=choice.giver or _("Someone not named"), day=show_date(choice.on))


def _lines(wishes: Mapping[str, Wish], recipients_asked: Collection[str]) -> list[str]:
    """One line a person: what they said about each recipient, or how far the asking has come."""
    givers = [wish.givers for wish in wishes.values()]
    return [_line(dict(zip(wishes, person_givers, strict=True)), recipients_asked) for person_givers in zip(*givers, strict=True)]


def _line(giver_by_recipient: Mapping[str, Giver], recipients_asked: Collection[str]) -> str:
    first = next(iter(giver_by_recipient.values()))
    answers = [_answer(name, giver) for name, giver in giver_by_recipient.items() if giver.said is not None]
    silent = [giver for name, giver in giver_by_recipient.items() if giver.said is None and name in recipients_asked]
    if not answers and not silent:
        silent = [first]
    if silent:
        answers.append(_silent(silent[0], nothing_said=not answers))
    return _("{name}: {what}.").format(name=first.name, what="; ".join(answers))


def _answer(recipient: str, giver: Giver) -> str:
    assert giver.said is not None
    words = _("{recipient} restricted on {day}") if giver.said.choice == RESTRICT else _("{recipient} allowed on {day}")
    return words.format(recipient=begun_small(recipient_words(recipient)), day=show_date(giver.said.on))


def _silent(giver: Giver, *, nothing_said: bool) -> str:
    if giver.asked is None:
        return _("not asked yet") if nothing_said else _("nothing said about the rest")
    if giver.reminded is not None:
        return _("asked on {day}, reminded on {again}, no answer yet").format(day=show_date(giver.asked), again=show_date(giver.reminded))
    return _("asked on {day}, no answer yet").format(day=show_date(giver.asked))


def _lapsed_words(wishes: Mapping[str, Wish]) -> str:
    """What a parent said before the right passed, which counts no more."""
    sentences = [_choice_words(choice) for wish in wishes.values() for choice in wish.inactive]
    return " ".join([_("No longer counts, since the choice is the pupil’s own:"), *sentences]) if sentences else ""
