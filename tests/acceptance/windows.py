"""What Windows alone can show."""

from tests.acceptance.number import Number

NUMBERS = (
    Number(
        66,
        "The file in OneDrive, on a network or on a stick: refused",
        windows="the step «Let OneDrive look after Documents» of *Checks on a Windows PC*, by hand; network and stick not shown",
    ),
    Number(
        67,
        "Two people, or two windows, at one file: the second is told who has it",
        windows="the step «Switch to another Windows user» of *Checks on a Windows PC*, by hand",
    ),
    Number(
        68,
        "Idle, locked, asleep or another user: locked, and no key is left in memory",
        windows="the line “Windows locked” of the installer’s trial; the others under «Leaving the desk» of *Checks on a Windows PC*, by hand; memory and clipboard not shown",
    ),
    Number(69, "Nothing readable is left in Windows’ own folders after a day’s work", windows="not shown"),
    Number(
        70,
        "An update that is not ours, altered or older is refused",
        windows="an older installer: the line “downgrade to” of the installer’s trial; one that is not ours, or altered, not shown",
    ),
)
