#!/usr/bin/env python3
"""Lines of bench/peers_scale: what a run took, and how well its people agree with the truth of a made-up roll."""
import csv
import json
import pathlib
import re
import sys
from collections import Counter


def measured(scratch, name):
    wall, kib = (scratch / f"{name}.time").read_text().split()[-2:]
    return float(wall), int(kib) / 1024


def diagnostics(scratch, name):
    return json.loads((scratch / f"{name}.out").read_text())


def stages(scratch, name):
    found = re.findall(r"^  (.+?): ([0-9.]+) s$", (scratch / f"{name}.err").read_text(), re.MULTILINE)
    return {stage: float(seconds) for stage, seconds in found}


def rate_of(compared, found):
    """Pairs compared a second; nothing where the run has no such stage."""
    return compared / found["comparing"] if found.get("comparing") else None


def pairs(counts):
    return sum(n * (n - 1) // 2 for n in counts)


def quality(roll, people):
    """Pair precision, recall and F1, and B-cubed F1."""
    with open(roll) as lines, open(people) as found:
        truth = [row[1] for row in csv.reader(lines)][1:]
        person = [row[1] for row in csv.reader(found)][1:]
    together = Counter(zip(person, truth))
    by_person, by_truth = Counter(person), Counter(truth)
    right, claimed, there = pairs(together.values()), pairs(by_person.values()), pairs(by_truth.values())
    precision = sum(n * n / by_person[one] for (one, _), n in together.items()) / len(truth)
    recall = sum(n * n / by_truth[other] for (_, other), n in together.items()) / len(truth)
    return dict(precision=right / max(claimed, 1), recall=right / max(there, 1), f1=2 * right / (claimed + there),
                b3=2 * precision * recall / (precision + recall))


def splink(scratch, name):
    file = scratch / f"splink-{name}.json"
    return json.loads(file.read_text()) if file.exists() else None


def show(who, wall, mib, compared=None, rate=None, found=None):
    line = f"{who:<34} wall {wall:8.2f} s   peak {mib:8.0f} MiB"
    if compared is not None:
        line += f"   {compared:>13,} pairs"
    if rate is not None:
        line += f"   {rate / 1e6:6.2f} M pairs/s"
    if found is not None:
        line += f"   cluster F1 {found['f1']:.4f}  B-cubed {found['b3']:.4f}"
    print(line)


def wide(scratch, roll):
    print("five rules: given+family | family+year | given+month | postcode | birth date")
    wall, mib = measured(scratch, "wide")
    compared = diagnostics(scratch, "wide")["pairs_compared"]
    rate = rate_of(compared, stages(scratch, "wide"))
    show("scrutineer", wall, mib, compared, rate, quality(roll, scratch / "wide.csv"))
    other = splink(scratch, "roll_wide")
    if other is None:
        return
    theirs = other["pairs_scored"] / other["seconds"]["predict"]
    best = max(other["clusters"].values(), key=lambda cut: cut["f1"])
    show("Splink 5 (best cut of four)", other["wall_s"], other["peak_mib"], other["pairs_scored"], theirs, best)
    print(f"  ratio: wall {other['wall_s'] / wall:.1f}x, pairs per second {rate / theirs:.1f}x, "
          f"memory 1/{other['peak_mib'] / mib:.1f}")


def zero(scratch, roll):
    print("zero configuration (Splink: its tight rules)")
    wall, mib = measured(scratch, "zero")
    compared = diagnostics(scratch, "zero")["pairs_compared"]
    show("scrutineer", wall, mib, compared, rate_of(compared, stages(scratch, "zero")),
         quality(roll, scratch / "zero.csv"))
    other = splink(scratch, "roll_tight")
    if other is None:
        return
    best = max(other["clusters"].values(), key=lambda cut: cut["f1"])
    show("Splink 5 (best cut of four)", other["wall_s"], other["peak_mib"], other["pairs_scored"],
         other["pairs_scored"] / other["seconds"]["predict"], best)
    print(f"  ratio: wall {other['wall_s'] / wall:.1f}x, memory 1/{other['peak_mib'] / mib:.1f}")


def alone(scratch, name):
    wall, mib = measured(scratch, name)
    compared = diagnostics(scratch, name)["pairs_compared"]
    show("scrutineer", wall, mib, compared, rate_of(compared, stages(scratch, name)))
    print("  " + ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in stages(scratch, name).items()))
    return wall


def main():
    what, scratch = sys.argv[1], pathlib.Path(sys.argv[2])
    if what == "wide":
        wide(scratch, sys.argv[3])
    elif what == "zero":
        zero(scratch, sys.argv[3])
    elif what == "link":
        alone(scratch, "link")
    elif what == "large":
        wall = alone(scratch, "large")
        small, _ = measured(scratch, "zero")
        per_row, before = wall / int(sys.argv[3]), small / int(sys.argv[4])
        print(f"  {1e6 * per_row:.2f} microseconds a row, {per_row / before:.2f} times that of {int(sys.argv[4]):,} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
