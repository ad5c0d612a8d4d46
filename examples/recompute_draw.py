#!/usr/bin/env python3
"""Recomputes the doors of a canvass without Scrutineer, from doc/canvass.md alone. Standard library only.

    python3 recompute_draw.py FRAME SEED DOORS

FRAME is the list that was published (scrutineer canvass draw CASE --frame FRAME); its SHA-256 must be the one on the
notice. Prints the list's SHA-256, then a line for each door: its number, the position in the list, "twice" or "once",
and the member's id.
"""

import hashlib
import sys
from fractions import Fraction


def sha256(text):
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def read_frame(text):
    """The design, its pace, and a row (id, lots, stratum, turn) for each position."""
    lines = text.split("\n")
    head = lines[0].split("\t")
    if lines[-1] != "" or head[0] not in ("scrutineer-frame-1", "scrutineer-frame-2"):
        sys.exit("not a list made by scrutineer canvass draw")
    if head[0] == "scrutineer-frame-1":
        return "simple", 0, [(line, 1, "", 0) for line in lines[1:-1]]
    rows = [line.split("\t") for line in lines[1:-1]]
    return head[1], int(head[2]), [(name, int(lots), stratum, int(turn)) for name, lots, stratum, turn in rows]


def order_of_doors(design, pace, rows, digest, seed):
    def ticket(p):
        stem = f"scrutineer-draw-1|{digest}|{seed}|{p}"
        return min(sha256(stem if lot == 1 else f"{stem}|{lot}") for lot in range(1, rows[p - 1][1] + 1))

    by_ticket = sorted(range(1, len(rows) + 1), key=ticket)
    if design == "stratified":
        strata = {}
        for p in by_ticket:
            strata.setdefault(rows[p - 1][2], []).append(p)
        taken = dict.fromkeys(strata, 0)
        while True:
            left = [s for s in strata if taken[s] < len(strata[s])]
            if not left:
                return
            # The bytes decide between two alike, as they do for the list itself.
            name = {s: s.encode("utf-8", "surrogateescape") for s in left}
            best = min(left, key=lambda s: (Fraction(2 * taken[s] + 1, len(strata[s])), name[s]))
            yield strata[best][taken[best]]
            taken[best] += 1
    elif design == "strip-and-sample":
        turns = sorted((p for p in by_ticket if rows[p - 1][3] > 0), key=lambda p: rows[p - 1][3])
        visited = set()
        while len(visited) < len(rows):
            turns = [p for p in turns if p not in visited]
            by_ticket = [p for p in by_ticket if p not in visited]
            due = (len(visited) + 1) % pace == 0
            p = turns[0] if turns and due else by_ticket[0]
            visited.add(p)
            yield p
    else:
        yield from by_ticket


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    with open(sys.argv[1], "rb") as file:
        frame = file.read()
    seed, doors = sys.argv[2], int(sys.argv[3])
    digest = hashlib.sha256(frame).hexdigest()
    design, pace, rows = read_frame(frame.decode("utf-8", "surrogateescape"))
    if not 1 <= doors <= len(rows):
        sys.exit(f"{doors} doors cannot be drawn from {len(rows)} entries")
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
    print(digest)
    for door, p in enumerate(order_of_doors(design, pace, rows, digest, seed), 1):
        twice = sha256(f"scrutineer-revisit-1|{digest}|{seed}|{p}")[:8] < "1999999a"
        print(door, p, "twice" if twice else "once", rows[p - 1][0])
        if door == doors:
            return


if __name__ == "__main__":
    main()
