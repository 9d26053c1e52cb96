"""``archlint baseline``, and ``check`` in a project with a ledger."""

from __future__ import annotations

import json

import pytest

LEDGER = "archlint-ledger.toml"
BRANCHY = "def f(x):\n" + "".join(f"    if x == {number}:\n        return {number}\n" for number in range(18))
FILES = {
    "archlint.toml": '[[contracts]]\nname = "Layers"\ntype = "layers"\nlayers = ["shop.web", "shop.db"]\n',
    "shop/__init__.py": "",
    "shop/web.py": "import shop.db\n",
    "shop/db.py": "from shop import web\n",
    "shop/price.py": BRANCHY,
}


@pytest.fixture
def shop(project, archlint):
    """Return a project whose three findings are recorded."""
    root = project(FILES)
    assert archlint("baseline", cwd=root).code == 0
    return root


def counts(archlint, root, *more):
    document = json.loads(archlint("check", "--format", "json", *more, cwd=root).out)
    return {name: document["ledger"][name] for name in ("known", "resolved", "new", "worse")}


def test_what_is_recorded_does_not_fail_and_is_not_listed(archlint, shop):
    checked = archlint("check", cwd=shop)
    assert checked.code == 0
    assert checked.lines == [
        "Contract kept: 1 of 1 (1 known finding)",
        "No findings in 4 files, 2 imports. Ledger: 3 known, 0 resolved, 0 new.",
    ]
    assert archlint("check", cwd=shop) == checked


def test_where_nothing_is_found_no_ledger_is_written(archlint, project):
    root = project({"shop/__init__.py": ""})
    done = archlint("baseline", cwd=root)
    assert (done.code, done.lines) == (0, ["There is nothing to record: no findings."])
    assert not (root / LEDGER).exists()


def test_without_a_ledger_nothing_is_said_of_one(archlint, project):
    root = project(FILES)
    assert "Ledger" not in archlint("check", cwd=root).out
    assert "ledger" not in json.loads(archlint("check", "--format", "json", cwd=root).out)


def test_known_findings_are_listed_on_demand(archlint, shop):
    shown = archlint("check", "--show-known", cwd=shop)
    assert shown.code == 0
    assert sum(line.startswith("known: shop/") for line in shown.lines) == 3
    document = json.loads(archlint("check", "--show-known", "--format", "json", cwd=shop).out)
    assert [row["code"] for row in document["known"]] == ["ARC101", "ARC201", "ARC301"]
    assert document["findings"] == []


@pytest.mark.parametrize(
    "name", ["sarif", "github", "gitlab", "junit", "rdjson", "markdown", "jsonl", "grouped", "full"]
)
def test_every_format_leaves_known_findings_out(archlint, shop, name):
    assert "shop/price.py" not in archlint("check", "--format", name, cwd=shop).out


def test_lines_move_and_nothing_is_new(archlint, shop):
    (shop / "shop/db.py").write_text("\n\n\n# moved\nfrom shop import web\n")
    (shop / "shop/price.py").write_text("X = 1\n\n\n" + BRANCHY)
    assert counts(archlint, shop) == {"known": 3, "resolved": 0, "new": 0, "worse": 0}


def test_a_measured_finding_fails_when_it_grows_only(archlint, shop):
    (shop / "shop/price.py").write_text(BRANCHY + "    if x and 1:\n        return 1\n")
    worse = archlint("check", cwd=shop)
    assert worse.code == 1
    assert "complexity of 21 (limit 15); the ledger knows 19" in worse.lines[0]
    assert "2 known, 0 resolved, 1 new (1 of them worse than recorded)" in worse.lines[-1]
    (shop / "shop/price.py").write_text(BRANCHY.replace("    if x == 3:\n        return 3\n", ""))
    assert archlint("check", cwd=shop).code == 0


def test_what_is_resolved_is_told_and_taken_out_by_shrink(archlint, shop):
    (shop / "shop/price.py").write_text("")
    before = (shop / LEDGER).read_text()
    checked = archlint("check", cwd=shop)
    assert checked.code == 0
    assert checked.lines[0].startswith(
        f"{LEDGER}:16:1: ARC010 stale-ledger-entry: the ledger still knows ARC301 "
    )
    assert "2 known, 1 resolved, 0 new" in checked.lines[-1]
    assert (shop / LEDGER).read_text() == before
    assert archlint("baseline", "--shrink", cwd=shop).out == f"{LEDGER}: 2 known, 1 resolved and removed.\n"
    assert counts(archlint, shop) == {"known": 2, "resolved": 0, "new": 0, "worse": 0}


def test_shrink_lowers_what_became_smaller(archlint, shop):
    (shop / "shop/price.py").write_text(BRANCHY.replace("    if x == 3:\n        return 3\n", ""))
    assert "1 reduced" in archlint("baseline", "--shrink", cwd=shop).out
    assert "value = 18" in (shop / LEDGER).read_text()
    (shop / "shop/price.py").write_text(BRANCHY)
    assert archlint("check", cwd=shop).code == 1


def test_paths_and_narrowing_options_call_nothing_stale(archlint, shop):
    (shop / "shop/price.py").write_text("")
    for arguments in (
        ["shop"],
        ["--exclude", "shop/price.py"],
        ["--select", "ARC101"],
        ["--contract", "Layers"],
    ):
        outcome = archlint("check", *arguments, cwd=shop)
        assert (outcome.code, "ARC010" in outcome.out) == (0, False), arguments


def test_a_file_that_cannot_be_read_proves_nothing(archlint, shop):
    (shop / "shop/price.py").write_text("def f(:\n")
    assert counts(archlint, shop) == {"known": 2, "resolved": 0, "new": 1, "worse": 0}


def test_new_findings_need_to_be_allowed(archlint, shop):
    (shop / "shop/other.py").write_text(BRANCHY)
    before = (shop / LEDGER).read_text()
    refused = archlint("baseline", cwd=shop)
    assert (refused.code, refused.out, len(refused.err.splitlines())) == (2, "", 1)
    assert "--allow-new" in refused.err
    archlint("baseline", "--shrink", cwd=shop)
    assert (shop / LEDGER).read_text() == before
    said = archlint("baseline", "--allow-new", "--owner", "prices", "--reason", 'a "table"', cwd=shop)
    assert said.out == f"{LEDGER}: 3 known, 1 new and recorded.\n"
    assert 'owner = "prices"\nreason = "a \\"table\\""' in (shop / LEDGER).read_text()
    assert archlint("check", cwd=shop).code == 0


@pytest.mark.parametrize(("today", "code"), [("2030-01-01", 0), ("2030-01-31", 0), ("2030-02-01", 1)])
def test_an_entry_counts_until_its_last_day(archlint, project, monkeypatch, today, code):
    root = project(FILES)
    archlint("baseline", "--until", "2030-01-31", "--owner", "db", cwd=root)
    monkeypatch.setenv("ARCHLINT_TODAY", today)
    checked = archlint("check", "--format", "full", cwd=root)
    assert checked.code == code
    assert checked.out.count("error[ARC011] expired-ledger-entry: known until 2030-01-31 only: ") == 3 * code
    assert checked.out.count("owner: db") == 3 * code
    assert archlint("check", "shop", cwd=root).code == 0


def test_a_finding_that_is_gone_does_not_expire(archlint, project, monkeypatch):
    root = project(FILES)
    archlint("baseline", "--until", "2030-01-31", cwd=root)
    for name in ("db", "price"):
        (root / f"shop/{name}.py").write_text("")
    monkeypatch.setenv("ARCHLINT_TODAY", "2031-01-01")
    assert archlint("check", cwd=root).code == 0


def test_cutting_one_chain_or_shrinking_a_cycle_is_nothing_new(archlint, project):
    files = {
        **FILES,
        "shop/db.py": "import shop.one\nimport shop.two\n",
        "shop/one.py": "import shop.web\n",
        "shop/two.py": "import shop.web\n",
        "shop/price.py": "",
    }
    root = project(files)
    archlint("baseline", cwd=root)
    (root / "shop/db.py").write_text("import shop.two\n")
    assert counts(archlint, root) == {"known": 2, "resolved": 0, "new": 0, "worse": 0}


def test_a_day_that_is_none(archlint, project, monkeypatch):
    root = project(FILES)
    assert "--until: `soon` is no date" in archlint("baseline", "--until", "soon", cwd=root).err
    archlint("baseline", cwd=root)
    monkeypatch.setenv("ARCHLINT_TODAY", "2030-13-01")
    outcome = archlint("check", cwd=root)
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--shrink", "shop"], "--shrink needs the whole project"),
        (["--shrink", "--exclude", "x"], "--shrink needs the whole project"),
    ],
)
def test_shrink_judges_the_whole_or_nothing(archlint, shop, arguments, said):
    outcome = archlint("baseline", *arguments, cwd=shop)
    assert (outcome.code, said in outcome.err) == (2, True)


def test_shrink_without_a_ledger(archlint, project):
    outcome = archlint("baseline", "--shrink", cwd=project(FILES))
    assert outcome.err == f"archlint: error: there is no {LEDGER} yet; `archlint baseline` writes one\n"


def test_a_contract_that_cannot_be_judged_writes_nothing(archlint, project):
    root = project({**FILES, "archlint.toml": FILES["archlint.toml"].replace("shop.db", "shop.gone")})
    outcome = archlint("baseline", cwd=root)
    assert (outcome.code, (root / LEDGER).exists()) == (2, False)


def test_a_ledger_edited_by_hand_with_an_error(archlint, shop):
    path = shop / LEDGER
    path.write_text(path.read_text().replace("layer-breach", "layer-brech"))
    outcome = archlint("check", cwd=shop)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        f"archlint: error: {LEDGER}:4: unknown rule `layer-brech`; did you mean `layer-breach`?\n"
    )


def test_a_change_of_the_ledger_is_noticed_at_once(archlint, shop):
    assert archlint("check", cwd=shop).code == 0
    (shop / LEDGER).unlink()
    assert archlint("check", cwd=shop).code == 1
    assert archlint("check", "--only-touching", LEDGER, cwd=shop).code == 1
    assert archlint("check", "--only-touching", "shop/__init__.py", cwd=shop).code == 0


def test_python_sees_the_same(archlint, shop):
    import archlint as library

    analysis = library.analyse(shop)
    assert (analysis.findings, len(analysis.known), analysis.exit) == ((), 3, 0)


def test_a_configuration_of_another_tool_has_a_ledger_too(archlint, project, monkeypatch):
    root = project(
        {
            ".importlinter": "[importlinter]\nroot_package = shop\n\n[importlinter:contract:1]\nname = Layers\n"
            "type = layers\nlayers =\n    shop.web\n    shop.db\n",
            **{path: text for path, text in FILES.items() if path != "archlint.toml"},
        }
    )
    archlint("baseline", "--until", "2030-01-31", cwd=root)
    assert archlint("check", cwd=root).code == 0
    monkeypatch.setenv("ARCHLINT_TODAY", "2030-02-01")
    assert "ARC011" in archlint("check", cwd=root).out
