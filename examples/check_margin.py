#!/usr/bin/env python3
"""Checks the certificate of a margin without Scrutineer, from doc/margin-certificate.md alone, in whole numbers.
Standard library only.

    python3 check_margin.py CERTIFICATE [--ballots FILE]

With --ballots, the SHA-256 of that file must be the one the certificate names. Prints each claim; exit status 0 if every
claim is proved, 1 with the first that is not.
"""

import hashlib
import sys
from collections import defaultdict

UNIT = 1 << 32
MOST_PAPERS = 1 << 40
MOST_UNITS = 1 << 53


class Wrong(Exception):
    pass


def need(holds, what):
    if not holds:
        raise Wrong(what)


def whole(word, most=MOST_PAPERS):
    need(word.isascii() and word.isdigit() and int(word) <= most, f"a whole number up to {most}, not {word!r}")
    return int(word)


class Lines:
    def __init__(self, text):
        self.lines = text.split("\n")
        self.at = 0

    def peek(self):
        need(self.at < len(self.lines), "the certificate ends too early")
        return self.lines[self.at].split(" ")

    def take(self):
        words = self.peek()
        self.at += 1
        return words


class Certificate:
    def __init__(self, data):
        mark = data.rfind(b"end\nseal ")
        need(mark >= 0, "there is no seal")
        body = data[: mark + 4]
        need(data[mark + 4 :] == b"seal " + hashlib.sha256(body).hexdigest().encode() + b"\n", "the seal does not fit")
        lines = Lines(body.decode("utf-8", "surrogateescape"))
        need(lines.take() == ["scrutineer-margin-certificate", "1"], "not a certificate of version 1")
        self.rule, self.digest, self.winner, self.come = None, "-", None, None
        self.candidates, self.groups, self.caps, self.papers, self.claims = [], [], None, [], []
        while lines.peek() != ["end"]:
            words = lines.peek()
            if words[0] == "claim":
                self.claims.append(self.read_claim(lines))
                continue
            lines.take()
            key, rest = words[0], words[1:]
            if key == "rule":
                self.rule = rest[0]
                need(self.rule in ("irv", "plurality"), "an unknown rule")
            elif key == "ballots":
                self.digest = rest[0]
            elif key in ("candidate", "withdrawn"):
                need(whole(rest[0]) == len(self.candidates), "candidates are not numbered in order")
                self.candidates.append(" ".join(rest[1:]) if key == "candidate" else None)
            elif key == "winner":
                self.winner = whole(rest[0])
            elif key == "group":
                need(whole(rest[0]) == len(self.groups), "groups are not numbered in order")
                self.groups.append(" ".join(rest[1:]))
            elif key == "caps":
                self.caps = [whole(word) for word in rest]
            elif key == "come":
                self.come = whole(rest[0])
            elif key == "paper":
                self.papers.append(self.read_paper(rest))
            else:
                raise Wrong(f"an unknown line: {key}")
        self.all = frozenset(c for c, name in enumerate(self.candidates) if name is not None)
        need(self.rule and self.winner in self.all, "no rule, or no winner among the candidates")
        need(self.caps is None or len(self.caps) == len(self.groups), "not one cap for each group")

    def order(self, words):
        order = [whole(word) for word in words]
        need(order and len(set(order)) == len(order), "an order of no or of repeated candidates")
        need(all(c < len(self.candidates) and self.candidates[c] is not None for c in order), "an unknown candidate")
        return tuple(order)

    def read_paper(self, words):
        count, group = whole(words[0]), whole(words[1])
        need(count > 0 and group < len(self.groups) and words[2] == ":", "a paper that is not well formed")
        return count, group, self.order(words[3:])

    def read_claim(self, lines):
        words = lines.take()
        need(len(words) == 7 and words[3] == "low" and words[5] == "high", "a claim that is not well formed")
        need(words[1] in ("delete", "add", "modify", "mixed") and words[2] in ("lots", "change"), "an unknown claim")
        claim = {"means": words[1], "change": words[2] == "change", "low": whole(words[4]), "leaves": []}
        claim["none"] = words[6] == "none"
        claim["high"] = None if words[6] in ("none", "unknown") else whole(words[6])
        proof = lines.take()
        need(proof[0] == "proof" and len(proof) == 2, "a claim without its proof")
        claim["by"] = proof[1]
        while lines.peek()[0] == "leaf":
            claim["leaves"].append(self.read_leaf(lines))
        claim["taken"], claim["put"] = [], []
        while lines.peek()[0] == "take":
            words = lines.take()
            claim["taken"].append((whole(words[1]), whole(words[2])))
        while lines.peek()[0] == "put":
            claim["put"].append(self.read_paper(lines.take()[1:]))
        return claim

    def read_leaf(self, lines):
        words = lines.take()
        colon = words.index(":")
        suffix, by = self.order(words[1:colon]), words[colon + 1 :]
        boxes = []
        if by[0] == "program":
            boxes = [self.read_box(lines.take()) for _ in range(whole(by[1]))]
        return suffix, by[0], boxes

    @staticmethod
    def read_box(words):
        if words[0] == "split":
            below, above, at = (whole(word) for word in words[1:4])
            if words[4] == "taken":
                column = ("taken", whole(words[5]), tuple(whole(word) for word in words[6:]))
            else:
                need(words[4] == "arc" and len(words) == 7, "an unknown column")
                column = ("arc", None if words[5] == "new" else whole(words[5]), whole(words[6]))
            return "split", below, above, at, column
        need(words[0] == "bound", "a box that is neither split nor bounded")
        rows, i = defaultdict(int), 1
        arity = {"stage": 2, "flow": 1, "balance": 0, "cap": 1, "added": 0}
        while i < len(words):
            kind = words[i]
            need(kind in arity, "an unknown row")
            count = arity[kind]
            key = (kind, *(whole(word) for word in words[i + 1 : i + 1 + count]))
            rows[key] += whole(words[i + 1 + count], MOST_UNITS)
            i += 2 + count
        return "bound", rows


def tallies(papers, standing):
    votes = defaultdict(int)
    for count, _, order in papers:
        for c in order:
            if c in standing:
                votes[c] += count
                break
    return votes


def possible_winners(rule, papers, standing):
    """Everyone who wins under some way of settling ties."""
    if rule == "plurality":
        votes = tallies(papers, standing)
        most = max(votes[c] for c in standing)
        return {c for c in standing if votes[c] == most}
    seen, todo, winners = {standing}, [standing], set()
    while todo:
        left = todo.pop()
        if len(left) == 1:
            winners |= left
            continue
        need(len(seen) <= 20000, "too many ties to be followed")
        votes = tallies(papers, left)
        rising = sorted(left, key=lambda c: votes[c])
        total, together = 0, 0
        for i, c in enumerate(rising[:-1]):
            total += votes[c]
            if total < votes[rising[i + 1]]:
                together = i + 1
        lowest = [c for c in rising if votes[c] == votes[rising[0]]]
        results = [left - set(rising[:together])] if together else [left - {c} for c in lowest]
        for result in results:
            if result not in seen:
                seen.add(result)
                todo.append(result)
    return winners


class Checker:
    def __init__(self, certificate):
        self.c = certificate
        self.valid = sum(count for count, _, _ in certificate.papers)
        need(self.valid < MOST_PAPERS, "too many papers")
        self.first = tallies(certificate.papers, certificate.all)
        self.possible = possible_winners(certificate.rule, certificate.papers, certificate.all)
        need(certificate.winner in self.possible, "the count gives another winner")

    def check(self, claim, earlier):
        self.check_low(claim, earlier)
        self.check_high(claim)

    def most_touched(self, means):
        caps = sum(self.c.caps) if self.c.caps is not None else None
        if means == "add":
            return caps
        if means == "mixed":
            if self.c.come is None:
                return None
            most = (self.valid if caps is None else min(self.valid, caps)) + self.c.come
            return most if self.c.come else min(most, self.valid - 1)
        most = self.valid - (means == "delete")
        return most if caps is None else min(most, caps)

    def check_low(self, claim, earlier):
        low, by, most = claim["low"], claim["by"], self.most_touched(claim["means"])
        if claim["none"]:
            need(by in ("lots", "closed-form") or (most is not None and low > most), "that none can does not follow")
        else:
            need(claim["high"] is None or claim["high"] >= low, "the bounds cross")
        if by == "count":
            need(low <= 1, "the count proves no more than one paper")
            need(low == 0 or claim["change"] or self.possible == {self.c.winner}, "the winner is left to lots")
        elif by == "lots":
            need(claim["change"] and self.c.rule == "irv", "only a change under irv follows from lots")
            gap = 0 if claim["means"] == "modify" else 1
            need(
                any(
                    other["means"] == claim["means"]
                    and not other["change"]
                    and (other["none"] if claim["none"] else low <= other["low"] + gap)
                    for other in earlier
                ),
                "the claim for lots does not say as much",
            )
        elif by == "closed-form":
            self.check_closed_form(claim, most)
        else:
            need(by == "tree", "an unknown proof")
            self.check_tree(claim)

    def check_closed_form(self, claim, most):
        need(self.c.rule == "plurality", "there is no closed form under this rule")
        need(not claim["none"] or most is not None, "there is no limit to the papers")
        n = claim["low"] - 1 if most is None else most if claim["none"] else min(claim["low"] - 1, most)
        if n < 0:
            return
        w = self.c.winner
        for c in self.c.all - {w}:
            of_winner, of_others = defaultdict(int), defaultdict(int)
            for count, group, order in self.c.papers:
                of_winner[group] += count * (order[0] == w)
                of_others[group] += count * (order[0] != c)
            cap = self.c.caps or [self.valid] * len(self.c.groups)
            winner = sum(min(cap[g], of_winner[g]) for g in of_winner)
            others = sum(min(cap[g], of_others[g]) for g in of_others)
            fall = {
                "delete": min(n, winner),
                "add": n,
                "modify": min(n, winner) + min(n, others),
                "mixed": n if self.c.come is None else min(n, winner + self.c.come),
            }[claim["means"]]
            need(fall < self.first[w] - self.first[c] + claim["change"], "fewer papers can do it")

    def check_tree(self, claim):
        need(self.c.rule == "irv", "a tree proves nothing under this rule")
        if claim["low"] == 0:
            return
        leaves = set()
        for number, (suffix, by, boxes) in enumerate(claim["leaves"]):
            need(suffix[-1] != self.c.winner, "an order in which the winner wins")
            need(self.leaf_holds(claim, suffix, by, boxes), f"leaf {number} does not prove {claim['low']}")
            leaves.add(suffix)
        todo = [(c,) for c in self.c.all - {self.c.winner}]
        while todo:
            suffix = todo.pop()
            if suffix in leaves:
                continue
            need(len(suffix) < len(self.c.all), "the leaves leave out an order of elimination")
            todo.extend((x, *suffix) for x in self.c.all.difference(suffix))

    def delta(self, claim, out):
        return int(claim["change"] and out == self.c.winner)

    def leaf_holds(self, claim, suffix, by, boxes):
        standing = frozenset(suffix)
        if by == "stage":
            votes = tallies(self.c.papers, standing)
            return self.too_few(claim, suffix[0], votes[suffix[0]], votes, suffix[1:])
        if by == "outside":
            return any(
                self.too_few(claim, x, self.first[x], tallies(self.c.papers, standing | {x}), suffix)
                for x in self.c.all - standing
            )
        need(by == "program", "an unknown kind of leaf")
        return Program(self.c, claim, suffix, self.delta).proves(boxes)

    def too_few(self, claim, out, own, votes, others):
        n = claim["low"] - 1
        target = own + self.delta(claim, out) - (n if claim["means"] == "modify" else 0)
        missing = [max(0, target - votes[c]) for c in others]
        return (sum(missing) if claim["means"] in ("add", "modify") else max(missing, default=0)) > n

    def check_high(self, claim):
        if claim["high"] is None:
            need(not claim["taken"] and not claim["put"], "a witness of nothing")
            return
        means = claim["means"]
        left = [count for count, _, _ in self.c.papers]
        taken_in, put_in = defaultdict(int), defaultdict(int)
        for count, paper in claim["taken"]:
            need(paper < len(left) and count <= left[paper], "the witness takes papers that are not there")
            left[paper] -= count
            taken_in[self.c.papers[paper][1]] += count
        for count, group, _ in claim["put"]:
            put_in[group] += count
        taken, put = sum(taken_in.values()), sum(put_in.values())
        need(means != "add" or taken == 0, "the witness takes papers away")
        need(means != "delete" or put == 0, "the witness puts papers in")
        need(means != "modify" or put <= taken, "the witness puts in more than it takes away")
        need(means != "mixed" or self.c.come is None or put <= self.c.come, "more papers come than may")
        need(claim["high"] == (taken if means == "modify" else taken + put), "the witness has another number of papers")
        for g, cap in enumerate(self.c.caps or []):
            need(taken_in[g] <= cap and (means != "add" or put_in[g] <= cap), "the witness breaks a cap")
            need(means != "modify" or put_in[g] <= taken_in[g], "a changed paper leaves its group")
        after = [(n, g, order) for n, (_, g, order) in zip(left, self.c.papers) if n] + claim["put"]
        need(after, "the witness leaves no paper")
        possible = possible_winners(self.c.rule, after, self.c.all)
        need(
            self.c.winner not in possible if claim["change"] else possible != {self.c.winner},
            "the witness does not do it when it is counted",
        )


class Program:
    def __init__(self, certificate, claim, suffix, delta):
        self.c, self.means, self.n, self.k = certificate, claim["means"], claim["low"] - 1, len(suffix)
        position = {c: p for p, c in enumerate(suffix)}
        signatures = defaultdict(int)
        votes = [[0] * self.k for _ in range(self.k)]
        for count, group, order in certificate.papers:
            signature = []
            for c in order:
                p = position.get(c)
                if p is not None and (not signature or p > signature[-1]):
                    signature.append(p)
            first = 0
            for p in signature:
                for stage in range(first, p + 1):
                    votes[stage][p] += count
                first = p + 1
            signatures[tuple(signature), group] += count
        self.right = {
            (i, c): delta(claim, suffix[i]) - (votes[i][c] - votes[i][i])
            for i in range(self.k)
            for c in range(i + 1, self.k)
        }
        self.cost, self.least, self.most = {}, {}, {}
        if self.means != "add":
            for (signature, group), count in signatures.items():
                if signature or self.means == "modify":
                    cap = self.n if certificate.caps is None else certificate.caps[group]
                    self.add(("taken", group, signature), 1, min(count, self.n, cap))
        if self.means != "delete":
            for to in range(self.k):
                self.add(("arc", None, to), 0 if self.means == "modify" else 1, self.n)
                for start in range(to):
                    self.add(("arc", start, to), 0, self.n)

    def add(self, column, cost, most):
        self.cost[column], self.least[column], self.most[column] = cost, 0, most

    def proves(self, boxes):
        return self.holds(boxes, 0, set())

    def holds(self, boxes, number, used):
        need(number < len(boxes) and number not in used, "the boxes are not a tree")
        used.add(number)
        box = boxes[number]
        if box[0] == "bound":
            return self.bounded(box[1])
        _, below, above, at, column = box
        need(column in self.cost, "an unknown column is split")
        least, most = self.least[column], self.most[column]
        self.most[column] = min(most, at)
        holds = self.holds(boxes, below, used)
        self.most[column] = most
        self.least[column] = max(least, at + 1)
        holds = holds and self.holds(boxes, above, used)
        self.least[column] = least
        return holds

    def bounded(self, rows):
        if any(self.least[column] > self.most[column] for column in self.cost):
            return True
        total = 0
        for key, y in rows.items():
            kind = key[0]
            if kind == "stage":
                need(key[1:] in self.right, "an unknown row")
                total += y * self.right[key[1:]]
            elif kind == "flow":
                need(self.means != "delete" and key[1] < self.k - 1, "an unknown row")
            elif kind == "balance":
                need(self.means == "modify", "an unknown row")
            elif kind == "cap":
                need(self.means != "add" and self.c.caps is not None and key[1] < len(self.c.caps), "an unknown row")
                total -= y * self.c.caps[key[1]]
            else:
                need(self.means == "mixed" and self.c.come is not None, "an unknown row")
                total -= y * self.c.come

        def worth(first, p):
            """What counting for position p at stages first .. p is worth to the stage rows."""
            gained = sum(rows.get(("stage", i, p), 0) for i in range(first, p))
            return gained - sum(rows.get(("stage", p, c), 0) for c in range(p + 1, self.k))

        worths = {(f, p): worth(f, p) for p in range(self.k) for f in range(p + 1)}
        balance, added = rows.get(("balance",), 0), rows.get(("added",), 0)
        for column, cost in self.cost.items():
            left = cost * UNIT
            if column[0] == "arc":
                _, start, to = column
                left -= worths[0 if start is None else start + 1, to] + rows.get(("flow", to), 0)
                left += balance + added if start is None else rows.get(("flow", start), 0)
            else:
                first = 0
                for p in column[2]:
                    left += worths[first, p]
                    first = p + 1
                left += rows.get(("cap", column[1]), 0) - balance
            total += left * (self.most[column] if left < 0 else self.least[column])
        return total > self.n * UNIT


def main():
    arguments = sys.argv[1:]
    ballots = None
    if len(arguments) == 3 and arguments[1] == "--ballots":
        ballots = arguments[2]
    elif len(arguments) != 1:
        sys.exit(__doc__)
    try:
        with open(arguments[0], "rb") as file:
            certificate = Certificate(file.read())
        if ballots:
            with open(ballots, "rb") as file:
                need(hashlib.sha256(file.read()).hexdigest() == certificate.digest, "made from other ballots")
        checker = Checker(certificate)
        for number, claim in enumerate(certificate.claims):
            label = f"{claim['means']} {'change' if claim['change'] else 'lots'}"
            try:
                checker.check(claim, certificate.claims[:number])
            except Wrong as wrong:
                raise Wrong(f"claim {label}: {wrong}") from None
            high = "none" if claim["none"] else "unknown" if claim["high"] is None else claim["high"]
            print(f"{label}: low {claim['low']} high {high}: proved")
    except Wrong as wrong:
        sys.exit(f"{arguments[0]}: {wrong}")
    except (OSError, IndexError, ValueError) as error:
        sys.exit(f"{arguments[0]}: not a certificate that can be read: {error}")


if __name__ == "__main__":
    main()
