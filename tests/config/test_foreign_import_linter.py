"""import-linter's options, one by one, from INI and from TOML."""

from __future__ import annotations

import pytest

from archlint.config.foreign.contracts import contract_of
from archlint.config.foreign.import_linter import read_ini, read_toml
from archlint.config.registry import builtin
from archlint.errors import ConfigError

HEAD = "[importlinter]\nroot_package = shop\ninclude_external_packages = True\n"
NEEDED = {
    "layers": {"layers": ["a", "b"]},
    "forbidden": {"source_modules": ["shop.a"], "forbidden_modules": ["shop.b"]},
    "independence": {"modules": ["shop.a", "shop.b"]},
    "protected": {"protected_modules": ["shop.a"], "allowed_importers": ["shop.b"]},
    "private_modules": {},
    "acyclic_siblings": {"ancestors": ["shop"]},
}


def from_ini(kind, options, head=HEAD):
    lines = [head.strip(), "[importlinter:contract:one]", "name = One", f"type = {kind}"]
    for key, value in options.items():
        lines.append(f"{key} =" if isinstance(value, list) else f"{key} = {value}")
        lines += [f"    {item}" for item in value] if isinstance(value, list) else []
    return read_ini(".importlinter", "\n".join(lines) + "\n").contracts[0]


def from_toml(kind, options):
    head = '[tool.importlinter]\nroot_package = "shop"\ninclude_external_packages = true\n'
    lines = [head, "[[tool.importlinter.contracts]]", 'name = "One"', f'type = "{kind}"']
    for key, value in options.items():
        plain = {"true": "true", "false": "false"}.get(str(value).lower())
        number = str(value) if str(value).isdigit() else None
        lines.append(f"{key} = {value if isinstance(value, list) else plain or number or repr(value)}")
    return read_toml("pyproject.toml", "\n".join(lines) + "\n").contracts[0]


@pytest.mark.parametrize("read", [from_ini, from_toml])
@pytest.mark.parametrize(
    ("kind", "option", "value", "key", "expected"),
    [
        ("layers", "layers", ["a | b", "(c)"], "layers", ["a | b", "(c)"]),
        ("layers", "containers", ["shop.*"], "containers", ["shop.*"]),
        ("layers", "exhaustive_ignores", ["c"], "exhaustive-ignores", ["c"]),
        ("forbidden", "allow_indirect_imports", "True", "allow-indirect-imports", True),
        ("forbidden", "as_packages", "False", "as-packages", False),
        ("forbidden", "forbidden_modules", ["django"], "forbidden-modules", ["django"]),
        ("independence", "modules", ["shop.*"], "modules", ["shop.*"]),
        ("protected", "as_packages", "false", "as-packages", False),
        (
            "private_modules",
            "packages_with_private_modules",
            ["shop.*"],
            "packages-with-private-modules",
            ["shop.*"],
        ),
        ("private_modules", "broken_contract_guidance", "Ask us.", "why", "Ask us."),
        ("acyclic_siblings", "depth", "3", "depth", 3),
        ("acyclic_siblings", "skip_descendants", ["shop.a"], "skip-descendants", ["shop.a"]),
        ("layers", "ignore_imports", ["shop.a -> shop.b"], "ignore-imports", ["shop.a -> shop.b"]),
        ("layers", "unmatched_ignore_imports_alerting", "warn", "unmatched-ignore", "warn"),
        ("layers", "broken_contract_guidance", "Ask us.", "why", "Ask us."),
    ],
)
def test_every_option(read, kind, option, value, key, expected):
    taken = read(kind, {**NEEDED[kind], option: value})
    assert taken.faults == ()
    assert taken.table[key] == expected
    contract = contract_of(taken, builtin())
    assert contract.error is None
    assert contract.type == kind.replace("_", "-")


@pytest.mark.parametrize(
    ("kind", "options", "expected"),
    [
        ("protected", {"protected_modules": ["shop.*"], "allowed_importers": ["shop"]}, "ignore"),
        ("acyclic_siblings", {"ancestors": ["shop.*"]}, None),
        ("private_modules", {"packages_with_private_modules": ["shop.*"]}, None),
    ],
)
def test_a_wildcard_that_matches_nothing_is_refused_by_the_types_that_do_so(kind, options, expected):
    assert from_ini(kind, options).table.get("unmatched-modules") == expected


def test_a_single_value_is_a_list_of_one():
    assert from_ini("acyclic_siblings", {"ancestors": "shop"}).table["ancestors"] == ["shop"]


@pytest.mark.parametrize(
    ("kind", "options", "line", "text"),
    [
        ("layers", {}, 4, "`layers` is missing"),
        ("layers", {"layers": ["a"], "exhaustiv": "true"}, 8, "did you mean `exhaustive`?"),
        ("layers", {"layers": ["a"], "exhaustive": "yes"}, 8, "exhaustive: `yes` is neither true nor false"),
        (
            "acyclic_siblings",
            {"ancestors": ["shop"], "depth": "deep"},
            9,
            "depth: `deep` is not a whole number",
        ),
        ("layerz", {}, 6, "there is no contract type `layerz`; did you mean `layers`?"),
        ("forbidden", {"source_modules": ["shop"], "forbidden_modules": ["django.db"]}, 9, "as a whole only"),
        (
            "private_modules",
            {"packages_with_private_modules": ["shop._a"]},
            7,
            "'shop._a' is private or lies",
        ),
        (
            "private_modules",
            {"package_with_private_modules": ["shop"]},
            7,
            "did you mean `packages_with_private_modules`?",
        ),
        ("layers", {"layers": ["a", "b", "a"]}, 7, "'a' is listed twice"),
        ("layers", {"layers": ["a | b : c"]}, 7, "mixes"),
        ("layers", {"layers": ["a"], "exhaustive": "true"}, 9, "needs containers"),
        (
            "layers",
            {"layers": ["a"], "unmatched_ignore_imports_alerting": "loud"},
            9,
            "none of error, warn, none",
        ),
    ],
)
def test_what_cannot_be_judged_is_one_line_with_its_place(kind, options, line, text):
    taken = from_ini(kind, options)
    error = contract_of(taken, builtin()).error
    assert "\n" not in error
    assert text in error
    place, number, _ = error.split(":", 2)
    assert place == ".importlinter"
    assert abs(int(number) - line) <= 1


@pytest.mark.parametrize("kind", ["mine", "private_modules"])
def test_a_type_of_the_users_own_is_not_judged_also_under_the_name_of_a_built_in_one(kind):
    taken = from_ini(kind, {}, head=f"{HEAD}contract_types =\n    {kind}: tools.Mine\n")
    assert taken.faults == (
        f".importlinter:8: contract `One`: its type `{kind}` is tools.Mine, which only import-linter can run",
    )


def test_an_unknown_option_far_from_any_is_a_note():
    taken = from_ini("layers", {"layers": ["a"], "flavour": "sweet"})
    assert taken.faults == ()
    assert taken.notes == (".importlinter:9: contract `One`: unknown option `flavour`",)


def test_externals_need_the_option_that_includes_them():
    options = {"source_modules": ["shop"], "forbidden_modules": ["django"]}
    taken = from_ini("forbidden", options, head="[importlinter]\nroot_package = shop")
    assert "include_external_packages = True is not set" in taken.faults[0]


def test_contracts_may_share_a_name():
    text = HEAD + "".join(
        f"[importlinter:contract:{n}]\nname = Same\ntype = acyclic_siblings\nancestors = shop\n"
        for n in (1, 2, 3)
    )
    assert [taken.name for taken in read_ini("setup.cfg", text).contracts] == ["Same", "Same (2)", "Same (3)"]


def test_root_packages_are_the_roots():
    text = "[importlinter]\nroot_packages =\n    one\n    two\nshow = 1\n[importlinter:contract:1]\nname=a\ntype=b\n"
    foreign = read_ini("setup.cfg", text)
    assert foreign.settings["roots"] == ["one", "two"]
    assert foreign.notes == ("setup.cfg:5: import-linter does not know the option `show`",)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "[importlinter]\nroot_package = a\n",
            "setup.cfg:1: import-linter's configuration holds no contract",
        ),
        ("root = 1\n", "setup.cfg:1: not valid INI: a section header such as [importlinter] must come first"),
        (
            "[importlinter]\na = 1\na = 2\n",
            "setup.cfg:3: not valid INI: option `a` stands here a second time",
        ),
        ("[importlinter]\n[importlinter]\n", "setup.cfg:2: not valid INI: section `importlinter` stands"),
        ("[importlinter]\nnonsense\n", "setup.cfg:2: not valid INI: this line is neither"),
        ("[importlinter]\na = 50%\n", "setup.cfg:2: `a` holds a % that is no interpolation"),
        ("[importlinter:contract:1]\nname = a\n", "setup.cfg: there is no section [importlinter]"),
        ("[importlinter]\n[importlinter:contract:1]\nname = a\n", "setup.cfg:1: neither root_package nor"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(text, problem):
    with pytest.raises(ConfigError) as caught:
        read_ini("setup.cfg", text)
    assert str(caught.value).startswith(problem)
    assert "\n" not in str(caught.value)
