"""Where each setting that is in force comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archlint.config.load import parse, source
from archlint.errors import ConfigError
from archlint.repository.sources import Unreadable, read
from archlint.usecases.setup import LARGEST_CONFIG, config_files

if TYPE_CHECKING:
    from archlint.config.load import Source
    from archlint.config.settings import Configuration
    from archlint.usecases.request import Request
    from archlint.usecases.setup import Setup

Keys = tuple[str | int, ...]
DEFAULT = "default"


class Origins:
    """Answers for one configuration; lines are known only in archlint's own TOML files."""

    def __init__(self, configuration: Configuration, found: Source | None) -> None:
        self._configuration = configuration
        self._source = found
        self._table = parse(found) if found else {}

    def of(self, keys: Keys, value: Any = None) -> str:
        """Return ``path:line``, ``environment``, ``--config``, ``command line`` or ``default``.

        ``value``, where given, is what is in force for *keys*, which lie inside a table.
        """
        origin = self._configuration.sources.get(str(keys[0]))
        if origin is None:
            return DEFAULT
        if self._source is not None and self._is_from_file(keys, origin, value):
            return self._source.place(keys)
        return origin

    def _is_from_file(self, keys: Keys, origin: str, value: Any) -> bool:
        """Tables are merged: what a stronger layer left alone inside them still comes from the file."""
        held = _held(self._table, keys)
        return held is not None and (origin == self._configuration.path or (len(keys) > 1 and held == value))


def origins(request: Request, setup: Setup) -> Origins:
    """Read the configuration file once more, for its lines."""
    files = config_files(request, setup)
    configuration = setup.configuration
    if configuration.adopted or configuration.path is None or not files:
        return Origins(configuration, None)
    try:
        return Origins(configuration, source(configuration.path, read(files[0], LARGEST_CONFIG)))
    except (Unreadable, ConfigError):
        return Origins(configuration, None)


def _held(table: Any, keys: Keys) -> Any:
    for key in keys:
        is_there = (
            key in table if isinstance(table, dict) else isinstance(table, list) and key in range(len(table))
        )
        if not is_there:
            return None
        table = table[key]
    return table
