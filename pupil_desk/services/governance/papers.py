"""Papers about the unit's own duties, made from the catalogue, the exports and the settings, so that they cannot say less than the program does.

The record of processing activities (UK GDPR Article 30), the appropriate policy document (Data Protection Act 2018, schedule 1, part 4)
and a start of an impact assessment (Article 35). Their prose is data: ``resources/words/en/governance``.
"""

import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.places import resource
from pupil_desk.basics.rulefiles import rule_text
from pupil_desk.basics.text import begun_small, capital
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.documents.blocks import Block, FactList, Para, Text, linked
from pupil_desk.documents.papers import governance as layout
from pupil_desk.documents.prose import Filling
from pupil_desk.domain.catalogue.catalogue import RECORDS, item_at, record_word
from pupil_desk.domain.catalogue.items import Facts
from pupil_desk.domain.governance.retention import CONSENT, RECORD, REQUEST, SEN, Schedule, proposed_schedule, sure_words
from pupil_desk.domain.sharing.recipients import FAMILY, Recipient, register
from pupil_desk.domain.sharing.unit_recipients import chosen_recipients
from pupil_desk.domain.unit.regulator import regulator_on
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.erasure import due_for_erasure
from pupil_desk.services.exports import EXPORTS, promised_exports
from pupil_desk.services.exports.export import Export
from pupil_desk.services.governance import safekeeping
from pupil_desk.services.many import data_check
from pupil_desk.services.notices import notice_text
from pupil_desk.services.roles import Action
from pupil_desk.services.sheet.sections import TABLES
from pupil_desk.services.unit import uses
from pupil_desk.store.tables import figures as store

_TOLD_BY_PAPERS = (
    on_paper.NOTICE,
    on_paper.NOTICE_SLIP,
    on_paper.SHARING_CHOICE,
    on_paper.consent_form(_("consents"), with_medicines=True),
    on_paper.PROGRESS_REPORT,
    on_paper.SUSPENSION_LETTER,
    on_paper.LEAVE_LETTER,
    on_paper.INCIDENT_REPORT,
    on_paper.INCIDENT_LETTER,
    on_paper.HEAD_LETTER,
    on_paper.STATEMENT,
    on_paper.data_check(data_check.items_possible()),
)


@dataclass(frozen=True, slots=True)
class DutyPaper:
    """One of the papers: its key, its title, what it is for in a sentence, and what makes it."""

    key: str
    title: str
    what: str
    make: Callable[[Desk], list[Block]]
    on_one_side: bool = False  # of a standing A4, in the largest type that fits; else lying, on as many as it takes


def story(desk: Desk, key: str) -> tuple[list[Block], str]:
    """A paper as a story, and its title. Logged by ``log_print``. Raises NotAllowed."""
    desk.require(Action.READ_RECORD, "governance", key)
    paper = PAPERS[key]
    return paper.make(desk), paper.title


def pdf_of(desk: Desk, key: str) -> tuple[str, bytes]:
    """A paper's title, and the paper as PDF. Raises NotAllowed."""
    from pupil_desk.documents.pdf.page import build_pdf, pages_needed

    blocks, title = story(desk, key)
    if not PAPERS[key].on_one_side:
        return title, build_pdf(blocks, title=title, page_size=layout.LYING, base_size=layout.BASE, footer=desk.settings.name)
    size = next((size for size in layout.SIZES if pages_needed(blocks, base_size=size) == 1), layout.SIZES[-1])
    return title, build_pdf(blocks, title=title, base_size=size, footer=desk.settings.name)


def log_print(desk: Desk, key: str) -> None:
    """Log that a paper was printed."""
    desk.log(Action.PRINT_FORM, "governance", key, "printed")


def missing_details(desk: Desk) -> tuple[str, ...]:
    """The unit's details that the papers name and that are not entered yet."""
    unit = desk.settings
    details = (
        (_("Head of the unit"), unit.head),
        (_("Data protection officer"), unit.dpo),
        (_("Registration number with the data protection regulator"), unit.ico_number),
    )
    return tuple(label for label, value in details if not value)


def _prose(key: str) -> str:
    return rule_text("words", "en", "governance", f"{key}.md")


def _filling(desk: Desk) -> dict[str, Filling]:
    unit, common = desk.settings, notice_text.filling_of(desk.settings, desk.today, desk.schedule)
    return {
        "unit": f"{unit.name} ({unit.dfe_number})",
        "day": show_date(desk.today),
        "controller": unit.controller or unit.name,
        "dpo": common["dpo"],
        "head": unit.head or _("The head of the unit"),
        "lock": str(unit.lock_minutes),
        "kept": str(common["kept_pupil"]),
        "kept_sen": desk.schedule[SEN].running,
        "kept_request": desk.schedule[REQUEST].running,
        "kept_consent": desk.schedule[CONSENT].running,
        "regulator": common["regulator"],
    }


# -- the record of processing activities


def _ropa(desk: Desk) -> list[Block]:
    sections: dict[str, Sequence[Block]] = {
        "controller": [FactList(_controller(desk))],
        "activities": layout.activities(
            activity_rows(promised_exports(desk), desk.schedule, uses.unnamed(desk), chosen_recipients(desk.settings))
        ),
        "special": layout.special(special_rows(desk.schedule, with_basis=True, unnamed=uses.unnamed(desk))),
        "recipients": layout.recipients(recipient_rows(desk)),
        "periods": layout.periods(period_rows(desk.schedule)),
    }
    return layout.story(_prose("ropa"), _filling(desk), sections)


def _controller(desk: Desk) -> list[tuple[str, Text]]:
    unit = desk.settings
    reach = [part for part in (unit.phone, unit.email) if part]
    officer = [part for part in (unit.dpo, unit.dpo_email, unit.dpo_phone) if part]
    return [
        (_("Controller"), unit.controller or unit.name),
        (_("Unit"), linked(", ".join([f"{unit.name} ({unit.dfe_number})", *unit.address_lines, *reach]))),
        (_("Head of the unit"), unit.head or ""),
        (_("Data protection officer"), linked(", ".join(officer)) if officer else ""),
        (_("Registration with the {regulator}").format(regulator=regulator_on(unit, desk.today).name), unit.ico_number or ""),
    ]


def activity_rows(
    exports: Sequence[Export] = EXPORTS, schedule: Schedule | None = None, unnamed: Collection[str] = (), chosen: Sequence[Recipient] = ()
) -> list[tuple[str, str, str, str, str, str]]:
    """Every item of the catalogue once, grouped by category, purpose, basis, period and recipients; ``exports`` are those of the unit, ``chosen`` whom it works with."""
    recipients_by_item = _told_to(exports, chosen)
    groups: dict[tuple[str, str, str, str, tuple[str, ...]], list[str]] = {}
    for path, item in notice_text.named_items(unnamed).items():
        facts = item.facts
        key = (
            facts.category.value,
            facts.purpose.value,
            facts.basis.value,
            _period(facts, schedule or proposed_schedule()),
            tuple(recipients_by_item.get(path, ())),
        )
        groups.setdefault(key, []).append(path)
    return [
        (capital(category), in_short(paths), purpose, basis, period, "; ".join(recipients) or _("nobody outside, as a rule"))
        for (category, purpose, basis, period, recipients), paths in groups.items()
    ]


def in_short(paths: Sequence[str]) -> str:
    """Items, those of one kind of record together: «Medicine: dose, when it is given; health: what it is»."""
    kinds = grouped((record_word(path.partition(".")[0]), begun_small(item_at(path).label)) for path in paths)
    return capital("; ".join(f"{begun_small(kind)}: {', '.join(labels)}" for kind, labels in kinds.items()))


def _told_to(exports: Sequence[Export], chosen: Sequence[Recipient]) -> dict[str, list[str]]:
    """By item who is told it: by an export, by a paper or by word those with whom the unit works, as the notice says it, and the family."""
    told = [*((export.recipient, export.items) for export in exports), *((recipient.label, recipient.full) for recipient in chosen)]
    told += [(register()[FAMILY].label, (*on_paper.NAMES, *paper.items)) for paper in _TOLD_BY_PAPERS]
    paths = {path for _label, items in told for path in items}
    return {path: list(dict.fromkeys(label for label, items in told if path in items)) for path in paths}


def _period(facts: Facts, schedule: Schedule) -> str:
    return schedule[facts.retention].running


def special_rows(schedule: Schedule | None = None, *, with_basis: bool = False, unnamed: Collection[str] = ()) -> list[tuple[str, str]]:
    """What is specially protected, by its condition; with ``with_basis`` also by the lawful basis and period, as the Act asks of the record."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for path, item in notice_text.named_items(unnamed).items():
        if item.facts.special is not None:
            key = (
                item.facts.special.value,
                item.facts.basis.value if with_basis else "",
                _period(item.facts, schedule or proposed_schedule()) if with_basis else "",
            )
            groups.setdefault(key, []).append(path)
    return [(in_short(paths), _condition(*key)) for key, paths in groups.items()]


def _condition(condition: str, basis: str, period: str) -> str:
    if not basis:
        return capital(condition)
    words = _("{condition}. Lawful basis: {basis}. Kept {kept}, and erased as the policy says.")
    return words.format(condition=capital(condition), basis=basis, kept=period)


def recipient_rows(desk: Desk) -> list[tuple[str, str, str]]:
    """Every recipient of an export, as the notice names it, and the families who get papers."""
    annex = notice_text.annex_of(desk.settings, desk.today, promised_exports(desk), desk.schedule, unnamed=uses.unnamed(desk))
    rows = [(row.name, row.law, "; ".join(row.full)) for row in annex.recipients]
    laws = dict.fromkeys(paper.law for paper in _TOLD_BY_PAPERS)
    papers = dict.fromkeys(begun_small(paper.what) for paper in _TOLD_BY_PAPERS)
    return [
        *rows,
        (register()[FAMILY].label, "; ".join(laws), _("in letters and other papers: {papers}").format(papers=join_words(list(papers)))),
    ]


def period_rows(schedule: Schedule | None = None) -> list[tuple[str, str, str, str]]:
    """Every class of record with its period, how sure we are of it, and who says so."""
    return [
        (
            retention_class.sentence,
            "; ".join(section_words(name) for name in sections),
            sure_words(retention_class),
            f"{retention_class.source}. {retention_class.note}".strip(),
        )
        for retention_class, sections in due_for_erasure.classes(schedule or proposed_schedule())
    ]


def section_words(section: str) -> str:
    """A section of the sheet in a word or two: by the kind of its records."""
    if section in _SECTIONS:
        return _SECTIONS[section]
    table = next((table for table in TABLES[section] if table in RECORDS), "")
    return begun_small(record_word(table)) if table else section.replace("_", " ")


_SECTIONS: Mapping[str, str] = {
    "pupil": _("name, birth and address"),
    "enrolments": _("stays"),
    "contacts": _("contacts"),
    "attendance": _("attendance register"),
    "disclosures": _("what was told to others"),
    "history": _("what the record said before"),
    "notes": _("notes"),
    "restricted_notes": _("restricted notes"),
    "target_reviews": _("reviews of targets"),
    "report_comments": _("comments in reports"),
    "attachments": _("papers kept"),
    "choices": _("choices"),
    "notices": _("notices given"),
    "letters": _("letters printed"),
    "frozen": _("what was in the files of exports"),
    "packs": _("copies of the record"),
    "holds": _("holds on deletion"),
}


# -- the policy, and the assessment


def _policy(desk: Desk) -> list[Block]:
    sections: dict[str, Sequence[Block]] = {
        "special": layout.special(special_rows(unnamed=uses.unnamed(desk))),
        "signing": layout.signing([_("Signed for the unit"), _("Looked at again")]),
    }
    return layout.story(_prose("policy"), _filling(desk), sections)


def _dpia(desk: Desk) -> list[Block]:
    with open(resource("words", "en", "governance", "risks.toml"), "rb") as file:
        risks = tomllib.load(file)["risks"]
    rows = [(risk["what"], risk["harm"], risk["likely"], risk["lessened"]) for risk in risks]
    sections: dict[str, Sequence[Block]] = {
        "nature": [FactList(_nature(desk)), Para("")],
        "asked": layout.to_write([_("Parents and carers"), _("Pupils"), _("Staff"), _("Data protection officer")]),
        "risks": layout.risks(rows),
        "open": layout.to_write([_("What"), _("Who, by when"), _("What"), _("Who, by when")]),
        "signing": layout.signing([_("Head of the unit"), _("Data protection officer"), _("To be looked at again by")]),
    }
    return layout.story(_prose("dpia"), _filling(desk), sections)


def _nature(desk: Desk) -> list[tuple[str, str]]:
    """How much there is, counted: numbers alone."""
    counts = store.counts(desk.vault, desk.today)
    items = notice_text.named_items(uses.unnamed(desk)).values()
    categories = dict.fromkeys(item.facts.category.value for item in items)
    return [
        (
            _("People"),
            _("{on_roll} on roll, {others} others on file, {contacts}").format(
                on_roll=count_of(counts["on_roll"], _("pupil"), _("pupils")),
                others=counts["pupils"] - counts["on_roll"],
                contacts=count_of(counts["contacts"], _("contact"), _("contacts")),
            ),
        ),
        (_("Kinds of data"), "; ".join(categories)),
        (_("Specially protected"), "; ".join(dict.fromkeys(_first_words(item.facts) for item in items if item.facts.special))),
        (_("Users of the program"), count_of(counts["users"], _("person"), _("people"))),
        (
            _("Kept"),
            _(
                "most of it {most}; special educational needs {sen}; for how long each class is kept stands in the record of processing activities"
            ).format(most=desk.schedule[RECORD].running, sen=desk.schedule[SEN].running),
        ),
    ]


def _first_words(facts: Facts) -> str:
    return facts.special.value.partition(":")[0] if facts.special else ""


PAPERS: Mapping[str, DutyPaper] = {
    paper.key: paper
    for paper in (
        DutyPaper(
            "ropa",
            _("Record of processing activities"),
            _(
                "What is held, why, on what law, for how long, and who receives it. Article 30 of the UK GDPR asks for it. The program fills it in."
            ),
            _ropa,
        ),
        DutyPaper(
            "policy",
            _("Appropriate policy document"),
            _(
                "How data that the law protects specially are looked after. The Data Protection Act 2018 asks for it. It is filled in: read it and sign it."
            ),
            _policy,
        ),
        DutyPaper(
            "dpia",
            _("Impact assessment: a start"),
            _(
                "The risks to people, and what lessens them. Article 35 of the UK GDPR asks for it. What only you know is left open, with lines to write on."
            ),
            _dpia,
        ),
        DutyPaper("safekeeping", safekeeping.TITLE, safekeeping.WHAT, safekeeping.paper, on_one_side=True),
    )
}
