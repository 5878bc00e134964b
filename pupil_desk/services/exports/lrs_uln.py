"""The batch file that asks the Learning Records Service for the learner numbers of pupils from 14.

Source: the service's guides to its batch files, version 2A; columns and codes are data, each with its source (``services.formats.lrs``). Not by consent: its privacy
notice must be given first, so whoever was not given an edition of ours that tells of the service is left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pupil_desk.basics.dates import age_on
from pupil_desk.basics.text import straight_quotes
from pupil_desk.basics.words import _
from pupil_desk.documents.files.csv_table import Cell, machine_csv, machine_refuses
from pupil_desk.domain.catalogue.catalogue import item_at
from pupil_desk.domain.catalogue.items import Basis
from pupil_desk.domain.notices.addressees import home_withheld
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import OWN_WORD_FROM
from pupil_desk.domain.sharing.recipients import LRS
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.contents import OF_FILE, Tally
from pupil_desk.services.exports.export import (
    Ask,
    Export,
    ExportColumn,
    ExportedPupil,
    ExportRow,
    Format,
    LeftOut,
    NewFile,
    Option,
    Problem,
    Selection,
    Writing,
    single,
)
from pupil_desk.services.exports.protected import held_back
from pupil_desk.services.formats.lrs import BatchColumn, batch
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import contacts, enrolments, notice_editions, notices, protections, pupils

NAME = "lrs-uln"
_POSTCODE, _SEX = "pupil.postcode", "pupil.sex"


@dataclass(slots=True)
class _Choosing:
    """The pupils under way: who is judged by what, and those told or left out so far."""

    ask: Ask
    ukprn: str
    informed: frozenset[str]
    people: Mapping[str, Sequence[Contact]]
    protected: Mapping[str, Sequence[Protection]]
    selection: Selection = field(default_factory=lambda: Selection(single(_columns())))

    def judge(self, pupil: Pupil, *, on_roll: bool) -> None:
        """One pupil: nothing to ask for, told, or left out."""
        by_name = self.ask.by_name
        why_not = self._not_due(pupil, on_roll=on_roll)
        if why_not is not None:
            if by_name:
                self.selection.left_out.append(why_not)
            return
        left = self._not_allowed(pupil) or held_back(pupil, self.protected.get(pupil.id, ()), self.ask.confirm)
        if left is not None:
            self.selection.left_out.append(left)
            return
        self._tell(pupil)

    def _not_due(self, pupil: Pupil, *, on_roll: bool) -> LeftOut | None:
        """Why nothing is asked for: those not asked for by name are then simply not in it."""
        if not on_roll:
            return LeftOut(pupil, _("Not on roll on the day."), _("not on roll on the day"))
        if pupil.uln:
            return LeftOut(pupil, _("Has a learner number (ULN) already."), _("has a learner number already"))
        if age_on(pupil.dob, self.ask.day) < batch().from_age:
            return LeftOut(
                pupil, _("Under {age}: no learner number is given yet.").format(age=batch().from_age), _("too young for a learner number")
            )
        return None

    def _not_allowed(self, pupil: Pupil) -> LeftOut | None:
        if pupil.id not in self.informed:
            in_short = _("not given a notice that tells of the Learning Records Service")
            if age_on(pupil.dob, self.ask.day) >= OWN_WORD_FROM:
                return LeftOut(
                    pupil,
                    _(
                        "The pupil, who is 16 or over, has not been given a privacy notice that tells of the Learning Records Service. Give it first."
                    ),
                    in_short,
                )
            return LeftOut(
                pupil,
                _("The family has not been given a privacy notice that tells of the Learning Records Service. Give it first."),
                in_short,
            )
        if not self.ukprn:
            return LeftOut(
                pupil,
                _("The unit’s UKPRN is not entered. Enter it in Settings: the Learning Records Service takes no file without it."),
                _("the unit’s UKPRN is not entered"),
            )
        return None

    def _tell(self, pupil: Pupil) -> None:
        pupil_protections = tuple(self.protected.get(pupil.id, ()))
        withheld = home_withheld(pupil, self.people.get(pupil.id, ()), pupil_protections)
        cells: list[Cell] = []
        problems: list[Problem] = []
        for column in batch().columns:
            value, problem = _value(column, pupil, withheld=withheld)
            cells.append(value)
            if problem is not None:
                problems.append(problem)
        self.selection.problems.extend(problems)
        if stopping := [problem.words for problem in problems if problem.stops]:
            in_short = _("a value that the Learning Records Service needs does not fit its file")
            self.selection.left_out.append(LeftOut(pupil, " ".join(stopping), in_short))
            return
        items = tuple(dict.fromkeys(_exported_items(pupil, cells, withheld=withheld)))
        reason = _("14 or over, without a learner number, and told of the Learning Records Service by the notice.")
        self.selection.exported.append(
            ExportedPupil(
                pupil,
                reason,
                items,
                (ExportRow(tuple(cells)),),
                protections=pupil_protections,
                withheld=_kept_back(pupil, withheld=withheld),
            )
        )


def _kept_back(pupil: Pupil, *, withheld: bool) -> tuple[str, ...]:
    """The items on file that stay out since where the pupil lives is withheld."""
    items = (item for column in batch().columns if withheld and column.address for item in column.items)
    return tuple(item for item in items if _text_of(pupil, item))


def _exported_items(pupil: Pupil, cells: Sequence[Cell], *, withheld: bool) -> Iterator[str]:
    """The items of which the cells say something; of an address that is withheld none."""
    for column, cell in zip(batch().columns, cells, strict=True):
        if cell is not None and not (withheld and column.address):
            yield from (item for place, item in enumerate(column.items) if place == 0 or _text_of(pupil, item))


def _value(column: BatchColumn, pupil: Pupil, *, withheld: bool) -> tuple[Cell, Problem | None]:
    """What stands in a column, and what is wrong with it: what is needed and does not fit stops the row, another cell stays empty."""
    if not column.items:
        return column.always or None, None
    item = column.items[0]
    parts = [] if withheld and column.address else [_text_of(pupil, item_path) for item_path in column.items]
    text = straight_quotes(", ".join(filter(None, parts)))
    if item == _SEX:
        problem = None if pupil.sex else Problem(pupil, item, _("No sex is on file: “not known” is sent."))
        return batch().gender[text], problem
    if item == _POSTCODE and not text:
        problem = (
            None
            if withheld
            else Problem(pupil, item, _("No postcode is on file: {none}, “not known”, is sent.").format(none=batch().no_postcode))
        )
        return batch().no_postcode, problem
    if not text:
        return None, None
    label = item_at(item).label
    if len(text) > column.longest:
        words = _("{label} is longer than the {most} characters that the Learning Records Service takes.").format(
            label=label, most=column.longest
        )
    elif refusal := machine_refuses(text):
        words = f"{label}: {refusal}"
    else:
        return text, None
    if not column.needed:
        words = _("{words} It is not sent.").format(words=words)
    return None, Problem(pupil, item, words, stops=column.needed)


def _text_of(pupil: Pupil, item: str) -> str:
    value = getattr(pupil, item.partition(".")[2])
    return value.isoformat() if isinstance(value, date) else str(value or "")


def told_of_lrs(desk: Desk, pupils_asked: Iterable[Pupil], day: date) -> frozenset[str]:
    """Of these pupils those whose family, from 16 who themselves, were given by a day an edition that tells of the Learning Records Service.

    An edition from before it was kept what each said counts as one that did not.
    """
    desk.require(Action.READ_RECORD)
    tells = {row["edition_id"] for row in notice_editions.body_rows(desk.vault) if row["lrs"]}
    issues = notices.issues_by_pupil(desk.vault)
    return frozenset(
        pupil.id
        for pupil in pupils_asked
        if any(
            issue.whole
            and issue.on <= day
            and issue.edition_id in tells
            and (issue.contact_id is None or age_on(pupil.dob, day) < OWN_WORD_FROM)
            for issue in issues[pupil.id]
        )
    )


def select(desk: Desk, ask: Ask) -> Selection:
    """Those on roll on the day from 14 who have no learner number, or those asked for by name."""
    vault = desk.vault
    every_pupil = pupils.all_pupils(vault, ask.pupils)
    choosing = _Choosing(
        ask=ask,
        ukprn=desk.settings.ukprn or "",
        informed=told_of_lrs(desk, every_pupil, ask.day),
        people=contacts.by_pupil(vault, ask.pupils),
        protected=protections.by_pupil(vault, ask.day, desk.today),
    )
    stays = enrolments.by_pupil(vault, ask.pupils)
    for pupil in every_pupil:
        choosing.judge(pupil, on_roll=any(stay.on_roll(ask.day) for stay in stays[pupil.id]))
    return choosing.selection


def batch_file(writing: Writing) -> list[NewFile]:
    """The one file; what tells of the file itself stands in the row of the first learner. None where nobody is told of."""
    lines = [*writing.selection.lines()]
    ukprn = writing.desk.settings.ukprn
    if not lines or not ukprn:
        return []
    name = batch().file_name(ukprn, writing.moment.astimezone())
    header = [batch().header_of(column, name, ukprn, len(lines)) for column in batch().columns]
    first = tuple(told or cell for told, cell in zip(header, lines[0], strict=True))
    tally = Tally("", writing.selection.sheets[0].columns)
    headings = [column.heading for column in batch().columns]
    data = machine_csv(headings, tally.of([first, *lines[1:]]), quoted=batch().layout.quoted)
    return [NewFile(name, data, tables=(tally.written,))]


def _columns() -> tuple[ExportColumn, ...]:
    return tuple(
        ExportColumn(column.heading, column.items[0], further=column.items[1:])
        if column.items
        else ExportColumn(column.heading, "", OF_FILE if column.header else column.says)
        for column in batch().columns
    )


def _items() -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for column in batch().columns for item in column.items))


LRS_ULN = Export(
    name=NAME,
    title=_("Learner numbers asked for (ULN)"),
    recipient_key=LRS,
    law=_(
        "Public task: the Learning Records Service’s agreement with the unit, and its privacy notice, which is given first. It is not by consent, and there is no opting out."
    ),
    basis=Basis.PUBLIC_TASK,
    purpose=_("To be given the unique learner number of each pupil from 14, by which results are kept for life."),
    items=_items,
    covers=_(
        "Everyone on roll on the day who is 14 or over, has no learner number, and was given a notice that tells of the Learning Records Service: from 16 the pupil, before then the family."
    ),
    names="LRB_*.CSV",
    select=select,
    layouts={Format.CSV: batch_file},
    options=frozenset({Option.PUPILS}),
    once=True,
    spec=lambda: _(
        "Batch file of the Learning Records Service, version {version}, after its guides of 2012 to 2019, as far as they could be read; the order of the columns as its own schema and a public program have it. Never open the CSV in Excel: it changes the dates, and the upload fails."
    ).format(version=batch().version),
    upload=True,
)
