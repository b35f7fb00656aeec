"""Seven ways to tamper with a bundle and with the journal: each is named, every time.

The ordinary run tries each way a few times, `--full` a hundred times.
"""

import io
import random
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from core.anchor import anchor_head, faults
from core.audit import SYSTEM, record
from core.db import db, transaction
from reports.bundles import verify

Members = dict[str, bytes]
Tampering = Callable[[Members, random.Random], str]


def pick(members: Members, chance: random.Random) -> str:
    return chance.choice(sorted(name for name in members if members[name]))


def flip(members: Members, chance: random.Random) -> str:
    name = pick(members, chance)
    data, at = bytearray(members[name]), chance.randrange(len(members[name]))
    data[at] ^= 1 << chance.randrange(8)
    members[name] = bytes(data)
    return name


def drop(members: Members, chance: random.Random) -> str:
    name = pick(members, chance)
    del members[name]
    return name


def add(members: Members, chance: random.Random) -> str:
    name = f"evidence/{chance.randrange(10**6)}.pdf"
    members[name] = b"%PDF-1.4"
    return name


def cut(members: Members, chance: random.Random) -> str:
    name = pick(members, chance)
    members[name] = members[name][: chance.randrange(len(members[name]))]
    return name


def swap(members: Members, chance: random.Random) -> str:
    one, other = chance.sample(sorted(n for n in members if n not in (verify.SUMS, verify.BLOCKS)), 2)
    members[one], members[other] = members[other], members[one]
    return one


def rename(members: Members, chance: random.Random) -> str:
    name = pick(members, chance)
    members[f"{name}.bak"] = members.pop(name)
    return name


def forge_line(members: Members, chance: random.Random) -> str:
    """A line of the journal is changed, and the sums after it."""
    lines = members[verify.JOURNAL].split(b"\n")
    at = chance.randrange(len(lines) - 1)
    lines[at] = lines[at].replace(b'"note":"', '"note":"подмена '.encode(), 1)
    before, members[verify.JOURNAL] = members[verify.JOURNAL], b"\n".join(lines)
    old, new = (verify.sha256(data).encode() for data in (before, members[verify.JOURNAL]))
    members[verify.SUMS] = members[verify.SUMS].replace(old, new)
    return verify.JOURNAL


WAYS: list[Tampering] = [flip, drop, add, cut, swap, rename, forge_line]


def times(request: pytest.FixtureRequest, few: int) -> int:
    return 100 if request.config.getoption("--full") else few


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_every_tampering_with_a_bundle_is_named(archive: bytes, way: Tampering, request: Any) -> None:
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        whole = {name: found.read(name) for name in found.namelist()}
    missed = []
    for seed in range(times(request, 15)):
        members = dict(whole)
        name = way(members, random.Random(seed))
        told = list(verify.faults(members))
        if not any(name in each or (name == verify.SUMS and verify.SUMS in each) for each in told):
            missed.append((seed, name, told))

    assert missed == []


def test_every_changed_byte_of_the_archive_is_noticed(archive: bytes, request: Any) -> None:
    """Also the bytes that belong to no file: headers, the list at the end."""
    chance, missed = random.Random(7), []
    for _turn in range(times(request, 40)):
        at = chance.randrange(len(archive))
        changed = bytearray(archive)
        changed[at] ^= 1 << chance.randrange(8)
        if not list(verify.archive_faults(bytes(changed))):
            missed.append(at)

    assert missed == []


def test_a_forged_list_of_sums_shows_by_its_seal(archive: bytes, bundle: Any) -> None:
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        members = {name: found.read(name) for name in found.namelist()}
    old = members["opis.csv"]
    members["opis.csv"] = old + b"\r\n"
    for name in (verify.BLOCKS, verify.SUMS):
        inside = {n: d for n, d in members.items() if n not in (verify.BLOCKS, verify.SUMS)}
        if name == verify.BLOCKS:
            import json

            files = {n: verify.blocks_of(d) for n, d in inside.items()}
            members[name] = json.dumps({"size": verify.BLOCK, "files": files}).encode()
        else:
            inside[verify.BLOCKS] = members[verify.BLOCKS]
            members[name] = "".join(f"{verify.sha256(inside[n])}  {n}\n" for n in sorted(inside)).encode()

    assert list(verify.faults(members)) == []
    assert "печать" in " ".join(verify.faults(members, bundle.seal))


JOURNAL_WAYS = {
    "a word of an entry": "UPDATE journal_entry SET note = note || '!' WHERE id = :id",
    "the actor of an entry": "UPDATE journal_entry SET actor_name = 'Кто-то другой' WHERE id = :id",
    "an entry removed": "DELETE FROM journal_entry WHERE id = :id",
    "the seal of an entry": f"UPDATE journal_entry SET mac = '{'0' * 64}' WHERE id = :id",
    "an entry moved": "UPDATE journal_entry SET id = 100000 + id WHERE id = :id",
    "an entry copied to the end": (
        "INSERT INTO journal_entry (id, at, actor_id, actor_name, subject_kind, subject_id, part, scope,"
        " action, changes, note, ground, mac) SELECT 100000 + id, at, actor_id, actor_name, subject_kind,"
        " subject_id, part, scope, action, changes, note, ground, mac FROM journal_entry WHERE id = :id"
    ),
    "the end cut off with its head": (
        "DELETE FROM journal_entry WHERE id >= :id;"
        "UPDATE journal_head SET length = (SELECT max(id) FROM journal_entry),"
        " mac = (SELECT mac FROM journal_entry ORDER BY id DESC LIMIT 1)"
    ),
}


@pytest.mark.parametrize("way", JOURNAL_WAYS)
def test_every_tampering_with_the_journal_is_named(told: Any, way: str, request: Any) -> None:
    for turn in range(30):
        with transaction():
            record(told.plan, "plan.edit", by=SYSTEM, note=f"запись {turn}")
    anchor_head()
    length = db.session.execute(text("SELECT length FROM journal_head")).scalar_one()
    chance, missed = random.Random(5), []
    for _turn in range(times(request, 8)):
        number = chance.randrange(2, length + 1)
        for statement in JOURNAL_WAYS[way].split(";"):
            named = {"id": number} if ":id" in statement else {}
            db.session.execute(text(statement), named)
        if not list(faults()):
            missed.append(number)
        db.session.rollback()

    assert list(faults()) == []
    assert missed == []
