"""What leaves the unit is whole, meant, and harmless to open."""

from tests.acceptance.number import Number

NUMBERS = (
    Number(41, "A cell of a list that begins like a formula is shown as text"),
    Number(42, "A workbook holds no formula, whatever was typed"),
    Number(43, "A paper shows what was typed as it was typed, and holds no link, picture or script of it"),
    Number(44, "A stick that fills up: the export failed, the older file is whole, and there is no receipt"),
    Number(45, "A stick pulled while it is written to, under Windows", windows="not shown"),
    Number(46, "A stick that gives back other bytes than it was given: the export failed"),
    Number(47, "A place that cannot hold the file: a clear sentence, and nothing half there"),
    Number(48, "Killed while it exports: no file, or a whole one that fits its receipt"),
    Number(49, "An encrypted export opens with its password alone, and tells no name without"),
    Number(50, "A plain export needs a role, a reason and a word typed, and is in the log"),
    Number(51, "A receipt lets another person verify the file, its time and the log’s head"),
)

NOT_YET = {41, 42, 43, 44, 46, 47, 48, 49, 50, 51}
"""The numbers that have no test, or no protection, here yet."""
