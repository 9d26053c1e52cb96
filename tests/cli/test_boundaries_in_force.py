"""A boundary or policy that is written down is in force, and what is new behind it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHELL = {"shop/__init__.py": "", "shop/a.py": "import os\nimport requests\n\nos.system('x')\n"}
NO_SHELL = '[[contracts]]\nname = "No shell"\ntype = "confined-api"\ncapabilities = ["process"]\n'
HOLD = '[rules.technology-on-hold]\nhold = [{ package = "requests" }]\n'
ADOPT = '[rules.technology-out-of-place]\nadopt = [{ package = "flask" }]\nexhaustive = true\n'


@pytest.mark.parametrize(
    ("config", "arguments", "codes"),
    [
        ('select = ["undeclared-package"]\n' + NO_SHELL, [], ["ARC401"]),
        ("select = []\n" + NO_SHELL, [], ["ARC401"]),
        ('select = ["ARC201"]\n' + NO_SHELL, ["--contract", "No shell"], ["ARC401"]),
        ('ignore = ["confined-api"]\n' + NO_SHELL, [], []),
        ('select = ["ARC2"]\nignore = ["ARC4"]\n' + NO_SHELL, [], []),
        (NO_SHELL, ["--select", "import-cycle"], []),
        ('select = ["ARC401"]\n' + NO_SHELL, ["--select", "import-cycle"], []),
        (HOLD, [], ["ARC501"]),
        ('select = ["ARC201"]\n' + HOLD, [], ["ARC501"]),
        (HOLD, ["--select", "import-cycle"], []),
        ('ignore = ["technology-on-hold"]\n' + HOLD, [], []),
        (ADOPT, [], ["ARC502"]),
        ("[rules.technology-on-hold]\ninclude-tests = true\n", [], []),
    ],
)
def test_what_is_written_down_runs(
    archlint: Callable[..., Any],
    project: Callable[..., Path],
    config: str,
    arguments: list[str],
    codes: list[str],
) -> None:
    done = archlint("check", *arguments, cwd=project({**SHELL, "archlint.toml": config}))
    found = [line.split(": ")[1].split()[0] for line in done.out.splitlines() if line.startswith("shop/")]
    assert (found, done.code, done.err) == (codes, int(bool(codes)), "")


@pytest.mark.parametrize(
    ("config", "line"),
    [
        (
            '[rules.technology-on-hold]\nhold = [{ package = "requests", within = ["shop.zz"] }]\n',
            "archlint.toml: rule technology-on-hold: `within`: there is no module 'shop.zz'",
        ),
        (
            '[rules.technology-out-of-place]\nadopt = [{ package = "flask", within = ["shop.zz.*"] }]\n',
            "archlint.toml: rule technology-out-of-place: `within`: there is no module 'shop.zz.*'",
        ),
        (
            '[rules.technology-on-hold]\nhold = [{ package = "requests" }, { package = "requests" }]\n',
            "archlint.toml:2: `hold`: requests is there twice",
        ),
        (
            '[rules.technology-on-hold]\nhold = [{ pakage = "requests" }]\n',
            "archlint.toml:2: `hold`: unknown key `pakage` (entry 1)",
        ),
        (
            '[[contracts]]\nname = "a"\ntype = "confined-api"\napis = ["eval"]\nunmatched-modules = "maybe"\n',
            "archlint.toml:5: `unmatched-modules`: no choice is 'maybe'; known: error, ignore",
        ),
        (
            '[[contracts]]\nname = "a"\ntype = "confined-api"\ncapabilities = ["proces"]\n',
            (
                "archlint.toml:4: capabilities: unknown capability 'proces' (did you mean 'process'?) of "
                "dynamic-code, deserialisation, process, environment, network, cryptography, database, "
                "file-system"
            ),
        ),
        *(
            (f'[[contracts]]\nname = "a"\n{contract}\n', f"archlint.toml:4: contract `a`: {said}")
            for contract, said in (
                (
                    'type = "confined-api"\napis = ["evall"]',
                    "apis: nothing is called 'evall' (did you mean 'eval'?)",
                ),
                (
                    'type = "confined-api"\napis = ["subproces.run"]',
                    "apis: nothing is called 'subproces.run' (did you mean 'subprocess.run'?)",
                ),
                (
                    'type = "confined-package"\npackages = ["PyYAML"]',
                    "packages: nothing is called 'PyYAML' (did you mean 'yaml'?)",
                ),
            )
        ),
        (
            '[rules.technology-on-hold]\nhold = [{ package = "Requests" }]\n',
            "archlint.toml: rule technology-on-hold: `hold`: nothing is called 'Requests' (did you mean 'requests'?)",
        ),
    ],
)
def test_what_makes_no_sense_is_one_line(
    archlint: Callable[..., Any], project: Callable[..., Path], config: str, line: str
) -> None:
    done = archlint("check", cwd=project({**SHELL, "archlint.toml": config}))
    assert (done.err, done.code) == (f"archlint: error: {line}\n", 2)


def app(shell: str) -> dict[str, str]:
    """Return a package of some modules, of which *shell* starts programs."""
    files = {"shop/__init__.py": "", **{f"shop/m{number}.py": "" for number in range(8)}}
    files |= {
        "shop/x/__init__.py": "",
        "shop/y/__init__.py": "",
        "shop/x/a.py": "import shop.y.b\n",
        "shop/y/b.py": "",
    }
    return {**files, shell: "import subprocess\n\nsubprocess.run([])\n"}


def test_init_does_not_open_all_to_the_package_that_uses_it(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    root = project(app("shop/__init__.py"))
    assert archlint("init", cwd=root).code == 0
    assert "as-packages = false" in (root / "archlint.toml").read_text()
    assert archlint("check", cwd=root).code == 0
    (root / "shop/m3.py").write_text("import subprocess\n\nsubprocess.run([])\n")
    done = archlint("check", cwd=root)
    assert "shop/m3.py:3:1: ARC401" in done.out
    assert done.code == 1


def test_a_new_way_to_a_shell_is_new_though_another_is_in_the_ledger(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    contract = 'type = "reachable-api"\nsources = ["shop.web"]\ncapabilities = ["process"]\n'
    root = project(
        {
            "archlint.toml": f'[[contracts]]\nname = "c"\n{contract}',
            "shop/__init__.py": "",
            "shop/web.py": "import shop.old\n",
            "shop/old.py": "import os\n\nos.kill(1, 9)\n",
        }
    )
    assert archlint("baseline", cwd=root).code == 0
    assert archlint("check", cwd=root).code == 0
    (root / "shop/web.py").write_text("import shop.old\nimport shop.new\n")
    (root / "shop/new.py").write_text("import subprocess\n\nsubprocess.run('x', shell=True)\n")
    done = archlint("check", cwd=root)
    assert "shop.web reaches process (subprocess) through 1 module, past the gateways" in done.out
    assert "shop.old" not in done.out
    assert done.code == 1


@pytest.mark.parametrize("package", ["boto", "flaskr", "house.tools", "environ", "*.internal"])
def test_a_package_that_nothing_imports_yet_may_be_named(
    archlint: Callable[..., Any], project: Callable[..., Path], package: str
) -> None:
    config = f'[[contracts]]\nname = "a"\ntype = "confined-package"\npackages = ["{package}"]\n'
    done = archlint("check", cwd=project({**SHELL, "archlint.toml": config}))
    assert (done.code, done.err) == (0, "")


def test_an_ignored_import_leaves_the_others_of_its_statement(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    contract = 'type = "confined-api"\napis = ["os.system", "requests"]\nignore-imports = ["shop.a -> os"]\n'
    source = "import os, requests\n\nos.system('x')\nrequests.get('x')\n"
    files = {"shop/__init__.py": "", "shop/a.py": source}
    done = archlint(
        "check", cwd=project({**files, "archlint.toml": f'[[contracts]]\nname = "c"\n{contract}'})
    )
    assert [line.split(" ARC")[0] for line in done.out.splitlines() if "ARC401" in line] == ["shop/a.py:4:1:"]


def test_what_a_module_beside_it_passes_on_is_followed(
    archlint: Callable[..., Any], project: Callable[..., Path]
) -> None:
    contract = (
        '[[contracts]]\nname = "c"\ntype = "confined-api"\napis = ["os.system"]\nallowed = ["bb.utils"]\n'
    )
    files = {
        "aa/main.py": "import utils\n\nutils.run()\n",
        "aa/utils.py": "def run(): pass\n",
        "bb/run.py": "import utils\nfrom utils import run\n\nrun('x')\nutils.run('x')\n",
        "bb/utils.py": "from os import system as run\n",
    }
    done = archlint("check", cwd=project({**files, "archlint.toml": contract}))
    assert [line.split(" ARC")[0] for line in done.out.splitlines() if "ARC401" in line] == [
        "bb/run.py:4:1:",
        "bb/run.py:5:1:",
    ]
