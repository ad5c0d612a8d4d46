#!/usr/bin/env python3
"""Recomputes the doors of a canvass without Scrutineer, from doc/canvass.md alone. Standard library only.

    python3 recompute_draw.py FRAME SEED DOORS

FRAME is the list that was published (scrutineer canvass draw CASE --frame FRAME); its SHA-256 must be the one on the
notice. Prints the list's SHA-256, then a line for each door: its number, the position in the list, "twice" or "once",
and the member's id.
"""

import hashlib
import sys


def sha256(text):
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    with open(sys.argv[1], "rb") as file:
        frame = file.read()
    seed, doors = sys.argv[2], int(sys.argv[3])
    digest = hashlib.sha256(frame).hexdigest()
    lines = frame.decode("utf-8", "surrogateescape").split("\n")
    if lines[0] != "scrutineer-frame-1" or lines[-1] != "":
        sys.exit(f"{sys.argv[1]}: not a list made by scrutineer canvass draw")
    ids = lines[1:-1]
    if not 1 <= doors <= len(ids):
        sys.exit(f"{doors} doors cannot be drawn from {len(ids)} entries")
    positions = sorted(range(1, len(ids) + 1), key=lambda p: sha256(f"scrutineer-draw-1|{digest}|{seed}|{p}"))
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
    print(digest)
    for door, p in enumerate(positions[:doors], 1):
        twice = sha256(f"scrutineer-revisit-1|{digest}|{seed}|{p}")[:8] < "1999999a"
        print(door, p, "twice" if twice else "once", ids[p - 1])


if __name__ == "__main__":
    main()
