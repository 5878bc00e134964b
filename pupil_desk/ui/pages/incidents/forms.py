"""What of an incident is typed: the account, which is the same for all, and each pupil's own part; which of it is in view, and what the law asks for."""

from collections.abc import Collection
from functools import cached_property, partial
from typing import Final

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.incidents.incident import INTERVENTIONS, MINUTES_OF, OF_SEARCH, SHARED, Incident, asked_by_law
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents import known
from pupil_desk.ui.kit.forms.editors import LinesEditor
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.forms.offering import offer_names

_SHORT: Final = ("kind", "day", "account", "points")  # of a reward or ordinary behaviour, beside the pupils
_DONE: Final = (*INTERVENTIONS, "search")
_OF_FORCE: Final = ("force_kind", "force_degree")
_OF_ANY: Final = ("began", "minutes", "necessary")
_OF_EACH: Final = tuple(MINUTES_OF.values())
_OF_INTERVENTION: Final = ("done_by", "needs", "triggers")
_OF_WHAT: Final = (*_DONE, *_OF_FORCE, *_OF_ANY, *_OF_EACH, *OF_SEARCH, *_OF_INTERVENTION)
_AFTER: Final = ("injury", "first_aid", "support")
_LINES: Final = 4  # of names, or of a pupil's own facts, in sight at once


class AccountForm(Form[Incident]):
    """The account, and the points of a reward. The names of those who work here are completed as one types, and places are offered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            Incident,
            today=desk.today,
            only=(*SHARED, "points"),
            folds=(
                (_("What led to it, and what was tried first"), ("led_to_it", "tried")),
                (_("Staff, who saw it, damage"), ("staff", "witnesses", "damage")),
            ),
        )
        self._desk = desk
        _lines(self, "account").set_tallest(_LINES + 1)
        for name in ("staff", "witnesses"):
            editor = _lines(self, name)
            editor.complete_from(lambda: self._names)
            editor.set_tallest(_LINES)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return known.staff_names(self._desk)

    def offer_places(self) -> None:
        """Offer where incidents happened before, as they are on file now."""
        offer_names(self, "place", known.places(self._desk))

    def fit(self, *, is_short: bool, restrictive: bool, force: bool) -> None:
        """Have in view what is asked of such an incident, and say in the names what the law asks for."""
        self.show_items(_SHORT if is_short else SHARED)
        _name_by_law(self, asked_by_law(restrictive=restrictive, force=force))


class OwnForm(Form[Incident]):
    """A pupil's own part. What the record says of needs, and the last incident of triggers, is offered where it is asked for."""

    def __init__(self, desk: Desk, pupil_id: str) -> None:
        super().__init__(
            Incident,
            today=desk.today,
            only=("part", *_OF_WHAT, *_AFTER),
            folds=((_("Reasonable force, seclusion, restraint or search"), _OF_WHAT), (_("Injury, first aid, support afterwards"), _AFTER)),
            begin=("force_kind", "began"),
        )
        self._desk, self._pupil_id = desk, pupil_id
        for name in ("necessary", *OF_SEARCH, *_OF_INTERVENTION, *_AFTER):
            _lines(self, name).set_tallest(_LINES)
        for name in ("done_by", "search_by"):
            _lines(self, name).complete_from(lambda: self._names)
        self.fit()

    @property
    def _ticked(self) -> set[str]:
        return {name for name in _DONE if self.fields[name].editor.typed_text() == "yes"}

    @property
    def force(self) -> bool:
        """Whether reasonable force is ticked."""
        return "force" in self._ticked

    @property
    def restrictive(self) -> bool:
        """Whether an intervention is ticked of which the law asks for a record."""
        return bool(self._ticked.intersection(INTERVENTIONS))

    def fit(self) -> None:
        """Have in view what there is to say by what is ticked, say in the names what the law asks for, and offer what is known."""
        names = {"part", *_DONE, *_AFTER}
        for shown, of in (
            (self.force, _OF_FORCE),
            (bool(self._ticked), _OF_ANY),
            ("search" in self._ticked, OF_SEARCH),
            (self.restrictive, _OF_INTERVENTION),
        ):
            names |= set(of) if shown else set()
        done = self._ticked.intersection(INTERVENTIONS)
        names |= {MINUTES_OF[name] for name in done if len(done) > 1}
        self.show_items(names)
        _name_by_law(self, asked_by_law(restrictive=self.restrictive, force=self.force))
        if self.restrictive:
            self.folds[-1].open()
            self._offer("needs", self._needs)
            self._offer("triggers", self._triggers)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return known.staff_names(self._desk)

    @cached_property
    def _needs(self) -> str:
        return known.needs(self._desk, self._pupil_id)

    @cached_property
    def _triggers(self) -> str:
        return known.triggers(self._desk, self._pupil_id)

    def _offer(self, name: str, found: str) -> None:
        field = self.fields[name]
        words = _("Take over what is on file: {known}").format(known=", ".join(found.splitlines()))
        field.offer("" if not found or field.holds_something else words, partial(self._take, name, found))

    def _take(self, name: str, text: str) -> None:
        self.take_draft({name: text})
        self.focus(name)


def _lines(form: Form[Incident], name: str) -> LinesEditor:
    editor = form.fields[name].editor
    assert isinstance(editor, LinesEditor)
    return editor


def _name_by_law(form: Form[Incident], names: Collection[str]) -> None:
    """Say of these by their names that the law asks for them."""
    for name, field in form.fields.items():
        label = item_named(Incident, name).label
        field.name_it(_("{label} (by law)").format(label=label) if name in names else label)
