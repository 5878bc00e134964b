"""incident: incidents entered, listed, and the parents' report about one, or the letter home, written."""

import dataclasses
import json
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.cli.call import Call, in_columns
from pupil_desk.cli.protected import refs, tell_protected
from pupil_desk.cli.signing_in import signed_in
from pupil_desk.domain.catalogue.items import Item, Kind, items_of
from pupil_desk.domain.catalogue.validation import read
from pupil_desk.domain.incidents.incident import INTERVENTIONS, SHARED, TOOK_PART, Incident, IncidentCase
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.services.desk import Desk
from pupil_desk.services.guard import confirmed, guard
from pupil_desk.services.incidents import letters_home, recording, report, standing, told_account
from pupil_desk.services.incidents.standing import IncidentStanding
from pupil_desk.services.incidents.told_account import OwnWords
from pupil_desk.services.pupils.pupils import by_number, pupil_of
from pupil_desk.services.saving import Saving

_ITEMS = {item.name: item for item in items_of(Incident) if item.name != "struck"}
_OWN = tuple(name for name in _ITEMS if name not in SHARED)
_SHOWN = 8  # letters of a reference in a table: enough to name it by
_MOST = 1_000_000  # bytes of an incident as JSON: some hundred times the longest


def incident(call: Call) -> int:
    """Do what the command's word says: add, list, report or letter."""
    act, what = call.args.act, call.args.what
    if (act == "list") != (what is None):
        raise WrongUse(
            _(
                "Name the incident as JSON for add, and by its reference for report and letter: such as incident FILE report 1a2b3c4d --to DIR."
            )
        )
    if (act in _PAPERS) != (call.args.to is not None):
        raise WrongUse(_("--to says where the report or the letter goes, and stands with these alone."))
    if call.args.accounts is not None and act not in _PAPERS:
        raise WrongUse(_("--accounts says what a report or a letter tells, and stands with these alone."))
    if act in _PAPERS:
        return _write(call, what, _PAPERS[act])
    document_read = _read_incident(what) if act == "add" else {}
    with signed_in(call) as desk:
        if act == "list":
            rows = standing.standings(desk)
        else:
            entries = _entries(desk, document_read)
            recording.enter(desk, entries)
            rows = [standing.entered_last(desk, entries[0].pupil_id)]
    document = [_row(row) for row in rows]
    lines = _lines(rows)
    count = count_of(len(rows), _("incident"), _("incidents"))
    call.speaker.result(document if act == "list" else document[0], *lines, f"{count}." if act == "list" else _("Entered."))
    return 0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Paper:
    """What is written about an incident: of which entries, why of others not, by our reference of the pupil, and what is said of it."""

    is_due: Callable[[Desk, IncidentCase], bool]
    not_written: Callable[[Desk, Iterable[IncidentCase], Collection[str]], dict[str, str]]
    progress: str
    lacking_words: str
    word: str
    plural: str


_PAPERS = {
    "report": _Paper(
        is_due=standing.must_report,
        not_written=standing.not_reported,
        progress=_("Writing the reports"),
        lacking_words=_("{pupil}: no report was written. {why}"),
        word=_("report"),
        plural=_("reports"),
    ),
    "letter": _Paper(
        is_due=letters_home.is_due,
        not_written=letters_home.why_none,
        progress=_("Writing the letters"),
        lacking_words=_("{pupil}: no letter was written. {why}"),
        word=_("letter"),
        plural=_("letters"),
    ),
}


_LEFT_OUT = _(
    "{pupil}: the account was left out, since other pupils are in it. Give the words of this pupil’s own with --accounts, or write it in the window."
)
_READ_EACH = _(
    "Read each before it goes: every name of another child or family that was found is left out. What is told of another child without a name is not found."
)
_NOT_USED = _("{pupil}: the words given with --accounts were not used, since no {paper} was written.")
_TEXTS_LEFT_OUT = _(
    "{pupil}: {items} left out too, with words for another child. Read it, and give the words with --accounts, or write it in the window."
)


def _write(call: Call, ref: str, kind: _Paper) -> int:
    """Write what is due about each pupil's part in an incident, one for each household; 1 if none goes to anybody.

    Every name of others that was found is taken out, doubtful ones too; and the account where other pupils are in it, with what of the pupil's
    own has words for another child, unless its words for this paper are given. All are made before one is written, and logged once all are there.
    """
    accounts_read = _read_json(call.args.accounts) if call.args.accounts is not None else {}
    with signed_in(call) as desk:
        cases = standing.of_ref(desk, ref)
        own_words = _own_words(desk, cases, accounts_read)
        left_out: list[str] = []
        due = [entry for entry in cases if kind.is_due(desk, entry)]
        paper_guard = guard(desk, {entry.now.pupil_id for entry in due}, "incident-report", for_family=True)
        files: list[tuple[str, bytes]] = []
        printed: dict[str, list[Letter]] = {}
        told_words: dict[str, OwnWords | None] = {}
        for place, entry in enumerate(due):
            call.speaker.progress(place, len(due), kind.progress)
            is_left_out = entry.now.pupil_id not in own_words and bool(told_account.texts_to_reword(desk, entry))
            told_words[entry.now.entry_id] = {} if is_left_out else own_words.get(entry.now.pupil_id)
            papers = [*report.letters(desk, entry.now.entry_id, own_words=told_words[entry.now.entry_id])]
            left_out += [papers[0].letter.pupil.ref] if papers and is_left_out else []
            for paper in papers:
                files.append((paper.file_stem, paper.pdf(paper_guard.stamp)))
                printed.setdefault(entry.now.entry_id, []).append(paper.letter)
        call.speaker.progress(len(due), len(due), kind.progress)
        with Saving(call.args.to) as saving:
            for stem, pdf in files:
                saving.keep(stem, ".pdf", pdf)
            report.log_prints(desk, printed, told_words)
        if files:
            confirmed(desk, paper_guard)
        not_written = kind.not_written(desk, cases, printed)
        texts_left_out = _texts_left_out(desk, due, printed, told_words)
        pupils_told = {entry.now.pupil_id for entry in due if entry.now.entry_id in printed}
        _tell_unused(call, [pupil_of(desk.vault, pupil_id).ref for pupil_id in own_words.keys() - pupils_told], kind)
    paper_guard = paper_guard.only(pupils_told)
    tell_protected(call, paper_guard)
    lines = [
        *(file.name for file in saving.files),
        *(_LEFT_OUT.format(pupil=pupil) for pupil in left_out),
        *(_TEXTS_LEFT_OUT.format(pupil=pupil, items=join_words(_labels(names))) for pupil, names in texts_left_out.items()),
        *(kind.lacking_words.format(pupil=pupil, why=why) for pupil, why in not_written.items()),
        _("{count} written.").format(count=count_of(len(saving.files), kind.word, kind.plural)),
        *([_READ_EACH] if saving.files else []),
    ]
    files_written = [dataclasses.asdict(file) for file in saving.files]
    left_out_words = {"account_left_out": left_out, "texts_left_out": texts_left_out}
    call.speaker.result({"files": files_written, **left_out_words, "not_written": not_written, "protected": refs(paper_guard)}, *lines)
    return int(not saving.files)


def _tell_unused(call: Call, pupil_refs: Iterable[str], kind: _Paper) -> None:
    for pupil in sorted(pupil_refs):
        call.speaker.aside(_NOT_USED.format(pupil=pupil, paper=kind.word))


def _texts_left_out(
    desk: Desk, due: Iterable[IncidentCase], printed: Mapping[str, list[Letter]], told_words: Mapping[str, OwnWords | None]
) -> dict[str, list[str]]:
    """Which of their own texts are left out of what was written, by our reference of the pupil."""
    refs_names = [
        (printed[case.now.entry_id][0].pupil.ref, told_account.own_left_out(desk, case, said))
        for case in due
        if case.now.entry_id in printed and (said := told_words[case.now.entry_id]) is not None
    ]
    return {ref: names for ref, names in refs_names if names}


def _labels(names: Iterable[str]) -> list[str]:
    return [_ITEMS[name].quoted_label for name in names]


def _row(row: IncidentStanding) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "at": row.at,
        "kinds": list(row.kinds),
        "signed": row.signed,
        "reported": row.reported,
        "overdue": row.overdue,
        "pupils": list(row.pupils),
    }


def _lines(rows: list[IncidentStanding]) -> list[str]:
    header = [_("Ref"), _("Day"), _("Time"), _("What it was"), _("Pupils"), _("Signed"), _("Reported"), _("Overdue")]
    cells = [
        [
            row.ref[:_SHOWN],
            short_date(row.account.day),
            row.account.time or "",
            _kinds(row.kinds),
            ", ".join(row.pupils),
            _yes(row.signed),
            _yes(row.reported),
            _("yes") if row.overdue else "",
        ]
        for row in rows
    ]
    return in_columns(header, cells)


def _kinds(kinds: tuple[str, ...]) -> str:
    words = [_ITEMS[kind].label if kind in INTERVENTIONS else codelist("incident_kind").label_of(kind) for kind in kinds]
    return ", ".join(words)


def _yes(answer: bool | None) -> str:
    return "" if answer is None else _("yes") if answer else _("no")


# -- an incident as JSON


def _read_json(text: str) -> dict[str, Any]:
    """The incident as it stands in the words given, in a file, or, for «-», on standard input. Raises WrongUse."""
    if not text.lstrip().startswith("{"):
        try:
            source = sys.stdin.buffer.read(_MOST + 1) if text == "-" else _start_of(Path(text))
            text = source.decode("utf-8-sig")
        except (OSError, ValueError) as error:
            raise WrongUse(_("The incident could not be read. Give a file of JSON in UTF-8, or - for standard input.")) from error
    try:
        document = json.loads(text) if len(text) <= _MOST else None
    except (ValueError, RecursionError) as error:
        raise WrongUse(_("The incident is no JSON. The help of the command line has an example.")) from error
    if not isinstance(document, dict):
        raise WrongUse(_("The JSON must be one object. The help of the command line has an example."))
    return document


def _read_incident(text: str) -> dict[str, Any]:
    """The incident as ``_read_json`` reads it, with its pupils. Raises WrongUse."""
    document = _read_json(text)
    if not isinstance(document.get("pupils"), list) or not all(isinstance(pupil, dict) for pupil in document["pupils"]):
        raise WrongUse(
            _("The incident must be one JSON object with “pupils”, a list of objects. The help of the command line has an example.")
        )
    return document


def _start_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MOST + 1)


def _entries(desk: Desk, document: Mapping[str, Any]) -> list[Incident]:
    """An entry for each pupil. What stands outside «pupils» holds for all of them, save what a pupil's own says otherwise. Raises WrongUse."""
    for_all = _values(desk, {name: value for name, value in document.items() if name != "pupils"}, tuple(_ITEMS))
    for name in ("kind", "day"):
        if name not in for_all:
            raise WrongUse(_("“{name}” is missing in the incident.").format(name=name))
    entries = []
    for values_of_pupil in document["pupils"]:
        own_values = _values(desk, {name: value for name, value in values_of_pupil.items() if name != "pupil"}, _OWN)
        pupil = by_number(desk, str(values_of_pupil.get("pupil", "")))
        entries.append(Incident(**{"part": TOOK_PART, **for_all, **own_values, "pupil_id": pupil.id}))
    return entries


def _own_words(desk: Desk, cases: Iterable[IncidentCase], document: Mapping[str, Any]) -> dict[str, OwnWords]:
    """What the paper about each pupil says in place of the account, by identity. Raises WrongUse for a pupil who is not in it."""
    own_words: dict[str, OwnWords] = {}
    in_it = {case.now.pupil_id for case in cases}
    for number, texts in document.items():
        pupil = by_number(desk, number)
        if pupil.id not in in_it or not isinstance(texts, dict):
            raise WrongUse(_("{pupil}: not in this incident, or its words are no object of texts.").format(pupil=pupil.ref))
        values = _values(desk, texts, (*told_account.REWORDED, *told_account.OF_PUPIL))
        own_words[pupil.id] = dict.fromkeys(texts, "") | values  # a text that is given empty is left out
    return own_words


def _values(desk: Desk, texts: Mapping[str, Any], names_known: tuple[str, ...]) -> dict[str, Any]:
    if unknown := [name for name in texts if name not in names_known]:
        raise WrongUse(_("Not known in an incident, or not in this place: {names}.").format(names=join_words(unknown)))
    values = {name: _value(desk, _ITEMS[name], value) for name, value in texts.items()}
    return {name: value for name, value in values.items() if value is not None}


def _value(desk: Desk, item: Item, value: Any) -> Any:
    """What a JSON value means, by the one check of its kind of item; a list is one name a line. Raises WrongUse."""
    if item.kind is Kind.LINES and isinstance(value, list) and all(isinstance(line, str) for line in value):
        value = "\n".join(value)
    if item.kind is Kind.YES_NO and isinstance(value, bool):
        return value
    if not isinstance(value, str | int | None) or isinstance(value, bool):
        raise WrongUse(_("“{name}” is neither text nor a number.").format(name=item.name))
    if value in (None, ""):
        return None
    reading = read(item, str(value), desk.today)
    if problem := next((problem for problem in reading.problems if problem.stops), None):
        raise WrongUse(f"{item.name}: {problem.message}")
    return reading.value
