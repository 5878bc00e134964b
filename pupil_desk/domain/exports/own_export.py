"""An export that the unit has made for itself: for whom, on what basis, which items in which order, of which pupils. Version by version.

Sources: UK GDPR Article 6(1) (a basis for each use), Article 9(2) (a condition for what the law protects specially), Article 7 (consent).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pupil_desk.basics.text import fold, tidy
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.catalogue.catalogue import every_item
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Item, Kind, Purpose, Section, item
from pupil_desk.domain.catalogue.own_values import is_own
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.pupils.conditions import Condition, questions
from pupil_desk.domain.sharing.sharing import heard_recipients

_EXPORT = Facts(Section.OWN_EXPORT, Category.STAFF, Purpose.LAW, Basis.PUBLIC_TASK, retention="disclosure")

CONSENT = "consent"
BASES = {CONSENT: Basis.CONSENT, "legal-obligation": Basis.LEGAL_OBLIGATION, "public-task": Basis.PUBLIC_TASK}
"""The codes of «own_export_basis»."""
PREFIX = "own-"
"""The name of each begins so, on the command line and in the name of its file."""
ATTENDANCE = "mark.code"
"""Stands for the share of this school year's sessions that was attended, which is worked out from the codes."""
LONGEST_HEADING, MOST_COLUMNS = 60, 40  # characters; columns
_LONGEST_NAME = 40  # characters of the name that the command line knows it by
_OF_ONE_ROW = ("pupil", "enrolment", "contact")
_EXPLICIT = _("explicit consent, UK GDPR Article 9(2)(a)")


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column: the item of the catalogue that stands in it, ``record.attribute``, and its heading."""

    item: str
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnExport:
    """One version. Those that share ``own_export``, which is its name, follow one another; the last one counts.

    ``consent`` is «type|occasion|use» where the basis is consent: without a yes to it nobody goes. ``law`` then says it in words.
    ``order`` is the item that the rows are ordered by, empty for the name. All ``conditions`` must be true of a pupil.
    """

    id: str = ""
    own_export: str = ""
    version: int = 1
    retired: bool = False
    title: str = item(_("Name of the export"), Kind.NAME, facts=_EXPORT, required=True, longest=60, hint=_("Name no pupil"))
    recipient: str = item(_("For whom"), Kind.NAME, facts=_EXPORT, required=True, hint=_("The privacy notice will name them so"))
    purpose: str = item(_("What they need it for"), Kind.TEXT, facts=_EXPORT, required=True)
    basis: str = item(_("On what basis"), Kind.CODE, codes="own_export_basis", facts=_EXPORT, required=True)
    law: str | None = item(
        _("Which law, and why it covers this"), Kind.TEXT, facts=_EXPORT, hint=_("Such as: Children Act 2004, section 10, to plan support")
    )
    condition: str | None = item(
        _("Condition for what the law protects specially"),
        Kind.TEXT,
        facts=_EXPORT,
        hint=_("Only where such items go without consent: UK GDPR Article 9(2), and the schedule 1 paragraph"),
    )
    consent: str = ""
    columns: tuple[OwnColumn, ...] = ()
    conditions: tuple[Condition, ...] = ()
    order: str = ""

    @property
    def by_consent(self) -> bool:
        """Whether only pupils of whom there is a yes may go."""
        return self.basis == CONSENT

    @property
    def items(self) -> tuple[str, ...]:
        """All that a row tells: what stands in its columns, and what being on the list at all tells of a pupil."""
        return tuple(
            dict.fromkeys(
                [*(column.item for column in self.columns), *(path for condition in self.conditions for path in _tells(condition))]
            )
        )

    @property
    def special(self) -> tuple[str, ...]:
        """Those of its items that the law protects specially."""
        return tuple(path for path in self.items if path in every_item() and every_item()[path].facts.special)

    @property
    def law_in_full(self) -> str:
        """On what law, for receipts, the log and the notice."""
        law = _("UK GDPR Article 6(1)(a): {consent}").format(consent=self.law) if self.by_consent else self.law or ""
        condition = (_EXPLICIT if self.by_consent else self.condition or "") if self.special else ""
        return _("{law}; specially protected: {condition}").format(law=law.rstrip("."), condition=condition) if condition else law


_ITEMLESS = {
    "here": "enrolment.status",
    "age": "pupil.dob",
    "born-in": "pupil.dob",
    "protected": "protection.kind",
    "no-notice": "notice_issue.on",
    "attendance-below": ATTENDANCE,
}


def _tells(condition: Condition) -> list[str]:
    """The item that a pupil's being on the list tells, by what the list was narrowed by."""
    if condition.question in _ITEMLESS:
        return [_ITEMLESS[condition.question]]
    question_item = questions()[condition.question].item if condition.question in questions() else None
    return [path for path, item in every_item().items() if item is question_item] if question_item is not None else []


def choosable_items() -> dict[str, Item]:
    """The items that can be chosen, by path: those of which a pupil has one, in the order of the catalogue."""
    return {path: item for path, item in every_item().items() if path.split(".")[0] in _OF_ONE_ROW or path == ATTENDANCE}


def name_for(title: str, used_names: Sequence[str]) -> str:
    """A new export's name for the command line and the file: «own-», and the title in plain letters."""
    plain = unicodedata.normalize("NFKD", fold(title)).encode("ascii", "ignore").decode()
    stem = PREFIX + (re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST_NAME].strip("-") or "export")
    number, name = 1, stem
    while name in used_names:
        number += 1
        name = f"{stem}-{number}"
    return name


def tidied_export(export: OwnExport) -> OwnExport:
    """With its headings tidied, and nothing kept that its basis has no use for."""
    columns = tuple(OwnColumn(column.item, tidy(column.heading)) for column in export.columns)
    export = replace(export, columns=columns, consent=export.consent if export.by_consent else "")
    return replace(export, condition=None) if export.by_consent or not export.special else export


def check_own_export(export: OwnExport) -> tuple[Problem, ...]:
    """The rules across its items: a basis that stands, and columns that can be read."""
    return (*_check_basis(export), *_check_columns(export))


def _check_basis(export: OwnExport) -> Iterator[Problem]:
    """No law goes round a wish: whom families may limit is told by the export that hears them, or by consent."""
    if not export.by_consent and fold(export.recipient) in {fold(recipient.label) for recipient in heard_recipients().values()}:
        words = _(
            "Families may limit what this recipient is told. Use the export there is for it, which keeps to their wishes, or choose consent."
        )
        yield Problem("recipient", "has_its_own", words)
    if export.by_consent and not export.consent:
        yield Problem("consent", "missing", _("Choose the consent that families are asked for."))
    if not export.by_consent and not export.law:
        yield Problem("law", "missing", _("Name the law that demands or allows it. If there is none, choose consent."))
    if not export.by_consent and (own := [path for path in export.items if is_own(path.partition(".")[2])]):
        words = _("No law has you tell others what stands in a field of your unit’s own: {items}. Take it out, or choose consent.")
        yield Problem("columns", "only_by_consent", words.format(items=join_words([every_item()[path].label for path in own])))
    if not export.by_consent and export.special and not export.condition:
        labels = join_words([every_item()[path].label for path in export.special])
        words = _("The law protects this specially: {items}. Name the condition that lets it go, or take it out, or choose consent.")
        yield Problem("condition", "missing", words.format(items=labels))


def _check_columns(export: OwnExport) -> list[Problem]:
    choosable, problems = choosable_items(), []
    items, headings = [column.item for column in export.columns], [fold(column.heading) for column in export.columns]
    if not items:
        problems.append(Problem("columns", "missing", _("Choose at least one item.")))
    if len(items) > MOST_COLUMNS:
        problems.append(Problem("columns", "too_many", _("At most {most} items. Take some out.").format(most=MOST_COLUMNS)))
    if len(set(items)) < len(items) or not set(items) <= set(choosable):
        problems.append(Problem("columns", "bad_items", _("An item stands there twice, or cannot be in an export. Take it out.")))
    if "" in headings or len(set(headings)) < len(headings):
        problems.append(Problem("columns", "bad_headings", _("Each column needs a heading of its own.")))
    if any(len(heading) > LONGEST_HEADING for heading in headings):
        problems.append(
            Problem("columns", "too_long", _("A heading has at most {most} characters. Shorten it.").format(most=LONGEST_HEADING))
        )
    if export.order and export.order not in items:
        problems.append(Problem("order", "bad_order", _("The rows can be ordered by an item that is in the file, or by name.")))
    return problems
