"""A grade for each of the six challenges, every point of which leads to imports, functions or contracts.

A challenge that nothing has measured gets no grade: the value then says what would measure it.
Letters: A from 90 points, B from 75, C from 60, D from 40, E below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archlint.pipeline.overview.adaptability import grade_adaptability
from archlint.pipeline.overview.alignment import grade_alignment
from archlint.pipeline.overview.marks import Grade, unmeasured
from archlint.pipeline.overview.unit_complexity import grade_complexity

if TYPE_CHECKING:
    from archlint.pipeline.overview.values import Overview


class Watched(Struct, frozen=True):
    """Top-level names of one sensitive ability, for a list of the modules that have it."""

    ability: str
    names: tuple[str, ...]


WATCHED = (
    Watched("Starts processes", ("multiprocessing", "pexpect", "pty", "subprocess")),
    Watched("Opens connections", ("ftplib", "http", "paramiko", "smtplib", "socket", "ssl", "telnetlib")),
    Watched(
        "Encrypts, signs, keeps secrets", ("Crypto", "cryptography", "hashlib", "hmac", "nacl", "secrets")
    ),
    Watched("Loads objects from bytes", ("dill", "cloudpickle", "marshal", "pickle", "shelve")),
    Watched("Runs native code", ("cffi", "ctypes")),
)


def grades(overview: Overview) -> tuple[Grade, ...]:
    """Return the six grades, in the order in which the questions are asked."""
    return (
        grade_complexity(overview),
        grade_adaptability(overview),
        unmeasured(
            "Security",
            "Who may touch secrets, shells, sockets, crypto?",
            "Who does is listed below. Who may is for you to say: a `forbidden` contract that names those "
            "packages, or the boundary rules (ARC401 to ARC403), give this a grade.",
        ),
        unmeasured(
            "Technology choice",
            "Which technologies did we agree on, and where?",
            "What the code is built on is listed below. Lists of what is adopted, on trial and on hold "
            "(ARC501 to ARC505) would say whether that is what was agreed.",
        ),
        unmeasured(
            "Resource management",
            "Where does developer time go?",
            "The code alone cannot tell: this takes the history of the repository (ARC601 hotspots, ARC602 "
            "files that change together, ARC603 knowledge of one person).",
        ),
        grade_alignment(overview),
    )
