"""The certificate holds as made, and any change to it is refused, the clause and the fault named."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.rules.source import ROOT
from tests.transfers.certificates import (
    ENTRANTS,
    KEY,
    NODES,
    NONCES,
    PLACES,
    RULES,
    SECRET,
    Line,
    certified,
    faults,
    made,
    resealed,
    sealed,
    the,
)
from transfers import canonical, certificate, frozen, lottery, merkle, verify
from transfers.problem import MECHANISMS, BadInput

DA, TTC = MECHANISMS


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_all_three_tiers_hold(mechanism: str) -> None:
    one = made(mechanism)
    files = [sealed(one), certificate.public_tier(one.sealed, one.signatures)]
    files += [certificate.own_leaf(one.sealed, ref, one.signatures) for ref in one.problem.officers]
    assert [faults(data, KEY.public_key().public_bytes_raw().hex()) for data in files] == [[]] * len(files)


def test_the_round_of_these_tests_has_something_of_everything() -> None:
    codes = {code for told in made().result.reasons.values() for code in told.values()}
    assert codes >= {
        "assigned", "outranked", "protected_incumbents_only", "floor_hold", "not_eligible", "no_post_of_rank",
        "deferred_infeasible",
    }  # fmt: skip
    assert made().result.node_cutoffs
    assert made().result.assignment["P07"] == "MSA"


def test_from_a_shell(tmp_path: Path) -> None:
    path = tmp_path / "certificate.jsonl"
    path.write_bytes(sealed())
    command = [sys.executable, "-m", "transfers.verify", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env={})
    assert done.returncode == 0
    assert {line[:6] for line in done.stdout.splitlines()} == {"PASS  "}
    path.write_bytes(sealed().replace(b'"place":"NBO"', b'"place":"NBW"', 1))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env={})
    assert done.returncode == 1
    assert "FAIL  The lines lead to the root" in done.stdout


def test_it_is_one_file_that_needs_only_the_standard_library_and_one_for_signatures() -> None:
    code = (
        "import sys; before = set(sys.modules); import transfers.verify; "
        "print(*{m.partition('.')[0] for m in set(sys.modules) - before} - sys.stdlib_module_names)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, env={})
    assert set(done.stdout.split()) <= {"transfers", "cryptography", "_cffi_backend", "cffi", "_openssl"}
    assert [m for m in sys.modules if m.startswith("transfers.verify")] == ["transfers.verify"]
    assert len(Path(verify.__file__).read_text().splitlines()) < 400


@pytest.mark.parametrize("tier", ["sealed", "public", "own"])
def test_any_altered_byte_is_refused(tier: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one = made()
    data = {
        "sealed": sealed(one), "public": certificate.public_tier(one.sealed, one.signatures),
        "own": certificate.own_leaf(one.sealed, "P03", one.signatures),
    }[tier]  # fmt: skip
    # The replay only ever adds a refusal; without it every byte can be tried.
    monkeypatch.setattr(verify.Certificate, "replay", lambda self: None)
    step = 23 if tier == "sealed" else 3
    for at in range(0, len(data), step):
        altered = data[:at] + bytes([data[at] ^ (1 + at % 127)]) + data[at + 1 :]
        found = next((fault for fault in _stopping(altered)), None)
        assert found, f"byte {at} of {len(data)}: {data[at : at + 20]!r}"


def _stopping(data: bytes) -> Iterator[str]:
    return (fault for _, fault in verify.check(data) if fault)


@pytest.mark.parametrize("cut", [0, 1, 100, -1, -2])
def test_a_file_cut_short_is_refused(cut: int) -> None:
    assert faults(sealed()[:cut])


def test_a_line_left_out_added_or_moved_is_refused() -> None:
    lines = sealed().splitlines(keepends=True)
    for changed in (lines[:5] + lines[6:], [*lines, lines[-1]], [*lines[:-2], lines[-1], lines[-2]]):
        assert faults(b"".join(changed))


def swapped(lines: list[Line]) -> None:
    one, other = the(lines, "award", "P02"), the(lines, "award", "P12")
    one["place"], other["place"] = other["place"], one["place"]


def lowered(lines: list[Line]) -> None:
    the(lines, "outcome", "MUR")["cutoff"]["points"] -= 1


def lowered_in_public_too(lines: list[Line]) -> None:
    lowered(lines)
    next(each for each in the(lines, "public")["cutoffs"] if each["place"] == "MUR")["points"] -= 1


def other_floor(lines: list[Line]) -> None:
    the(lines, "node", "C:LM")["floor"] = 1


def other_commitment(lines: list[Line]) -> None:
    the(lines, "lottery")["commitments"][0]["commitment"] = lottery.commitment("another")


def other_nonce(lines: list[Line]) -> None:
    the(lines, "lottery")["reveals"][0]["nonce"] = "beef"


def other_seed(lines: list[Line]) -> None:
    the(lines, "lottery")["seed"] = "0" * 64


def other_ticket(lines: list[Line]) -> None:
    the(lines, "award", "P02")["ticket"] = "0" * 64


def more_points(lines: list[Line]) -> None:
    the(lines, "award", "P02")["choices"][0]["points"] += 1


def a_favour(lines: list[Line]) -> None:
    the(lines, "award", "P09")["place"] = "NYE"


def to_a_place_not_asked_for(lines: list[Line]) -> None:
    the(lines, "award", "P13")["place"] = "MUR"


def to_a_place_wanted_less(lines: list[Line]) -> None:
    the(lines, "award", "P13").pop("place")


def in_spite_of_the_floor(lines: list[Line]) -> None:
    the(lines, "award", "P03")["place"] = "MUR"


def another_reason(lines: list[Line]) -> None:
    the(lines, "award", "P03")["choices"][1]["code"] = "outranked"


def an_empty_seat(lines: list[Line]) -> None:
    the(lines, "award", "P04")["place"] = "KSM"


def too_early(lines: list[Line]) -> None:
    the(lines, "officer", "P02")["months"] = 11


def made_to_move_too_soon(lines: list[Line]) -> None:
    the(lines, "officer", "P12")["months"] = 35


def without_a_reason(lines: list[Line]) -> None:
    the(lines, "public")["variations"][0]["reason"] = ""


def other_counts(lines: list[Line]) -> None:
    the(lines, "public")["counts"]["moved"] += 1


def other_staffing(lines: list[Line]) -> None:
    the(lines, "public")["nodes"][0]["after"] += 1


FORGERIES = [
    (swapped, "No justified envy"), (lowered, "Each cutoff is the last newcomer"),
    (lowered_in_public_too, "Each cutoff is the last newcomer"), (other_floor, "Each number revealed"),
    (other_commitment, "Each number revealed"), (other_nonce, "Each number revealed"), (other_seed, "Each number revealed"),
    (other_ticket, "Every ticket is"), (more_points, "Every ticket is"), (a_favour, "No place holds more"),
    (to_a_place_not_asked_for, "Everyone is where"), (to_a_place_wanted_less, "Everyone is where"),
    (in_spite_of_the_floor, "Every floor holds"), (another_reason, "No justified envy"), (an_empty_seat, "No justified envy"),
    (too_early, "Nobody moved before"), (made_to_move_too_soon, "Nobody moved before"),
    (without_a_reason, "Each cutoff is the last newcomer"), (other_counts, "The mechanism, run again"),
    (other_staffing, "Every floor holds"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "clause"), FORGERIES, ids=[change.__name__ for change, _ in FORGERIES])
def test_a_forgery_signed_again_is_refused_by_the_clause_it_breaks(change: Callable[..., None], clause: str) -> None:
    """Who holds the key can hash and sign anything: the clauses must see it without the hashes."""
    found = faults(resealed(change))
    assert any(words.startswith(clause) for words, _ in found), found
    assert all(fault for _, fault in found)


def test_a_floor_changed_after_the_freeze_gives_another_seed() -> None:
    (draw,) = [fault for words, fault in faults(resealed(other_floor)) if words.startswith("Each number revealed")]
    assert draw == "the seed does not follow from its parts"


def test_a_signature_of_somebody_else_is_not_enough() -> None:
    assert faults(sealed(), "00" * 32)[0][1].startswith("not signed by")
    unsigned = certificate.sealed_tier(made().sealed, [])
    assert faults(unsigned)[0][1] == "nobody signed"


def old_file(name: str) -> bytes:
    """A certificate as the first version of the format wrote it."""
    return Path(__file__).with_name("data").joinpath(name).read_bytes()


def test_files_of_the_first_version_of_the_format_are_verified_too() -> None:
    whole, own = old_file("certificate-1.jsonl"), old_file("own-1.jsonl")
    assert b"hcims-transfer-certificate/1" in whole
    assert b'"kind":"list"' not in whole
    assert [faults(data, KEY.public_key().public_bytes_raw().hex()) for data in (whole, own)] == [[], []]


@pytest.mark.parametrize(("change", "clause"), FORGERIES, ids=[change.__name__ for change, _ in FORGERIES])
def test_a_forgery_of_the_first_version_is_refused_by_the_same_clause(change: Callable[..., None], clause: str) -> None:
    found = faults(resealed(change, old_file("certificate-1.jsonl")))
    assert any(words.startswith(clause) for words, _ in found), found


def test_a_file_of_one_version_signed_under_the_name_of_the_other_is_refused() -> None:
    old, new = "hcims-transfer-certificate/1", "hcims-transfer-certificate/2"
    ((clause, fault),) = faults(resealed(untouched, old_file("certificate-1.jsonl"), format=new))
    assert clause.startswith("The mechanism, run again")
    assert fault == "award P01 comes out otherwise"
    ((clause, fault),) = faults(resealed(untouched, format=old))
    assert clause.startswith("Header and lines are those of the format")
    assert fault == "version 1 has no list lines"


def untouched(lines: list[Line]) -> None: ...


def test_a_list_that_several_officers_have_is_written_once() -> None:
    lines = [json.loads(line) for line in sealed().splitlines()[1:]]
    lists = {line["ref"]: line["places"] for line in lines if line["kind"] == "list"}
    assert lists == {"L1": ["KSM", "NYE"], "L2": ["LAM"]}
    named = {line["ref"]: (line["default"], line["direct"]) for line in lines if "direct" in line}
    assert named == {"P02": ("L2", "L1"), "P12": ("L2", "L1")}
    own = [json.loads(line) for line in certificate.own_leaf(made().sealed, "P12", made().signatures).splitlines()]
    assert [line["kind"] for line in own[1:]] == ["list", "list", "officer", "lottery", "award"]


def longer_list(lines: list[Line]) -> None:
    the(lines, "list", "L1")["places"].append("NBW")


def unknown_list(lines: list[Line]) -> None:
    the(lines, "officer", "P12")["direct"] = "L9"


def another_cutoff_told(lines: list[Line]) -> None:
    choice = next(each for each in the(lines, "award", "P02")["choices"] if "cutoffs" in each)
    choice["cutoffs"][0] += 1


@pytest.mark.parametrize("change", [longer_list, unknown_list, another_cutoff_told])
def test_a_shared_list_or_a_cutoff_told_that_was_changed_is_refused(change: Callable[..., None]) -> None:
    assert faults(resealed(change))


def test_the_same_facts_and_seed_give_the_same_bytes() -> None:
    assert sealed(certified()) == sealed(certified(entrants=ENTRANTS[::-1]))


def test_nothing_sealed_is_in_the_public_tier() -> None:
    one = made()
    data = certificate.public_tier(one.sealed, one.signatures).decode()
    assert '"SGT"' not in data
    assert '"place":"ELD"' not in data
    assert '"before":4' not in data, "the strength of a station"
    assert "salt" not in data
    named = {line["officer"] for line in json.loads(data.splitlines()[3])["variations"]}
    assert {ref for ref in one.problem.officers if f'"{ref}"' in data} == named


def test_an_officers_own_file_names_no_other() -> None:
    one = made()
    for ref in one.problem.officers:
        data = certificate.own_leaf(one.sealed, ref, one.signatures).decode()
        assert [each for each in one.problem.officers if f'"{each}"' in data] == [ref]


def test_the_held_officer_is_told_the_floor_and_where_its_line_stood() -> None:
    lines = certificate.own_leaf(made().sealed, "P03", made().signatures).splitlines()
    assert json.loads(lines[3])["held"] == {"of": "LAM", "floor": 2, "projected": 1, "line": 14}


def test_openssl_gives_the_same_commitment_seed_and_ticket() -> None:
    one = made()
    seed = one.problem.seed

    def openssl(text: str, *more: str) -> str:
        done = subprocess.run(
            ["openssl", "dgst", "-sha256", *more], input=text, capture_output=True, text=True, check=True
        )
        return done.stdout.split()[-1]

    assert openssl("7d1f") == lottery.commitment("7d1f")
    parts = ["2027-Q1", one.sealed.snapshot, *sorted(NONCES.values()), "23 degrees"]
    assert openssl("|".join(parts)) == seed
    assert openssl("P01", "-hmac", seed) == one.result.tickets["P01"]


def test_the_seed_does_not_depend_on_who_reveals_first_and_its_parts_cannot_run_together() -> None:
    assert lottery.seed("r", "s", ["b", "a"], "d") == lottery.seed("r", "s", ["a", "b"], "d")
    with pytest.raises(ValueError, match="holds '|'"):
        lottery.seed("r", "s", ["a|b"], "d")
    assert lottery.unkept({"A": lottery.commitment("1"), "B": lottery.commitment("2")}, {"A": "1", "B": "3"}) == ["B"]


@pytest.mark.parametrize("value", [1.5, None, True, {"é": 1}, 2**53, "e\u0301", "\ud800", {1: 2}, b"x"])
def test_what_canonical_json_does_not_hold(value: Any) -> None:
    with pytest.raises(canonical.NotCanonical):
        canonical.dumps({"a": [value]})


def test_canonical_json_is_that_of_rfc_8785() -> None:
    """RFC 8785, 3.2.2 and 3.2.3, as far as texts and integers go."""
    said = {"literal": '\u20ac$\u000f\nA\'B"\\\\"/', "b": [1, 0, -7], "a": {}}
    text = b'{"a":{},"b":[1,0,-7],"literal":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    assert canonical.dumps(said) == text
    assert canonical.loads(text) == said
    with pytest.raises(canonical.NotCanonical):
        canonical.loads(b'{"b":1, "a":2}')


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6, 7, 8, 9, 33])
def test_every_path_leads_to_the_root_and_no_other_line_does(size: int) -> None:
    lines = [str(number).encode() for number in range(size)]
    tree = merkle.Tree(lines)
    for number, line in enumerate(lines):
        path = tree.path(number)
        assert (
            merkle.root_from(line, number, size, path)
            == tree.root
            == verify.root_of([sha256(b"\0" + each).digest() for each in lines])
        )
        assert merkle.root_from(b"other", number, size, path) != tree.root
        with pytest.raises(ValueError, match="too long"):
            merkle.root_from(line, number, size, [*path, "00" * 32])


def test_rules_that_lack_something_are_not_frozen() -> None:
    with pytest.raises(BadInput, match="'mechanism' is missing"):
        frozen.freeze(RULES, PLACES, NODES, ENTRANTS, secret=SECRET)


def test_the_problem_is_built_from_the_frozen_lines_alone() -> None:
    one = made()
    again = frozen.problem(one.sealed.lines[: one.sealed.frozen], one.problem.seed)
    assert again == one.problem
    assert replace(again, seed="x") != one.problem


@pytest.mark.parametrize("value", ["1.5", "1e3", "true", "null", "NaN", str(2**53), '{"a":[false]}', '"e\u0301"'])
def test_the_verifier_takes_only_texts_and_integers(value: str) -> None:
    line = f'{{"a":"true \\" null","b":{value}}}'.encode()
    with pytest.raises(verify.Fault):
        verify.parsed(line, "line 1")
    fine = canonical.dumps({"a": 'true " null', "b": "é", "c": -(2**53) + 1})
    assert verify.parsed(fine, "line 1")
