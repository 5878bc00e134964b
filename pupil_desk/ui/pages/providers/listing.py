"""The providers with the record of the one chosen, and the checks of all with the form of what was seen last."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.providers.provider import Provider, check_provider
from pupil_desk.domain.providers.provider_check import CheckState, ProviderCheck, check_provider_check
from pupil_desk.services.providers import providers
from pupil_desk.services.providers.providers import ProviderStanding
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.forms.listed import ListedForm
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.style import tokens

_COLUMNS = (
    Column[ProviderStanding]("name", _("Provider"), lambda standing: standing.name, stretch=True),
    Column[ProviderStanding]("pupils", _("Pupils"), lambda standing: f"{len(standing.pupil_ids):,}", align="right"),
    Column[ProviderStanding]("named", _("In the notice"), lambda standing: _("yes") if standing.is_named else _("no")),
    Column[ProviderStanding](
        "lacking", _("Checks open"), lambda standing: f"{len(standing.lacking):,}" if standing.lacking else "", align="right"
    ),
)


def _nobody_yet(context: Context) -> EmptyState:
    words = _("A provider stands here once the settings name it, or a pupil’s place elsewhere does.")
    to_settings = (_("Go to Settings"), lambda: context.go("settings", "told_providers"))
    return EmptyState("chalkboard-teacher", _("No provider yet"), words, act=to_settings)


class ProviderList(ListedForm[ProviderStanding]):
    """One row a provider; the form says who it is, with whom one speaks, and why it may teach."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        typed = [item.name for item in items_of(Provider) if item.name != "name"]  # the name stands in the title
        form = Form(Provider, today=desk.today, check=check_provider, only=typed, readonly=not desk.may(Action.EDIT_RECORD))
        empty = _nobody_yet(context)
        super().__init__(context, may_leave, form, _COLUMNS, name=_("Providers"), key="providers", empty=empty, above=tokens.M)
        self.table.always_give_way({"named": 420})

    def rows(self) -> Sequence[ProviderStanding]:
        return providers.standings(self._context.desk)

    def show_form(self, row: ProviderStanding | None) -> None:
        self.form.show_record(row.provider if row is not None else None)

    def keep(self, record: Provider) -> Changed:
        return providers.save(self._context.desk, record)

    def refusal_of(self, row: ProviderStanding) -> str:
        return providers.not_named(self._context.desk, row.name)


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One kind of check of one provider."""

    standing: ProviderStanding
    state: CheckState

    @property
    def id(self) -> str:
        return f"{self.standing.id}|{self.state.kind}"

    @property
    def name(self) -> str:
        return _("{provider}: {check}").format(provider=self.standing.name, check=self.state.label)


def _seen(row: CheckRow) -> str:
    return short_date(row.state.check.seen_on) if row.state.check is not None else ""


def _valid(row: CheckRow) -> str:
    end = row.state.check.valid_until if row.state.check is not None else None
    return short_date(end) if end is not None else ""


_CHECK_COLUMNS = (
    Column[CheckRow]("provider", _("Provider"), lambda row: row.standing.name, width=20),
    Column[CheckRow]("kind", _("Check"), lambda row: row.state.label, stretch=True),
    Column[CheckRow]("seen", _("Seen on"), _seen, longest="30 Nov 2026"),
    Column[CheckRow]("valid", _("Valid until"), _valid, longest="30 Nov 2026"),
    Column[CheckRow]("state", _("Stands"), lambda row: row.state.standing_words, longest=_("no longer valid")),
)


def _earlier_words(check: ProviderCheck) -> str:
    """«30 Nov 2025, in order, seen by A Smith, valid until 1 Dec 2026: number 12»."""
    parts = [short_date(check.seen_on), _("in order") if check.is_in_order else _("not in order")]
    parts += [_("seen by {name}").format(name=check.seen_by)] if check.seen_by else []
    parts += [_("valid until {day}").format(day=short_date(check.valid_until))] if check.valid_until else []
    words = ", ".join(parts)
    return _("{what}: {note}").format(what=words, note=check.note) if check.note else words


class CheckList(ListedForm[CheckRow]):
    """A row for each kind of check of each provider; what is typed is a new look, and the one before stays on file."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        typed = [item.name for item in items_of(ProviderCheck) if item.name != "kind"]
        form = Form(
            ProviderCheck,
            today=desk.today,
            check=partial(check_provider_check, today=desk.today),
            only=typed,
            readonly=not desk.may(Action.EDIT_RECORD),
        )
        empty = _nobody_yet(context)
        super().__init__(
            context, may_leave, form, _CHECK_COLUMNS, name=_("Checks of providers"), key="provider-checks", empty=empty, above=tokens.M
        )
        self.table.always_give_way({"valid": 700, "provider": 560, "seen": 320})

    def rows(self) -> Sequence[CheckRow]:
        return [CheckRow(standing, state) for standing in providers.standings(self._context.desk) for state in standing.states]

    def show_form(self, row: CheckRow | None) -> None:
        """The last look; a new one where there was none."""
        if row is None:
            self.form.show_record(None, provider="", kind="")
        elif row.state.check is None:
            desk = self._context.desk
            self.form.show_record(None, provider=row.standing.name, kind=row.state.kind, seen_on=desk.today, seen_by=desk.user.name)
        else:
            self.form.show_record(row.state.check)

    def before_of(self, row: CheckRow) -> str:
        lines = [_earlier_words(check) for check in row.state.earlier]
        return "\n".join([_("Entered before:"), *lines]) if lines else ""

    def keep(self, record: ProviderCheck) -> Changed:
        return providers.record_check(self._context.desk, record)
