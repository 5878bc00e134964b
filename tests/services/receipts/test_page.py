"""The page that checks a receipt without Pupil Desk: its script, run by Node, refuses what is forged and nothing else, and reaches nowhere."""

import base64
import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.basics.places import resource
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.receipts import seals
from pupil_desk.services.unit import data_key
from tests.services.exports.made import Unit
from tests.services.receipts.forgeries import STRANGER, forgeries
from tests.services.receipts.node import run

PAGE = resource("receipts", "check-a-receipt.html").read_text("utf-8")
_CHECK = """
require("node:vm").runInThisContext(told.script);
const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"));
(async () => {
    const found = [];
    for (const one of told.cases) {
        found.push(await check(bytes(one.receipt), one.seal, one.files.map(([name, data]) => ({ name, bytes: bytes(data) }))));
    }
    process.stdout.write(JSON.stringify(found));
})();
"""


def inner(tag: str) -> str:
    (text,) = re.findall(f"<{tag}>(.*?)</{tag}>", PAGE, re.DOTALL)
    return str(text)


def case(receipt: bytes, seal: str, *files: tuple[str, bytes]) -> dict[str, object]:
    return {
        "receipt": base64.b64encode(receipt).decode(),
        "seal": seal,
        "files": [(name, base64.b64encode(data).decode()) for name, data in files],
    }


def checked(*cases: dict[str, object]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run(_CHECK, {"script": inner("script"), "cases": cases})
    return found


def made(unit: Unit, stick: Path, name: str = "youth-support") -> tuple[bytes, tuple[str, bytes]]:
    export_made = run_export(unit.desk, name, stick, ExportOrder(reason="Termly return"))
    return export_made.receipt_path.read_bytes(), (export_made.files[0].name, (stick / export_made.files[0].name).read_bytes())


@pytest.mark.acceptance(51)
def test_a_hundred_forged_receipts_are_refused_and_no_good_one_before_and_after_a_new_key(
    filled: Unit, stick: Path, record_property: Callable[[str, object], None]
) -> None:
    good = [made(filled, stick, name) for name in ("youth-support", "contact-sheet", "register")]
    first_seal = seals.seal_text("Larkfield", seals.seals(filled.desk.vault))
    data_key.new_key(filled.desk)
    good += [made(filled, stick, name) for name in ("youth-support", "contact-sheet")]
    seal = seals.seal_text("Larkfield", seals.seals(filled.desk.vault))
    for found in checked(*(case(receipt, seal, file) for receipt, file in good), case(good[0][0], first_seal, good[0][1])):
        assert found["look"] == "proved", found
        assert found["verdict"] == "This is the unit’s receipt, word for word as it was made."
    count = 0
    for first, second in ((good[0][0], good[1][0]), (good[3][0], good[0][0])):
        tried = dict(forgeries(first, second))
        results = checked(*(case(data, seal) for data in tried.values()))
        assert len(results) >= 100
        assert [
            name for name, found in zip(tried, results, strict=True) if found["look"] != "refused" or found["proved"] or found["text"]
        ] == []
        count += len(tried)
    record_property("tried", count + len(good))
    newer = checked(case(good[3][0], first_seal))[0]
    assert "none of those that you gave" in newer["verdict"]


def test_each_file_is_known_by_what_is_in_it_and_one_of_then_is_not_one_of_now(filled: Unit, stick: Path) -> None:
    receipt, (name, data) = made(filled, stick)
    seal = seals.seal_text("Larkfield", seals.seals(filled.desk.vault))
    digest, edited = hashlib.sha256(data).hexdigest().encode(), hashlib.sha256(b"edited").hexdigest().encode()
    same, renamed, other, strange, absent, both = checked(
        case(receipt, seal, (name, data)),
        case(receipt, seal, ("renamed.zip", data)),
        case(receipt, seal, (name, b"edited")),
        case(receipt, seal, (name, data), ("other.zip", b"")),
        case(receipt, seal),
        case(receipt.replace(digest, edited), seal, (name, b"edited")),
    )
    for found, look, findings in (
        (same, "proved", [f"{name}: the very file that the receipt names."]),
        (renamed, "proved", [f"renamed.zip: the very file that the receipt names, there as {name}."]),
        (other, "refused", [f"{name}: not the file of the receipt. What is in it is something else."]),
        (strange, "refused", [f"{name}: the very file that the receipt names.", "other.zip: the receipt names no such file."]),
        (absent, "partly", [f"{name}: named by the receipt, and not given here."]),
        (both, "refused", []),
    ):
        assert (found["look"], found["findings"]) == (look, findings)
    assert absent["verdict"] == "The receipt is good; 1 file not checked."
    unrelated = checked(case(receipt, seal, ("other.zip", b"")))[0]
    assert (unrelated["look"], unrelated["verdict"].partition("made. ")[2]) == (
        "refused",
        "But one file is not of it, and 1 file was not checked.",
    )


@pytest.mark.parametrize("ends", [b"\r\n", b"\r"])
def test_of_one_whose_line_ends_were_changed_that_is_said(filled: Unit, stick: Path, ends: bytes) -> None:
    receipt, file = made(filled, stick)
    (found,) = checked(case(receipt.replace(b"\n", ends), seals.seal_text("Larkfield", seals.seals(filled.desk.vault)), file))
    assert (found["look"], "The ends of its lines were changed" in found["verdict"]) == ("refused", True)


def test_without_the_unit_s_seal_nothing_is_proved_and_one_from_before_is_told_so(filled: Unit, stick: Path) -> None:
    receipt, _file = made(filled, stick)
    seal = seals.seal_text("Larkfield", seals.seals(filled.desk.vault))
    forged = seals.seal_text("Larkfield", [STRANGER.seal])
    none, strange, off_curve, old, nothing = checked(
        case(receipt, ""),
        case(receipt, forged),
        case(receipt, "PUPIL-DESK-SEAL-1.1.04" + "0" * 128),
        case(receipt.partition(b"\nWho has the")[0] + b"\n", seal),
        case(b"\x00", seal),
    )
    assert none["verdict"].startswith("Give the unit’s seal first.")
    assert "none of those that you gave" in strange["verdict"]
    assert "none of those that you gave" in off_curve["verdict"]
    assert "made before receipts were sealed" in old["verdict"]
    assert "not a receipt" in nothing["verdict"]
    assert {"refused"} == {found["look"] for found in (none, strange, off_curve, old, nothing)}


_SHOWN = """
class Part {
    constructor() { Object.assign(this, { files: [], value: "", textContent: "", className: "", hidden: true, children: [], heard: {} }); }
    set innerHTML(_markup) { throw new Error("markup"); }
    addEventListener(kind, act) { this.heard[kind] = act; }
    replaceChildren(...parts) { this.children = parts; }
}
const parts = Object.fromEntries(["seal-file", "seal-text", "seals", "receipt", "files", "verdict", "findings", "words-section", "words"].map((id) => [id, new Part()]));
globalThis.HTMLInputElement = class {};
const heard = {};
globalThis.document = { getElementById: (id) => parts[id], createElement: () => new Part(), addEventListener: (kind, act) => { heard[kind] = act; } };
require("node:vm").runInThisContext(told.script);
const file = (name, data) => ({ name, arrayBuffer: async () => new Uint8Array(Buffer.from(data, "base64")).buffer });
(async () => {
    const seen = [];
    const look = async (id, kind) => {
        await parts[id].heard[kind]();
        seen.push({ verdict: parts.verdict.textContent, look: parts.verdict.className, seals: parts.seals.children.map((one) => one.textContent),
            findings: parts.findings.children.map((one) => one.textContent), words: parts["words-section"].hidden ? null : parts.words.textContent });
    };
    parts["seal-text"].value = "nothing of the kind";
    await look("seal-text", "input");
    parts["seal-text"].value = told.one.seal;
    await look("seal-text", "input");
    parts.receipt.files = [file("receipt.txt", told.one.receipt)];
    parts.files.files = told.one.files.map(([name, data]) => file(name, data));
    await look("receipt", "change");
    parts.receipt.files = [{ name: "gone", arrayBuffer: async () => { throw new Error("gone"); } }];
    await look("receipt", "change");
    const stopped = [];
    heard.drop({ target: new HTMLInputElement(), preventDefault: () => stopped.push("box") });
    heard.drop({ target: {}, preventDefault: () => stopped.push("beside") });
    process.stdout.write(JSON.stringify({ seen, stopped }));
})();
"""


def test_what_comes_from_outside_is_shown_as_text(filled: Unit, stick: Path) -> None:
    receipt, (_name, data) = made(filled, stick)
    markup = "<img src=x onerror=alert(1)>"
    (seal,) = seals.seals(filled.desk.vault)
    one = case(receipt, seals.seal_text("Larkfield", [seal]), (markup, data), (markup, b"x"))
    told = run(_SHOWN, {"script": inner("script"), "one": one})
    nothing, given, found, gone = told["seen"]
    assert (nothing["seals"], nothing["verdict"]) == (["There is no seal in that."], "Give the unit’s seal and the receipt.")
    assert (given["seals"], given["verdict"]) == ([f"Seal 1: {seal.fingerprint}"], "Give the receipt.")
    assert (found["look"], found["verdict"].endswith("But one file is not of it.")) == ("refused", True)
    assert [line.startswith(markup) for line in found["findings"]] == [True, True, *[False] * (len(found["findings"]) - 2)]
    assert found["words"] == receipt.decode().partition("Signature:")[0]
    assert "could not be read" in gone["verdict"]
    assert gone["words"] is None
    assert told["stopped"] == ["beside"]


@pytest.mark.parametrize("tag", ["script", "style"])
def test_the_page_lets_nothing_run_or_load_but_what_stands_in_it(tag: str) -> None:
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', PAGE)
    digest = base64.b64encode(hashlib.sha256(inner(tag).encode()).digest()).decode()
    assert f"{tag}-src 'sha256-{digest}'" in policy.split("; ")
    assert {"default-src 'none'", "base-uri 'none'", "form-action 'none'"} <= set(policy.split("; "))
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "word",
    ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "fetch(", "XMLHttp", "WebSocket", "import(", "://", "<link", "src=", "href=", " on", "localStorage"],
)  # fmt: skip
def test_the_page_has_no_word_that_reaches_out_or_makes_markup(word: str) -> None:
    html = re.sub(r"<script>.*</script>", "", PAGE, flags=re.DOTALL)
    if word == " on":
        assert not re.search(r"<[^>]* on\w+=", html)
    else:
        assert word not in PAGE
