"""The contract type `teams`: what crosses a border, what was agreed, and what cannot be judged."""

from __future__ import annotations

import pytest
from owned_world import SHOP, TEAMS, shop

WEB_ROWS = "shop.web (@shop/web) imports shop.billing.rows (@shop/billing)"
WEB_API = "shop.web (@shop/web) imports shop.billing.api (@shop/billing)"
CORE = "shop.core (@ann, @shop/core) imports shop.web (@shop/web)"


def said(archlint, project, contract, **changed):
    outcome = archlint("check", "--no-cache", cwd=project(shop(contract, **changed)))
    return [
        line.partition("cross-team-import: ")[2].removesuffix(" [Teams]")
        for line in outcome.lines
        if "ARC111" in line
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", [CORE, WEB_ROWS, WEB_API]),
        ('public = ["shop.*.api"]', [CORE, WEB_ROWS]),
        ('public = ["shop.billing"]', [CORE]),
        ('allowed = ["@shop/web -> @shop/billing"]', [CORE]),
        ('allowed = ["@shop/billing -> @shop/web"]', [CORE, WEB_ROWS, WEB_API]),
        ('allowed = ["* -> @shop/billing"]', [CORE]),
        ('allowed = ["@Ann -> *"]', [WEB_ROWS, WEB_API]),
        ('teams = { front = ["@shop/web", "@ann"] }', [
            "shop.web (front) imports shop.billing.rows (@shop/billing)",
            "shop.web (front) imports shop.billing.api (@shop/billing)",
        ]),
        ('teams = { front = ["@shop/web"] }\nallowed = ["front -> *", "@ann -> front"]', []),
        ('unowned = "team"', [CORE, "shop.free (unowned) imports shop.billing.rows (@shop/billing)", WEB_ROWS, WEB_API]),
        ('unowned = "team"\nallowed = ["unowned -> *"]', [CORE, WEB_ROWS, WEB_API]),
        ('max-imports = { "@shop/web -> @shop/billing" = 2 }', [CORE]),
        (
            'max-imports = { "@shop/web -> @shop/billing" = 1 }',
            [CORE, "@shop/web imports modules of @shop/billing 2 times (budget 1)"],
        ),
        ('max-imports = { "* -> *" = 3 }', []),
        ('max-imports = { "* -> *" = 2 }', ["any team imports modules of any team 3 times (budget 2)"]),
    ],
)  # fmt: skip
def test_what_crosses_a_border(archlint, project, options, expected):
    assert said(archlint, project, TEAMS + options + "\n") == expected


def test_only_the_imports_that_count_cross(archlint, project):
    web = "def view():\n    from shop.billing.rows import Row\n"
    assert said(archlint, project, TEAMS, web=web) == [CORE, WEB_ROWS]
    assert said(archlint, project, TEAMS + 'edges = ["eager"]\n', web=web) == [CORE]


def test_a_suppressed_import_crosses_nothing(archlint, project):
    web = "from shop.billing.rows import Row  # archlint: ignore[cross-team-import] -- agreed until May\n"
    assert said(archlint, project, TEAMS, web=web) == [CORE]


def test_the_remedy_names_a_public_module_that_passes_the_name_on(archlint, project):
    files = shop(TEAMS + 'public = ["shop.billing.api"]\n')
    files["shop/billing/api.py"] = "from shop.billing.rows import Row\n"
    full = archlint("check", "--no-cache", "--format", "full", cwd=project(files)).out
    assert "help: Import Row from shop.billing.api, which passes it on (shop/billing/api.py:1)." in full


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ('allowed = ["@shop/web"]', "must be two teams"),
        ('allowed = ["a -> b -> c"]', "must be two teams"),
        ('max-imports = { "* -> *" = -1 }', "negative"),
        ('allowed = ["@shop/wbe -> *"]', "allowed: '@shop/wbe' is no owner in CODEOWNERS and no team of this contract (did you mean '@shop/web'?)"),
        ('max-imports = { "* -> @x" = 1 }', "max-imports: '@x' is no owner"),
        ('teams = { a = ["@y"] }', "teams: '@y' is no owner"),
        ('public = ["shop.nowhere"]', "public: there is no module 'shop.nowhere'"),
        ('unowned = "maybe"', "unowned"),
    ],
)  # fmt: skip
def test_what_cannot_be_judged_is_one_line_and_exit_2(archlint, project, options, said):
    outcome = archlint("check", "--no-cache", cwd=project(shop(TEAMS + options + "\n")))
    assert outcome.code == 2
    lines = [line for line in outcome.err.splitlines() if "error: " in line]
    assert len(lines) == 1
    assert said in lines[0]
    assert "archlint.toml:" in lines[0]


def test_no_owners_is_exit_2(archlint, project):
    files = {path: text for path, text in shop().items() if path != "CODEOWNERS"}
    outcome = archlint("check", "--no-cache", cwd=project(files))
    assert outcome.code == 2
    assert "contract `Teams`: nobody is known to own anything: there is no CODEOWNERS" in outcome.err


def test_a_change_of_owners_is_seen_by_a_warm_run(archlint, project):
    root = project(shop())
    assert [archlint("check", cwd=root).code for _ in range(2)] == [1, 1]
    (root / "CODEOWNERS").write_text("* @all\n")
    assert archlint("check", cwd=root).code == 0
    (root / "CODEOWNERS").unlink()
    assert archlint("check", cwd=root).code == 2
    (root / ".github").mkdir()
    (root / ".github" / "CODEOWNERS").write_text("* @all\n")
    assert archlint("check", cwd=root).code == 0


def test_a_budget_is_known_to_the_ledger_until_it_grows(archlint, project):
    contract = TEAMS + 'max-imports = { "* -> *" = 1 }\n'
    root = project(shop(contract))
    assert archlint("baseline", cwd=root).code == 0
    assert archlint("check", cwd=root).code == 0
    (root / "shop" / "core.py").write_text("import shop.web\nimport shop.billing.rows\n")
    outcome = archlint("check", cwd=root)
    assert outcome.code == 1
    assert "4 times (budget 1)" in outcome.out


def test_can_and_audit_know_the_owners(archlint, project):
    root = project(shop(TEAMS + 'public = ["shop.*.api"]\n'))
    assert archlint("can", "shop.core", "shop.billing.rows", cwd=root).code == 1
    assert archlint("can", "shop.core", "shop.billing.api", cwd=root).code == 0
    assert "nobody is known" not in archlint("audit", cwd=root).err


def test_owners_of_a_project_below_the_top_of_its_repository(archlint, project):
    files = {f"backend/{path}": text for path, text in shop().items() if path != "CODEOWNERS"}
    owners = "/backend/shop/billing/ @shop/billing\n/backend/shop/web.py @shop/web\n"
    root = project({**files, ".github/CODEOWNERS": owners, ".git/HEAD": ""})
    assert "ARC111" in archlint("check", "--no-cache", cwd=root / "backend").out


def test_the_shop_has_what_the_tests_say():
    assert len(SHOP) == 8
