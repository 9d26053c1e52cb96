"""What manifests declare: each tool's tables, requirements files, and the line that each stands at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archlint.repository.dependencies import declared_in
from archlint.repository.dependency_files import is_requirements, kind_of_file
from archlint.repository.requirement import extras_of, lines_of, name_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "name", "extras"),
    [
        ("requests", "requests", ()),
        ("  Requests >=2,<3", "Requests", ()),
        ("kombu[redis, SQS]>=5 ; python_version < '3.12'", "kombu", ("redis", "sqs")),
        ("zope.interface~=5.0", "zope.interface", ()),
        ("pip @ https://example.com/pip-1.0.zip#sha1=ab", "pip", ()),
        ("a(>=1)", "a", ()),
        ("a;extra=='x'", "a", ()),
        ("./local/path", "", ()),
        ("https://example.com/x.whl", "", ()),
        ("a b", "", ()),
        ("-e .", "", ()),
        ("", "", ()),
        ("a-", "", ()),
    ],
)
def test_a_requirement_begins_with_its_name(text, name, extras):
    assert (name_of(text), extras_of(text)) == (name, extras)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\n# b\nc # d\n", [(1, "a", ""), (4, "c", "")]),
        ("a==1 \\\n  --hash=sha256:00 \\\n  --hash=sha256:11\nb\n", [(1, "a", ""), (4, "b", "")]),
        ("-r base.txt\n-rmore.txt\n--requirement=x.txt\n", [(1, "", "base.txt"), (2, "", "more.txt"), (3, "", "x.txt")]),
        ("-c limits.txt\n--index-url https://example.com\n--no-binary :all:\na\n", [(4, "a", "")]),
        ("-e git+https://example.com/x.git#egg=Thing\n", [(1, "Thing", "")]),
        ("git+https://example.com/x.git@v1#egg=thing&subdirectory=y\n", [(1, "thing", "")]),
        ("./wheels/thing-1.0-py3-none-any.whl\n", [(1, "thing", "")]),
        ("a \\", [(1, "a", "")]),
        ("<html>\n", []),
    ],
)  # fmt: skip
def test_a_requirements_file_is_read_as_pip_reads_it(text, expected):
    assert [(line.number, line.name, line.includes) for line in lines_of(text)] == expected


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("requirements.txt", "runtime"),
        ("requirements.in", "runtime"),
        ("requirements-prod.txt", "runtime"),
        ("requirements/base.txt", "runtime"),
        ("requirements-dev.txt", "development"),
        ("test-requirements.txt", "development"),
        ("requirements/docs.in", "development"),
        ("requirements/redis.txt", "optional"),
        ("requirements/extras/base.txt", "optional"),
    ],
)
def test_the_name_of_a_requirements_file_says_what_it_is_for(name, kind):
    assert kind_of_file(name) == kind


def test_only_requirements_files_are_requirements_files():
    names = ["requirements.txt", "dev_requirements.in", "notes.txt", "constraints.txt", "requirements.md"]
    assert [name for name in names if is_requirements(name)] == ["requirements.txt", "dev_requirements.in"]


PEP621 = """\
[build-system]
requires = ["hatchling"]
[project]
name = "The.Shop"
dependencies = [
  "flask>=3",  # the web
  'requests; python_version > "3"',
]
[project.optional-dependencies]
pdf = ["reportlab"]
test = ["pytest"]
[dependency-groups]
dev = ["ruff", {include-group = "typing"}]
typing = ["mypy"]
"""
POETRY = """\
[tool.poetry]
name = "shop"
[tool.poetry.dependencies]
python = "^3.11"
flask = "^3"
pandas = { version = "*", optional = true }
[tool.poetry.group.lint.dependencies]
ruff = "*"
"""
SETUP_CFG = (
    "[options]\ninstall_requires =\n    flask\n    requests>=2\n[options.extras_require]\npdf = reportlab\n"
)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"pyproject.toml": PEP621}, ["2 hatchling development", "6 flask runtime", "7 requests runtime",
            "10 reportlab optional", "11 pytest development", "13 ruff development", "14 mypy development"]),
        ({"pyproject.toml": POETRY}, ["5 flask runtime", "6 pandas optional", "8 ruff development"]),
        ({"pyproject.toml": '[tool.uv]\ndev-dependencies = ["a"]\n[tool.pdm.dev-dependencies]\nx = ["b"]\n'
          '[tool.hatch.envs.test]\nextra-dependencies = ["c"]\n'},
            ["2 a development", "4 b development", "6 c development"]),
        ({"setup.cfg": SETUP_CFG}, ["3 flask runtime", "4 requests runtime", "6 reportlab optional"]),
        ({"setup.py": "from setuptools import setup\nNEEDS = [\n    'flask',\n]\n"
          "setup(install_requires=NEEDS, extras_require={'dev': ['ruff']})\n"},
            ["3 flask runtime", "5 ruff development"]),
        ({"Pipfile": '[packages]\nflask = "*"\n[dev-packages]\npytest = "*"\n'},
            ["2 flask runtime", "4 pytest development"]),
        ({"requirements.txt": "flask\n-r more.txt\n", "more.txt": "requests\n"},
            ["1 requests runtime", "1 flask runtime"]),
        ({"requirements.txt": "flask\n-r ../outside.txt\n-r requirements.txt\n"}, ["1 flask runtime"]),
        ({"requirements.txt": "flask\n# installed by hand, via apt\nrequests\n"},
            ["1 flask runtime", "3 requests runtime"]),
        ({"requirements.in": "flask\n", "requirements.txt": "flask==3\nwerkzeug==3  # via flask\n"},
            ["1 flask runtime"]),
    ],
)  # fmt: skip
def test_each_tool_is_understood_with_lines(
    tmp_path: Path, files: dict[str, str], expected: list[str]
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    declared, looked = declared_in(str(tmp_path), "")
    assert declared is not None
    assert [f"{each.line} {each.name} {each.kind}" for each in declared.requirements] == expected
    assert {each.path for each in declared.requirements} <= set(looked)


def test_the_own_name_and_a_table_of_deptry_are_read(tmp_path: Path) -> None:
    table = '[tool.deptry]\nknown_first_party = ["local"]\n[tool.deptry.package_module_name_map]\nOur-Dist = "ours"\n'
    ignores = '[tool.deptry.per_rule_ignores]\nDEP002 = ["uvicorn"]\n'
    (tmp_path / "pyproject.toml").write_text(PEP621 + table + ignores)
    declared, _ = declared_in(str(tmp_path), "")
    assert declared is not None
    assert (declared.name, declared.own) == ("the-shop", ("local",))
    assert declared.modules == {"our-dist": ("ours",)}
    assert declared.excused == {"DEP002": ("uvicorn",)}


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"setup.py": "from setuptools import setup\nsetup(install_requires=read())\n"}, "setup.py computes"),
        ({"setup.py": "from setuptools import setup\nsetup(install_requires=read())\n", "requirements.txt": "a\n"}, ""),
        ({"pyproject.toml": '[project]\nname = "x"\ndynamic = ["dependencies"]\n[dependency-groups]\nd = ["a"]\n'},
            "`dependencies` are dynamic"),
        ({"pyproject.toml": '[project]\ndynamic = ["dependencies"]\n[tool.setuptools.dynamic]\n'
          'dependencies = { file = ["needs.txt"] }\n', "needs.txt": "a\n"}, ""),
    ],
)  # fmt: skip
def test_a_list_that_is_computed_is_said_to_be_unknown(
    tmp_path: Path, files: dict[str, str], reason: str
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    declared, _ = declared_in(str(tmp_path), "")
    assert (declared.unknown if declared else "setup.py computes").startswith(reason)
    assert bool(declared and declared.unknown) <= bool(reason)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[project\n",
        "\x00\xff",
        '[project]\ndependencies = "flask"\n',
        "[tool]\npoetry = 1\n",
        "[project]\ndependencies = [1, {}]\n",
    ],
)
def test_a_manifest_that_makes_no_sense_declares_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8", errors="replace")
    declared, _ = declared_in(str(tmp_path), "")
    assert declared is None or declared.requirements == ()
