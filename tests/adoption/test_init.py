"""``archlint init``: taken over or inferred, what it writes gives the verdict that it should."""

from __future__ import annotations

import tomllib
from contextlib import suppress

import pytest
from adoption_world import LAYERS_INI, SHOP, TACH, checked, codes, imports, request, write
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from archlint.errors import ArchlintError, Exit, NothingToAnalyse
from archlint.usecases.init import init

UP = {"shop/db.py": "from shop import web\n"}
COMMENTED = """
# Who may know whom.
[importlinter]
root_package = shop

[importlinter:contract:layers]
; Decided in January.
name = Layers
type = layers
layers =
    shop.web
    # The domain.
    shop.orders
    shop.db
broken_contract_guidance =
    Ask the platform team
    before you change this.
"""


def drafted(root, tool=None, *, pyproject=False, force=False, **more):
    draft = init(request(root, **more), tool=tool, pyproject=pyproject, force=force)
    draft.write()
    return draft


@pytest.mark.parametrize(
    ("tool", "path", "text"), [("import-linter", ".importlinter", LAYERS_INI), ("tach", "tach.toml", TACH)]
)
@pytest.mark.parametrize("pyproject", [False, True])
@pytest.mark.parametrize("more", [{}, UP])
def test_what_is_taken_over_gives_the_same_verdict(root, tool, path, text, pyproject, more):
    write(root, {**SHOP, **more, path: text})
    before = checked(root)
    drafted(root, tool, pyproject=pyproject)
    after = checked(root)
    assert before.configuration.adopted
    assert not after.configuration.adopted
    assert (codes(after), imports(after), after.exit) == (codes(before), imports(before), before.exit)


def test_comments_and_order_are_kept(root):
    write(root, SHOP)
    (root / ".importlinter").write_text(COMMENTED)
    text = drafted(root, "import-linter").text
    wanted = [
        'roots = ["shop"]',
        "# Decided in January.",
        'name = "Layers"',
        '"shop.web"',
        "# The domain.",
        '"shop.orders"',
        "why = ",
    ]
    places = [text.index(part) for part in wanted]
    assert places == sorted(places)
    why = tomllib.loads(text)["contracts"][0]["why"]
    assert why == "Ask the platform team\nbefore you change this."


def test_comments_of_toml_are_kept(root):
    text = """
    # The shop.
    exclude = ["docs"]  # nothing to see
    # Web is on top.
    [[modules]]
    path = "shop.web"
    depends_on = [
        "shop.orders",  # for now
        # The catalogue.
        "shop.db",
    ]
    """
    write(root, {**SHOP, "tach.toml": text})
    text = drafted(root, "tach").text
    for comment in ("# The shop.", "# nothing to see", "# Web is on top."):
        assert comment in text


def test_a_pyproject_keeps_what_else_it_says(root):
    write(
        root, {**SHOP, "pyproject.toml": "# ours\n[project]\nname = 'shop'  # the shop\n", "tach.toml": TACH}
    )
    drafted(root, "tach", pyproject=True)
    text = (root / "pyproject.toml").read_text()
    assert text.startswith("# ours\n[project]\nname = 'shop'  # the shop\n")
    assert tomllib.loads(text)["tool"]["archlint"]["contracts"][0]["type"] == "modules"


@pytest.mark.parametrize("own", ["archlint.toml", ".archlint.toml"])
def test_a_configuration_is_never_overwritten_unasked(root, own):
    write(root, {**SHOP, own: "# mine\n"})
    with pytest.raises(ArchlintError, match=rf"^{own} holds a configuration already; --force replaces it$"):
        drafted(root)
    assert (root / own).read_text() == "# mine\n"


def test_force_replaces(root):
    write(root, {**SHOP, "archlint.toml": "# mine\n"})
    drafted(root, force=True)
    assert "# mine" not in (root / "archlint.toml").read_text()


def test_what_would_not_be_read_is_not_written(root):
    write(root, {**SHOP, "archlint.toml": ""})
    with pytest.raises(ArchlintError, match=r"^archlint[.]toml would still come first"):
        drafted(root, pyproject=True, force=True)


@pytest.mark.parametrize("tool", ["import-linter", "tach"])
def test_a_tool_without_configuration_is_an_error(root, tool):
    with pytest.raises(ArchlintError, match=f"there is no {tool} configuration"):
        drafted(write(root, SHOP), tool)


def test_the_parity_table_names_what_is_not_taken_over(root):
    custom = "[importlinter:contract:own]\nname = Own\ntype = naming\n"
    write(root, SHOP)
    (root / ".importlinter").write_text(LAYERS_INI + custom)
    draft = drafted(root, "import-linter")
    rows = [line.split("  ")[0] for line in draft.said.splitlines()]
    assert rows == ["contract", "Layers", "Own"]
    assert "not taken over" in draft.said.splitlines()[2]
    assert [each["name"] for each in tomllib.loads(draft.text)["contracts"]] == ["Layers"]


def test_layers_are_inferred_from_the_code(root):
    draft = drafted(write(root, SHOP))
    [contract] = tomllib.loads(draft.text)["contracts"]
    assert contract["layers"] == ["web", "orders", "db"]
    assert "# 3 levels; 2 of 2 imports between them run downwards (100.0 %)." in draft.text
    assert checked(root).exit == Exit.CLEAN
    write(root, UP)
    assert checked(root).exit == Exit.FINDINGS


def test_exceptions_are_listed_with_their_place(root):
    files = {
        "shop/__init__.py": "",
        "shop/web.py": "from shop import db, orders\n",
        "shop/orders.py": "from shop import db\n",
        "shop/db.py": "\nfrom shop import web\n",
    }
    draft = drafted(write(root, files))
    assert '"shop.db -> shop.web"' in draft.text
    assert "# shop/db.py:2" in draft.text


@pytest.mark.parametrize(
    ("tool", "path", "text"), [("import-linter", ".importlinter", LAYERS_INI), ("tach", "tach.toml", TACH)]
)
def test_a_configuration_that_is_not_taken_over_is_told(root, tool, path, text):
    draft = drafted(write(root, {**SHOP, path: text}))
    note = f"note: {path} will not be looked at any more; `archlint init --from {tool}` takes it over instead"
    assert draft.said.splitlines()[-1] == note


def test_siblings_on_one_level_are_independent(root):
    files = {**SHOP, "shop/mail.py": "from shop import db\n"}
    [contract] = tomllib.loads(drafted(write(root, files)).text)["contracts"]
    assert contract["layers"] == ["web", "mail | orders", "db"]


def test_what_rules_find_is_left_to_the_ledger(root):
    branches = "".join(f"    if x == {number}:\n        return {number}\n" for number in range(20))
    files = {**SHOP, "shop/db.py": f"def price(x):\n{branches}"}
    draft = drafted(write(root, files))
    assert set(tomllib.loads(draft.text)) == {"roots", "contracts"}
    assert codes(checked(root)) == [("shop.db", "ARC301")]
    assert draft.next_step() == (
        "`archlint check` has 1 finding today (complex-function 1); "
        "`archlint baseline` records it, so that only new ones fail."
    )


def test_a_clean_project_is_told_to_check(root):
    assert drafted(write(root, SHOP)).next_step() == "Try `archlint check`."


def test_the_file_of_a_package_has_a_place_in_the_order(root):
    """What imports the package's own file stands above all that this file imports."""
    files = {
        "shop/__init__.py": "from shop.web import page\n",
        "shop/web.py": "import shop.db\n",
        "shop/db.py": "",
        "shop/run.py": "import shop\n",
    }
    [contract] = tomllib.loads(drafted(write(root, files)).text)["contracts"]
    assert contract["layers"] == ["run", "web", "db"]
    assert "ignore-imports" not in contract


def test_modules_that_are_called_after_any_file_can_be_named(root):
    files = {**SHOP, "shop/0001_first-step.py": "import shop.web\n"}
    [contract] = tomllib.loads(drafted(write(root, files)).text)["contracts"]
    assert contract["layers"] == ["0001_first-step", "web", "orders", "db"]
    assert checked(root).exit == Exit.CLEAN


def test_main_stands_above_what_it_imports(root):
    files = {
        "shop/__init__.py": "",
        "shop/__main__.py": "from shop import core\n",
        "shop/core.py": "from shop import __main__\n",
    }
    [contract] = tomllib.loads(drafted(write(root, files)).text)["contracts"]
    assert contract["layers"] == ["__main__", "core"]
    assert contract["ignore-imports"] == ["shop.core -> shop.__main__"]


def test_tests_within_a_layer_may_import_what_they_test(root):
    files = {
        **SHOP,
        "shop/db.py": None,
        "shop/db/__init__.py": "",
        "shop/db/tests/__init__.py": "",
        "shop/db/tests/test_db.py": "from shop import orders, web\n",
        "shop/db/tests/test_more.py": "from shop import web\n",
    }
    draft = drafted(write(root, {path: text for path, text in files.items() if text is not None}))
    [contract] = tomllib.loads(draft.text)["contracts"]
    assert contract["layers"] == ["web", "orders", "db"]
    assert contract["ignore-imports"] == ["**.tests.** -> **"]
    assert "# tests may import what they test" in draft.text


def test_no_boundary_is_drawn_around_a_namespace_that_the_project_does_not_own(root):
    files = {f"acme/cloud/{part}/m{number}.py": "" for part in ("a", "b") for number in range(20)}
    for number in range(3):
        files[f"acme/cloud/{'ab'[number % 2]}/m{number}.py"] = "import pickle\npickle.loads(b'')\n"
    files |= {"acme/cloud/a/__init__.py": "import acme.cloud.b.m5\n", "acme/cloud/b/__init__.py": ""}
    found = {"roots": ["acme.cloud.a", "acme.cloud.b"]}
    contracts = tomllib.loads(drafted(write(root, files), overrides=found).text)["contracts"]
    assert {each["type"] for each in contracts} == {"layers"}


def test_what_runs_upwards_elsewhere_is_ignored_first(root):
    """A chain that leaves a package and comes back is cut where it runs against the order of the whole."""
    files = {
        "a/__init__.py": "",
        "a/high.py": "from a import low\nfrom b import tool, other\n",
        "a/low.py": "from b import tool, other\n",
        "b/__init__.py": "",
        "b/tool.py": "from a import high\n",
        "b/other.py": "from b import tool\n",
    }
    contracts = tomllib.loads(drafted(write(root, files)).text)["contracts"]
    ignored = {each["name"]: each.get("ignore-imports") for each in contracts}
    assert ignored["Layers of a"] == ["b.tool -> a.high"]


def test_code_without_layers_is_an_error(root):
    with pytest.raises(ArchlintError, match="no layers can be inferred"):
        drafted(write(root, {"shop/__init__.py": "", "shop/a.py": ""}))


NAMES = ["", "a", "b", "c", "d", "a.x", "a.y", "b.x", "c.y"]
edges = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES[1:])), max_size=16)


@settings(max_examples=25, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck))
@given(edges)
def test_contracts_that_are_inferred_are_kept_today(tmp_path_factory, pairs):
    root = tmp_path_factory.mktemp("inferred")
    (root / ".git").mkdir()
    files = {}
    for name in NAMES:
        source = "".join(f"import shop.{head}\n" for tail, head in pairs if tail == name)
        path = f"shop/{name.replace('.', '/')}".rstrip("/")
        files[path + ("/__init__.py" if name in ("", "a", "b", "c") else ".py")] = source
    write(root, files)
    with suppress(NothingToAnalyse):
        drafted(root)
        analysis = checked(root)
        assert analysis.errors == ()
        assert {code for _, code in codes(analysis)} <= {"ARC201"}
