"""LibCST's readings are remembered by text, and a remembered one needs no LibCST."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.parsing.clauses import MAX_DOTS, Unread, read_clauses
from archlint.parsing.read import read_facts


class Memory(dict):
    def put(self, digest: bytes, clauses: bytes) -> None:
        self[digest] = clauses


SOURCE = b"import a.b as c\nif x:\n    from . import (d,\n      e as f)\nfrom g import *\n"


def test_a_remembered_outline_gives_the_same_facts() -> None:
    memory = Memory()
    first = read_facts(SOURCE, outlines=memory)
    assert len(memory) == 1
    assert read_facts(SOURCE, outlines=memory) == first == read_facts(SOURCE)
    assert read_facts(b"# moved\n\n" + SOURCE + b"\nx = 1\n", outlines=memory).imports
    assert len(memory) == 1


@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"\xc1",
        b"\x91\x01",
        b"\x90",
        b"\x93\x01\x02\x03",
        bytes.fromhex("93 95c2c200a090 95c2c200a090 95c2c200a090"),
        b"x" * 100,
    ],
)
def test_a_corrupt_memory_is_a_miss(junk: bytes) -> None:
    memory = Memory()
    expected = read_facts(SOURCE, outlines=memory)
    (digest,) = memory
    memory[digest] = junk
    assert read_facts(SOURCE, outlines=memory) == expected
    assert memory[digest] != junk


@given(st.binary(max_size=60))
def test_any_bytes_in_the_memory_are_harmless(junk: bytes) -> None:
    memory = Memory()
    expected = read_facts(SOURCE, outlines=memory)
    (digest,) = memory
    memory[digest] = junk
    assert read_facts(SOURCE, outlines=memory) == expected


WARM = """
import sys
from archlint.parsing.read import read_facts

class Memory(dict):
    put = dict.__setitem__

memory = Memory()
source = b"import a\\nx = a.b()\\n"
facts = read_facts(source, measure_from=16, outlines=memory)
for name in [name for name in sys.modules if name.partition(".")[0] == "libcst"]:
    del sys.modules[name]
sys.modules["libcst"] = None
assert read_facts(source, measure_from=16, outlines=memory) == facts
print("radon" in sys.modules)
"""


def test_a_warm_read_imports_neither_libcst_nor_radon() -> None:
    done = subprocess.run([sys.executable, "-c", WARM], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("False\n", "")


def test_statements_that_fail_together_are_read_one_by_one() -> None:
    with pytest.raises(Unread) as caught:
        read_clauses(["import a", "import b c"], [1, 1], None)
    assert caught.value.index == 1


def test_a_name_that_would_overflow_the_stack_is_refused() -> None:
    facts = read_facts(b"import ok\n\nimport a" + b".a" * (MAX_DOTS + 1))
    assert facts.failure is not None
    assert (facts.failure.code, facts.failure.line) == ("ARC901", 3)
    assert read_facts(b"import a" + b".a" * (MAX_DOTS - 1)).failure is None
