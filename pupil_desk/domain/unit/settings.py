"""The unit's own details, the people to turn to, and its cautions. Each saving is a new version; none is overwritten."""

import dataclasses
from dataclasses import dataclass
from datetime import date, time
from functools import partial

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item
from pupil_desk.domain.sharing.sharing import Level, Rules

_FACTS = Facts(Section.UNIT, Category.STAFF, Purpose.LAW, Basis.PUBLIC_TASK, retention="disclosure")
# the items of each section
_unit, _people, _authority, _told, _caution = (
    partial(item, facts=dataclasses.replace(_FACTS, section=section))
    for section in (Section.UNIT, Section.PEOPLE, Section.AUTHORITY, Section.TOLD, Section.CAUTIONS)
)
# cautions that are a number, a yes or no, a level
_number, _yes_or_no = partial(_caution, kind=Kind.NUMBER), partial(_caution, kind=Kind.YES_NO, default=False)
_level = partial(_caution, kind=Kind.CODE, codes="level")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSettings:
    """Everything the unit sets. The cautions stand where the law leaves a choice; their help names the law."""

    name: str = _unit(_("Name of the unit"), Kind.NAME, required=True)
    la: str = _unit(_("Authority number"), Kind.AUTHORITY, required=True, hint=_("3 digits, such as 919"))
    estab: str = _unit(_("Establishment number"), Kind.TEXT, required=True, longest=4, hint=_("4 digits, such as 1100"))
    kind: str | None = _unit(
        _("Kind of unit"),
        Kind.CODE,
        codes="unit_kind",
        hint=_(
            "Duties differ by it: who owes education from the sixth day of a suspension, who considers it, who answers for the data. See the help."
        ),
    )
    urn: str | None = _unit(
        _("Unique reference number (URN)"),
        Kind.TEXT,
        longest=6,
        hint=_("5 or 6 digits, as the Department for Education’s list of schools has it. Transfer files name it."),
    )
    ukprn: str | None = _unit(
        _("UK provider number (UKPRN)"),
        Kind.TEXT,
        longest=8,
        hint=_("8 digits that begin with 1. Only for asking the Learning Records Service for learner numbers."),
    )
    address_1: str | None = _unit(_("Address line 1"), Kind.NAME)
    address_2: str | None = _unit(_("Address line 2"), Kind.NAME)
    locality: str | None = _unit(_("Locality"), Kind.NAME)
    town: str | None = _unit(_("Town"), Kind.NAME)
    county: str | None = _unit(_("County"), Kind.NAME)
    postcode: str | None = _unit(_("Postcode"), Kind.POSTCODE)
    phone: str | None = _unit(_("Telephone"), Kind.PHONE)
    office_hours: str | None = _unit(
        _("When somebody answers it"), Kind.TEXT, longest=60, hint=_("Such as 8:00 to 16:30, for whoever drives")
    )
    phone_else: str | None = _unit(_("Another telephone, when nobody does"), Kind.PHONE, hint=_("Such as the head’s, for whoever drives"))
    email: str | None = _unit(_("E-mail"), Kind.EMAIL)
    controller: str | None = _unit(
        _("Data controller"),
        Kind.NAME,
        hint=_("The body that decides how the data is used, if it is not the unit itself, such as the local authority"),
    )
    notice_page: str | None = _unit(
        _("Web page of our privacy notice"),
        Kind.LINK,
        hint=_("Where the notice with its tables can be read, if it is on the web. The notice names it."),
    )
    records_incidents: bool = _unit(
        _("We record incidents here"),
        Kind.YES_NO,
        default=True,
        hint=_("Without, the page Incidents, its figures and its import are not offered. What is on file stays in the records."),
    )
    keeps_accidents: bool = _unit(
        _("We keep the accident book here"),
        Kind.YES_NO,
        default=True,
        hint=_("Without, no accident is added, and Home tells of none. What is on file stays in the records."),
    )
    enters_exams: bool = _unit(
        _("We enter pupils for exams here"),
        Kind.YES_NO,
        default=True,
        hint=_("Without, no entry or access arrangement is added or read in. What is on file stays in the records."),
    )
    keeps_plans: bool = _unit(
        _("We keep plans here"),
        Kind.YES_NO,
        default=True,
        hint=_("Without, no plan is added, and Home tells of none. What is on file stays in the records."),
    )
    records_schools: bool = _unit(
        _("We work with main and commissioning schools here"),
        Kind.YES_NO,
        default=True,
        hint=_("Without, the page Schools and the import of their marks are not offered. What is on file stays in the records."),
    )
    buys_places: bool = _unit(
        _("We buy places at other providers"),
        Kind.YES_NO,
        default=True,
        hint=_("Without, the page Providers and the import of their returns are not offered. What is on file stays in the records."),
    )
    records_transport: bool = _unit(
        _("We record transport here"),
        Kind.YES_NO,
        default=True,
        hint=_("Without, the page Transport and the import of journeys are not offered. What is on file stays in the records."),
    )
    keeps_safeguarding: bool = _unit(
        _("We keep the safeguarding files here"),
        Kind.YES_NO,
        default=False,
        hint=_(
            "Then anybody writes a concern, which the safeguarding lead and deputies alone read. Name them under Users: until then no concern can be written."
        ),
    )
    head: str | None = _people(_("Head of the unit"), Kind.NAME)
    choices_contact: str | None = _people(_("Who takes families’ choices"), Kind.NAME, hint=_("Named in the notice and on the reply form"))
    choices_role: str | None = _people(_("Role of who takes choices"), Kind.NAME, hint=_("For example, Assistant head"))
    copy_contact: str | None = _people(_("Who answers requests for a copy"), Kind.NAME)
    copy_role: str | None = _people(_("Role of who answers requests"), Kind.NAME, hint=_("For example, Data officer"))
    dpo: str | None = _people(_("Data protection officer"), Kind.NAME)
    dpo_email: str | None = _people(_("Data protection officer’s e-mail"), Kind.EMAIL)
    dpo_phone: str | None = _people(_("Data protection officer’s telephone"), Kind.PHONE)
    ico_number: str | None = _people(
        _("Registration number with the data protection regulator"),
        Kind.TEXT,
        longest=12,
        hint=_("Of the data controller, such as ZA123456"),
    )
    commission_since: date | None = _people(
        _("The Information Commission has been the regulator since"),
        Kind.DATE,
        hint=_(
            "By a law of 2025 it takes the place of the Information Commissioner’s Office (ICO). Enter the day when it is announced: every paper names it from that day on. Empty: the ICO."
        ),
    )
    authority: str | None = _authority(_("Local authority"), Kind.NAME, hint=_("Its name, such as Larkshire County Council"))
    authority_page: str | None = _authority(_("Its page about pupils’ data"), Kind.LINK)
    sendiass: str | None = _authority(
        _("SEND information, advice and support service (SENDIASS)"),
        Kind.NAME,
        hint=_("The authority’s free and independent service, and how to reach it. Named in the letter about a suspension."),
    )
    youth_service: str | None = _authority(_("Youth support service"), Kind.NAME, hint=_("Its name, as families know it"))
    youth_service_page: str | None = _authority(_("Its page for young people"), Kind.LINK)
    told_schools: str | None = _told(
        _("Main and commissioning schools"),
        Kind.LINES,
        longest=2000,
        hint=_(
            "Each on a line, with its DfE number if you know it, such as Hill School, 919/4001: papers then name the school. Who stands here is named in the notice, which has a new edition then; nobody else can be told."
        ),
    )
    told_social_care: str | None = _told(
        _("Children’s social care"), Kind.NAME, hint=_("Its name, such as Larkshire Children’s Services. Empty if you tell it nothing.")
    )
    told_virtual_school: str | None = _told(
        _("Virtual school"),
        Kind.NAME,
        hint=_("For pupils in care, or with a social worker. Of several authorities: names with a semicolon between"),
    )
    told_youth_justice: str | None = _told(_("Youth justice service"), Kind.NAME)
    told_school_nurse: str | None = _told(_("School nurse"), Kind.NAME, hint=_("The service, such as Larkshire School Nursing"))
    told_exam_boards: str | None = _told(_("Examination boards"), Kind.LINES, longest=500, hint=_("Each on a line"))
    told_transport: str | None = _told(_("Who drives pupils to you and home"), Kind.LINES, longest=500, hint=_("Each on a line"))
    told_providers: str | None = _told(
        _("Alternative providers that you use"), Kind.LINES, longest=2000, hint=_("Each on a line, as the contract names it")
    )
    whole_notice: bool = _yes_or_no(
        _("Give every family the tables with the privacy notice"),
        hint=_(
            "About thirteen pages more for each. Without, a family has the two sides, which say where the tables are: at your office, free on paper, and in the web page."
        ),
    )
    no_notice_13: str = _level(
        _("From 13, no parent has said anything, and none has been given the notice yet"),
        default="minimum",
        hint=_("The law lets the youth support service ask for full information here. We propose the minimum until the notice is given."),
    )
    unasked_16: str = _level(
        _("From 16, the pupil has not been asked about the youth support service"),
        default="minimum",
        hint=_("The law lets full information be given here. We propose the minimum until the pupil has answered."),
    )
    unasked_post_16: str = _level(
        _("From 16, the pupil has not been asked about post-16 providers"),
        default="none",
        hint=_("No law asks for this. We propose nothing until the pupil has answered."),
    )
    with_parent: bool = _yes_or_no(
        _("Give the youth support service a parent’s name and address"),
        hint=_("Education and Skills Act 2008, section 72: the service may ask for it, and it cannot be refused."),
    )
    lock_minutes: int = _number(_("Lock after so many minutes without input"), default=5, hint=_("1 to 10"))

    am_starts: str = _caution(_("The morning session begins at"), Kind.TEXT, longest=5, default="09:00", hint=_("Such as 09:00"))
    pm_starts: str = _caution(_("The afternoon session begins at"), Kind.TEXT, longest=5, default="13:00", hint=_("Such as 13:00"))
    register_copy: bool = _yes_or_no(
        _("Our register is a copy of the school system’s"),
        hint=_(
            "A state-funded school owes DfE its registers daily. This program cannot send them, so such a unit keeps its school system as the register of record."
        ),
    )
    small_numbers: int = _number(
        _("Numbers of pupils smaller than this are not printed for others"),
        default=5,
        hint=_("3 to 20. 5 is usual for figures about a school; no law sets it. See Figures."),
    )
    reminder_days: int = _number(
        _("Remind of a form not returned after so many school days"), default=10, hint=_("1 to 60. No law sets it.")
    )
    confirm_days: int = _number(
        _("Ask about an export that nobody confirmed as delivered after so many days"), default=14, hint=_("1 to 90. No law sets it.")
    )
    erase_wait: int = _number(
        _("Days from proposing an erasure to carrying it out"),
        default=7,
        hint=_("1 to 90. No law sets it: it is time to think again. With one user alone it is 7 at least."),
    )

    record_days: int = _number(
        _("School days to answer a request for the educational record"),
        default=15,
        hint=_(
            "15 by law for schools that a local authority maintains. That it binds a unit like ours is likely, not certain; 0 leaves this clock out."
        ),
    )

    ctf_version: str | None = _caution(
        _("Version of the transfer file"),
        Kind.CODE,
        codes="ctf_version",
        hint=_("Empty takes the newest in use on the day. A school system reads that and the one of the year before."),
    )
    ctf_year_from: str = _caution(
        _("The year in the transfer file changes on"),
        Kind.CODE,
        codes="ctf_year_from",
        default="09-01",
        hint=_("1 September is what the Department for Education’s own program writes; some school systems change a month before."),
    )
    returns_from: date | None = _caution(
        _("Tell the authority of comings and goings from"),
        Kind.DATE,
        hint=_("What was before this day, your school system has returned. Leave empty if all returns are made here."),
    )
    irregular_absence: int = _number(
        _("Absence of so many per cent is not attending regularly"),
        default=10,
        hint=_("1 to 100. The law gives no number: 10 is that of persistent absence. Agree it with the authority."),
    )

    census_day: date | None = _caution(
        _("Reference day of the school census"),
        Kind.DATE,
        hint=_(
            "Only where the Department for Education names another day than the first Thursday in October, or the third in January or May"
        ),
    )
    census_yssa: bool = _yes_or_no(
        _("Tell the school census how families answered about the youth support service"),
        default=True,
        hint=_("The item YSSA. We are not sure that it is still collected in 2026/27: look into this year’s guide."),
    )

    def uses(self, switch: str) -> bool:
        """Whether the unit uses what has this switch, the name of a yes or no above; what has none is always used."""
        return not switch or bool(getattr(self, switch))

    @property
    def session_starts(self) -> tuple[time, time]:
        """When the morning and the afternoon session begin."""
        return time.fromisoformat(self.am_starts), time.fromisoformat(self.pm_starts)

    @property
    def rules(self) -> Rules:
        """The cautions as the rule asks for them."""
        return Rules(
            no_notice_13=Level(self.no_notice_13),
            unasked_16=Level(self.unasked_16),
            unasked_post_16=Level(self.unasked_post_16),
            with_parent=self.with_parent,
        )

    @property
    def dfe_number(self) -> str:
        """919/1100."""
        return f"{self.la}/{self.estab}"

    @property
    def address_lines(self) -> tuple[str, ...]:
        """The filled lines of the unit's address."""
        lines = (self.address_1, self.address_2, self.locality, self.town, self.county, self.postcode)
        return tuple(line for line in lines if line)

    @property
    def name_and_address(self) -> tuple[str, ...]:
        """The unit as the sender of a letter, in lines."""
        return (self.name, *self.address_lines)


LEVELS_ALLOWED = {"no_notice_13": ("minimum", "full"), "unasked_16": ("minimum", "full"), "unasked_post_16": ("none", "full")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One half-term: the first and the last day on which pupils are expected."""

    id: str = ""
    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """A day within a term on which the unit is closed."""

    id: str = ""
    day: date
    reason: str
