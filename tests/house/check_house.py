#!/usr/bin/env python3
"""The rules of the house that a compiler does not check: arrows between rooms run only downwards, files and
functions stay readable, and what must never be said is said nowhere in the program's own texts."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
# A file longer than this is asked whether it holds two ideas.
LONGEST_FILE = 500
FORBIDDEN = re.compile(r"\b(frauds?|fraudulent\w*|fakes?|faked|bogus|ghosts?|suspects?|infiltrat\w*)\b", re.IGNORECASE)
# Where the words may stand: citations of papers and algorithms, and the lists that forbid them.
FORBIDDEN_ALLOWED = re.compile(r"forbidden|FRAUDAR|fake_1000|Risk-limiting financial|\[S|arXiv", re.IGNORECASE)


def uses(room: pathlib.Path) -> set[str]:
    text = (room / "CMakeLists.txt").read_text()
    found = re.search(r"scrutineer_room\(\w+\s*(?:USES\s+(.*?))?(?:LINKS|\))", text, re.DOTALL)
    return set((found.group(1) or "").split()) if found else set()


def direct_and_indirect(room: str, graph: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    todo = [room]
    while todo:
        for below in graph.get(todo.pop(), set()):
            if below not in seen:
                seen.add(below)
                todo.append(below)
    return seen


def main() -> int:
    problems = []
    rooms = {path.name: path for path in (ROOT / "src").iterdir() if (path / "CMakeLists.txt").exists()}
    graph = {name: uses(path) for name, path in rooms.items()}
    for name in graph:
        if name in direct_and_indirect(name, graph):
            problems.append(f"src/{name}: its arrows lead back to itself")
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix not in (".cc", ".h"):
            continue
        where = path.relative_to(ROOT)
        room = where.parts[1]
        lines = path.read_text().splitlines()
        if len(lines) > LONGEST_FILE:
            problems.append(f"{where}: {len(lines)} lines; is there an idea in it that wants a file of its own?")
        for number, line in enumerate(lines, 1):
            include = re.match(r'#include "([^"/]+)/', line)
            if include and include.group(1) != room and include.group(1) not in graph.get(room, set()):
                problems.append(f"{where}:{number}: {room} may not include {include.group(1)}")
            said = " ".join(re.findall(r'"((?:[^"\\]|\\.)*)"', line))
            if not line.lstrip().startswith("//") and FORBIDDEN.search(said) and not FORBIDDEN_ALLOWED.search(line):
                problems.append(f"{where}:{number}: a word that no output may hold: {line.strip()}")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
