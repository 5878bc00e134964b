"""What else there is to open in the window: the parts and panes of a record, what is done with several pupils, the tabs of a page, the box that finds."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from PySide6.QtWidgets import QTabWidget, QWidget

from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.conditions import Condition
from pupil_desk.domain.requests.case import RequestEventKind
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents import recording
from pupil_desk.services.letters import coming_of_age
from pupil_desk.services.notes import notes, readers
from pupil_desk.services.paper_forms import out
from pupil_desk.services.sharing import wish_waiting
from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.pages.governance import DataProtectionPage
from pupil_desk.ui.pages.pupils.list.listing import PupilList
from pupil_desk.ui.pages.pupils.many.acts import acts
from pupil_desk.ui.pages.pupils.record.parts import PARTS
from pupil_desk.ui.pages.requests.pack import CasePackPart
from pupil_desk.ui.window import Window
from tests.trained import hold_key_of_notes

TICKED = 8  # pupils
_RARE = {"suspensions": "suspension", "health": "health_item", "protections": "protection", "timetables": "timetable", "needs": "sen_need"}
Scene = tuple[str, Callable[[], object]]


def busiest(desk: Desk, *, of_those: Collection[str] = ()) -> str:
    """The pupil of whom the most kinds of record are held, of all or of those with these ids."""
    found = Counter[str]()
    for table in (
        str(row[0]) for row in desk.vault.rows("SELECT name FROM sqlite_schema WHERE sql LIKE '%pupil_id TEXT%REFERENCES pupil%'")
    ):
        found.update(str(row[0]) for row in desk.vault.rows(f"SELECT DISTINCT pupil_id FROM {table} WHERE pupil_id IS NOT NULL"))
    return max(sorted(found.keys() & of_those if of_those else found), key=found.__getitem__)


def scenes(window: Window, pupil_id: str, folder: Path, which: slice = slice(None), of_each: int | None = None) -> Iterator[Scene]:
    """Each with its name, in an order in which one leads to the next. ``folder`` takes a file to import and an export made.

    They stand in groups, each of which begins anywhere: ``which`` of them are opened, and the first ``of_each``, without it all.
    """
    groups = (
        _pages(window),
        _consents(window, pupil_id),
        _import(window, folder),
        _export(window, folder),
        _data_protection(window),
        _wishes(window),
        _requests(window),
        _copy(window),
        _incidents(window, pupil_id),
        _record(window, pupil_id),
        _held(window),
        _pupils(window),
        _restricted_notes(window),
        _finding(window),
    )
    for group in groups[which]:
        yield from islice(group, of_each)
        if of_each is not None:
            window.page.discard()  # what the next scene of the group would have put back


def _finding(window: Window) -> Iterator[Scene]:
    yield "find anything", lambda: (window.go("home"), window.find_anything())


def _pages(window: Window) -> Iterator[Scene]:
    for page in ("sharing", "consents", "forms", "exports", "changes", "settings", "notices"):
        window.go(page)
        yield from ((f"{page}, {name}", turn) for name, turn in panes(window.page))
    yield from _notices(window)
    yield from _not_back(window)


def _not_back(window: Window) -> Iterator[Scene]:
    """Forms that somebody waits for no longer."""
    window.go("forms")
    not_back, desk = window.page.not_back, window.context.desk  # type: ignore[attr-defined]
    window.context.keep(lambda: out.give_up(desk, [one.id for one in out.missing(desk)][:1], "The family has moved away"))
    yield (
        "forms, no longer waited for",
        lambda: (window.page.tabs.setCurrentWidget(not_back), not_back.refresh(), not_back.form_choice.set_key("given-up")),
    )  # type: ignore[attr-defined]


def _notices(window: Window) -> Iterator[Scene]:
    """What stands beside an edition, and beside words of which the law asks more."""
    tabs = window.page.tabs  # type: ignore[attr-defined]
    tabs.setCurrentIndex(2)
    yield "notices, what changed", partial(tabs.editions.parts.setCurrentIndex, 1)
    tabs.setCurrentIndex(3)
    words = tabs.words
    yield "notices, words that lack something", lambda: (words.writing.front.setPlainText("# A title\n\n{nobody}"), words.judge())
    yield from ((f"notices, words, {name}", turn) for name, turn in panes(words))
    yield "notices, words put back", lambda: (words.writing.put_back(), tabs.setCurrentIndex(0))


def _consents(window: Window, pupil_id: str) -> Iterator[Scene]:
    window.go("consents", pupil_id)
    page = window.page
    yield "consents, saying yes", lambda: page.pupil_view.panel.answer.set_key("given")  # type: ignore[attr-defined]
    page.discard()
    yield "consents, competence", page.pupil_view.find_competence  # type: ignore[attr-defined]
    page.discard()
    page.tabs.setCurrentIndex(1)  # type: ignore[attr-defined]
    trips = [key for key in page.many.subjects if key.startswith("trip/")]  # type: ignore[attr-defined]
    yield "consents, a trip", partial(page._show_subject, trips[0])  # type: ignore[attr-defined]
    yield "consents, planning", page.change  # type: ignore[attr-defined]
    page._leave_occasion()  # type: ignore[attr-defined]


def panes(widget: QWidget) -> Iterator[Scene]:
    """Each tab of the first tabs in a widget, or of itself."""
    tabs = widget if isinstance(widget, QTabWidget) else widget.findChild(QTabWidget)
    if tabs is not None:
        for place in range(tabs.count()):
            yield tabs.tabText(place).replace("&", ""), partial(tabs.setCurrentIndex, place)


def _wishes(window: Window) -> Iterator[Scene]:
    """Two parents who disagree, how it was settled, and the letter at 16; where the unit has such."""
    desk = window.context.desk
    disagree = next((one.pupil.id for one in wish_waiting.waiting(desk) if one.disagree), "")
    turning = next((one.pupil.id for one in coming_of_age.coming(desk) if one.to_tell), "")
    if disagree:
        yield "sharing, two who disagree", lambda: window.go("sharing", disagree)
        yield "sharing, how it was settled", lambda: window.page.pupil_view.standing.settle.emit("youth-support")  # type: ignore[attr-defined]
        yield "sharing, back", window.page.pupil_view.settling.close_  # type: ignore[attr-defined]
    if turning:
        yield "sharing, the letter at 16", lambda: (window.go("sharing"), window.page.show_letter(turning))  # type: ignore[attr-defined]
        yield "sharing, the letter put away", window.page.paper.closed.emit  # type: ignore[attr-defined]


def _data_protection(window: Window) -> Iterator[Scene]:
    """What was told of each pupil; a breach, and its forms; each list of what is kept; a paper."""
    window.go("data-protection")
    page: DataProtectionPage = window.page  # type: ignore[assignment]
    yield from ((f"data protection, {name}", turn) for name, turn in panes(page))
    yield "data protection, each pupil", lambda: (page.tabs.setCurrentIndex(0), page.told_list.grouping.set_key("pupils"))
    yield "data protection, between two days", lambda: page.told_list.days.when.set_key("typed")
    yield (
        "data protection, the log on paper",
        lambda: (page.told_list.days.when.set_key("ever"), page.told_list._show_paper(page.told_list.days.days, {})),
    )
    page.told_list.paper.closed.emit()
    yield "data protection, a breach reported", lambda: (page.tabs.setCurrentIndex(1), page.breaches.report())
    yield (
        "data protection, a breach told",
        lambda: (page.breaches.discard(), page.breaches.kind.set_key("ico-told"), page.breaches.record()),
    )
    yield "data protection, its record", lambda: (page.breaches.discard(), page.print_())
    page.breaches.discard()
    for key in ("to-do", "soon", "holds", "done", "periods"):
        yield f"data protection, {key}", partial(_keep_shown, page, key)
    yield "data protection, a paper", lambda: (page.tabs.setCurrentIndex(3), page.print_())


def _keep_shown(page: DataProtectionPage, key: str) -> None:
    page.tabs.setCurrentIndex(2)
    page.keeping.view_box.set_key(key)


def _requests(window: Window) -> Iterator[Scene]:
    """Each case with its tabs, the letters of one, one on paper, a new case, and the places to search."""
    window.go("requests")
    page = window.page
    listing, view = page.list, page.view  # type: ignore[attr-defined]
    for place in range(len(listing.table.rows)):
        yield f"requests, case {place}", partial(listing.table.selectRow, place)
        yield from ((f"requests, case {place}, {name}", turn) for name, turn in panes(view))
        view.tabs.setCurrentIndex(0)
    yield from ((f"requests, step {place}", partial(view.steps.table.selectRow, place)) for place in range(len(view.steps.table.rows)))
    yield "requests, a letter", lambda: (listing.table.selectRow(1), view.write_letter(RequestEventKind.ACKNOWLEDGED))
    yield "requests, a letter on paper", view.letters.look
    yield "requests, new", lambda: (page.paper.closed.emit(), page.begin_new())  # type: ignore[attr-defined]
    yield "requests, something missing", page.new.save  # type: ignore[attr-defined]
    yield "requests, places", lambda: (page._back_to_list(), page.show_places())  # type: ignore[attr-defined]
    yield "requests, closed ones", lambda: (page.places.closed.emit(), listing.tabs.setCurrentIndex(1))  # type: ignore[attr-defined]


def _incidents(window: Window, pupil_id: str) -> Iterator[Scene]:
    """An incident with force of which much is missing: each tab, its step and its form; a new one, and a reward."""
    desk, incident_id = window.context.desk, recording.new_incident_id()
    held = Incident(
        incident_id=incident_id, pupil_id=pupil_id, kind="threat", day=desk.today, account="Threw a chair.", part="took-part", force=True
    )
    window.context.keep(lambda: recording.enter(desk, [held]))
    window.go("incidents", incident_id)
    page = window.page
    yield "incidents, one", lambda: page.on_show(incident_id)
    yield from ((f"incidents, {name}", turn) for name, turn in panes(page.view))  # type: ignore[attr-defined]
    yield "incidents, what is missing", lambda: (page.on_show(incident_id), page.amend(ask_for_missing=True))  # type: ignore[attr-defined]
    yield (
        "incidents, a step",
        lambda: (page.discard(), page.on_show(incident_id), page._begin_step(page.view.state.steps[-1], page.view.state.steps[-1].kind)),
    )  # type: ignore[attr-defined]
    yield "incidents, new", lambda: (page.discard(), page.begin_new())  # type: ignore[attr-defined]
    yield "incidents, a reward", lambda: page.entry.account.take_draft({"kind": "effort"})  # type: ignore[attr-defined]
    page.discard()


def _import(window: Window, folder: Path) -> Iterator[Scene]:
    table = folder / "pupils.csv"
    table.write_text("surname,forename,dob,sex,house\nKestrel,Nia,3/4/2012,F,Red\nLarch,Sam,14/19/2011,M,Blue\n", encoding="utf-8")
    window.go("import")
    yield "import, a file", lambda: window.page.open_file(table)  # type: ignore[attr-defined]
    yield "import, kept", lambda: (window.context.ask.answers.append(True), window.page.save())  # type: ignore[attr-defined]  # without the row refused
    yield "changes, a file read in", lambda: (window.go("changes"), window.page.tabs.setCurrentIndex(2))  # type: ignore[attr-defined]


def _export(window: Window, folder: Path) -> Iterator[Scene]:
    window.context.memory.keep("exports/folder", str(folder))
    window.go("exports")
    page = window.page
    page.tabs.setCurrentIndex(0)  # type: ignore[attr-defined]
    yield "exports, one to make", lambda: page.on_show("youth-support")  # type: ignore[attr-defined]
    page.making.choices.reason.setText("Autumn return")  # type: ignore[attr-defined]
    yield "exports, the result", page.making.make  # type: ignore[attr-defined]
    page._put_away()  # type: ignore[attr-defined]
    window.banner.dismiss()
    someone = window.context.desk.vault.first_row("SELECT id FROM pupil WHERE same_as IS NULL ORDER BY ref LIMIT 1")
    assert someone is not None
    yield "exports, one pupil", lambda: page.on_show(str(someone[0]))  # type: ignore[attr-defined]
    yield "exports, past ones", lambda: page.tabs.setCurrentWidget(page.past)  # type: ignore[attr-defined]


def copy_part(window: Window) -> CasePackPart:
    """The tab of the copy that answers a request."""
    found = window.context.desk.vault.first_row("SELECT case_id FROM pack WHERE case_id IS NOT NULL LIMIT 1")
    assert found is not None
    window.go("requests", str(found[0]))
    return next(part for part in window.page.view.parts if isinstance(part, CasePackPart))  # type: ignore[attr-defined]


def _copy(window: Window) -> Iterator[Scene]:
    """How it stands, each step of the work on it, and the paper in their place."""
    part = copy_part(window)
    view = window.page.view  # type: ignore[attr-defined]
    yield "copy, how it stands", lambda: view.tabs.setCurrentWidget(part)
    yield "copy, places", part.open_work
    for place in range(1, part.work.tabs.count()):
        yield f"copy, {part.work.tabs.tabText(place).replace('&', '')}", partial(part.work.tabs.setCurrentIndex, place)
    yield "copy, what is withheld", lambda: part.work.show_made("list")
    yield "copy, put away", part.put_away


def _restricted_notes(window: Window) -> Iterator[Scene]:
    """What somebody named to read them has on Home, and each step of adding them to a copy that waits."""
    desk = window.context.desk
    pack_id, pupil_id = desk.vault.rows("SELECT id, pupil_id FROM pack WHERE case_id IS NOT NULL")[0]
    hold_key_of_notes(desk)
    readers.set_reader(desk, desk.user, may=True, reason="Reads them while another is away")
    words = "Said at 11:15 that things are hard at home since Nia Brown moved in. Told the safeguarding lead at 11:20."
    notes.add(desk, Note(pupil_id=pupil_id, category="family", text=words, day=desk.today), restrict=True)
    window.go("home")
    links = window.page.findChildren(LinkLine)
    yield (
        "home, restricted notes",
        [one for one in links if one.accessibleName().startswith("Restricted notes for a copy")][-1].click,
    )  # those before are on their way out
    window.go("requests", pack_id)
    work = window.page.notes  # type: ignore[attr-defined]
    for place in range(work.tabs.count()):
        yield f"restricted notes, {work.tabs.tabText(place).replace('&', '')}", partial(work.tabs.setCurrentIndex, place)
    yield "restricted notes, put away", work.put_away


def _record(window: Window, pupil_id: str) -> Iterator[Scene]:
    window.go("pupils", pupil_id)
    view = window.page.view  # type: ignore[attr-defined]
    for key, _words, _kind in PARTS:
        view.turn_to(key)
        yield f"record, {key}", partial(view.turn_to, key)
        yield from ((f"record, {key}, {name}", turn) for name, turn in list(panes(view.part))[1:])
    view.turn_to("history")
    yield "record, told by word", view.part.begin
    yield "record, told by word, something missing", view.part.telling.save
    view.part.put_back()


def _held(window: Window) -> Iterator[Scene]:
    """The parts that most pupils have empty, each of a pupil of whom something is held there."""
    window.go("pupils")
    page, vault = window.page, window.context.desk.vault
    for key, table in _RARE.items():
        found = vault.first_row(f"SELECT pupil_id FROM {table} WHERE pupil_id IS NOT NULL ORDER BY 1 LIMIT 1")
        if found is not None:
            window.go("pupils", str(found[0]))
            page.view.turn_to(key)  # type: ignore[attr-defined]
            yield from ((f"held, {key}, {name}", turn) for name, turn in list(panes(page.view.part)) or [("the list", lambda: None)])  # type: ignore[attr-defined]


def _pupils(window: Window) -> Iterator[Scene]:
    window.go("pupils")
    page = window.page
    yield "pupils, new", page.begin_new  # type: ignore[attr-defined]
    yield "pupils, admission register", page.show_admission  # type: ignore[attr-defined]
    yield "pupils, emergency contacts", page.show_emergency_contacts  # type: ignore[attr-defined]
    yield "pupils, duplicates", page.show_duplicates  # type: ignore[attr-defined]
    yield "pupils, choosing", page.begin_choosing  # type: ignore[attr-defined]
    listing, choosing = page.list, page.choosing  # type: ignore[attr-defined]
    yield "pupils, ticked", lambda: listing.ticks.set_ticks(row.id for row in listing.table.rows[:TICKED])
    for act in acts():
        yield f"several, {act.key}", partial(choosing.do, act)
    yield "pupils, again", choosing.end
    yield "pupils, filter", partial(_narrow, listing)
    yield "pupils, filter and columns away", partial(_as_before, listing)


def _narrow(listing: PupilList) -> None:
    """The panel open with something wrong in it, three conditions, and further columns."""
    listing.open_filter()
    listing.filter.set_conditions([Condition("year-group", "11"), Condition("attendance-below", "90"), Condition("here", "on-roll")])
    listing.filter.question.set_key("age")
    listing.filter.answer_box.setText("old")
    listing.filter.add()
    listing.column_menu.chose.emit(["dob", "main_school"])


def _as_before(listing: PupilList) -> None:
    listing.filter.closed.emit()
    listing.filter.set_conditions(())
    listing.column_menu.chose.emit([])
