"""Formats of older word processors, by way of LibreOffice: converted in a folder and with a profile that last only as long."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from fireaudit.readers.document import Document
from fireaudit.readers.docx import read_docx
from fireaudit.readers.limits import Limits, UnreadableDocument
from fireaudit.readers.xlsx import read_xlsx

_PROGRAMS = ("soffice", "libreoffice")
# No macros, no links followed, nothing asked of the network; the profile is new, so nothing of the user's own counts either.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""


def read_office(path: str, data: bytes, limits: Limits) -> Document:
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise UnreadableDocument("no_office")
    target, read = _target(data)
    converted = _converted(program, data, target, limits)
    return replace(read(path, converted, limits), path=path)


def _target(data: bytes) -> tuple[str, Callable[[str, bytes, Limits], Document]]:
    """A workbook becomes a workbook, anything else a text."""
    if "Workbook".encode("utf-16-le") in data and "WordDocument".encode("utf-16-le") not in data:
        return "xlsx", read_xlsx
    return "docx", read_docx


def _converted(program: str, data: bytes, target: str, limits: Limits) -> bytes:
    with tempfile.TemporaryDirectory(prefix="fireaudit-") as folder:
        work = Path(folder)
        settings = work / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        (work / "document").write_bytes(data)
        profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
        switches = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--convert-to", target, "--outdir", folder)
        command = [program, profile, *switches, str(work / "document")]
        _run(command, folder, limits.seconds)
        made = work / f"document.{target}"
        if not made.is_file() or made.stat().st_size > limits.bytes:
            raise UnreadableDocument("office_failed")
        return made.read_bytes()


def _run(command: list[str], folder: str, seconds: int) -> None:
    """Runs to the end or is stopped whole: the program starts others of its own."""
    home = {"HOME": folder, "TMPDIR": folder, "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        command, cwd=folder, env=home, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise UnreadableDocument("timeout", seconds=str(seconds)) from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
            process.wait()
