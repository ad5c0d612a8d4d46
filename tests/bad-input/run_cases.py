#!/usr/bin/env python3
"""Runs the .case files of this folder against the program: every bad input must get a clear message and the
documented exit status, and lose nothing.

A case is plain text:

    # what it shows
    file NAME            the lines up to a line "end" are the file's content (UTF-8, LF)
    make NAME RECIPE     a file too large or too odd for plain text, made by a recipe below
    default NAME         one of the good files below
    run ARGUMENTS        the program's arguments; {dir} is the case's folder
    status N             the exit status
    says TEXT            standard error or standard output holds TEXT (repeatable)
    silent TEXT          neither holds TEXT
    roll NAME rows=N rejected=N     what findings.json says of a roll
    no-formula NAME      no cell of that written CSV starts a formula
    no-markup TEXT       report.html does not hold TEXT
    lost nothing         rows + rejected + header + blank = physical records for every roll of the case

usage: run_cases.py PROGRAM [CASE ...]
"""

import csv
import io
import json
import os
import pathlib
import shlex
import sqlite3
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent

GOOD = {
    "inquiry.toml": """[inquiry]
title = "A small inquiry"
freeze_date = 2026-05-06
seed = 1

[[roll]]
name = "members"
kind = "members"
file = "members.csv"

[[roll]]
name = "register"
kind = "register"
file = "register.csv"
as_of = 2026-06-01
""",
    "members.csv": """id,given,family,address,postcode,joined
M1,Ann,Alder,1 High Street,N1 7AA,2024-01-15
M2,Bob,Birch,2 High Street,N1 7AA,2024-02-16
M3,Cat,Cedar,"Flat 1, 3 High Street",N1 7AA,2024-03-17
M4,Dan,Doe,4 High Street,N1 7AA,2024-04-18
""",
    "register.csv": """Elector Number Prefix,Elector Number,Elector Surname,Elector Forename,PostCode,Address1,Address2
AB,1,Alder,Ann,N1 7AA,1 High Street,
AB,2,Birch,Robert,N1 7AA,2 High Street,
AB,3,Cedar,Catherine,N1 7AA,Flat 1,3 High Street
AB,4,Elm,Eve,N1 7AA,4 High Street,
""",
    "ballots.blt": """2 1
3 1 2 0
2 2 1 0
0
"Candidate A"
"Candidate B"
"A count"
""",
}


def sheet(rows: str, entries: dict | None = None) -> bytes:
    """A minimal XLSX whose first sheet holds `rows` (XML)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/'
                      'package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>')
        book.writestr("_rels/.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/'
                      'package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
                      'officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        book.writestr("xl/workbook.xml", '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/'
                      'spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
                      'relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>')
        book.writestr("xl/_rels/workbook.xml.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.'
                      'openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.'
                      'openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"'
                      '/></Relationships>')
        book.writestr("xl/worksheets/sheet1.xml", rows)
        for name, text in (entries or {}).items():
            book.writestr(name, text)
    return buffer.getvalue()


def worksheet(cells: list[list[str]], doctype: str = "") -> str:
    rows = "".join("<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>"
                   for row in cells)
    return (f'<?xml version="1.0"?>{doctype}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
            f'main"><sheetData>{rows}</sheetData></worksheet>')


MEMBER_CELLS = [["id", "given", "family", "address", "postcode"],
                ["M1", "Ann", "Alder", "1 High Street", "N1 7AA"]]


def big_field() -> bytes:
    rows = GOOD["members.csv"].splitlines()
    rows.insert(2, 'M9,"' + "x" * (10 << 20) + '",Fir,5 High Street,N1 7AA,2024-01-15')
    return "\n".join(rows).encode() + b"\n"


RECIPES = {
    "empty": lambda: b"",
    "latin1": lambda: GOOD["members.csv"].replace("Ann", "Zoë").encode("latin-1"),
    "utf16": lambda: GOOD["members.csv"].encode("utf-16"),
    "utf16_truncated": lambda: GOOD["members.csv"].encode("utf-16")[:-1],
    "broken_utf8": lambda: GOOD["members.csv"].replace("Zoë", "x").encode().replace(b"Birch", b"Bir\xff\xfech"),
    "nul_bytes": lambda: GOOD["members.csv"].encode().replace(b"Bob", b"B\0b"),
    "binary": lambda: bytes(range(256)) * 64,
    "truncated": lambda: GOOD["members.csv"].encode()[:-31],
    "big_field": big_field,
    "xlsx": lambda: sheet(worksheet(MEMBER_CELLS)),
    "xlsx_truncated": lambda: sheet(worksheet(MEMBER_CELLS))[:-200],
    "xlsx_entities": lambda: sheet(worksheet(MEMBER_CELLS, '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;'
                                             '&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>')),
    "xlsx_not_xml": lambda: sheet("this is not a sheet"),
    "zip_of_text": lambda: zip_of({"readme.txt": "hello"}),
    "ole2": lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
    "pdf": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "gzip": lambda: b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + b"\0" * 40,
    "parquet_truncated": lambda: b"PAR1" + b"\0" * 64,
    "html_page": lambda: b"<!DOCTYPE html><html><body><table><tr><td>id</td></tr></table></body></html>",
}


def zip_of(entries: dict) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def zip_bomb() -> bytes:
    """A sheet that unpacks to 5 GiB of spaces from about 5 MB."""
    buffer = io.BytesIO()
    piece = b" " * (1 << 24)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        small = zipfile.ZipFile(io.BytesIO(sheet(worksheet(MEMBER_CELLS))))
        for name in small.namelist():
            if name.startswith("xl/worksheets"):
                continue
            book.writestr(name, small.read(name))
        with book.open(zipfile.ZipInfo("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as entry:
            entry.write(worksheet(MEMBER_CELLS).replace("</sheetData></worksheet>", "").encode())
            for _ in range(320):
                entry.write(piece)
            entry.write(b"</sheetData></worksheet>")
    return buffer.getvalue()


def make(folder: pathlib.Path, name: str, recipe: str) -> None:
    target = folder / name
    if recipe == "directory":
        target.mkdir()
    elif recipe == "absent":
        pass
    elif recipe == "fifo":
        os.mkfifo(target)
    elif recipe == "link_loop":
        target.symlink_to(target.name)
    elif recipe == "zip_bomb":
        target.write_bytes(zip_bomb())
    else:
        target.write_bytes(RECIPES[recipe]())


def rolls_that_lost(case: pathlib.Path) -> list[str]:
    """The rolls of case.sqlite whose records do not add up, by a count that shares nothing with the program."""
    with sqlite3.connect(f"file:{case / 'case.sqlite'}?mode=ro", uri=True) as database:
        rolls = database.execute("SELECT name, physical_records, rows + rejected + header_records + blank_records,"
                                 " rejected, (SELECT count(*) FROM rejects WHERE roll = rolls.name) FROM rolls").fetchall()
    assert rolls
    return [name for name, physical, accounted, rejected, kept in rolls if physical != accounted or rejected != kept]


def check(directive: str, rest: str, state: dict) -> str | None:
    said = state["said"]
    if directive == "status":
        return None if state["status"] == int(rest) else f"exit status {state['status']}, expected {rest}"
    if directive == "says":
        return None if rest in said else f"does not say {rest!r}"
    if directive == "silent":
        return None if rest not in said else f"says {rest!r}"
    findings = next(iter(sorted(state["folder"].rglob("findings.json"))), None)
    if findings is None:
        return "there is no findings.json"
    rolls = {roll["name"]: roll for roll in json.loads(findings.read_text())["rolls"]}
    if directive == "roll":
        name, *wanted = rest.split()
        for part in wanted:
            key, value = part.split("=")
            if rolls[name][key] != int(value):
                return f"roll {name} has {key}={rolls[name][key]}, expected {value}"
        return None
    if directive == "no-markup":
        return None if rest not in (findings.parent / "report.html").read_text() else f"report.html holds {rest!r}"
    if directive == "no-formula":
        with open(findings.parent / rest, newline="", encoding="utf-8") as written:
            cells = [cell for row in csv.reader(written) for cell in row if cell[:1] in ("=", "@", "+", "-")]
        return f"{rest} holds {cells[0]!r}" if cells else None
    if directive == "lost":
        bad = rolls_that_lost(findings.parent)
        return f"records lost in {bad}" if bad else None
    return f"unknown directive {directive}"


def run_case(program: str, case: pathlib.Path) -> list[str]:
    problems = []
    with tempfile.TemporaryDirectory() as where:
        folder = pathlib.Path(where)
        state = {"folder": folder, "said": "", "status": None}
        lines = iter(case.read_text().splitlines())
        for line in lines:
            directive, _, rest = line.partition(" ")
            if not line.strip() or directive == "#":
                continue
            if directive == "file":
                body = []
                for content in lines:
                    if content == "end":
                        break
                    body.append(content)
                (folder / rest).write_text("\n".join(body) + "\n")
            elif directive == "make":
                make(folder, *rest.split())
            elif directive == "default":
                for name in rest.split():
                    (folder / name).write_text(GOOD[name])
            elif directive == "run":
                arguments = [program] + [word.replace("{dir}", where) for word in shlex.split(rest)]
                try:
                    done = subprocess.run(arguments, cwd=folder, capture_output=True, timeout=120, check=False)
                except subprocess.TimeoutExpired:
                    return [f"{case.name}: still running after two minutes"]
                state["status"] = done.returncode
                state["said"] = (done.stdout + done.stderr).decode("utf-8", "replace")
                if done.returncode < 0:
                    problems.append(f"{case.name}: killed by signal {-done.returncode}")
                if done.returncode and not done.stderr.strip():
                    problems.append(f"{case.name}: refused without a message")
            else:
                problem = check(directive, rest, state)
                if problem:
                    problems.append(f"{case.name}: {problem}\n    it said: {state['said'].strip()[:600]}")
    return problems


def main() -> int:
    program = str(pathlib.Path(sys.argv[1]).resolve())
    cases = [pathlib.Path(name) for name in sys.argv[2:]] or sorted(HERE.glob("*.case"))
    failed = 0
    for case in cases:
        problems = run_case(program, case)
        failed += bool(problems)
        for problem in problems:
            print(problem)
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
