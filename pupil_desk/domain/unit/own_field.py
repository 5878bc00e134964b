"""A field of the unit's own: what is held beside what the program itself asks, on what basis, for how long. It is made once, and withdrawn at most.

Its words come from outside: they are of letters, digits and a few signs, so that they are no markup, no formula and no name of a column of ours.
Sources: UK GDPR Article 6(1) (a basis for each use), Article 9(2) with schedule 1 of the Data Protection Act 2018 (a condition for what the law
protects specially), Article 5(1)(e) (kept no longer than it is needed). Consent is no basis of a field: who decides, for how long and how it is
withdrawn is kept by a type of consent.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pupil_desk.basics.text import fold, heading_key, tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import OWN_FIELDS, Basis, Category, Facts, Kind, Purpose, Section, item, program_items_of
from pupil_desk.domain.catalogue.own_values import name_for
from pupil_desk.domain.catalogue.validation import Problem, gathered
from pupil_desk.domain.governance.retention import RECORD, SEN
from pupil_desk.domain.plans.plan import PupilPlan
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil

_FIELD = Facts(Section.OWN_FIELD, Category.STAFF, Purpose.LAW, Basis.PUBLIC_TASK)
OF_RECORD: Mapping[str, type] = {"pupil": Pupil, "contact": Contact, "plan": PupilPlan}
"""The types of record that take fields, by the codes of «own_field_record»."""
KEPT: Mapping[str, tuple[str, ...]] = {"pupil": (RECORD, SEN), "contact": (RECORD,), "plan": (SEN,)}
"""The classes of retention that a field of each record can be of: those by which such a record is emptied or goes."""
NOT_SPECIAL = "NONE"
LONGEST_LABEL, LONGEST_CODE, MOST_CODES, MOST_FIELDS = 50, 60, 50, 30  # characters; values of a list; fields of one record that are in use
_SLUGS = {Kind.TEXT: "text", Kind.DATE: "date", Kind.YES_NO: "flag", Kind.CODE: "code", Kind.NUMBER: "number"}
_SIGNS = r"\w \-'’(),./?%"
_LABEL, _CODE = re.compile(rf"[^\W\d_][{_SIGNS}]*"), re.compile(rf"[^\W_][{_SIGNS}]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnField:
    """One field. ``name`` is that of its item; ``withdrawn`` says why nothing is entered in it any more."""

    name: str = ""
    record: str = item(_("Of what it is"), Kind.CODE, codes="own_field_record", facts=_FIELD, required=True)
    label: str = item(
        _("Name of the field"), Kind.NAME, facts=_FIELD, required=True, longest=LONGEST_LABEL, hint=_("As on the form. Name no pupil")
    )
    kind: str = item(_("What is entered in it"), Kind.CODE, codes="own_field_kind", facts=_FIELD, required=True)
    values: str | None = item(_("The list, one value a line"), Kind.LINES, facts=_FIELD, hint=_("For “One of a list” alone"))
    hint: str | None = item(_("Advice beside the field"), Kind.TEXT, facts=_FIELD, longest=100)
    reason: str = item(
        _("What it is held for"), Kind.TEXT, facts=_FIELD, required=True, hint=_("In your own words: why you need it of each")
    )
    purpose: str = item(_("Purpose, as in the notice"), Kind.CODE, codes="own_field_purpose", facts=_FIELD, required=True)
    basis: str = item(_("Lawful basis"), Kind.CODE, codes="own_field_basis", facts=_FIELD, required=True)
    law: str | None = item(_("Which law demands it"), Kind.TEXT, facts=_FIELD, hint=_("For a legal obligation alone"))
    special: str = item(_("Specially protected by law"), Kind.CODE, codes="own_field_special", facts=_FIELD, required=True)
    retention: str = item(_("How long it is kept"), Kind.CODE, codes="own_field_kept", facts=_FIELD, required=True)
    withdrawn: str | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The values of its list."""
        return tuple(filter(None, map(tidy, (self.values or "").splitlines())))

    @property
    def is_special(self) -> bool:
        """Whether the law protects specially what stands in it."""
        return self.special != NOT_SPECIAL


def named(own_field: OwnField, number: int) -> OwnField:
    """A field as the so-manieth that is made, with its name."""
    return replace(own_field, name=name_for(_SLUGS[Kind(own_field.kind)], number))


@gathered
def check_own_field(own_field: OwnField, others: Sequence[OwnField] = ()) -> Iterator[Problem]:
    """What is wrong with a new field across its items. ``others`` are those that were made before, withdrawn ones among them."""
    if not _LABEL.fullmatch(own_field.label):
        words = _("The name begins with a letter, and has letters, digits, blanks and - ’ ( ) , . / ? % alone. Write it so.")
        yield Problem("label", "bad_text", words)
    yield from _check_label_is_free(own_field, others)
    if sum(1 for other in others if other.record == own_field.record and other.withdrawn is None) >= MOST_FIELDS:
        words = _("There are {most} fields of this record already. Withdraw one that is not needed first.")
        yield Problem("record", "too_many", words.format(most=MOST_FIELDS))
    yield from _check_values(own_field)
    if own_field.basis == Basis.LEGAL_OBLIGATION.name and not own_field.law:
        yield Problem("law", "missing", _("Name the law that demands it. If there is none, it is a public task or nothing."))
    if own_field.retention not in KEPT.get(own_field.record, ()):
        yield Problem("retention", "bad_period", _("That is not kept so long, or so short. Choose the other period."))


def _check_label_is_free(own_field: OwnField, others: Sequence[OwnField]) -> Iterator[Problem]:
    record_type = OF_RECORD.get(own_field.record)
    known_items = program_items_of(record_type) if record_type else ()
    known_keys = {heading_key(words) for known_item in known_items for words in (known_item.label, known_item.name)}
    if heading_key(own_field.label) in known_keys:
        yield Problem("label", "taken", _("The program has a field of this name already. Use that one, or choose another name."))
    if any(heading_key(other.label) == heading_key(own_field.label) and other.record == own_field.record for other in others):
        yield Problem("label", "taken", _("Another field has this name, or had it before it was withdrawn. Choose another."))


def _check_values(own_field: OwnField) -> Iterator[Problem]:
    codes = own_field.codes
    if own_field.kind != Kind.CODE.value:
        if codes:
            yield Problem("values", "not_of_kind", _("Only a field of the kind “One of a list” has a list. Choose that, or empty it."))
        return
    if not 2 <= len(codes) <= MOST_CODES:
        yield Problem("values", "missing", _("Enter from 2 to {most} values, one a line.").format(most=MOST_CODES))
    if len({fold(code) for code in codes}) < len(codes):
        yield Problem("values", "twice", _("A value stands there twice. Take one out."))
    if wrong := next((code for code in codes if len(code) > LONGEST_CODE or not _CODE.fullmatch(code)), ""):
        words = _("“{value}” cannot be in the list: up to {most} letters, digits, blanks and - ’ ( ) , . / ? %, a letter or digit first.")
        yield Problem("values", "bad_text", words.format(value=wrong[:LONGEST_CODE], most=LONGEST_CODE))


def texts_of(own_fields: Iterable[OwnField]) -> Mapping[str, str]:
    """What the catalogue and the code lists read of these fields, by path: nothing where there is none."""
    texts: dict[str, str] = {}
    field_facts = []
    for own_field in own_fields:
        field_facts.append(
            {name: getattr(own_field, name) for name in ("name", "record", "label", "kind", "reason", "purpose", "basis", "retention")}
            | {"hint": own_field.hint or "", "special": own_field.special if own_field.is_special else ""}
            | {"withdrawn": own_field.withdrawn is not None}
        )
        if own_field.kind == Kind.CODE.value:
            texts[f"codes/{own_field.name}.toml"] = _list_text(own_field)
    return {OWN_FIELDS: json.dumps(field_facts, ensure_ascii=False), **texts} if field_facts else {}


def _list_text(own_field: OwnField) -> str:
    """The list of a field as a file of codes: each value is its own code."""
    lines = [f"label = {_quoted(own_field.label)}", f"source = {_quoted(_('the unit itself'))}", 'sure = "high"', "[codes]"]
    return "\n".join([*lines, *(f"{_quoted(code)} = {{ label = {_quoted(code)} }}" for code in own_field.codes)])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
