"""Names that begin with one underscore: private to the package or module they are in."""

from __future__ import annotations

from archlint.contracts.naming import inside


def private_part(importer: str, name: str) -> tuple[str, str] | None:
    """Return the private component of *name* and whose it is, where *importer* stands outside of that.

    ``a._b.c`` is for what lies in ``a`` (its package, whether that is a module or not); dunder names are
    public. The first private component decides, since it hides all below it.
    """
    parts = name.split(".")
    for place, part in enumerate(parts):
        if part.startswith("_") and not part.startswith("__") and part != "_" and place:
            owner = ".".join(parts[:place])
            if not inside(importer, owner):
                return part, owner
    return None
