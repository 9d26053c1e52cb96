"""Writing a configuration: tables, with comments where people look for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from archlint.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Keys = tuple[str | int, ...]
WIDTH = 88


class Remark(Struct, frozen=True):
    """Comment lines above a key, table or item, and a comment behind it."""

    above: tuple[str, ...] = ()
    beside: str = ""


def write(table: Mapping[str, Any], remarks: Mapping[Keys, Remark], into: str | None = None) -> str:
    """Return *table*, archlint's settings, as a TOML text with *remarks*, by the keys that lead to each.

    *into* is the text of a pyproject.toml that is to hold them as ``[tool.archlint]``, all else in it
    staying as it is; None makes a file of archlint's own. Raises ConfigError where *into* is not TOML.
    """
    import tomlkit  # noqa: PLC0415 (only who writes a configuration needs it)
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    if into is None:
        return tomlkit.dumps(_Writer(remarks).fill(tomlkit.document(), table, ()))
    try:
        document = tomlkit.parse(into)
    except TOMLKitError as error:
        raise ConfigError(f"pyproject.toml: not valid TOML: {error}") from None
    tool = document.setdefault("tool", tomlkit.table(is_super_table=True))
    tool.pop("archlint", None)
    tool["archlint"] = _Writer(remarks).fill(tomlkit.table(), table, ())
    return tomlkit.dumps(document)


class _Writer:
    def __init__(self, remarks: Mapping[Keys, Remark]) -> None:
        self._remarks = remarks

    def fill(self, made: Any, table: Mapping[str, Any], keys: Keys) -> Any:
        """Put *table*, which stands at *keys*, into *made*, a table or document of tomlkit's."""
        import tomlkit  # noqa: PLC0415

        if not keys:
            self._comment(made, self._of(keys).above)
        # Plain values first: what follows a table's header belongs to that table.
        for key, value in sorted(table.items(), key=lambda pair: _is_tables(pair[1])):
            place = (*keys, key)
            if isinstance(value, dict):
                made[key] = self.fill(tomlkit.table(), value, place)
            elif _is_tables(value):
                made[key] = self._tables(value, place)
            else:
                self._comment(made, self._of(place).above)
                made[key] = self._value(value, place)
                if self._of(place).beside:
                    made[key].comment(self._of(place).beside)
        return made

    def _tables(self, tables: Sequence[Mapping[str, Any]], keys: Keys) -> Any:
        import tomlkit  # noqa: PLC0415

        array = tomlkit.aot()
        for number, table in enumerate(tables):
            made = tomlkit.table()
            # tomlkit has no place for a comment above the header of one of several tables.
            self._comment(made, self._of((*keys, number)).above)
            array.append(self.fill(made, table, (*keys, number)))
        return array

    def _value(self, value: Any, keys: Keys) -> Any:
        import tomlkit  # noqa: PLC0415

        if not isinstance(value, list):
            return tomlkit.item(value)
        array = tomlkit.array()
        if not self._is_long(value, keys):
            array.extend(_inline(item) for item in value)
            return array
        for number, item in enumerate(value):
            remark = self._of((*keys, number))
            for line in remark.above:
                array.add_line(comment=line)
            array.add_line(_inline(item), comment=remark.beside or None)
        array.add_line(indent="")
        return array

    def _is_long(self, value: list[Any], keys: Keys) -> bool:
        remarked = any((*keys, number) in self._remarks for number in range(len(value)))
        return bool(value) and (
            remarked or len(str(keys[-1])) + sum(len(str(item)) + 4 for item in value) > WIDTH
        )

    def _of(self, keys: Keys) -> Remark:
        return self._remarks.get(keys, Remark())

    @staticmethod
    def _comment(made: Any, lines: Sequence[str]) -> None:
        import tomlkit  # noqa: PLC0415

        for line in lines:
            made.add(tomlkit.comment(line) if line else tomlkit.nl())


def _is_tables(value: Any) -> bool:
    """Return whether *value* is written with a header: a table, or a list of tables."""
    if isinstance(value, dict):
        return True
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _inline(item: Any) -> Any:
    import tomlkit  # noqa: PLC0415

    if not isinstance(item, dict):
        return item
    made = tomlkit.inline_table()
    made.update(item)
    return made
