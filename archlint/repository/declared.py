"""Where a project's manifests say that its packages are, whatever builds it.

Every reader turns its tool's own words into claims and searches, relative to the project that is
described; whether they hold is judged later, against the tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archlint.repository.claims import Claim, Declared, Search, claim, importable, strings, tidy
from archlint.repository.paths import lies_in
from archlint.repository.setuptools_layout import setuptools_layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from archlint.repository.manifests import Manifest


def declared_layout(manifest: Manifest) -> Declared:
    """Return the layout that the build tool named by *manifest* would build from."""
    backend = str(manifest.table("build-system").get("build-backend", ""))
    for mark, read in _READERS:
        if backend.startswith(mark):
            return read(manifest)
    if manifest.table("tool", "poetry").get("packages"):
        return _poetry(manifest)
    layout = setuptools_layout(manifest)
    # Without a word setuptools, like most, takes ``src/`` where there is one.
    return layout if layout.claims or layout.searches else Declared(searches=(Search("src"),))


def _by_name(name: str, *bases: str) -> tuple[Claim, ...]:
    """Claim what a tool looks for by default: the distribution's name, in each of *bases*."""
    spelled = importable(name)
    names = dict.fromkeys((spelled, spelled.lower(), spelled.replace(".", "_")))
    return _real(claim(each, base) for base in bases for each in names)


def _real(claims: Iterable[Claim | None]) -> tuple[Claim, ...]:
    return tuple(found for found in claims if found is not None)


def _hatch(manifest: Manifest) -> Declared:
    """Read the wheel target, falling back on what holds for all targets."""
    wheel = manifest.table("tool", "hatch", "build", "targets", "wheel")
    everything = manifest.table("tool", "hatch", "build")

    def option(key: str) -> Any:
        return wheel.get(key) if key in wheel else everything.get(key)

    claims = [_last_part(path) for path in strings(option("packages"))]
    included = (*strings(option("only-include")), *strings(option("include")))
    claims += [_under_sources(path, option("sources")) for path in included]
    stripped = set(strings(option("sources"))) & set(included)
    return Declared(
        claims=_real(claims),
        searches=tuple(Search(source) for source in sorted(stripped)),
        defaults=_by_name(manifest.name, "", "src"),
    )


def _last_part(path: str) -> Claim | None:
    """A path whose last part is the package: ``src/shop`` ships as ``shop``."""
    place = tidy(path)
    return Claim(place.rpartition("/")[2].removesuffix(".py"), place.removesuffix(".py")) if place else None


def _under_sources(path: str, sources: Any) -> Claim | None:
    """A path that is shipped as it is, less the part that ``sources`` strips or rewrites."""
    place = tidy(path.lstrip("/"))
    if not place or "*" in place:
        return None
    renamed = sources if isinstance(sources, dict) else dict.fromkeys(strings(sources), "")
    bare = place.removesuffix(".py")
    for source, target in renamed.items():
        start = tidy(source)
        if start and lies_in(place, start):
            return _moved(bare, bare[len(start) :], tidy(str(target)) or "")
    return Claim(bare.replace("/", "."), bare)


def _moved(path: str, rest: str, target: str) -> Claim | None:
    shipped = f"{target}/{rest}".replace("//", "/").strip("/")
    return Claim(shipped.replace("/", "."), path) if shipped else None


def _poetry(manifest: Manifest) -> Declared:
    table = manifest.table("tool", "poetry")
    entries = table.get("packages")
    claims = [_poetry_entry(entry) for entry in entries] if isinstance(entries, list) else []
    return Declared(claims=_real(claims), defaults=_by_name(manifest.name, "", "src"))


def _poetry_entry(entry: Any) -> Claim | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("include"), str):
        return None
    name = entry["include"].removesuffix("/**/*.py").removesuffix("/*").removesuffix(".py").strip("/")
    return claim(name.replace("/", "."), str(entry.get("from", "")))


def _flit(manifest: Manifest) -> Declared:
    named = manifest.table("tool", "flit", "module").get("name")
    named = named or manifest.table("tool", "flit", "metadata").get("module")
    return Declared(defaults=_by_name(str(named or manifest.name), "", "src"))


def _pdm(manifest: Manifest) -> Declared:
    table = manifest.table("tool", "pdm", "build") or manifest.table("tool", "pdm")
    where = tidy(str(table.get("package-dir", "")))
    claims = [_under_sources(path, where) for path in strings(table.get("includes"))]
    searches = (Search(where),) if where and not _real(claims) else ()
    return Declared(claims=_real(claims), searches=searches)


def _uv(manifest: Manifest) -> Declared:
    table = manifest.table("tool", "uv", "build-backend")
    base = str(table.get("module-root", "src"))
    named = strings(table.get("module-name"))
    if named:
        return Declared(claims=_real(claim(name.removesuffix("-stubs"), base) for name in named))
    return Declared(defaults=_by_name(manifest.name, base))


def _maturin(manifest: Manifest) -> Declared:
    table = manifest.table("tool", "maturin")
    source = tidy(str(table.get("python-source", "")))
    named = strings(table.get("python-packages"))
    if named:
        return Declared(claims=_real(claim(name, source or "") for name in named))
    module = str(table.get("module-name", "")).partition(".")[0] or manifest.name
    return Declared(searches=(Search(source),) if source else (), defaults=_by_name(module, source or ""))


def _scikit_build(manifest: Manifest) -> Declared:
    packages: Any = manifest.table("tool", "scikit-build", "wheel").get("packages")
    if isinstance(packages, dict):
        claims = [Claim(k.replace("/", "."), tidy(str(v)) or "") for k, v in packages.items()]
    else:
        claims = [_last_part(path) for path in strings(packages)]  # type: ignore[misc]
    return Declared(claims=_real(claims), defaults=_by_name(manifest.name, "src", "python", ""))


_READERS: tuple[tuple[str, Callable[[Manifest], Declared]], ...] = (
    ("hatchling", _hatch),
    ("poetry", _poetry),
    ("flit", _flit),
    ("pdm", _pdm),
    ("uv_build", _uv),
    ("maturin", _maturin),
    ("scikit_build_core", _scikit_build),
)
