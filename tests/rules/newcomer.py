"""What somebody new adds of each kind, in the words of README («How to add …») and nothing else."""

from tests.rules.scratch import Addition

_EXPORTS, _FORMS, _RECORD = "pupil_desk/services/exports/", "pupil_desk/services/paper_forms/", "pupil_desk/ui/pages/pupils/record/"
_CHAPTER = "## taxi-list\n\n| Column | What stands in it |\n|---|---|\n| surname | legal surname |\n| forename | legal forename |\n| postcode | postcode |\n\n"
_CHECK = '''
def no_email(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """From 16, no e-mail address of the pupil's own."""
    if file.age >= 18 and not file.pupil.email:
        yield Gap(_("There is no e-mail address of the pupil’s own. Ask for it."), "email")


'''
_COMMAND = '''
def birthdays(call: Call) -> int:
    """List the pupils on roll by their birthdays."""
    with signed_in(call) as desk:
        from pupil_desk.services.pupils.stays import roll

        rows = roll(desk, call.day)
    call.speaker.result([_row(row) for row in rows], *(f"{row.pupil.dob:%m-%d} {row.pupil.full_name}" for row in rows))
    return 0


'''

ITEM = Addition(
    "item",
    (
        (
            "pupil_desk/domain/pupils/pupil.py",
            "    service_child: str | None",
            '    shoe_size: str | None = item(_("Shoe size"), Kind.TEXT, facts=_WELFARE, heads=("shoes",))\n',
        ),
    ),
)
EXPORT = Addition(
    "export",
    (
        (
            _EXPORTS + "__init__.py",
            "from pupil_desk.services.exports.youth_support",
            "from pupil_desk.services.exports.taxi_list import TAXI_LIST\n",
        ),
        (_EXPORTS + "__init__.py", ")\n\n\ndef all_exports", "    TAXI_LIST,\n"),
        (_EXPORTS + "offers.py", '"la-new-pupil", "la-leaver",', '"taxi-list", '),
        ("resources/help/exports-columns.md", "## The receipt\n", _CHAPTER),
        ("tests/services/exports/test_covers.py", '    "ctf": (', '    "taxi-list": ("on roll on the day", HERE),\n'),
        (
            "tests/services/exports/test_autumn_and_spring.py",
            '    "la-leaver": Becomes',
            '    "taxi-list": Becomes({"Cedar", "Dale", "Elder"}, {"Nettle"}, {}),\n',
        ),
    ),
)
IMPORT = Addition(
    "import",
    (
        (
            "pupil_desk/services/imports/__init__.py",
            "from pupil_desk.services.imports.pupils",
            "from pupil_desk.services.imports.disabilities import DISABILITIES\n",
        ),
        ("pupil_desk/services/imports/__init__.py", "    CTF,\n", "    DISABILITIES,\n"),
        ("pupil_desk/cli/arguments.py", '    "ctf",\n', '    "disabilities",\n'),
    ),
)
PAGE = Addition(
    "page",
    (
        ("pupil_desk/ui/pages/__init__.py", "    from pupil_desk.ui.pages.settings", "    from pupil_desk.ui.pages.rota import RotaPage\n"),
        ("pupil_desk/ui/pages/__init__.py", "        UsersPage,\n", "        RotaPage,\n"),
    ),
)
PART = Addition(
    "part",
    (
        (
            "pupil_desk/domain/catalogue/catalogue.py",
            "from pupil_desk.domain.pupils.protection",
            "from pupil_desk.domain.pupils.locker import Locker\n",
        ),
        ("pupil_desk/domain/catalogue/catalogue.py", '    "learning": Learning,\n', '    "locker": Locker,\n'),
        (
            "pupil_desk/store/rows/several.py",
            "from pupil_desk.domain.register.attendance",
            "from pupil_desk.domain.pupils.locker import Locker\n",
        ),
        ("pupil_desk/store/rows/several.py", '    Learning: "learning",\n', '    Locker: "locker",\n'),
        ("pupil_desk/services/sheet/sections.py", '    "learning": (', '    "lockers": ("locker",),\n'),
        (
            "pupil_desk/services/sheet/__init__.py",
            "from pupil_desk.domain.register.authority_returns",
            "from pupil_desk.domain.pupils.locker import Locker\n",
        ),
        (
            "pupil_desk/services/sheet/__init__.py",
            '        SheetSection("learning"',
            '        SheetSection("lockers", _("Lockers"), tuple(map(of_record, several.of_pupil(vault, Locker, pupil_id)))),\n',
        ),
        (
            _RECORD + "parts.py",
            "from pupil_desk.ui.pages.pupils.record.next_steps",
            "from pupil_desk.ui.pages.pupils.record.lockers import LockersPart\n",
        ),
        ("tests/services/erasure/test_erasure.py", '    "medicine": "corrected', '    "locker": "corrected, with amendments",\n'),
        ("pupil_desk/ui/pages/places.py", '    FoundPlace("pupils", "learning",', '    FoundPlace("pupils", "lockers", _("Lockers")),\n'),
        ("resources/help/02-pupils.md", "## Learning\n", "## Lockers\n\nWhich locker is the pupil’s.\n\n"),
        (_RECORD + "parts.py", '    ("learning", ', '    ("lockers", _("Lockers"), LockersPart),\n'),
    ),
)
CHECK = Addition(
    "check",
    (
        ("pupil_desk/services/quality/after14.py", "def no_uln_yet", _CHECK.lstrip()),
        (
            "pupil_desk/services/quality/after14.py",
            '    QualityRule(_("No ULN yet")',
            '    QualityRule(_("No e-mail address"), (Need.COLLEGE,), _SHOULD, _HERE, OURS, no_email),\n',
        ),
        (
            "tests/services/quality/test_rules.py",
            '    "no-uln-yet": (',
            '    "no-email": (changed(dob=date(2008, 1, 1), email=None), "email"),\n',
        ),
        (
            "tests/services/quality/test_rules.py",
            '    "no-uln-yet": changed',
            '    "no-email": changed(dob=date(2009, 1, 1), email=None),\n',
        ),
    ),
)
FIGURE = Addition(
    "figure",
    (
        (
            "pupil_desk/services/figures/kinds.py",
            "from pupil_desk.services.figures.suspensions",
            "from pupil_desk.services.figures.sexes import SEXES\n",
        ),
        ("pupil_desk/services/figures/kinds.py", "ROLL)\n", "SEXES, "),
    ),
)
FORM = Addition(
    "form", ((_FORMS + "kinds.py", "sharing_choice\nfrom", "open_evening, "), (_FORMS + "kinds.py", "details.KIND)", "open_evening.KIND, "))
)
COMMAND = Addition(
    "command",
    (
        (
            "pupil_desk/cli/arguments.py",
            '    Syntax("show"',
            '    Syntax("birthdays", "looking.birthdays", _("list the pupils on roll by their birthdays"), _of_file_on_a_day),\n',
        ),
        ("pupil_desk/cli/looking.py", "def show(", _COMMAND.lstrip()),
        ("resources/help/90-command-line.md", "- `show FILE PUPIL`", "- `birthdays FILE` lists the pupils on roll by their birthdays.\n"),
    ),
)
ALL = (ITEM, EXPORT, IMPORT, PAGE, PART, CHECK, FIGURE, FORM, COMMAND)
