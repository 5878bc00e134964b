"""Run by Debian's own Python, which has the module ``uno``: LibreOffice opens files and says what it reads in them.

Standard input: a JSON list of {"path", "password", "filter", "options"}; all but the path may be absent. Standard output: for each a
JSON object {"sheets": {name: rows of [kind, shown, formula]}, "author", "names"} or {"refused": words}. LibreOffice is started once for all.
"""

import contextlib
import json
import os
import shutil
import sys
from pathlib import Path

import uno
from com.sun.star.lang import DisposedException

sys.path.append(str(Path(shutil.which("soffice")).resolve().parent))
import officehelper


def opened(desktop: object, told: dict) -> dict:
    wanted = {"Hidden": True, "Password": told.get("password"), "FilterName": told.get("filter"), "FilterOptions": told.get("options")}
    how = []
    for name, value in wanted.items():
        if value is not None:
            one = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
            one.Name, one.Value = name, value
            how.append(one)
    try:
        document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(told["path"]), "_blank", 0, tuple(how))
    except Exception as error:  # noqa: BLE001
        return {"refused": str(error)}
    if document is None:
        return {"refused": "nothing opened"}
    try:
        about = document.getDocumentProperties()
        sheets = {sheet.Name: rows(sheet) for sheet in document.getSheets()}
        return {"sheets": sheets, "author": about.Author + about.ModifiedBy}
    finally:
        document.close(True)


def rows(sheet: object) -> list:
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.getRangeAddress()
    return [[cell(sheet.getCellByPosition(place, row)) for place in range(last.EndColumn + 1)] for row in range(last.EndRow + 1)]


def cell(one: object) -> list:
    return [one.getType().value, one.getString(), one.getFormula()]


def main() -> None:
    context = officehelper.bootstrap(delays=(1,) * 100)  # seconds from one try to the next: a busy machine takes long to start it
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    try:
        print(json.dumps([opened(desktop, told) for told in json.load(sys.stdin)]), flush=True)
    finally:
        with contextlib.suppress(DisposedException):  # it may be gone before it has answered that it goes
            desktop.terminate()


os.environ["SAL_USE_VCLPLUGIN"] = "svp"
main()
os._exit(0)  # all is said: the threads of the bridge to a LibreOffice that goes may bring down an interpreter that is taken apart
