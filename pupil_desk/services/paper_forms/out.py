"""Forms that are out: printed, and neither back nor given up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.papers.paper_form import FormStep, PaperForm, is_given_up, is_out
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.paper_forms import kinds
from pupil_desk.services.paper_forms.printing import KIND
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import paper_forms, pupils, scans


@dataclass(frozen=True, slots=True)
class OutstandingForm:
    """A form that is waited for. ``days`` is for how long; ``waits``: its page is there, and waits to be confirmed; ``answered``: in another way, or no longer asked;
    ``given_up``: nobody waits for it any more."""

    form: PaperForm
    pupil: Pupil
    days: int
    waits: bool
    answered: bool
    given_up: bool = False

    @property
    def id(self) -> str:
        return self.form.id


def out(desk: Desk) -> list[OutstandingForm]:
    """The forms that are waited for, the oldest first."""
    desk.require(Action.READ_RECORD)
    steps, returned_ids = paper_forms.steps(desk.vault), {form_id for form_id, _page in scans.filed(desk.vault)}
    return _outstanding(desk, [form for form in paper_forms.everything(desk.vault) if is_out(steps.get(form.id, ()))], returned_ids)


def given_up(desk: Desk) -> list[OutstandingForm]:
    """The forms that were given up and can be waited for again, the oldest first: those of which no page came, and that no later one has replaced."""
    desk.require(Action.READ_RECORD)
    steps, returned_ids = paper_forms.steps(desk.vault), {form_id for form_id, _page in scans.filed(desk.vault)}
    forms = paper_forms.everything(desk.vault)
    last = {_addressee_key(form): form.id for form in forms}
    left = [
        form
        for form in forms
        if form.id not in returned_ids and is_given_up(steps.get(form.id, ())) and last[_addressee_key(form)] == form.id
    ]
    return [replace(out_form, given_up=True) for out_form in _outstanding(desk, left, returned_ids)]


def _addressee_key(form: PaperForm) -> tuple[str, ...]:
    return (form.form_kind, form.subject, form.pupil_id, form.asked)


def _outstanding(desk: Desk, forms: Sequence[PaperForm], returned_ids: Iterable[str]) -> list[OutstandingForm]:
    people = pupils.some_by_id(desk.vault, {form.pupil_id for form in forms})
    open_ = {key: _unanswered(desk, *key) for key in {(form.form_kind, form.subject) for form in forms}}
    return [
        OutstandingForm(
            form,
            people[form.pupil_id],
            (desk.today - form.on).days,
            form.id in returned_ids,
            form.pupil_id not in open_[(form.form_kind, form.subject)],
        )
        for form in forms
        if form.pupil_id in people
    ]


def missing(desk: Desk) -> list[OutstandingForm]:
    """Those of which no page has come back, and no answer in another way."""
    return [out_form for out_form in out(desk) if not out_form.waits and not out_form.answered]


def _unanswered(desk: Desk, kind_name: str, subject: str) -> frozenset[str]:
    kind = kinds.kind_named(kind_name)
    if kind is None or not kind.subjects(desk).keys() & {subject, ""}:  # a trip that is over, a type that is no longer asked for
        return frozenset()
    return frozenset(pupil.id for pupil in kind.unanswered(desk, subject, desk.today))


def give_up(desk: Desk, form_ids: Sequence[str], because: str) -> Changed:
    """Wait for forms no longer, with the reason. Should one come back all the same, it is read. Raises Refused."""
    reason = tidy(because)
    refuse(() if reason else (Problem("because", "missing", _("Enter why the form is not waited for any more.")),))
    return _stepped(desk, form_ids, FormStep.GIVEN_UP, reason)


def look_for_again(desk: Desk, form_ids: Sequence[str]) -> Changed:
    """Wait for forms again that were given up."""
    return _stepped(desk, form_ids, FormStep.LOOKED_FOR, None)


def _stepped(desk: Desk, form_ids: Sequence[str], step: FormStep, because: str | None) -> Changed:
    forms = [form for form_id in form_ids if (form := paper_forms.get(desk.vault, form_id)) is not None]
    if not forms:
        return Changed.of()
    first, *other_ids = (form.pupil_id for form in forms)
    with desk.act(Action.PRINT_FORM, "pupil", first, f"form {step.value}") as work:
        for pupil_id in other_ids:
            work.note(Action.PRINT_FORM, "pupil", pupil_id, f"form {step.value}")
        for form in forms:
            paper_forms.add_step(desk.vault, form, step, because=because, moment=work.stamp, actor=work.actor)
    return Changed.of(KIND, ids=(first, *other_ids))
