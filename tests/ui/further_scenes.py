"""What there is to open besides ``scenes.py``, where all of it is: the tabs and papers of the other places, the register's panels, plans and other forms.

And what only the safeguarding lead opens: the files, each kind of entry, a concern with marks on the body, and what leaves the room.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.plans.kinds import plan_kinds
from pupil_desk.domain.safeguarding.entry import EntryKind
from pupil_desk.domain.transport.route import route_key
from pupil_desk.services.attachments import attachments
from pupil_desk.services.demo.unit import USERS
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Role
from pupil_desk.services.transport import routes
from pupil_desk.ui.pages.pupils.record.parts import PARTS
from pupil_desk.ui.pages.pupils.record.several import SeveralPart
from pupil_desk.ui.window import Window
from tests.ui.scenes import Scene, copy_part, panes

LEAD = next(name for name, role in USERS if role is Role.ASSISTANT_HEAD)
_SCHOOL_SYSTEM = "UPN,Date,AM/PM,Mark\n{upn},{day:%d/%m/%Y},{session},I\nA000000000000,{day:%d/%m/%Y},AM,/\n"


def further_scenes(window: Window, pupil_id: str, folder: Path) -> Iterator[Scene]:
    """Each with its name, in an order in which one leads to the next."""
    for group in (_schools, _providers, _transport, _plans):
        yield from group(window)
    yield from _new_ones(window, pupil_id)
    yield from _register(window, folder)
    yield from _boxes(window)


def scenes_of_lead(window: Window) -> Iterator[Scene]:
    """The room of the safeguarding files: each file with its entries, each kind of entry typed, and each paper of it."""
    window.go("safeguarding")
    page = window.page
    listing, view = page.list, page.view  # type: ignore[attr-defined]
    held = [line.pupil.id for line in listing.table.rows]
    for number, pupil_id in enumerate(held):
        yield f"safeguarding, file {number}", partial(window.go, "safeguarding", pupil_id)
        for place in range(len(view.table.rows)):
            yield f"safeguarding, file {number}, entry {place}", partial(view.table.selectRow, place)
    yield "safeguarding, a concern", lambda: (window.go("safeguarding", held[0]), page.begin_concern())  # type: ignore[attr-defined]
    yield "safeguarding, a mark on the body", lambda: page.entry.marks.place("front", 40, 60)  # type: ignore[attr-defined]
    yield "safeguarding, a mark that lacks words", page.save
    page.discard()
    yield "safeguarding, a concern about nobody yet", lambda: page._begin(EntryKind.CONCERN, "")  # type: ignore[attr-defined]
    for kind in EntryKind:
        if kind is not EntryKind.CONCERN:
            page.discard()
            yield f"safeguarding, new {kind.value}", partial(page.begin_entry, kind)  # type: ignore[attr-defined]
            yield f"safeguarding, new {kind.value}, something missing", page.save
    page.discard()
    yield from _of_entries(window, held)
    yield from _of_the_room(window, held)


def _of_entries(window: Window, held: list[str]) -> Iterator[Scene]:
    """An entry of each kind that there is, decided or amended; a concern moved; its paper looked at; and what is asked before one goes."""
    page = window.page
    view = page.view  # type: ignore[attr-defined]
    for pupil_id in held:
        window.go("safeguarding", pupil_id)
        for place, history in enumerate(view.table.rows):
            kind = history.now.kind
            yield f"safeguarding, amend {kind}", lambda place=place: (view.table.selectRow(place), page.amend())  # type: ignore[attr-defined]
            page.discard()
            view.table.selectRow(place)
            if kind == EntryKind.CONCERN:
                yield "safeguarding, moving a concern", page.begin_move  # type: ignore[attr-defined]
                page.discard()
                yield "safeguarding, asked before it is struck out", page.strike  # type: ignore[attr-defined]
            if view.papers.table.rows:
                view.papers.table.selectRow(0)
                yield f"safeguarding, a paper of {kind}", view.papers.view_button.click
                page.paper.closed.emit()  # type: ignore[attr-defined]
                yield "safeguarding, asked before it is written out", view.papers.write_button.click
                yield "safeguarding, asked before it is taken out", view.papers.out_button.click
            if kind == EntryKind.RECEIVED:
                yield "safeguarding, receipt", page.outgoing.print_receipt  # type: ignore[attr-defined]
                page.paper.closed.emit()  # type: ignore[attr-defined]


def _of_the_room(window: Window, held: list[str]) -> Iterator[Scene]:
    """What leaves the room, each as a paper, and what is asked before."""
    page = window.page
    window.go("safeguarding", held[0])
    for name in ("print_chronology", "show_blank_form"):
        yield f"safeguarding, {name}", getattr(page.outgoing, name)  # type: ignore[attr-defined]
        page.paper.closed.emit()  # type: ignore[attr-defined]
    for name in ("make_pack", "show_figures"):
        yield f"safeguarding, asked before {name}", getattr(page.outgoing, name)  # type: ignore[attr-defined]
    yield "safeguarding, asked before notes are taken in", page.take_notes_in  # type: ignore[attr-defined]
    yield "safeguarding, which entries", page.view.asked.setFocus  # type: ignore[attr-defined]


def _schools(window: Window) -> Iterator[Scene]:
    """Each tab; a school's statement; its new password; the clashes, one of them told, and on paper."""
    window.go("schools")
    page = window.page
    yield from ((f"schools, {name}", turn) for name, turn in panes(page))
    clashes = page.clashes  # type: ignore[attr-defined]
    yield "schools, a clash", lambda: (page.on_show("clashes"), clashes.table.selectRow(0))
    yield "schools, a clash told", clashes.record_told
    yield "schools, clashes on paper", lambda: (clashes.table.selectRow(0), clashes.print_button.click())
    page.paper.closed.emit()  # type: ignore[attr-defined]
    contacts = page.contacts  # type: ignore[attr-defined]
    page.tabs.setCurrentWidget(contacts)  # type: ignore[attr-defined]
    for place, row in enumerate(contacts.table.rows):
        yield f"schools, {row.name}", partial(contacts.table.selectRow, place)
    yield "schools, asked of which half-term", page.make_statement  # type: ignore[attr-defined]
    yield "schools, asked before a new password", page.agree_password  # type: ignore[attr-defined]


def _providers(window: Window) -> Iterator[Scene]:
    """Each tab; a check typed; sessions chosen, and what is asked of several; the papers for a provider."""
    window.go("providers")
    page = window.page
    yield from ((f"providers, {name}", turn) for name, turn in panes(page))
    for place, row in enumerate(page.checks.table.rows):  # type: ignore[attr-defined]
        yield f"providers, {row.name}", lambda place=place: (page.on_show("checks"), page.checks.table.selectRow(place))  # type: ignore[attr-defined]
    sessions = page.sessions  # type: ignore[attr-defined]
    yield "providers, a session", lambda: (page.on_show("sessions"), sessions.table.selectRow(0))
    yield "providers, a session without who said so", sessions.buttons["attended"].click
    yield "providers, several sessions", lambda: (sessions.form.fields["told_by"].editor.take_text("Mr Marden"), sessions.table.selectAll())
    yield "providers, asked of several sessions", sessions.buttons["attended"].click
    listing = page.listing  # type: ignore[attr-defined]
    page.tabs.setCurrentWidget(listing)  # type: ignore[attr-defined]
    yield "providers, one", partial(listing.table.selectRow, 0)
    yield "providers, sheets", page.make_sheets  # type: ignore[attr-defined]
    page.paper.closed.emit()  # type: ignore[attr-defined]
    yield "providers, asked of which week", page.make_return_sheet  # type: ignore[attr-defined]
    yield "providers, asked of which half-term", page.make_statement  # type: ignore[attr-defined]


def _transport(window: Window) -> Iterator[Scene]:
    """Each route in its form, its sheet, and what is asked before one is added, renamed or taken away."""
    window.go("transport")
    page = window.page
    table = page.routes.table  # type: ignore[attr-defined]
    for place, row in enumerate(table.rows):
        yield f"transport, {row.name}", partial(table.selectRow, place)
    yield "transport, its sheet", page.make_sheet  # type: ignore[attr-defined]
    page.paper.closed.emit()  # type: ignore[attr-defined]
    yield "transport, asked for a new one", page.add_route  # type: ignore[attr-defined]
    yield "transport, asked for another name", page.rename_route  # type: ignore[attr-defined]
    window.context.keep(lambda: routes.begin(window.context.desk, "Route without pupils"))
    yield "transport, a route that carries nobody", lambda: window.go("transport", route_key("Route without pupils"))
    yield "transport, asked before it is taken away", page.remove_route  # type: ignore[attr-defined]


def _plans(window: Window) -> Iterator[Scene]:
    """A plan of each kind that is on file, a new one of each kind, and a step; and what is asked before one is struck out."""
    desk = window.context.desk
    for kind, pupil_id in _first_of(desk, "SELECT kind, min(pupil_id) FROM plan GROUP BY kind ORDER BY kind"):
        window.go("pupils", pupil_id)
        part = _part(window, "plans")
        part.turn_to(part.plans)
        place = next(place for place, plan in enumerate(part.plans.table.rows) if plan.kind == kind)
        yield f"plans, {kind}", partial(part.plans.table.selectRow, place)
        yield f"plans, {kind} struck out", part.plans.strike
    for kind in plan_kinds():
        yield (
            f"plans, new {kind}",
            lambda kind=kind: (part.plans.begin_new(), part.plans.form.fields["kind"].editor.take_text(kind), part.plans._fit_kind()),
        )
        yield f"plans, new {kind}, something missing", part.plans.save
        part.plans.put_back()
    yield "plans, a step", lambda: (part.turn_to(part.steps), part.steps.begin_new())
    yield "plans, a step, something missing", part.steps.save
    part.steps.put_back()


def _new_ones(window: Window, pupil_id: str) -> Iterator[Scene]:
    """A new one of each list of a record, and what is said of it while nothing is typed."""
    window.go("pupils", pupil_id)
    for key, _words, _kind in PARTS:
        part = _part(window, key)
        lists = [part] if isinstance(part, SeveralPart) else getattr(part, "lists", ())
        for number, listed in enumerate(lists):
            if key == "attachments" or listed.add_button.isHidden() or not listed.add_button.isEnabled():  # the first asks for a file
                continue
            if len(lists) > 1:
                part.turn_to(listed)
            yield f"record, new of {key} {number}", listed.begin_new
            yield f"record, new of {key} {number}, something missing", listed.save
            listed.put_back()


def _part(window: Window, key: str):  # type: ignore[no-untyped-def] # a part has its own members
    window.page.view.turn_to(key)  # type: ignore[attr-defined]
    return window.page.view.part  # type: ignore[attr-defined]


def _first_of(desk: Desk, query: str) -> list[tuple[str, ...]]:
    return [tuple(str(value) for value in row) for row in desk.vault.rows(query)]


def _register(window: Window, folder: Path) -> Iterator[Scene]:
    """The codes, whom to call about who is absent without a reason, the call sheet, and the school system's register beside ours."""
    (pupil_id, day, session, upn), *_others = _first_of(
        window.context.desk,
        "SELECT pupil_id, day, session, upn FROM mark JOIN pupil ON pupil.id = pupil_id WHERE code IN ('N', 'O') ORDER BY day DESC, session LIMIT 1",
    )
    window.go("register", f"{pupil_id}@{day}@{session}")
    page = window.page
    yield from ((f"register, {name}", turn) for name, turn in panes(page.panel))  # type: ignore[attr-defined]
    calls = page.calls  # type: ignore[attr-defined]
    yield "register, asked what was said", lambda: (page.panel.setCurrentWidget(calls), calls.record())  # type: ignore[attr-defined]
    yield "register, call sheet", calls._want_sheet
    page.printing.paper.closed.emit()  # type: ignore[attr-defined]
    table = folder / "week.csv"
    table.write_text(_SCHOOL_SYSTEM.format(upn=upn, day=date.fromisoformat(day), session=session), encoding="utf-8")
    yield "register, compared", lambda: (window.context.ask.answers.append(table), page.compare())  # type: ignore[attr-defined]
    comparing = page.comparing  # type: ignore[attr-defined]
    yield "register, a difference", lambda: comparing.table.selectRow(0)
    yield "register, asked before it is changed", comparing.take_theirs
    yield "register, the comparison on paper", comparing._print
    page._close_paper()  # type: ignore[attr-defined]
    yield "register, asked before it is left", comparing.close_comparison
    comparing.comparison = None
    comparing.closed.emit()


def _boxes(window: Window) -> Iterator[Scene]:
    """A paper in the copy that answers a request, with boxes drawn on it, and as it goes."""
    part = copy_part(window)
    desk, held_of = window.context.desk, str(part._pack.pupil_id)  # type: ignore[union-attr]
    if not attachments.of_pupil(desk, held_of):
        paper = Attachment(title="Note of a visit", kind="minutes", paper_day=desk.today, pupil_id=held_of)
        window.context.keep(lambda: attachments.add(desk, paper, attachments.look_into(b"Home visit, 4 pm.\nInvented.\n", "visit.txt")))
    part.open_work()
    work = part.work
    place = work.tabs.indexOf(work.papers)
    yield "copy, a paper", lambda: (work.tabs.setCurrentIndex(place), work.papers.table.selectRow(0))
    yield "copy, boxes on a paper", work.papers.draw_boxes
    yield "copy, a box", work.boxes.new_box
    yield "copy, a second box", work.boxes.new_box
    yield "copy, boxes proposed", work.boxes.propose
    yield "copy, the paper as it goes", work.boxes.look
    yield "copy, back to the boxes", work.close_paper
    yield "copy, boxes put away", work.boxes.close_boxes
    part.put_away()


def first_questions(window: Window, pupil_id: str) -> Iterator[Scene]:
    """What any unit asks: where to go with what is typed, and why a pupil was a mistake."""
    window.go("pupils", pupil_id)
    page = window.page
    page.view.edit()  # type: ignore[attr-defined]
    page.view.part.form.fields["phone"].editor.take_text("01632 960123")  # type: ignore[attr-defined]
    yield "asked on leaving", partial(window.go, "home")
    page.discard()
    yield "asked why", page.take_away  # type: ignore[attr-defined]


def questions(window: Window) -> Iterator[Scene]:
    """One of each further kind: a word to type, a secret, words to read, one answer of two and of several."""
    window.go("data-protection")
    page = window.page
    page.tabs.setCurrentIndex(2)  # type: ignore[attr-defined]
    erasing = page.keeping.erasing  # type: ignore[attr-defined]
    page.keeping.view_box.set_key("to-do")  # type: ignore[attr-defined]
    line = next(line for line in erasing.table.rows if line.case is not None)
    yield "asked before it is erased", lambda: (erasing.table.select(line.id), erasing.carry_out())
    yield "asked for a password", lambda: (window.go("users"), window.page.change_own())  # type: ignore[attr-defined]
    yield "told the keys", window._tell_keys
    yield "asked about an incident", lambda: (window.go("incidents"), window.page.list.table.selectRow(0), window.page.strike())  # type: ignore[attr-defined]
