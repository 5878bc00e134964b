"""Special educational needs and care: three lists of dated periods."""

from collections.abc import Callable, Sequence
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.care.needs import CarePeriod, Dated, SenNeed, SenPeriod
from pupil_desk.services.care import needs
from pupil_desk.services.care.needs import NeedsRecord
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.pages.pupils.record.grouped import GroupPart
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart


class NeedsPart(GroupPart):
    """Provision, types of need, and care with meals and premiums."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__(context, may_leave, _("Needs and care"))
        self.needs_record = NeedsRecord([], [], [])
        self.take_lists(
            (
                (_("Pro&vision"), self._list(SenPeriod, self._periods())),
                (_("T&ypes of need"), self._list(SenNeed, self._needs())),
                (_("Car&e, meals, premiums"), self._list(CarePeriod, self._care())),
            )
        )

    def read(self, record: PupilRecord) -> None:
        self.needs_record = needs.of_pupil(self.context.desk, record.pupil.id)

    def _list[R](self, record_type: type[R], manner: PartDefinition[R]) -> SeveralPart[R]:
        desk = self.context.desk
        form = Form(record_type, today=desk.today, readonly=not desk.may(Action.EDIT_RECORD))
        return SeveralPart(self.context, self.may_leave, manner, form, lambda row: str(getattr(row, "id", "")))

    def _periods(self) -> PartDefinition[SenPeriod]:
        return PartDefinition(
            name=_("SEN provision"),
            add_words=_("&Add a provision"),
            new_title=_("New provision"),
            empty_words=_("No provision is on file"),
            sign="student",
            columns=lambda part: (
                Column[SenPeriod]("provision", _("Provision"), lambda row: codelist("sen_provision").label_of(row.provision), stretch=True),
                *days(SenPeriod),
                Column[SenPeriod](
                    "review", _("Review"), lambda row: short_date(row.review_date) if row.review_date else "", longest="24 Nov 2026"
                ),
            ),
            rows_of=lambda record, _desk: latest_first(self.needs_record.periods),
            title_of=lambda row: codelist("sen_provision").label_of(row.provision),
            new_keys=_from_today,
            add=needs.add_period,
            save=needs.save_period,
            spare={"review": 520},
        )

    def _needs(self) -> PartDefinition[SenNeed]:
        return PartDefinition(
            name=_("Types of need"),
            add_words=_("&Add a need"),
            new_title=_("New need"),
            empty_words=_("No need is on file"),
            sign="student",
            columns=lambda part: (
                Column[SenNeed]("rank", _("Rank"), lambda row: str(row.rank), align="right"),
                Column[SenNeed]("need", _("Need"), lambda row: codelist("sen_need").label_of(row.need), stretch=True),
                *days(SenNeed),
            ),
            rows_of=lambda record, _desk: self.needs_record.needs,
            title_of=lambda row: codelist("sen_need").label_of(row.need),
            new_keys=self._next_rank,
            add=needs.add_need,
            save=needs.save_need,
        )

    def _next_rank(self, record: PupilRecord, desk: Desk) -> dict[str, Any]:
        ranks = [need.rank for need in self.needs_record.needs if need.end_date is None or need.end_date >= desk.today]
        return {"rank": max(ranks, default=0) + 1, "start_date": desk.today}

    def _care(self) -> PartDefinition[CarePeriod]:
        return PartDefinition(
            name=_("Care, meals and premiums"),
            add_words=_("&Add an entry"),
            new_title=_("New entry"),
            empty_words=_("Nothing is on file"),
            sign="heart",
            columns=lambda part: (
                Column[CarePeriod]("kind", _("What"), lambda row: codelist("care_kind").label_of(row.kind), stretch=True),
                *days(CarePeriod),
                Column[CarePeriod]("authority", _("Authority"), lambda row: row.authority or ""),
            ),
            rows_of=lambda record, _desk: latest_first(self.needs_record.care),
            title_of=lambda row: codelist("care_kind").label_of(row.kind),
            new_keys=_from_today,
            add=needs.add_care,
            save=needs.save_care,
            spare={"authority": 520},
        )


def _from_today(record: PupilRecord, desk: Desk) -> dict[str, Any]:
    return {"start_date": desk.today}


def days[D: Dated](_record_type: type[D]) -> tuple[Column[D], Column[D]]:
    """The columns of the first and the last day."""
    return (
        Column("start", _("From"), lambda row: short_date(row.start_date) if row.start_date else _("Not known"), longest="24 Nov 2026"),
        Column("end", _("Until"), lambda row: short_date(row.end_date) if row.end_date else _("Open"), longest="24 Nov 2026"),
    )


def latest_first[D: Dated](rows: Sequence[D]) -> list[D]:
    """The periods, the one begun last at the top."""
    return sorted(rows, key=lambda row: (row.start_date is not None, row.start_date), reverse=True)
