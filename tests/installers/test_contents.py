"""What goes into the frozen program by its name, on both systems."""

from pathlib import Path

import pytest

from installers import contents

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/QtCore.pyd",
        "PySide6/QtCore.abi3.so",
        "PySide6\\QtWidgets.pyd",
        "Qt6Core.dll",
        "libQt6Gui.so.6",
        "libQt6XcbQpa.so.6",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6\\plugins\\platforms\\qoffscreen.dll",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
        "libicudata.so.73",
        "libshiboken6.abi3.so.6.12",
        "libpython3.13.so.1.0",
        "python313.dll",
        "libcrypto-3.dll",
        "libcrypto.so.3",
        "libxcb-cursor.so.0",
        "libtiff-20b7e810.so.6.3.0",
        "pypdfium2_raw/libpdfium.so",
        "resources/codes/ethnicity.toml",
        "sqlcipher3/_sqlite3.cp313-win_amd64.pyd",
        "sqlcipher3/_sqlite3.cpython-313-x86_64-linux-gnu.so",
        "Cryptodome/Cipher/_raw_aes.abi3.so",
        "qtawesome/fonts/phosphor-1.3.0.ttf",
    ],
)
def test_what_the_program_uses_stays(name: str) -> None:
    assert contents.stays(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/QtNetwork.pyd",
        "PySide6/QtNetwork.abi3.so",
        "Qt6Network.dll",
        "libQt6Network.so.6",
        "Qt6Pdf.dll",
        "libQt6Pdf.so.6",
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "libQt6WaylandClient.so.6",
        "PySide6/plugins/tls/qopensslbackend.dll",
        "PySide6\\plugins\\tls\\qschannelbackend.dll",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/plugins/imageformats/qpdf.dll",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/opengl32sw.dll",
        "PySide6/d3dcompiler_47.dll",
        "libssl-3.dll",
        "libssl.so.3",
        "sqlite3.dll",
        "libsqlite3.so.0",
        "PySide6/translations/qtbase_de.qm",
        "libgnutls.so.30",
        "libgtk-3.so.0",
        "libcups.so.2",
        "libX11.so.6",
        "libfontconfig.so.1",
        "libstdc++.so.6",
        "Cryptodome/PublicKey/_ec_ws.pyd",
        "Cryptodome/Math/_modexp.abi3.so",
        "lxml/etree.pyi",
    ],
)
def test_what_it_does_not_use_is_left_out(name: str) -> None:
    assert not contents.stays(name)


def test_of_the_readers_of_picture_files_only_those_of_scans_stay() -> None:
    import PIL

    stay = {name for name in PIL._plugins if contents.is_needed(f"PIL.{name}")}
    assert stay == {"PngImagePlugin", "JpegImagePlugin", "MpoImagePlugin", "TiffImagePlugin"}
    assert contents.is_needed("PIL.Image")
    assert contents.is_needed("pupil_desk.ui.window")


@pytest.mark.parametrize("system", ["windows", "linux"])
@pytest.mark.parametrize(
    "word", ["qt6network", "qtnetwork", "qt6pdf", "qtpdf", "qml", "/tls/", "opengl32sw", "libssl", "gnutls", "wayland"]
)
def test_the_libraries_of_a_build_hold_none_of_the_network_s(system: str, word: str) -> None:
    names = (ROOT / "installers" / system / "libraries.txt").read_text(encoding="utf-8").split()
    assert len(names) > 50
    assert [name for name in names if word in name.casefold()] == []


@pytest.mark.parametrize("system", ["windows", "linux"])
def test_a_list_of_libraries_is_in_order_and_bears_no_version(system: str) -> None:
    names = (ROOT / "installers" / system / "libraries.txt").read_text(encoding="utf-8").split()
    assert names == sorted(set(names))
    assert [name for name in names if "cpython" in name or "cp313" in name or name[-1].isdigit()] == []


@pytest.mark.parametrize("name", ["qpdf30-14efc7ee.dll", "pikepdf.libs\\qpdf30-14efc7ee.dll"])
def test_a_library_that_a_package_brings_lies_where_the_package_looks_for_it(name: str) -> None:
    assert contents.windows_place(name, r"C:\build\packages\pikepdf.libs\qpdf30-14efc7ee.dll") == "pikepdf.libs/qpdf30-14efc7ee.dll"
    assert contents.windows_place("PySide6\\Qt6Core.dll", r"C:\build\packages\PySide6\Qt6Core.dll") == "PySide6\\Qt6Core.dll"
