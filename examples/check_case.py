#!/usr/bin/env python3
"""Checks a case of Scrutineer without Scrutineer, from doc/casefile.md alone: the ledger's chain, hashes and
signatures, the digests of tables and files, and each decision against its entry. Python's standard library only.

    python3 check_case.py CASE_FOLDER [NUMBER HASH]     NUMBER HASH: a head of the ledger noted earlier

Prints what does not hold, one line each, and the head of the ledger; exit status 0 if everything holds, else 1.
"""

import hashlib
import json
import pathlib
import sqlite3
import struct
import sys

# ---------------------------------------------------------------- Ed25519 (RFC 8032, section 5.1; verification alone)

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def recovered_x(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def added(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    e, f = (y1 - x1) * (y2 - x2), (y1 + x1) * (y2 + x2)
    g, h = 2 * t1 * t2 * D, 2 * z1 * z2
    e, f, g, h = f - e, h - g, h + g, f + e
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = added(result, point)
        point = added(point, point)
        scalar >>= 1
    return result


def decompressed(raw):
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    x = recovered_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE = decompressed((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signature_holds(public, message, signature):
    point, commitment = decompressed(public), decompressed(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if point is None or commitment is None or s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    left, right = times(s, BASE), added(commitment, times(h, point))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# ---------------------------------------------------------------- encodings of doc/casefile.md

TABLES = {  # each with its order
    "settings": "name", "inputs": "number", "rolls": "number", "roll_columns": "roll, column, position",
    "roll_notes": "roll, position", "rejects": "number", "value_problems": "number", "members": "number",
    "member_timeline": "member, snapshot", "findings": "id", "finding_members": "finding, position",
    "finding_explanations": "finding, position", "exhibits": "finding, position", "conclusions": "kind",
    "conclusion_lines": "kind, position", "signals": "number", "entries": "number", "member_details": "member",
    "member_events": "member, position", "ties": "kind, key, member", "addresses": "number",
    "address_people": "address, position", "candidates": "number", "pairs": "number", "queue": "number",
    "queue_members": "queue, member", "effects": "number"}


def u64(number):
    return struct.pack(">Q", number & (2**64 - 1))


def text(raw):
    raw = raw if isinstance(raw, bytes) else raw.encode()
    return u64(len(raw)) + raw


def blake2b(raw):
    return hashlib.blake2b(raw, digest_size=32).digest()


def secret(database, name):
    return database.execute("SELECT value FROM secrets WHERE name = ?", (name,)).fetchone()[0]


LETTERS = {b"member": "m", b"finding": "f", b"link": "l", b"pair": "d", b"address": "a"}


def handle(database, kind, key):
    """What stands for a subject where its key must not."""
    digest = hashlib.blake2b(kind + b"\0" + key, digest_size=16, key=secret(database, "handles")).digest()
    number = int.from_bytes(digest[:10], "big")
    return LETTERS[kind] + "-" + "".join(
        "0123456789abcdefghjkmnpqrstvwxyz"[number >> (75 - 5 * at) & 31] for at in range(16))


def table_digest(database, table, order):
    types = [row[0] for row in database.execute("SELECT type FROM pragma_table_info(?) ORDER BY cid", (table,))]
    digest = hashlib.blake2b(digest_size=32, key=secret(database, "digests"))
    for row in database.execute(f"SELECT * FROM {table} ORDER BY {order}"):
        digest.update(u64(len(row)))
        for kind, value in zip(types, row):
            if value is None:
                digest.update(b"n")
            elif kind == b"INTEGER":
                digest.update(b"i" + u64(value))
            elif kind == b"REAL":
                digest.update(b"r" + struct.pack(">d", value))
            else:
                digest.update(b"t" + text(value))
    return digest.hexdigest()


# ---------------------------------------------------------------- the checks


def check_ledger(database, noted, problems):
    before_number, before_hash, written, decisions, erasures = 0, bytes(32), None, {}, {}
    found = noted is None
    for number, at, actor, kind, body, previous, digest, signer, signature in database.execute(
            "SELECT number, at, actor, kind, body, previous, hash, signer, signature FROM ledger ORDER BY number"):
        entry = (text("scrutineer-ledger-1") + u64(number) + previous + text(at) + text(actor) + text(kind) +
                 text(body) + text(signer or b""))
        if number != before_number + 1 or previous != before_hash:
            problems.append(f"entry {number}: it does not follow the entry before it")
        if blake2b(entry) != digest:
            problems.append(f"entry {number}: its content does not agree with its hash")
        if (signer is None) != (signature is None):
            problems.append(f"entry {number}: signer and signature do not go together")
        elif signer and not signature_holds(signer, text("scrutineer-ledger-signature-1") + digest, signature):
            problems.append(f"entry {number}: its signature does not hold")
        if kind in (b"case-written", b"erased"):
            written = json.loads(body)
        if kind == b"erased":
            erasures[number] = written.pop("erased decisions", "").split(",")
            written = {name: value for name, value in written.items() if not name.startswith("erased ")}
        if kind == b"decision":
            decisions[number] = (json.loads(body), actor)
        found = found or noted == (number, digest.hex())
        before_number, before_hash = number, digest
    if not found:
        problems.append("the head noted earlier is not on this chain")
    print(f"head of the ledger: {before_number} {before_hash.hex()}")
    return written, decisions, erasures


def check_content(folder, database, written, problems):
    if written is None:
        problems.append('the ledger has no entry "case-written"')
        return
    present = {table: table_digest(database, table, order) for table, order in TABLES.items()}
    for name, sha256 in database.execute("SELECT name, sha256 FROM files"):
        name, sha256 = name.decode(), sha256.decode()
        present["file " + name] = hashlib.blake2b(sha256.encode(), digest_size=32,
                                                  key=secret(database, "digests")).hexdigest()
        path = folder / pathlib.Path(name).name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            problems.append(f"the file {name} is missing or was changed")
    for name in sorted(present.keys() | written.keys()):
        if present.get(name) != written.get(name):
            problems.append(f'"{name}" is not as the ledger has it')


def check_decisions(database, decisions, erasures, problems):
    for number, entry, erased, *fields in database.execute(
            "SELECT number, ledger_entry, erased, subject_kind, subject_key, decision, cause, reason, person, replaces, "
            "blind, request, salt FROM decisions ORDER BY number"):
        body, actor = decisions.pop(entry, ({}, b""))
        kind, key, decision, cause, reason, person, replaces, blind, request, salt = fields
        fields[6] = b"" if replaces is None else str(replaces)
        fields[7] = str(blind)
        due = {"decision": str(number), "what": decision.decode(), "blind": str(blind)}
        if erased is not None:  # its words are gone, and the erasure's entry says so
            holds = str(number) in erasures.get(erased, []) and not (key or cause or reason or request or salt)
            due |= {"subject": body.get("subject"), "blake2b": body.get("blake2b")}
        else:
            holds = True
            due["subject"] = "case" if kind == b"case" else handle(database, kind, key)
            due["blake2b"] = blake2b(b"".join(text(field) for field in fields)).hex()
        if not holds or body != due or actor != person:
            problems.append(f"decision {number} is not as the ledger has it")
    for entry in decisions:
        problems.append(f"the decision of the ledger's entry {entry} is missing")


def main():
    if len(sys.argv) not in (2, 4):
        print(__doc__, file=sys.stderr)
        return 2
    folder = pathlib.Path(sys.argv[1])
    noted = (int(sys.argv[2]), sys.argv[3]) if len(sys.argv) == 4 else None
    if not (folder / "case.sqlite").is_file():
        print(f"{folder}: no case.sqlite", file=sys.stderr)
        return 2
    problems = []
    database = sqlite3.connect((folder / "case.sqlite").absolute().as_uri() + "?mode=ro", uri=True)
    database.text_factory = bytes
    try:
        written, decisions, erasures = check_ledger(database, noted, problems)
        check_content(folder, database, written, problems)
        check_decisions(database, decisions, erasures, problems)
    except (sqlite3.Error, ValueError, TypeError, struct.error) as error:
        problems.append(f"the case cannot be read: {error}")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
