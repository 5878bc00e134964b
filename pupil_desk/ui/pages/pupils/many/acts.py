"""What can be done with several pupils at once: a line each."""

from collections.abc import Callable
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.pupils.many.view import ActView


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do with the ticked pupils. ``make`` imports and makes its view when it is first wanted."""

    key: str
    words: str
    text: str
    icon: str
    make: Callable[[Context], ActView]
    action: Action | None = None


def acts() -> tuple[Act, ...]:
    """Everything that can be done with several pupils, in order. A further one is its line here."""
    return (
        Act("class-list", _("&Class list"), _("Names, with the columns you tick and empty ones to fill in"), "list-numbers", _class_list),
        Act("labels", _("&Labels"), _("Names, or addresses of families, on sheets of labels"), "tag", _labels),
        Act("letters", _("Le&tters"), _("One to each household, by a template"), "envelope-simple", _letters, action=Action.PRINT_FORM),
        Act(
            "slips",
            _("Data-chec&k slips"),
            _("What we hold, for each household to put right and send back"),
            "check-square",
            _slips,
            action=Action.PRINT_FORM,
        ),
        Act(
            "statements",
            _("Who &was told"),
            _("Two sides for each family: who was told what, and how to object"),
            "megaphone",
            _statements,
            action=Action.PRINT_FORM,
        ),
        Act("emergency", _("&Emergency contacts"), _("Whom to call, and nothing else"), "phone", _emergency),
        Act("first-aid", _("First-a&id cards"), _("Allergies, conditions, medicines: a card a pupil"), "first-aid-kit", _first_aid),
        Act(
            "change",
            _("C&hange an item"),
            _("Such as the year group or the next review, the same for all"),
            "pencil-simple",
            _change,
            action=Action.EDIT_RECORD,
        ),
        Act("merge", _("Me&rge records"), _("Two or three records that are of one person"), "users-three", _merge, action=Action.MERGE),
    )


def _class_list(context: Context) -> ActView:
    from pupil_desk.ui.pages.pupils.many.class_list import ClassListView

    return ClassListView(context)


def _labels(context: Context) -> ActView:
    from pupil_desk.ui.pages.pupils.many.labels import LabelsView

    return LabelsView(context)


def _letters(context: Context) -> ActView:
    from pupil_desk.ui.pages.pupils.many.letters import LettersView

    return LettersView(context)


def _change(context: Context) -> ActView:
    from pupil_desk.ui.pages.pupils.many.change import ChangeView

    return ChangeView(context)


def _merge(context: Context) -> ActView:
    from pupil_desk.ui.pages.pupils.many.merging import MergeView

    return MergeView(context)


def _slips(context: Context) -> ActView:
    from pupil_desk.ui.pages.pupils.many.slips import SlipsView

    return SlipsView(context)


def _statements(context: Context) -> ActView:
    from pupil_desk.ui.pages.pupils.many.statements import StatementsView

    return StatementsView(context)


def _emergency(context: Context) -> ActView:
    from pupil_desk.services.care import cards
    from pupil_desk.ui.pages.pupils.many.plain import PlainPaper

    return PlainPaper(context, _("Emergency contacts"), cards.emergency_contacts)


def _first_aid(context: Context) -> ActView:
    from pupil_desk.services.care import cards
    from pupil_desk.ui.pages.pupils.many.plain import PlainPaper

    return PlainPaper(context, _("First-aid cards"), cards.first_aid)
