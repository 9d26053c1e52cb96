"""A cache that somebody else made, or broke, changes nothing but the time that a run takes."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
import time
from typing import TYPE_CHECKING

import msgspec
import pytest
from hostile import shop
from support import write_tree

from archlint.repository.cache import Cache, file_name
from archlint.repository.layout import Layout
from archlint.repository.project import find_project
from archlint.repository.snapshot import Snapshot
from archlint.usecases.replay import Replay, store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support import Outcome

    User = Callable[..., Outcome]

FLIPS = int(os.environ.get("ARCHLINT_FLIPS", "25"))
FORGED = b"k" * 32


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a project so small that it is parsed in one process."""
    return write_tree(tmp_path / "tree", shop(8))


@pytest.fixture
def as_user(
    archlint: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tree: Path
) -> User:
    """Return a function that runs archlint in *tree* as a user of that name, with a secret of their own."""

    def run(name: str, *arguments: str) -> Outcome:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / name))
        return archlint("check", *arguments, cwd=tree)

    return run


def forge(root: Path, target: Path) -> None:
    """Leave a record in *root*'s cache that says all is well, and writes *target*."""
    cache = Cache(str(root / ".archlint_cache"))
    snapshot = Snapshot(0, Layout((), (), ()), {}, {}, {})
    cache.put("tree", {FORGED: msgspec.msgpack.encode(snapshot)})
    said = ((None, "All is well.\n"), (str(target), "forged"))
    place = find_project((), cwd=str(root))
    store(cache, ["check"], str(root), os.environ, Replay((), None, place, {}, FORGED, snapshot.digest, said))
    cache.close()


def test_a_forged_record_is_worth_nothing(tree: Path, tmp_path: Path, as_user: User) -> None:
    """A pull request that commits a cache neither passes the gate nor writes a file."""
    target = tmp_path / "target"
    honest = as_user("victim", "--no-cache")
    as_user("attacker")
    forge(tree, target)
    assert as_user("victim") == honest
    assert honest.code == 1
    assert not target.exists()


def test_the_forgery_would_work_with_the_secret(tree: Path, tmp_path: Path, as_user: User) -> None:
    """The control: what the seal stands against."""
    target = tmp_path / "target"
    as_user("attacker")
    forge(tree, target)
    ran = as_user("attacker")
    assert (ran.code, ran.out) == (0, "All is well.\n")
    assert target.read_text() == "forged"


def test_facts_of_another_secret_are_misses(tree: Path, as_user: User) -> None:
    """A run of somebody else on the same tree leaves rows that are valid for them alone."""
    honest = as_user("victim", "--no-cache")
    as_user("attacker")
    cache = Cache(str(tree / ".archlint_cache"))
    rows = _keys(cache.path, "facts")
    assert len(cache.get("facts", rows)) == len(rows) > 5
    cache.close()
    assert as_user("victim").out == honest.out


def _keys(path: str, kind: str) -> list[bytes]:
    connection = sqlite3.connect(path)
    keys = [key for (key,) in connection.execute("SELECT key FROM rows WHERE kind = ?", (kind,))]
    connection.close()
    return keys


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_secret_that_others_could_read_is_refused(as_user: User, tmp_path: Path, mode: int) -> None:
    key = tmp_path / "victim" / "archlint" / "key"
    as_user("victim")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    key.chmod(mode)
    ran = as_user("victim")
    assert ran.code == 1
    assert "is not a secret of this user alone" in ran.err


def test_without_a_home_there_is_no_secret(
    tree: Path, archlint: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A secret below the working directory would be the repository's own."""
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", "home")
    ran = archlint("check", cwd=tree)
    assert ran.code == 1
    assert "there is no home directory for its secret" in ran.err
    assert not (tree / "home").exists()


PROGRAMS = {
    "endless view": (
        "CREATE VIEW rows AS WITH RECURSIVE n(key) AS (SELECT x'00' UNION ALL SELECT key FROM n) "
        "SELECT 'facts' AS kind, key, key AS value, 1 AS day FROM n"
    ),
    "trigger": (
        "CREATE TABLE rows (kind TEXT, key BLOB, value BLOB, day INTEGER, PRIMARY KEY (kind, key));"
        "CREATE TRIGGER t BEFORE INSERT ON rows BEGIN "
        "INSERT INTO rows WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM n) SELECT 'a', x, x, x FROM n; END"
    ),
    "generated column": "CREATE TABLE rows (kind TEXT, key BLOB, value BLOB AS (zeroblob(900000000)), day INTEGER)",
}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_a_program_in_the_database_never_runs(tree: Path, as_user: User, program: str) -> None:
    honest = as_user("victim")
    (database,) = (tree / ".archlint_cache").glob("*.sqlite3")
    for part in database.parent.glob("*.sqlite3*"):
        part.unlink()
    connection = sqlite3.connect(database)
    connection.executescript(program)
    connection.close()
    started = time.monotonic()
    assert as_user("victim").out == honest.out
    assert as_user("victim") == honest
    assert time.monotonic() - started < 30
    assert len(_keys(str(database), "facts")) > 5


def _link_directory(cache: Path, elsewhere: Path) -> None:
    elsewhere.mkdir()
    cache.symlink_to(elsewhere)


def _link_file(cache: Path, elsewhere: Path) -> None:
    _seed(cache, elsewhere, "")


def _link_log(cache: Path, elsewhere: Path) -> None:
    _seed(cache, elsewhere, "-wal")


def _seed(cache: Path, elsewhere: Path, suffix: str) -> None:
    cache.mkdir()
    elsewhere.write_text("precious")
    if suffix:
        sqlite3.connect(cache / file_name()).close()
        (cache / file_name()).touch()
    (cache / (file_name() + suffix)).symlink_to(elsewhere)


def _pipe(cache: Path, _elsewhere: Path) -> None:
    cache.mkdir()
    os.mkfifo(cache / file_name())


def _public(cache: Path, _elsewhere: Path) -> None:
    cache.mkdir()
    cache.chmod(0o777)


def _foreign(cache: Path, _elsewhere: Path) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can give a directory away")
    cache.mkdir()
    os.chown(cache, 12345, 12345)


def _file(cache: Path, _elsewhere: Path) -> None:
    cache.write_text("")


@pytest.mark.parametrize("spoil", [_link_directory, _link_file, _link_log, _pipe, _public, _foreign, _file])
def test_a_cache_that_may_not_be_trusted_is_left_alone(
    tree: Path, tmp_path: Path, as_user: User, spoil: Callable[[Path, Path], None]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    spoil(tree / ".archlint_cache", elsewhere)
    honest = as_user("victim", "--no-cache")
    for _ in range(2):
        ran = as_user("victim")
        assert (ran.code, ran.out) == (honest.code, honest.out)
        assert ran.err.startswith("archlint: note: cache: ")
    if elsewhere.is_file():
        assert elsewhere.read_text() == "precious"
    elif elsewhere.is_dir():
        assert list(elsewhere.iterdir()) == []


def test_a_flipped_byte_changes_nothing(tree: Path, as_user: User) -> None:
    """Flip bytes all over the database, one at a time (sampled; ARCHLINT_FLIPS=0 takes every byte)."""
    honest = as_user("victim")
    (database,) = (tree / ".archlint_cache").glob("*.sqlite3")
    content = database.read_bytes()
    sampled = random.Random(5).sample(range(len(content)), FLIPS) if FLIPS else range(len(content))
    for place in sampled:
        for part in database.parent.glob("*.sqlite3-*"):
            part.unlink()
        broken = bytearray(content)
        broken[place] ^= 1 + place % 255
        database.write_bytes(broken)
        ran = as_user("victim")
        assert (ran.code, ran.out) == (honest.code, honest.out), f"byte {place}"


@pytest.mark.parametrize("word", [b"TABLE", b"rows", b"BLOB", b"KEY"])
def test_a_schema_that_is_no_text_is_thrown_away(tree: Path, as_user: User, word: bytes) -> None:
    """What sqlite says about it is not UTF-8 then, which Python's sqlite3 cannot even report."""
    honest = as_user("victim")
    (database,) = (tree / ".archlint_cache").glob("*.sqlite3")
    database.write_bytes(database.read_bytes().replace(b" " + word, b" \xc8" + word[1:], 1))
    assert as_user("victim").out == honest.out
    assert as_user("victim") == honest
    assert as_user("victim", "--no-cache").out == honest.out


@pytest.mark.parametrize(
    "text", [b"", b"not a database", b"SQLite format 3\0" + b"\xff" * 5000, b"\0" * 4096]
)
def test_a_database_that_is_none_is_replaced(tree: Path, as_user: User, text: bytes) -> None:
    honest = as_user("victim")
    (database,) = (tree / ".archlint_cache").glob("*.sqlite3")
    database.write_bytes(text)
    assert as_user("victim").out == honest.out
    assert as_user("victim") == honest
    assert len(_keys(str(database), "facts")) > 5
