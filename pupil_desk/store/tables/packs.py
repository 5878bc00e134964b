"""Packs that answer a request for a copy: begun, decided place by place, added to under seal, written. Rows are only ever added."""

import hashlib
from dataclasses import replace
from typing import Any

from pupil_desk.domain.requests.boxes import PaperBox
from pupil_desk.domain.requests.case import RequestCase
from pupil_desk.domain.requests.pack import PAPER, TICKS, PackBegun, PackMade, PackMark, PackSection, Sealed
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import columns, insert, insert_all, insert_row, read, read_first, records_of
from pupil_desk.store.rows.same import of_person
from pupil_desk.store.tables import under_second_key
from pupil_desk.store.tables.under_second_key import MARKS


def begin(vault: Vault, pack: PackBegun, *, moment: str, actor: str) -> None:
    """Keep that a pack was begun."""
    insert(vault, "pack", pack, at=moment, begun_by=actor)


def get(vault: Vault, pack_id: str) -> PackBegun | None:
    """A pack by its identity."""
    return read_first(vault, PackBegun, f"SELECT {columns(PackBegun)} FROM pack WHERE id = ?", (pack_id,))


def case_when_begun(vault: Vault, pack_id: str) -> RequestCase | None:
    """The request that a pack answers, as it stood when the pack was begun."""
    return read_first(
        vault,
        RequestCase,
        f"""SELECT {columns(RequestCase, "c")} FROM pack p JOIN request_case c ON c.id = p.case_id AND c.at <= p.at
            WHERE p.id = ? ORDER BY c.seq DESC LIMIT 1""",
        (pack_id,),
    )


def of_pupil(vault: Vault, pupil_id: str) -> list[Row]:
    """A pupil's packs, the latest first: each with who began it, and whether it was dropped."""
    return vault.rows(
        f"SELECT {columns(PackBegun, 'p')}, p.at, coalesce(s.name, p.begun_by) AS begun_by, "
        "EXISTS (SELECT 1 FROM pack_dropped d WHERE d.pack_id = p.id) AS dropped "
        f"FROM pack p LEFT JOIN staff s ON s.id = p.begun_by WHERE {of_person('p')} ORDER BY p.at DESC, p.rowid DESC",
        (pupil_id,),
    )


def of_case(vault: Vault, case_id: str) -> list[PackBegun]:
    """The packs begun to answer a request, the latest first, those dropped left out."""
    return read(
        vault,
        PackBegun,
        f"SELECT {columns(PackBegun, 'p')} FROM pack p WHERE p.case_id = ? AND NOT EXISTS (SELECT 1 FROM pack_dropped d WHERE d.pack_id = p.id) "
        "ORDER BY p.at DESC, p.rowid DESC",
        (case_id,),
    )


def under_way(vault: Vault) -> list[PackBegun]:
    """The packs that answer requests, those dropped left out; the earlier before the later."""
    return read(
        vault,
        PackBegun,
        f"SELECT {columns(PackBegun, 'p')} FROM pack p WHERE p.case_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM pack_dropped d WHERE d.pack_id = p.id) "
        "ORDER BY p.at, p.rowid",
    )


def drop(vault: Vault, pack: PackBegun, *, row_id: str, reason: str, moment: str, actor: str) -> None:
    """Keep that a pack is not wanted after all."""
    insert_row(vault, "pack_dropped", id=row_id, pack_id=pack.id, pupil_id=pack.pupil_id, reason=reason, at=moment, dropped_by=actor)


def is_dropped(vault: Vault, pack_id: str) -> bool:
    """Whether a pack was dropped."""
    return vault.first_row("SELECT 1 FROM pack_dropped WHERE pack_id = ?", (pack_id,)) is not None


# -- what is decided


def add_marks(vault: Vault, marks: list[PackMark], *, moment: str, actor: str) -> None:
    """Keep what is said of places."""
    insert_all(vault, "pack_mark", marks, {"at": lambda _mark: moment, "said_by": lambda _mark: actor})
    under_second_key.encrypt(vault, MARKS, moment=moment)


def marks_of(vault: Vault, pack_id: str) -> list[PackMark]:
    """The last word about each place of a pack, and the last tick of each, in the order in which the places were first spoken of."""
    marks_by_place: dict[Any, PackMark] = {}
    rows = vault.rows(f"SELECT {columns(PackMark, 'm')}, {MARKS.read('m')} FROM pack_mark m WHERE pack_id = ? ORDER BY seq", (pack_id,))
    for row, mark in zip(rows, records_of(PackMark, rows), strict=True):
        marks_by_place[mark.place, mark.said in TICKS] = _read(vault, row, mark)
    return list(marks_by_place.values())


def _read(vault: Vault, row: Row, mark: PackMark) -> PackMark:
    """A mark as whoever signed in may see it: what it says of restricted notes is empty without their key."""
    if row["key_id"] is None:
        return mark
    words, who, note = (under_second_key.read(vault, MARKS, row, name) or "" for name in MARKS.columns)
    return replace(mark, words=words, who=who, note=note)


def add_section(vault: Vault, section: PackSection, *, moment: str, actor: str) -> None:
    """Keep what is said of a whole section or paper."""
    insert(vault, "pack_section", section, at=moment, said_by=actor)


def sections_of(vault: Vault, pack_id: str) -> dict[str, PackSection]:
    """The last word about each section and paper of which anything was said.

    That a paper is given holds for the boxes that it had then: once one was drawn, moved or taken away afterwards, nothing is said of it any more.
    """
    rows = vault.rows(f"SELECT {columns(PackSection)}, at FROM pack_section WHERE pack_id = ? ORDER BY seq", (pack_id,))
    last_words = {section.section: (section, row["at"]) for row, section in zip(rows, records_of(PackSection, rows), strict=True)}
    boxes = vault.rows("SELECT paper_id, max(at) AS at FROM pack_box WHERE pack_id = ? GROUP BY paper_id", (pack_id,))
    changed_at = {PAPER + row["paper_id"]: row["at"] for row in boxes}
    return {name: section for name, (section, at) in last_words.items() if not section.given or at >= changed_at.get(name, "")}


def words_written(vault: Vault, pack_id: str) -> set[str]:
    """What was said of sections and papers, by identity, with which a pack was written."""
    rows = vault.rows(
        "SELECT s.id FROM pack_section s JOIN pack_made m ON m.pack_id = s.pack_id AND s.at <= m.at WHERE s.pack_id = ? AND NOT EXISTS "
        "(SELECT 1 FROM pack_section l WHERE l.pack_id = s.pack_id AND l.section = s.section AND l.seq > s.seq AND l.at <= m.at)",
        (pack_id,),
    )
    return {row["id"] for row in rows}


def add_boxes(vault: Vault, boxes: list[PaperBox], *, moment: str, actor: str) -> None:
    """Keep what is said of boxes on papers."""
    insert_all(vault, "pack_box", boxes, {"at": lambda _box: moment, "said_by": lambda _box: actor})


def boxes_of(vault: Vault, pack_id: str) -> list[PaperBox]:
    """The boxes of a pack that stand, by their last word: by paper and page, from the top, those at one height from the left."""
    rows = vault.rows(f"SELECT {columns(PaperBox)} FROM pack_box WHERE pack_id = ? ORDER BY seq", (pack_id,))
    last_words = {box.box_id: box for box in records_of(PaperBox, rows)}
    boxes = (box for box in last_words.values() if box.stands)
    return sorted(boxes, key=lambda box: (box.paper_id, box.page, box.top, box.left, box.box_id))


def earlier_boxes(vault: Vault, pack_id: str, paper_id: str) -> list[PaperBox]:
    """The boxes that stand on a paper in the last other pack that has any, by their last word: page by page, from the top."""
    rows = vault.rows(f"SELECT {columns(PaperBox)} FROM pack_box WHERE paper_id = ? AND pack_id <> ? ORDER BY seq", (paper_id, pack_id))
    last_words = {box.box_id: box for box in records_of(PaperBox, rows)}
    standing = [box for box in last_words.values() if box.stands]
    last_pack = next((box.pack_id for box in reversed(records_of(PaperBox, rows)) if last_words[box.box_id].stands), "")
    return sorted((box for box in standing if box.pack_id == last_pack), key=lambda box: (box.page, box.top, box.left, box.box_id))


# -- what is added under seal


def restricted_covers(vault: Vault, pupil_id: str) -> str:
    """A digest of which wordings of restricted notes are on file; what they say is not read."""
    rows = vault.rows(f"SELECT id FROM restricted_note WHERE {of_person()} ORDER BY seq", (pupil_id,))
    return hashlib.sha256("\n".join(row["id"] for row in rows).encode("ascii")).hexdigest()


def seal(vault: Vault, pack: PackBegun, sealed: Sealed, document: bytes, data: bytes) -> None:
    """Keep what was added under seal."""
    values = {name: getattr(sealed, name) for name in ("id", "notes", "covers", "withheld", "exemption", "at")}
    locked = {"document": document, "data": data}
    insert_row(vault, "pack_sealed", {**values, "pack_id": pack.id, "pupil_id": pack.pupil_id, **locked, "sealed_by": sealed.by})


def sealed_of(vault: Vault, pack_id: str) -> Sealed | None:
    """What was last added to a pack under seal, without its bytes."""
    row = vault.first_row(
        "SELECT c.id, c.pack_id, c.notes, c.covers, c.withheld, c.exemption, c.at, coalesce(s.name, c.sealed_by) AS by FROM pack_sealed c "
        "LEFT JOIN staff s ON s.id = c.sealed_by WHERE c.pack_id = ? ORDER BY c.seq DESC LIMIT 1",
        (pack_id,),
    )
    return Sealed(**{name: row[name] for name in Sealed.__dataclass_fields__}) if row else None


def sealed_bytes(vault: Vault, sealed_id: str) -> tuple[bytes, bytes]:
    """The locked paper and the locked data of what was added under seal."""
    row = vault.first_row("SELECT document, data FROM pack_sealed WHERE id = ?", (sealed_id,))
    return (row["document"], row["data"]) if row else (b"", b"")


# -- what was given


def add_made(vault: Vault, pack: PackMade, *, moment: str, actor: str) -> None:
    """Keep that a pack was written."""
    insert(vault, "pack_made", pack, at=moment, made_by=actor)


def made_of(vault: Vault, pupil_id: str) -> list[Row]:
    """The packs written of a pupil, in order, each with when and by whom."""
    return vault.rows(
        f"SELECT {columns(PackMade, 'm')}, m.at, coalesce(s.name, m.made_by) AS made_by "
        f"FROM pack_made m LEFT JOIN staff s ON s.id = m.made_by WHERE {of_person('m')} ORDER BY m.seq",
        (pupil_id,),
    )


def made_from(vault: Vault, pack_id: str) -> list[Row]:
    """When a pack was written, the latest first: «at», «made_by» as a name, «digests»."""
    return vault.rows(
        "SELECT m.at, coalesce(s.name, m.made_by) AS made_by, m.digests FROM pack_made m LEFT JOIN staff s ON s.id = m.made_by "
        "WHERE m.pack_id = ? ORDER BY m.seq DESC",
        (pack_id,),
    )


# -- who may be named


def people(vault: Vault) -> list[Row]:
    """Everyone on file by name: pupils and contacts, also by the names of records that stand for another, each under the record kept."""
    return vault.rows(
        "SELECT 'pupil' AS kind, coalesce(same_as, id) AS id, coalesce(same_as, id) AS pupil_id, ref, forename, preferred_forename, middle_names, surname, preferred_surname, '' AS relationship "
        "FROM pupil UNION ALL "
        "SELECT 'contact', coalesce(c.same_as, c.id), coalesce(p.same_as, p.id), p.ref, c.forename, NULL, NULL, c.surname, NULL, c.relationship "
        "FROM contact c JOIN pupil p ON p.id = c.pupil_id"
    )
