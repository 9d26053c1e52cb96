"""Where results are written to."""

from __future__ import annotations

import os
import stat

import pytest

from archlint.errors import ArchlintError
from archlint.repository.output import write_atomically


def test_a_file_is_replaced_whole(tmp_path):
    path = tmp_path / "reports" / "out.txt"
    for text in (b"a longer text", b"short"):
        write_atomically(str(path), text)
        assert path.read_bytes() == text
    assert os.listdir(path.parent) == ["out.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="os.mkfifo is there on POSIX alone")
def test_a_pipe_stays_a_pipe(tmp_path):
    """As does a device: who may write to ``/dev`` would else replace ``/dev/null`` for everybody."""
    path = str(tmp_path / "pipe")
    os.mkfifo(path)
    with pytest.raises(ArchlintError, match="cannot be written"):
        write_atomically(path, b"nobody reads")
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_atomically(path, b"text")
        assert os.read(reader, 10) == b"text"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(os.stat(path).st_mode)
    assert os.listdir(tmp_path) == ["pipe"]
