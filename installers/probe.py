"""Run by the Python that a program is frozen with: which libraries that are no Python packages lie inside its packages.

Prints JSON: a list of {"name", "version", "licence", "in"}; the licence is an SPDX expression, ``in`` the package that brings it.
"""

import json
import sys


def main() -> None:
    """Ask each library what it is."""
    import ssl
    import zlib

    import PySide6.QtCore
    from cryptography.hazmat.backends.openssl import backend
    from sqlcipher3 import dbapi2

    con = dbapi2.connect(":memory:")
    con.execute("PRAGMA key = 'x'")
    cipher = con.execute("PRAGMA cipher_version").fetchone()[0].split()[0]
    provider = con.execute("PRAGMA cipher_provider_version").fetchone()[0]
    found = [
        ("CPython", sys.version.split()[0], "PSF-2.0", ""),
        ("OpenSSL", ssl.OPENSSL_VERSION.split()[1], "Apache-2.0", "CPython"),
        ("zlib", zlib.ZLIB_RUNTIME_VERSION, "Zlib", "CPython"),
        ("OpenSSL", backend.openssl_version_text().split()[1], "Apache-2.0", "cryptography"),
        ("SQLCipher", cipher, "BSD-3-Clause", "sqlcipher3"),
        ("SQLite", dbapi2.sqlite_version, "blessing", "sqlcipher3"),
        ("OpenSSL", provider.split()[1], "Apache-2.0", "sqlcipher3"),
        ("Qt", PySide6.QtCore.qVersion(), "LGPL-3.0-only", "pyside6-essentials"),
        ("PDFium", _pdfium(), "BSD-3-Clause AND Apache-2.0", "pypdfium2"),
    ]
    print(json.dumps([dict(zip(("name", "version", "licence", "in"), part, strict=True)) for part in found]))


def _pdfium() -> str:
    import pypdfium2.version

    return str(pypdfium2.version.PDFIUM_INFO)


main()
