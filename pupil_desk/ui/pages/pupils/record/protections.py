"""Protections: anyone sets one; a wrong or ended one is lifted with the reason, by those who may."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.pupils.protection import NO_CONTACT, ORDER, Protection, whom_of
from pupil_desk.services.pupils import protections
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action, who_may
from pupil_desk.ui.kit.badge import PROTECTED_SIGN
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.words import allow, button, line, name_label
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart

_PUPIL, _ELSE = "pupil", "else"  # the keys of the pupil and of whoever is no contact, among those whom it may protect or name


class ProtectionsPart(SeveralPart[Protection]):
    """The protections in force, and the form of a new one. One on file is never edited."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        form = Form(Protection, today=context.desk.today, check_unfinished=self._check_whom)
        super().__init__(context, may_leave, _MANNER, form, lambda protection: protection.id)
        self.person_box = ChoiceBox(name=_("Whom it protects or names"))
        self.whom_label = name_label(_("Whom it protects or names"), self.person_box)
        form.elsewhere["contact_id"] = self.person_box.setFocus
        self.person_box.currentIndexChanged.connect(lambda _place: form.mended("contact_id"))
        self.lift_button = button(_("Lift this protection…"), self.lift, icon_name="lock-open")
        self.acts.addWidget(self.lift_button)
        if not context.desk.may(Action.LIFT_PROTECTION):
            self.acts.addWidget(line(_("Lifting: {who} only").format(who=who_may(Action.LIFT_PROTECTION)), "muted"))
        self.column.insertWidget(self.column.indexOf(self.form), self.whom_label)
        self.column.insertWidget(self.column.indexOf(self.form), self.person_box)

    def show_record(self, record: PupilRecord) -> None:
        people = [
            (contact.id, f"{contact.full_name}, {codelist('relationship').label_of(contact.relationship).lower()}")
            for contact in record.contacts
        ]
        pupil = (_PUPIL, _("{pupil}, the pupil").format(pupil=record.pupil.full_name))
        self.person_box.ask_for([pupil, *people, (_ELSE, NO_CONTACT)])
        super().show_record(record)

    def begin_new(self) -> None:
        """The cursor in the first question, which stands above the form."""
        super().begin_new()
        if self._adding:
            self.person_box.setFocus()

    def put_back(self) -> None:
        super().put_back()
        self.person_box.setCurrentIndex(0)

    def _reveal(self) -> None:
        for part in (self.form, self.person_box, self.whom_label):
            part.setVisible(self._adding)
        self.title.setVisible(self._adding or self._current_row is not None)
        may = self.context.desk.may(Action.LIFT_PROTECTION)
        allow(
            self.lift_button, self._current_row is not None and may, _("Choose a protection first") if may else only(Action.LIFT_PROTECTION)
        )

    def _finished(self, record: Protection) -> Protection:
        key = self.person_box.key()
        return dataclasses.replace(record, contact_id=None if key in (_PUPIL, _ELSE) else key)

    def _check_whom(self, protection: Protection) -> tuple[Problem, ...]:
        """Whom it protects is never taken as read. An order names who may not be told, never the pupil; nothing else names somebody who is no contact."""
        key = self.person_box.key()
        if not key:
            return (Problem("contact_id", "missing", _("Choose whom it protects or names.")),)
        if key != (_PUPIL if protection.kind == ORDER else _ELSE):
            return ()
        words = (
            _("An order or restriction says who may not be told: choose that contact, or somebody who is not among them.")
            if key == _PUPIL
            else _("Choose the pupil or the contact whom it protects.")
        )
        return (Problem("contact_id", "wrong", words),)

    def draft(self) -> dict[str, Any]:
        return super().draft() | {"whom": self.person_box.key()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        super().take_draft(draft)
        self.person_box.set_key(draft["whom"])

    def lift(self) -> None:
        """End the protection chosen, once the reason is given."""
        protection = self.table.current()
        if protection is None or not self.may_leave():
            return
        assert self.record is not None
        kind = codelist("protection_kind").label_of(protection.kind)
        person = (
            self.record.pupil.full_name
            if protection.contact_id is None
            else _("{pupil} ({contact})").format(pupil=self.record.pupil.full_name, contact=_whom(protection, self.record))
        )
        words = _("{whose}. {what}: {why}. It stays in the history that it was there, who lifted it and why.").format(
            whose=person, what=kind, why=protection.reason.rstrip(".")
        )
        reason = self.context.ask.text(_("Lift this protection?"), words, _("Why it is lifted"), verb=_("Lift it"), stay=_("Keep it"))
        if reason is not None and self.keep(self.form, lambda: protections.lift_protection(self.context.desk, protection.id, reason)):
            self.focus_first()


def _columns(part: SeveralPart[Protection]) -> Sequence[Column[Protection]]:
    return (
        Column("kind", _("Protection"), lambda p: codelist("protection_kind").label_of(p.kind), width=18, icon=lambda p: PROTECTED_SIGN),
        Column(
            "whom",
            _("Whom"),
            lambda p: _whom(p, part.record),
            width=10,
            most=18,
            stretch=True,
            first=True,
            shorter=lambda p: [_whom_shortly(p, part.record)],
        ),
        Column("reason", _("Reason"), lambda p: p.reason, stretch=True, width=10),
        Column("since", _("Since"), lambda p: short_date(p.since)),
        Column("until", _("Until"), lambda p: short_date(p.until) if p.until else _("Until lifted")),
    )


def _whole_reason(protection: Protection) -> str:
    """What of the one chosen may be cut in the list, or have no room there."""
    until = short_date(protection.until) if protection.until else _("lifted")
    return _("{reason}. Since {since}, until {until}.").format(
        reason=protection.reason.rstrip("."), since=short_date(protection.since), until=until
    )


def _whom(protection: Protection, record: PupilRecord | None) -> str:
    people = record.contacts if record else []
    return whom_of(protection.kind, next((contact.full_name for contact in people if contact.id == protection.contact_id), ""))


def _whom_shortly(protection: Protection, record: PupilRecord | None) -> str:
    whom = _whom(protection, record)
    return _("Somebody else") if whom == NO_CONTACT else whom


_MANNER = PartDefinition(
    name=_("Protections"),
    add_words=_("Set a p&rotection"),
    new_title=_("New protection"),
    empty_words=_("No protection is in force"),
    sign="shield-check",
    columns=_columns,
    rows_of=lambda record, _desk: record.protections,
    title_of=_whole_reason,
    new_keys=lambda record, desk: {"since": desk.today},
    add=protections.set_protection,
    spare={"since": 605, "until": 700},
    stands_on_first=False,
)
