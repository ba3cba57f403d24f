"""Checks the certificate of a transfer round, clause by clause, without believing who made it.

    python -m transfers.verify FILE [--key HEX ...]        exits 0 or 1; --key: the file must be signed by this public key

No database, no network. Properties are checked from the records alone; only the last clause imports the mechanism, runs it
again and compares. Format: docs/transfers/certificate.md."""

from __future__ import annotations

import gc
import hmac
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache, cached_property
from hashlib import sha256
from itertools import takewhile
from operator import le, ne
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

OLD, FORMAT = "hcims-transfer-certificate/1", "hcims-transfer-certificate/2"
FACTS = ("rules", "place", "node", "list", "officer")
KINDS = (*FACTS, "lottery", "public", "outcome", "ceiling", "floor-place", "floor-node", "award")
SIGNED = ("format", "frozen", "lines", "root", "round", "snapshot")
TIERS = {"sealed": [], "public": ["rules", "lottery", "public"], "own": ["officer", "lottery", "award"]}
LISTS = dict.fromkeys(("preferences", "default", "direct", "items", "exclusions", "groups", "statutory"), ())
MISSING: dict[str, dict[str, Any]] = {  # what a field means that is not there
    "officer": {**LISTS, "current": None, "market": ""}, "award": {"place": None, "choices": ()},
    "place": {"node": None, "market": "", "reserves": ()}, "node": {"parent": None, "ceiling": 2**62},
}  # fmt: skip
ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":"))
OWN, STATUTORY, ORDINARY, DIRECT = range(4)
Fault = AssertionError  # the first thing a clause found wrong
INTEGER = cache(lambda text: int(text if abs(int(text)) < 2**53 else "beyond 2^53"))  # a million points, few values
DECODER = json.JSONDecoder(parse_float=int, parse_constant=int, parse_int=INTEGER)  # int of 1.5 or NaN is a ValueError
NOBODY = ((-1, 0, ""), "")


def must(holds: object, what: str) -> None:
    if not holds:
        raise Fault(what)


def parsed(line: bytes, where: str) -> dict[str, Any]:
    try:
        said = DECODER.decode(text := line.decode())
        must(type(said) is dict and ENCODER.encode(said) == text, f"{where}: not an object in canonical JSON")
    except (ValueError, RecursionError) as error:
        raise Fault(f"{where}: not JSON: {error}") from error
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", text) if any(word in text for word in ("true", "false", "null")) else ""
    must("e" not in bare and "l" not in bare, f"{where}: true, false or null, where only texts and integers may be")
    must(unicodedata.is_normalized("NFC", text), f"{where}: a text is not in Unicode's form NFC")
    return dict(said)


def root_of(level: list[bytes]) -> str:
    while len(level) > 1:
        above = [sha256(b"\1" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        level = [*above, level[-1]] if len(level) % 2 else above
    return level[0].hex()


def along(line: bytes, index: int, size: int, path: list[str]) -> str:
    must(0 <= index < size, f"there is no line {index}")
    here = sha256(b"\0" + line).digest()
    while size > 1:
        if index ^ 1 < size:
            beside = bytes.fromhex(path.pop(0) if path else "")
            here = sha256(b"\1" + (beside + here if index % 2 else here + beside)).digest()
        index, size = index // 2, (size + 1) // 2
    return "a path too long" if path else here.hex()


class Certificate:
    """A file and what follows from it. Each method named in PARTS is a clause: it raises the first fault it finds."""

    def __init__(self, data: bytes, keys: tuple[str, ...] = ()) -> None:
        self.first, *self.lines = data.split(b"\n")
        self.end = self.lines.pop() if self.lines else b"?"
        self.keys = keys  # that must have signed

    header = cached_property(lambda self: parsed(self.first, "line 1"))
    records = cached_property(lambda self: [parsed(line, f"line {n}") for n, line in enumerate(self.lines, start=2)])

    def of(self, kind: str) -> dict[str, dict[str, Any]]:
        return {one.get("ref", kind): {**MISSING.get(kind, {}), **one} for one in self.records if one["kind"] == kind}

    def listed(self, said: str | list[str]) -> list[str]:  # a list, or the name of one that several officers have
        return [*self.lists[said]["places"]] if isinstance(said, str) else said

    lists = cached_property(lambda self: self.of("list"))
    places = cached_property(lambda self: self.of("place"))
    nodes = cached_property(lambda self: {f"node {ref}": each for ref, each in self.of("node").items()})
    officers = cached_property(lambda self: self.of("officer"))
    awards = cached_property(lambda self: self.of("award"))
    rules = cached_property(lambda self: self.of("rules")["rules"])
    above = cached_property(lambda self: {r: [r, *self.paths[p["node"]]] for r, p in self.places.items()})
    lottery = cached_property(lambda self: self.of("lottery")["lottery"])
    public = cached_property(lambda self: self.of("public")["public"])
    home: Any = cached_property(lambda self: {ref: one["current"] for ref, one in self.officers.items()})
    at = cached_property(lambda self: {ref: award["place"] for ref, award in self.awards.items()})
    moved = cached_property(lambda self: [r for r, at in self.at.items() if at not in (None, self.home[r])])
    groups = cached_property(lambda self: Counter((self.at[r], g) for r in self.at for g in self.officers[r]["groups"]))
    accepting = cached_property(lambda self: self.rules["mechanism"] == "deferred-acceptance")
    floor = cached_property(lambda self: {r: b["floor"] for r, b in {**self.places, **self.nodes}.items()})
    seats = cached_property(lambda self: {ref: place["seats"] + place["staying"] for ref, place in self.places.items()})
    limit = cached_property(lambda self: {**self.seats, **{b: node["ceiling"] for b, node in self.nodes.items()}})

    @cached_property
    def paths(self) -> dict[str | None, list[str]]:  # by lowest node: "node " and itself, and each node above it
        found: dict[str | None, list[str]] = {place["node"]: [] for place in self.places.values()}
        for node, path in found.items():
            while node is not None:
                path.append(f"node {node}")
                must(len(path) <= len(self.nodes), f"node {node}: the tree above it is a circle")
                node = self.nodes[path[-1]]["parent"]
        return found

    @cached_property
    def strength(self) -> dict[str, tuple[int, int]]:  # before and after, those staying included
        then, now = Counter(self.home.values()), Counter(self.at.values())
        found = {r: (then[r] + place["staying"], now[r] + place["staying"]) for r, place in self.places.items()}
        before, after = Counter[str | None](), Counter[str | None]()  # by lowest node
        for ref, place in self.places.items():
            before[place["node"]] += found[ref][0]
            after[place["node"]] += found[ref][1]
        for branch, node in ((branch, node) for node, path in self.paths.items() for branch in path):
            was, will = found.get(branch, (0, 0))
            found[branch] = was + before[node], will + after[node]
        return found

    @cached_property
    def wishes(self) -> dict[str, dict[str, tuple[int, int]]]:
        """Where each officer may end, best first, with class and points (smaller comes first); without what is closed to him."""
        found, markets = {}, {ref: place["market"] for ref, place in self.places.items()}
        for ref, one in self.officers.items():
            home, listed = one["current"], one["preferences"]
            worth_asking = listed[: listed.index(home)] if home in listed else listed
            asked = [*listed, *self.listed(one["default"])] if one["must_move"] else worth_asking
            direct = self.listed(one["direct"]) if one["must_move"] else ()
            base = -sum(item["points"] for item in one["items"] if "only" not in item)
            found[ref] = wishes = dict.fromkeys(asked, (ORDINARY, base))
            wishes |= dict.fromkeys([each for each in direct if each not in wishes], (DIRECT, base))
            wishes |= {each: (STATUTORY, base) for each in one["statutory"] if wishes.get(each) == (ORDINARY, base)}
            others = [place for place in wishes if markets[place] != one["market"]]
            for place in (home, *others, *(each["place"] for each in one["exclusions"])):
                wishes.pop(place, None)
            for item in one["items"]:
                only = {name for each in item.get("only", ()) for name in (each, f"node {each}")}
                for place in [each for each in wishes if not only.isdisjoint(self.above[each])] if only else ():
                    wishes[place] = (wishes[place][0], wishes[place][1] - item["points"])
            wishes |= {} if home is None else {home: (OWN, 0)}
        return found

    @cached_property
    def last(self) -> dict[str, tuple[tuple[int, int, str], str]]:
        found: dict[str, Any] = {}  # by branch: key and name of the last of those who are new to their place
        for ref in self.moved:
            mine = ((*self.wishes[ref][self.at[ref]], self.awards[ref]["ticket"]), ref)
            for branch in self.above[self.at[ref]]:
                found[branch] = max(found.get(branch, NOBODY), mine)
        return found

    def release(self, ref: str) -> tuple[int, int, int]:  # volunteers first, then the lowest, then the worst ticket
        return (self.officers[ref]["must_move"], self.officers[ref]["release"], -int(self.awards[ref]["ticket"], 16))

    @cached_property
    def lines_of_release(self) -> dict[str, tuple[int, int, int]]:  # by branch, how far its floor holds back
        lines = {**self.of("floor-place"), **{f"node {ref}": each for ref, each in self.of("floor-node").items()}}
        return {branch: self.release(each["last"]) for branch, each in lines.items() if "last" in each}

    def kept_from(self, ref: str, place: str) -> bool:  # by a floor: the lowest line above him decides
        lines, path = self.lines_of_release, self.above.get(self.home[ref] or "", ())
        held = next((each for each in path if each in lines and self.release(ref) <= lines[each]), None)
        return held is not None and held not in self.above[place]

    def ticket(self, ref: str) -> str:
        return hmac.digest(self.lottery["seed"].encode(), ref.encode(), "sha256").hex()

    def form(self) -> None:
        """Header and lines are those of the format, in its order: canonical JSON of texts and integers."""
        must(self.end == b"" and self.lines, "the last line does not end")
        tier = self.header["tier"]
        must(self.header["format"] in (OLD, FORMAT) and tier in TIERS, "line 1: unknown format or tier")
        names = {*SIGNED, "tier", "signatures", *(() if tier == "sealed" else ("proofs",))}
        must(set(self.header) == names, f"line 1: wrong fields {sorted(set(self.header) ^ names)}")
        kinds = [each["kind"] for each in self.records if each["kind"] != "list" or tier != "own"]
        must(self.header["format"] != OLD or not self.lists, "version 1 has no list lines")
        must(tier == "sealed" or kinds == TIERS[tier], f"the lines are {kinds}")
        if tier == "sealed":
            must(kinds == sorted(kinds, key=KINDS.index), "the lines are not in their order")
            must(len({(each["kind"], each.get("ref")) for each in self.records}) == len(kinds), "a line stands twice")
            must(self.awards.keys() == self.officers.keys(), "officers and awards do not belong to each other")

    def root(self) -> None:
        """The lines lead to the root: all of them, and the frozen ones to that of the freeze; or each along its path."""
        header = self.header
        if header["tier"] == "sealed":
            leaves = [sha256(b"\0" + line).digest() for line in self.lines]
            facts = [each for each, said in zip(leaves, self.records, strict=True) if said["kind"] in FACTS]
            must((len(leaves), len(facts)) == (header["lines"], header["frozen"]), "lines were added or left out")
            must(root_of(facts) == header["snapshot"], "a frozen fact was altered")
            must(root_of(leaves) == header["root"], "a line was altered")
        for line, proof in zip(self.lines, header.get("proofs", ()), strict="proofs" in header):
            fits = set(proof) == {"line", "path"} and re.fullmatch("[0-9a-f]*", "".join(proof["path"]))
            must(fits, "a proof has other fields than line and path, or not in small hexadecimal")
            found = along(line, proof["line"], header["lines"], [*proof["path"]])
            must(found == header["root"], f"line {proof['line']} does not lead to the root: it or its path was altered")

    def signatures(self) -> None:
        """Everyone named in the header signed this root, and whoever was asked for is among them."""
        must(self.header["signatures"], "nobody signed")
        for each in self.header["signatures"]:
            key, signature = (bytes.fromhex(each[name]) for name in ("key", "signature"))
            must(len(each) == 3 and each["signature"] == signature.hex(), "a signature has other fields than three")
            try:
                signed = {name: self.header[name] for name in SIGNED} | {"by": each["by"], "key": each["key"]}
                Ed25519PublicKey.from_public_bytes(key).verify(signature, ENCODER.encode(signed).encode())
            except InvalidSignature as error:
                raise Fault(f"the signature of {each['by']!r} does not fit") from error
        must({*self.keys} <= {each["key"] for each in self.header["signatures"]}, f"not signed by all of {self.keys}")

    def draw(self) -> None:
        """Each number revealed is the one committed to; the seed follows from them, the frozen facts and the public draw."""
        said, promised = self.lottery, {each["body"]: each["commitment"] for each in self.lottery["commitments"]}
        for body, nonce in ((each["body"], each["nonce"]) for each in said["reveals"]):
            must(sha256(nonce.encode()).hexdigest() == promised.get(body), f"{body} revealed another number")
        nonces = sorted(each["nonce"] for each in said["reveals"])
        text = "|".join([self.header["round"], self.header["snapshot"], *nonces, said["draw"]])
        must(text.count("|") == len(nonces) + 2, "a part of the seed holds |")
        must(sha256(text.encode()).hexdigest() == said["seed"], "the seed does not follow from its parts")
        must(self.ticket(said["example"]["ref"]) == said["example"]["ticket"], "the example's ticket is not the seed's")
        if self.header["tier"] != "own":
            must(self.rules["commitments"] == said["commitments"], "the commitments are not those of the rule book")
            must(self.rules["round"] == self.header["round"] == self.public["round"], "lines of different rounds")

    def own(self) -> None:
        """The result is about this officer, drawn with his ticket, at a place he asked for or was sent to."""
        ((ref, one),), ((other, award),) = self.officers.items(), self.awards.items()
        must(ref == other and award["ticket"] == self.ticket(ref), f"the result of {other} is not that of {ref}")
        asked = {*one["preferences"], *self.listed(one["default"]), *self.listed(one["direct"]), one["current"], None}
        told = {place for each in award["choices"] for place in each.get("places") or [each["place"]]}
        must({award["place"], *told} <= asked, "a place not asked for")

    def points_and_tickets(self) -> None:
        """Every ticket is HMAC-SHA256 of the reference under the seed; points are the sum of the items that count there."""
        for ref, award in self.awards.items():
            must(award["ticket"] == self.ticket(ref), f"officer {ref}: the ticket is not his")
            for each in award["choices"]:
                for place in each.get("places") or [each["place"]]:  # which the first version wrote one by one
                    kind, less = self.wishes[ref].get(place, (OWN, 0))
                    if kind != OWN and each["points"] != -less:
                        raise Fault(f"officer {ref}: {each['points']} points at {place}, not {-less}")

    def protection(self) -> None:
        """Everyone is where he asked to be, or a list for those who must move sent him, or he was; who may stay lost nothing."""
        for ref, at in self.at.items():
            wanted, home = list(self.officers[ref]["preferences"]), self.home[ref]
            must(at in self.wishes[ref] or at is home is None, f"officer {ref}: {at} was not open to him")
            worse = {at, home} <= {*wanted} and wanted.index(at) > wanted.index(home)
            must(not worse or self.officers[ref]["must_move"], f"officer {ref}: is worse off than today")

    def capacity(self) -> None:
        """No place holds more than its seats, no ceiling is passed, unless today already; then nobody comes in by points."""
        for branch, (before, after) in self.strength.items():
            if after > self.limit[branch] and (after > before or (self.accepting and branch in self.last)):
                raise Fault(f"{branch}: {after} officers, staying included, the limit is {self.limit[branch]}")

    def floors(self) -> None:
        """Every floor holds, or today's strength where that is less already; the figures said in public are right."""
        for branch, (before, after) in self.strength.items():
            must(after >= min(self.floor[branch], before), f"{branch}: {after} now, the floor is {self.floor[branch]}")
        for each in self.public["nodes"]:
            right = (self.floor[f"node {each['node']}"], *self.strength.get(f"node {each['node']}", (0, 0)))
            must((each["floor"], each["before"], each["after"]) == right, f"node {each['node']}: not its figures")

    def release_order(self) -> None:
        """Nobody left a place or command while one whom the order lets go before him was held there."""
        for ref in self.moved:
            must(not self.kept_from(ref, self.at[ref]), f"officer {ref}: left although a floor held him")

    def cutoffs(self) -> None:
        """Each cutoff is the last newcomer of its place, in public as in the sealed lines; changed awards have reasons."""
        said = {ref: each.get("cutoff", {}) for ref, each in self.of("outcome").items()}
        for ref in self.places:
            if self.accepting and not self.places[ref]["reserves"]:
                _, points, ticket = self.last.get(ref, NOBODY)[0]
                right = (-points, ticket) if ref in self.last else (None, None)
                must((said[ref].get("points"), said[ref].get("ticket")) == right, f"place {ref}: not its last newcomer")
        for each in self.public["cutoffs"]:
            must({"place": each["place"], **said[each["place"]]} == each, f"place {each['place']}: another in public")
        for each in self.public["variations"]:
            known = each["officer"] in self.awards and each["place"] in ("", *self.places)
            must(known and each["reason"] and each["authority"], f"the change for {each['officer']} is not explained")

    def refusals(self) -> None:
        """No justified envy and no waste: who was refused had less than the last newcomer, or a floor held him, and is told."""
        low, right = ({ref: bar[which] for ref, bar in self.bars.items()} for which in (0, 1))
        for ref, award in self.awards.items() if self.accepting else ():
            codes, wishes = dict[str, str](), self.wishes[ref]
            for each in award["choices"]:
                codes.update(dict.fromkeys(each.get("places") or [each["place"]], each["code"]))
            refused = [*takewhile((award["place"] or "").__ne__, wishes)]
            had, told = map(wishes.__getitem__, refused), map(codes.get, refused)
            if any(map(le, had, map(low.__getitem__, refused))) or any(map(ne, told, map(right.__getitem__, refused))):
                for place in refused:
                    self.refusal(ref, place, codes.get(place, "nothing"))

    @cached_property
    def bars(self) -> dict[str, tuple[tuple[int, int], str, tuple[int, int, str], str]]:
        # By place: class and points of what a newcomer has to beat, what those who have less are told, its key, and whose.
        found, none, lived = {}, ((4, 0, ""), ""), {*self.home.values()}
        tight = {b: self.last.get(b, NOBODY) for b, (_, now) in self.strength.items() if now >= self.limit[b]}
        least = {n: min((tight[b] for b in path if b in tight), default=none) for n, path in self.paths.items()}
        for ref, place in self.places.items():
            bar, holder = min(tight.get(ref, none), least[place["node"]])
            told = "no_post_of_rank" if place["seats"] == 0 and ref not in lived else "protected_incumbents_only"
            found[ref] = bar[:2], told if bar == NOBODY[0] else "outranked", bar, holder
        return found

    def refusal(self, ref: str, place: str, code: str) -> None:
        mine, where = (*self.wishes[ref][place], self.awards[ref]["ticket"]), f"officer {ref}, refused {place}"
        _, outranked, bar, holder = self.bars[place]
        if mine < bar and self.kept_from(ref, place):
            right = code.endswith(("_hold", "_floor")) or self.places[place]["reserves"]
            must(right, f"{where}: told {code}, but a floor held him")
        elif mine < bar:
            must(holder and self.reserved(holder, ref, place), f"{where}: there was room, or {holder} has less: {bar}")
        elif not self.places[place]["reserves"]:
            right = "lottery" if bar[:2] == mine[:2] else outranked
            must(code == right, f"{where}: told {code}, right is {right}")

    def reserved(self, holder: str, ref: str, place: str) -> bool:
        groups = {*self.officers[holder]["groups"]} - {*self.officers[ref]["groups"]}
        kept = {each["group"]: each["seats"] for each in self.places[place]["reserves"] if each["group"] in groups}
        return any(self.groups[place, group] <= seats for group, seats in kept.items())

    def tenure(self) -> None:
        """Nobody moved before the shortest stay, nobody had to before the longest, unless the record says why."""
        for ref, one in self.officers.items():
            early = self.at[ref] != one["current"] is not None and one["months"] < self.rules["minimum_months"]
            forced = one["must_move"] == 1 and one["months"] < self.rules["maximum_months"]
            must("early" in one or not early, f"officer {ref}: moved after {one['months']} months")
            must("due" in one or not forced, f"officer {ref}: made to move after {one['months']} months")

    def replay(self) -> None:
        """The mechanism, run again on the frozen facts, gives the same awards, codes, cutoffs, lines of release and counts."""
        from transfers import certificate, frozen, matching

        problem = frozen.problem_of(self.records[: self.header["frozen"]], self.lottery["seed"])
        result = matching.solve(problem)
        right = {(kind, ref): each for kind, ref, each in certificate.answer(problem, result, self.header["format"])}
        for said in self.records[self.header["frozen"] + 2 :]:
            kind, ref = said["kind"], said["ref"]
            told = {**right.pop((kind, ref), {}), "kind": kind, "ref": ref, "salt": said["salt"]}
            must(told == said, f"{kind} {ref} comes out otherwise")
        must(not right, f"left out: {next(iter(right), '')}")
        must(certificate.counts(problem, result) == self.public["counts"], "the counts come out otherwise")


CHECKS = "points_and_tickets protection capacity floors release_order cutoffs refusals tenure replay"
PARTS = {"public": [], "own": ["own"], "sealed": CHECKS.split()}


def check(data: bytes, keys: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield each clause in words with its first fault, "" where there is none. A file of the wrong form ends at once."""
    certificate, names = Certificate(data, keys), ["form"]
    for name in names:
        try:
            fault = getattr(certificate, name)() or ""
            names += ["root", "signatures", "draw", *PARTS[certificate.header["tier"]]] if name == "form" else ()
        except (Fault, KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            fault = str(error) if isinstance(error, Fault) else f"a line is not as it should be: {error!r}"
        yield str(getattr(Certificate, name).__doc__), fault


def main(arguments: list[str]) -> int:
    """Print PASS or FAIL for each clause. Returns 0 when all hold, 1 otherwise."""
    keys = tuple(arguments[at + 1] for at, each in enumerate(arguments[:-1]) if each == "--key")
    names = [each for each in arguments if each not in ("--key", *keys)]
    if len(names) != 1 or not Path(names[0]).is_file():
        print(__doc__ if len(names) != 1 else f"FAIL  {names[0]} cannot be read: name a file that exists.")
        return 1
    gc.disable()  # a certificate is many small objects, all needed to the end
    results = list(check(Path(names[0]).read_bytes(), keys))
    for words, fault in results:
        print(f"FAIL  {words}\n      {fault}" if fault else f"PASS  {words}")
    return int(any(fault for _, fault in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
