"""tach's keys, one by one."""

from __future__ import annotations

import pytest

from archlint.config.foreign.contracts import contract_of
from archlint.config.foreign.tach import Domain, read, source_roots
from archlint.config.foreign.tach_words import exclusion
from archlint.config.registry import builtin
from archlint.errors import ConfigError

MODULE = '[[modules]]\npath = "shop.a"\n'


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        (
            'layers = ["ui", {name = "core", closed = true}]\n',
            "layers",
            ["ui", {"name": "core", "closed": True}],
        ),
        ("exact = true\n", "exact", True),
        ("forbid_circular_dependencies = true\n", "forbid-circular-dependencies", True),
        ("layers_explicit_depends_on = true\n", "layers-explicit-depends-on", True),
        ('root_module = "dependenciesonly"\n', "root-module", "dependenciesonly"),
        ('[rules]\nlocal_imports = "off"\n', "local-imports", "off"),
        ("", "edges", ["eager", "conditional", "deferred", "lazy"]),
        ("", "unmatched-modules", "ignore"),
    ],
)
def test_keys_of_the_whole(text, key, expected):
    taken = read("tach.toml", text + MODULE).contracts[0]
    assert taken.table[key] == expected
    assert contract_of(taken, builtin()).error is None


def test_type_checking_imports_may_count():
    taken = read("tach.toml", "ignore_type_checking_imports = false\n" + MODULE).contracts[0]
    assert "edges" not in taken.table


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ('path = "a"', {"path": "a"}),
        ('paths = ["a", "b.*"]', {"paths": ["a", "b.*"]}),
        ('path = "a"\ndepends_on = []', {"path": "a", "depends-on": []}),
        (
            'path = "a"\ndepends_on = ["b", {path = "c", deprecated = true}]',
            {"path": "a", "depends-on": ["b", {"path": "c", "deprecated": True}]},
        ),
        ('path = "a"\ncannot_depend_on = ["b"]', {"path": "a", "cannot-depend-on": ["b"]}),
        ('path = "a"\ndepends_on_external = ["x"]', {"path": "a", "depends-on-external": ["x"]}),
        (
            'path = "a"\nvisibility = ["b.*"]\nutility = true',
            {"path": "a", "visibility": ["b.*"], "utility": True},
        ),
        ('path = "<root>"\nunchecked = true', {"path": "<root>", "unchecked": True}),
    ],
)
def test_modules(text, entry):
    taken = read("tach.toml", f"[[modules]]\n{text}\n").contracts[0]
    assert taken.table["modules"] == [entry]
    assert contract_of(taken, builtin()).error is None


def test_interfaces_are_a_contract_of_their_own():
    text = (
        MODULE + 'unchecked = true\n[[interfaces]]\nexpose = ["x.*"]\nfrom = ["shop.a"]\nexclusive = true\n'
    )
    taken = read("tach.toml", text).contracts[1]
    assert taken.table["modules"] == taken.table["unchecked"] == ["shop.a"]
    assert taken.table["interfaces"] == [{"expose": ["x.*"], "from": ["shop.a"], "exclusive": True}]
    assert contract_of(taken, builtin()).error is None


def test_domains_are_resolved():
    domain = Domain(
        "shop/tach.domain.toml",
        '[root]\ndepends_on = ["//core", "sub"]\n[[modules]]\npath = "sub"\nvisibility = ["<domain_root>"]\n'
        '[[interfaces]]\nexpose = ["x"]\n',
        "shop",
    )
    contracts = read("tach.toml", MODULE, [domain]).contracts
    assert contracts[0].table["modules"][1:] == [
        {"path": "shop", "depends-on": ["core", "shop.sub"]},
        {"path": "shop.sub", "visibility": ["shop"]},
    ]
    assert contracts[1].table["interfaces"] == [{"expose": ["x"], "from": ["shop..*"]}]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("colour = 1\n" + MODULE, "tach.toml:1: tach does not know the key `colour`"),
        (MODULE + "colour = 1\n", "tach.toml:3: tach does not know the key `colour`"),
        (
            "include_string_imports = true\n" + MODULE,
            (
                "tach.toml:1: `include_string_imports` is not taken over: module names in strings are not "
                "taken for imports"
            ),
        ),
        (
            'exclude = ["a[bc]"]\n' + MODULE,
            "tach.toml:1: not taken over, there is no such glob here: exclude a[bc]",
        ),
        (
            MODULE + '[[interfaces]]\nexpose = []\ndata_types = "primitive"\n',
            "tach.toml:5: `data_types` is not taken over: types are not judged",
        ),
    ],
)
def test_what_is_not_taken_over_is_a_note(text, note):
    [said] = read("tach.toml", text).notes
    assert said.replace("exclude ", "") == note.replace("exclude ", "")


def test_strict_cannot_be_judged():
    contracts = read("tach.toml", MODULE + "strict = true\n").contracts
    assert contract_of(contracts[0], builtin()).error is None
    assert contract_of(contracts[1], builtin()).error.startswith("tach.toml:3: `strict` cannot be judged")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("exclude = []\n", "tach.toml: tach's configuration holds no module"),
        ("modules = 3\n", "tach.toml:1: `modules` must be tables"),
        ("[[modules]\n", "tach.toml: not valid TOML"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(text, problem):
    with pytest.raises(ConfigError) as caught:
        read("tach.toml", text)
    assert str(caught.value).startswith(problem)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("exact = 3\n" + MODULE, 1, "`exact`: expected true or false"),
        ('root_module = "odd"\n' + MODULE, 1, "`root-module`"),
        (MODULE + 'layer = "ui"\n', 1, "there is no layer 'ui'"),
    ],
)
def test_wrong_values_have_their_place(text, line, problem):
    error = contract_of(read("tach.toml", text).contracts[0], builtin()).error
    assert error.startswith(f"tach.toml:{line}: ")
    assert problem in error


@pytest.mark.parametrize(
    ("pattern", "glob"),
    [
        ("tests", "**/tests"),
        ("build/", "**/build"),
        ("/docs", "docs"),
        ("src/gen/", "src/gen"),
        ("**/x_*", "**/x_*"),
        ("a[bc]", None),
        ("../other", None),
        ("**/*", None),
    ],
)
def test_excludes_are_lines_of_a_gitignore(pattern, glob):
    assert exclusion(pattern) == glob


@pytest.mark.parametrize(
    ("text", "roots"), [("", (".",)), ('source_roots = ["src", "lib/*"]', ("src", "lib/*"))]
)
def test_source_roots(text, roots):
    assert source_roots("tach.toml", text) == roots
