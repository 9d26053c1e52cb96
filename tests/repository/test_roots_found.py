"""Which roots are found in repositories of every layout."""

from __future__ import annotations

import pytest

from archlint.errors import ArchlintError, NothingToAnalyse
from archlint.repository.discovery import discover

HATCH = '[build-system]\nbuild-backend = "hatchling.build"\n[project]\nname = "{}"\n'
PROJECT = '[project]\nname = "acme"\n'
SETUPTOOLS = '[build-system]\nbuild-backend = "setuptools.build_meta"\n[project]\nname = "shop"\n'


def with_files(paths: str, extra: dict[str, str]) -> dict[str, str]:
    return dict.fromkeys(paths.split(), "") | extra


EVIDENCE = {
    "flat": ("shop/__init__.py shop/db.py", "shop@."),
    "several roots": ("shop/__init__.py bank/__init__.py", "bank@. shop@."),
    "src": ("src/shop/__init__.py src/shop/db.py", "shop@src"),
    "single module": ("six.py setup.py test_six.py docs/conf.py", "six@."),
    "scripts": ("one.py two.py three.py", "one@. three@. two@."),
    "only tools": ("setup.py conftest.py", "conftest@. setup@."),
    "beside packages": (
        "shop/__init__.py tests/test_a.py docs/conf.py examples/a.py setup.py noxfile.py",
        "shop@.",
    ),
    "tests package": ("shop/__init__.py tests/__init__.py tests/test_a.py", "shop@."),
    "only tests": ("tests/test_a.py", "tests@."),
    "mostly tests": ("shop/__init__.py t/unit/test_a.py t/unit/test_b.py t/conftest.py t/x.py", "shop@."),
    "django": ("manage.py site/__init__.py site/settings.py blog/__init__.py", "blog@. manage@. site@."),
    "django below": ("web/manage.py web/site/__init__.py docs/conf.py", "manage@web site@web"),
    "service with requirements": ("api/requirements.txt api/app/__init__.py api/main.py", "app@api main@api"),
    "checkout": ("shop/shop/__init__.py bank/bank/__init__.py", "bank@bank shop@shop"),
    "wheel": ("django/__init__.py Django-5.dist-info/RECORD", "django@."),
    "namespace wheel": ("zope/interface/__init__.py zope.interface-7.dist-info/RECORD", "zope.interface@."),
    "name without identifier": ("my-service/app/__init__.py", "app@my-service"),
    "extension": ("_speedups.cpython-311-x86_64-linux-gnu.so shop/__init__.py", "_speedups@. shop@."),
    "hidden and installed": (
        (
            "shop/__init__.py .cache/a.py node_modules/b/c.py venv/pyvenv.cfg venv/lib/d.py build/lib/shop/e.py "
            "conda/conda-meta/x conda/f.py lib/site-packages/g.py shop.egg-info/h.py __pycache__/i.py"
        ),
        "shop@.",
    ),
}


@pytest.mark.parametrize(("drawing", "expected"), EVIDENCE.values(), ids=EVIDENCE)
def test_the_tree_alone_shows_the_roots(tree, drawing, expected):
    assert roots_of(tree(drawing)) == expected


IMPORTS = {
    "source directory": (
        {"backend/app/db.py": "", "backend/main.py": "from app.db import x"},
        "app@backend main@backend",
    ),
    "namespace": ({"backend/app/db.py": "", "main.py": "import backend.app.db"}, "backend@. main@."),
    "src as a package": ({"src/db.py": "", "src/web.py": "from src.db import x"}, "src@."),
    "src as a source": ({"src/db.py": "", "src/web.py": "from db import x"}, "db@src web@src"),
    "application folder": (
        {"app/db.py": "", "app/web.py": "from app import db", "main.py": ""},
        "app@. main@.",
    ),
    "container": (
        {"services/api/app/db.py": "", "services/api/main.py": "from app import db"},
        "app@services/api main@services/api",
    ),
    "a checkout named like its package": (
        {"shop/shop/__init__.py": "", "shop/shop/db.py": "", "shop/t.py": "import shop.db"},
        "shop@shop t@shop",
    ),
    "standard names prove nothing": (
        {"app/logging.py": "import logging", "app/x.py": "import app.logging"},
        "app@.",
    ),
    "tools that are imported": (
        {"shop/__init__.py": "import tools.x", "tools/x.py": "", "scripts/y.py": ""},
        "shop@. tools@.",
    ),
    "third-party of the same name": (
        {"app/__init__.py": "from tools import op", "tools/env.py": ""},
        "app@.",
    ),
    "a package that is the directory": (
        {"__init__.py": "from . import a", "a.py": "", "pyproject.toml": '[project]\nname = "my-nodes"'},
        "my_nodes@.",
    ),
}


def test_a_namespace_that_is_named_has_all_its_parts(tree):
    """Distributions of one repository share a namespace: naming it means all of them, as when none is named."""
    files = {
        "libs/graph/langs/graph.py": "",
        "libs/graph/pyproject.toml": HATCH.format("langs")
        + '[tool.hatch.build.targets.wheel]\npackages = ["langs"]',
        "libs/save/langs/save/__init__.py": "",
        "libs/save/pyproject.toml": HATCH.format("langs-save"),
        "libs/save/tests/test_save.py": "",
        "libs/cli/langs_cli/__init__.py": "",
        "libs/cli/pyproject.toml": HATCH.format("langs-cli"),
    }
    root = tree(files)
    assert roots_of(root, roots=["langs", "langs_cli"]) == roots_of(root)
    assert "langs.save@libs/save" in roots_of(root) or "langs@libs/save" in roots_of(root)


@pytest.mark.parametrize(("drawing", "expected"), IMPORTS.values(), ids=IMPORTS)
def test_imports_decide_where_the_tree_is_silent(tree, drawing, expected):
    assert roots_of(tree(drawing)) == expected


DECLARED = {
    "hatch name": (HATCH.format("shop"), "shop/__init__.py other/__init__.py", "shop@."),
    "hatch packages": (
        HATCH.format("x") + '[tool.hatch.build.targets.wheel]\npackages = ["code/shop"]',
        "code/shop/__init__.py other/__init__.py",
        "shop@code",
    ),
    "hatch sources": (
        HATCH.format("x") + '[tool.hatch.build.targets.wheel]\nonly-include = ["src"]\nsources = ["src"]',
        "src/shop/__init__.py src/bank/__init__.py",
        "bank@src shop@src",
    ),
    "flit module": (
        '[build-system]\nbuild-backend = "flit_core.buildapi"\n[tool.flit.module]\nname = "shop"',
        "shop.py other.py",
        "shop@.",
    ),
    "poetry from": (
        (
            '[build-system]\nbuild-backend = "poetry.core.masonry.api"\n[tool.poetry]\nname = "x"\n'
            'packages = [{ include = "shop", from = "lib" }]'
        ),
        "lib/shop/__init__.py other/__init__.py",
        "shop@lib",
    ),
    "uv module root": (
        (
            '[build-system]\nbuild-backend = "uv_build"\n[project]\nname = "x"\n'
            '[tool.uv.build-backend]\nmodule-name = "ns.shop"\nmodule-root = ""'
        ),
        "ns/shop/__init__.py other/__init__.py",
        "ns.shop@.",
    ),
    "pdm": (
        '[build-system]\nbuild-backend = "pdm.backend"\n[tool.pdm.build]\npackage-dir = "code"',
        "code/shop/__init__.py other/__init__.py",
        "shop@code",
    ),
    "maturin": (
        '[build-system]\nbuild-backend = "maturin"\n[project]\nname="x"\n[tool.maturin]\npython-source = "py"',
        "py/shop/__init__.py other/__init__.py",
        "shop@py",
    ),
    "scikit-build": (
        (
            '[build-system]\nbuild-backend = "scikit_build_core.build"\n[project]\nname="x"\n'
            '[tool.scikit-build]\nwheel.packages = ["code/shop"]'
        ),
        "code/shop/__init__.py other/__init__.py",
        "shop@code",
    ),
    "setuptools list": (
        SETUPTOOLS + '[tool.setuptools]\npackages = ["shop", "shop.db"]\npy-modules = ["cli"]',
        "shop/__init__.py shop/db/__init__.py other/__init__.py cli.py",
        "cli@. shop@.",
    ),
    "setuptools find": (
        SETUPTOOLS + '[tool.setuptools.packages.find]\nwhere = ["code"]\nexclude = ["other*"]',
        "code/shop/__init__.py code/other/__init__.py",
        "shop@code",
    ),
    "setuptools include": (
        SETUPTOOLS + '[tool.setuptools.packages.find]\ninclude = ["shop*"]',
        "shop/__init__.py other/__init__.py",
        "shop@.",
    ),
    "setuptools renamed": (
        SETUPTOOLS + '[tool.setuptools]\npackages = ["shop"]\npackage-dir = { shop = "code" }',
        "code/__init__.py code/db.py",
        "shop@.",
    ),
    "nothing of it is there": (HATCH.format("gone"), "shop/__init__.py", "shop@."),
    "not TOML": ("[[[", "shop/__init__.py", "shop@."),
    "namespace": (HATCH.format("google-cloud-x"), "google/cloud/x/__init__.py", "google.cloud.x@."),
}


@pytest.mark.parametrize(("pyproject", "drawing", "expected"), DECLARED.values(), ids=DECLARED)
def test_pyproject_declares_the_layout(tree, pyproject, drawing, expected):
    assert roots_of(tree(with_files(drawing, {"pyproject.toml": pyproject}))) == expected


SETUP_PY = {
    "package_dir": ('setup(package_dir={"": "code"}, packages=find_packages("code"))', "shop@code"),
    "literal list": ('setup(package_dir={"": "code"}, packages=["shop"])', "shop@code"),
    "constant": ('PACKAGES = ["shop"]\nsetup(package_dir={"": "code"}, packages=PACKAGES)', "shop@code"),
    "computed": ('setup(package_dir={"": "co" + input()})', "shop@code"),
    "no Python": ("setup(((", "shop@code"),
}


@pytest.mark.parametrize(("text", "expected"), SETUP_PY.values(), ids=SETUP_PY)
def test_setup_py_is_read_and_never_run(tree, text, expected):
    canary = 'open("canary", "w")\n'
    source = "from setuptools import setup, find_packages\n" + canary + text
    root = tree({"code/shop/__init__.py": "", "code/shop/db.py": "from shop import x", "setup.py": source})
    assert roots_of(root) == expected


def test_setup_cfg(tree):
    cfg = "[options]\npackage_dir =\n    = code\npackages = find:\npy_modules = cli\n[options.packages.find]\nwhere = code\n"
    root = tree({"setup.cfg": cfg, "code/shop/__init__.py": "", "code/cli.py": "", "other/__init__.py": ""})
    assert roots_of(root) == "cli@code shop@code"


def test_a_monorepo_is_one_graph(tree):
    root = tree(
        {
            "packages/a/pyproject.toml": HATCH.format("ns-a"),
            "packages/a/src/ns/a/__init__.py": "",
            "packages/b/setup.py": "from setuptools import setup\nsetup()",
            "packages/b/src/ns/b/__init__.py": "",
            "examples/c/pyproject.toml": HATCH.format("c"),
            "examples/c/c.py": "",
            "tests/data/d/pyproject.toml": HATCH.format("d"),
            "tests/data/d/d.py": "",
            "tasks.py": "",
        }
    )
    assert roots_of(root) == "ns.a@packages/a/src ns.b@packages/b/src"


ONE_PROJECT = {
    "among scripts": (
        "a.py colors/x.py crc/crc.py ML/setup.py ML/nf/__init__.py",
        "a@. colors@. crc@. nf@ML",
    ),
    "beside a script": ("a.py colors/x.py ML/setup.py ML/nf/__init__.py ML/nf/x.py", "nf@ML"),
    "tests and helpers count for nothing": (
        "a.py tools/x.py tests/test_a.py docs/conf.py test_b.py ML/setup.py ML/nf/__init__.py",
        "nf@ML",
    ),
}


@pytest.mark.parametrize(("drawing", "expected"), ONE_PROJECT.values(), ids=ONE_PROJECT)
def test_a_project_below_does_not_make_helpers_of_more_code_than_it_has(tree, drawing, expected):
    setup = {"ML/setup.py": "from setuptools import setup\nsetup()"}
    assert roots_of(tree(with_files(drawing, setup))) == expected


WORKSPACE = "[tool.uv.workspace]\nmembers = {}\nexclude = {}"
SPARE_NAMES = {
    "a project in util": (
        {},
        "core/acme/__init__.py util/http/acmehttp/__init__.py",
        "acme@core acmehttp@util/http",
    ),
    "a copy of one": ({}, "core/acme/__init__.py vendor/http/acmehttp/__init__.py", "acme@core"),
    "examples": ({}, "core/acme/__init__.py examples/http/acmehttp/__init__.py", "acme@core"),
    "a member in examples": (
        {"pyproject.toml": WORKSPACE.format(["./core", "examples/*"], [])},
        "core/acme/__init__.py examples/http/acmehttp/__init__.py",
        "acme@core acmehttp@examples/http",
    ),
    "excluded from the workspace": (
        {"pyproject.toml": WORKSPACE.format(["core", "examples/*"], ["examples/h*"])},
        "core/acme/__init__.py examples/http/acmehttp/__init__.py",
        "acme@core",
    ),
}


@pytest.mark.parametrize(("extra", "drawing", "expected"), SPARE_NAMES.values(), ids=SPARE_NAMES)
def test_a_project_is_not_set_aside_for_a_helpers_name(tree, extra, drawing, expected):
    manifests = {
        f"{path.rpartition('/')[0].rpartition('/')[0]}/pyproject.toml": PROJECT for path in drawing.split()
    }
    assert roots_of(tree(with_files(drawing, manifests | extra))) == expected


def test_the_first_of_two_projects_keeps_the_name(tree):
    layout = discover(
        tree("a/requirements.txt a/app/__init__.py b/requirements.txt b/app/__init__.py b/app/x.py")
    )
    found = {module.name: module.path for module in layout.modules}
    assert found == {"app": "a/app/__init__.py", "b.app": "b/app/__init__.py", "b.app.x": "b/app/x.py"}
    assert layout.sources == (("app", "a"), ("b.app", ""))
    assert layout.notes == ("app is a/app; others of that name are called by their paths: b.app",)


def test_what_lies_at_the_top_keeps_its_name(tree):
    assert discover(tree({"utils.py": "", "aa/utils.py": "", "aa/main.py": "import utils"})).roots == (
        "aa.utils",
        "main",
        "utils",
    )


def test_names_in_several_places_are_grouped(tree):
    names = ("one", "two", "three", "four", "five", "six")
    files = {f"{folder}/{name}.py": "import start" for folder in "abcdefgh" for name in names}
    root = tree({**files, **{f"{folder}/start.py": "import one" for folder in "abcdefgh"}})
    *notes, last = discover(root).notes
    assert notes[0] == (
        "five is a/five.py; others of that name are called by their paths: "
        "b.five, c.five, d.five, e.five, f.five and 2 more"
    )
    assert (len(notes), last) == (5, "2 more names are in several places; `archlint config` lists all roots")


NAMED = {
    "one of two": ("shop", "shop@."),
    "tests": ("tests", "tests@."),
    "a part of a namespace": ("ns.foo", "ns.foo@."),
    "the namespace": ("ns", "ns@."),
    "several": ("shop tests", "shop@. tests@."),
    "left out for its name": ("docs", "docs@."),
}


@pytest.mark.parametrize(("names", "expected"), NAMED.values(), ids=NAMED)
def test_roots_by_name(tree, names, expected):
    drawing = "shop/__init__.py shop/db.py ns/foo/__init__.py ns/bar/__init__.py tests/test_a.py docs/conf.py"
    assert roots_of(tree(drawing), roots=names.split()) == expected


@pytest.mark.parametrize(
    ("name", "message"),
    [("shpo", "did you mean shop?"), ("zzz", "found: shop"), ("shop.db", "lies inside the package shop")],
)
def test_a_root_that_does_not_exist(tree, name, message):
    with pytest.raises(ArchlintError, match=message.replace("?", r"\?")):
        discover(tree("shop/__init__.py shop/db.py"), roots=[name])


def test_tests_are_roots_when_asked_for(tree):
    root = tree("shop/__init__.py tests/test_a.py tests/helper.py docs/conf.py")
    assert roots_of(root, include_tests=True) == "shop@. tests@."
    layout = discover(root, include_tests=True)
    assert [module.name for module in layout.modules if module.test] == [
        "tests",
        "tests.helper",
        "tests.test_a",
    ]


@pytest.mark.parametrize("drawing", ["README.md", "a/b/c.txt", ".hidden/a.py"])
def test_nothing_to_analyse(tree, drawing):
    with pytest.raises(NothingToAnalyse, match="no Python module found"):
        discover(tree(drawing))


def roots_of(root: str, **options: object) -> str:
    layout = discover(root, **options)
    return " ".join(f"{name}@{source or '.'}" for name, source in layout.sources)
