"""What a project says about itself: pyproject.toml, setup.cfg, and the literals in setup.py.

Nothing is executed: setup.py is parsed, and only arguments that are literals are believed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archlint.repository.claims import strings
from archlint.repository.paths import join
from archlint.repository.sources import Unreadable, read

if TYPE_CHECKING:
    import ast
    from collections.abc import Container, Mapping

    from archlint.repository.walk import Tree

MANIFESTS = ("pyproject.toml", "setup.cfg", "setup.py")
_LARGEST = 1 << 20
# Tables of pyproject.toml that make a project of a directory (a lone [tool.ruff] does not).
_PROJECT_TOOLS = ("poetry", "flit", "pdm", "hatch", "setuptools", "maturin", "uv")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The parts that matter of a directory's manifests; all empty where there are none.

    ``setup`` are the keyword arguments of the ``setup()`` call: literals as values, calls as
    ``Call``. ``files`` are the manifests that were read, relative to the project root.
    """

    pyproject: Mapping[str, Any] = field(default_factory=dict)
    setup_cfg: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    setup: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    has_setup_py: bool = False

    def table(self, *keys: str) -> Mapping[str, Any]:
        """Return the table of pyproject.toml at *keys*, empty if it is missing or no table."""
        value: Any = self.pyproject
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        return value if isinstance(value, dict) else {}

    @property
    def name(self) -> str:
        """The distribution's name as written, empty if none is declared."""
        candidates = (
            self.table("project").get("name"),
            self.table("tool", "poetry").get("name"),
            self.setup_cfg.get("metadata", {}).get("name"),
            self.setup.get("name"),
        )
        return next((name for name in candidates if isinstance(name, str) and name), "")

    @property
    def is_project(self) -> bool:
        """Whether the directory is a project of its own, with its own layout."""
        tools = self.table("tool")
        return (
            bool(self.table("project") or self.table("build-system"))
            or any(tool in tools for tool in _PROJECT_TOOLS)
            or any(section in self.setup_cfg for section in ("metadata", "options"))
            or self.has_setup_py
        )

    @property
    def members(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The directories that uv's workspace takes in and leaves out, as paths or globs."""
        workspace = self.table("tool", "uv", "workspace")
        return strings(workspace.get("members")), strings(workspace.get("exclude"))

    @property
    def is_shipped(self) -> bool:
        """Whether a distribution is built from it, so that loose files beside its packages stay at home."""
        if self.table("tool", "poetry").get("package-mode") is False:
            return False
        if self.table("tool", "uv").get("package") is False:
            return False
        poetry = self.table("tool", "poetry")
        return bool(
            self.table("build-system")
            or poetry.get("packages")
            or self.has_setup_py
            or "options" in self.setup_cfg
        )


@dataclass(frozen=True, slots=True)
class Call:
    """A call that stands as an argument of ``setup()``: its name and the literals among its arguments."""

    name: str
    args: tuple[Any, ...]
    keywords: Mapping[str, Any]


def read_manifest(tree: Tree, directory: str) -> Manifest:
    """Read the manifests in *directory*; one that cannot be read or parsed counts as absent."""
    return manifest_at(tree.root, directory, tree.folders[directory].files)


def manifest_at(root: str, directory: str, files: Container[str]) -> Manifest:
    """Read those manifests in *directory*, relative to *root*, that are among its *files*."""
    texts: dict[str, bytes] = {}
    for name in MANIFESTS:
        if name in files:
            try:
                texts[name] = read(join(root, join(directory, name)), _LARGEST)
            except Unreadable:
                continue
    if not texts:
        return Manifest()
    setup_py = texts.get("setup.py", b"")
    is_setup = b"setup" in setup_py and (b"setuptools" in setup_py or b"distutils" in setup_py)
    return Manifest(
        pyproject=toml_table(texts.get("pyproject.toml", b"")),
        setup_cfg=ini_sections(texts.get("setup.cfg", b"")),
        setup=_setup_arguments(setup_py) if is_setup else {},
        files=tuple(join(directory, name) for name in texts),
        has_setup_py=is_setup,
    )


def toml_table(text: bytes) -> Mapping[str, Any]:
    """Return the tables of a TOML file, empty where it cannot be parsed."""
    if not text:
        return {}
    import tomllib  # noqa: PLC0415

    try:
        return tomllib.loads(text.decode())
    except (ValueError, RecursionError):
        return {}


def ini_sections(text: bytes) -> Mapping[str, Mapping[str, str]]:
    """Return the sections of an INI file, empty where it cannot be parsed."""
    if not text:
        return {}
    import configparser  # noqa: PLC0415

    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(text.decode("utf-8", "replace"))
    except configparser.Error:
        return {}
    return {section: dict(parser.items(section)) for section in parser.sections()}


def _setup_arguments(source: bytes) -> Mapping[str, Any]:
    import ast  # noqa: PLC0415
    import warnings  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = ast.parse(source)
            return _call_arguments(module)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}


def _call_arguments(module: ast.Module) -> Mapping[str, Any]:
    import ast  # noqa: PLC0415

    constants: dict[str, Any] = {}
    for statement in module.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            constants[statement.targets[0].id] = _literal(statement.value, constants)
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and _called(node) == "setup":
            return {k.arg: _literal(k.value, constants) for k in node.keywords if k.arg}
    return {}


def _literal(node: ast.expr, constants: Mapping[str, Any]) -> Any:
    """Return the value of a literal, of a name bound to one, or a ``Call``; None for anything else."""
    import ast  # noqa: PLC0415

    if isinstance(node, ast.Name):
        return constants.get(node.id)
    if isinstance(node, ast.Call):
        args = tuple(_literal(arg, constants) for arg in node.args)
        return Call(
            _called(node), args, {k.arg: _literal(k.value, constants) for k in node.keywords if k.arg}
        )
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None


def _called(node: ast.Call) -> str:
    import ast  # noqa: PLC0415

    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
