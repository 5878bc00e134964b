"""The kinds of form that are printed with a code and read again, and by which name each form is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.paper_forms import acknowledgement, consents, details, sharing_choice
from pupil_desk.services.paper_forms.kind import FormKind

KINDS: tuple[FormKind, ...] = (sharing_choice.KIND, consents.KIND, acknowledgement.KIND, details.KIND)


@dataclass(frozen=True, slots=True)
class NamedForm:
    """One form that can be printed: its name on the command line, its words, its kind and what it is about."""

    name: str
    words: str
    kind: FormKind
    subject: str

    @property
    def asked_as(self) -> str:
        """By what a person asks for it: by its name, and where that ends in the identity of a trip or the like, by its words."""
        return f"“{self.words}”" if "/" in self.name else self.name


def named_forms(desk: Desk) -> list[NamedForm]:
    """Every form there is in this unit, in the order of the kinds."""
    return list(_all_forms(desk))


def _all_forms(desk: Desk) -> Iterator[NamedForm]:
    for kind in KINDS:
        for subject, words in kind.subjects(desk).items():
            yield NamedForm(subject or kind.name, words, kind, subject)


def form_named(desk: Desk, name: str) -> NamedForm:
    """The form of that name, or of those words. Raises WrongUse for one there is not, and says which there are; for words that two have."""
    forms = named_forms(desk)
    matches = [form for form in forms if form.name == name] or [form for form in forms if fold(form.words) == fold(name)]
    if not matches:
        raise WrongUse(
            _("There is no form called “{name}”. There are: {names}.").format(name=name, names=", ".join(form.asked_as for form in forms))
        )
    if len(matches) > 1:
        raise WrongUse(
            _("Two forms are called “{name}”. Ask for one of these: {names}.").format(
                name=name, names=", ".join(form.name for form in matches)
            )
        )
    return matches[0]


def printed_anew(desk: Desk, kind_name: str, subject: str) -> NamedForm | None:
    """The form as which one on file is printed again; None where it is printed no more, such as for a trip that is over or an older notice."""
    kind = kind_named(kind_name)
    current_subject = kind.printed_as(desk, subject) if kind is not None else subject
    return next((form for form in named_forms(desk) if (form.kind.name, form.subject) == (kind_name, current_subject)), None)


def kind_named(name: str) -> FormKind | None:
    """The kind that a form on file is of; None for one that this program no longer has."""
    return next((kind for kind in KINDS if kind.name == name), None)
