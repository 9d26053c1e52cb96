"""Analyses made by hand, for the reporters of ``check``: an ordinary one, and one that nobody wishes for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from archlint.config.settings import Configuration, Settings
from archlint.model import ContractResult, Finding, Step
from archlint.pipeline.analysis import Analysis, Summary
from archlint.reporters.aids import Aids

if TYPE_CHECKING:
    from collections.abc import Iterable

WHY = "A storage change must not reach the web tier."
SOURCES = {
    "shop/billing.py": b"import os\n\nfrom shop import notices  # later\n",
    "shop/café.py": "é = 1; import shop.web\n".encode(),
    "shop/web.py": b"\n" * 39 + b"    def place(order):\n",
    "shop/broken.py": b"def\n",
}
CHAIN = (
    Step("shop.billing", "shop.notices", "shop/billing.py", 3),
    Step("shop.notices", "shop.web", "shop/notices.py", 7),
)
INDIRECT = Finding(
    code="ARC101",
    rule="layer-breach",
    message="shop.billing reaches shop.web through 1 module, but shop.billing is below shop.web",
    module="shop.billing",
    path="shop/billing.py",
    line=3,
    severity="error",
    contract="Layered architecture",
    chain=CHAIN,
    identity=("ARC101", "Layered architecture", "shop.billing", "shop.web"),
    help="Break the chain at its cheapest import: shop.billing -> shop.notices (shop/billing.py:3).",
    why=WHY,
    owner="platform team",
)
DIRECT = Finding(
    code="ARC101",
    rule="layer-breach",
    message="shop.café imports shop.web, but shop.café is below shop.web",
    module="shop.café",
    path="shop/café.py",
    column=8,
    severity="error",
    contract="Layered architecture",
    chain=(Step("shop.café", "shop.web", "shop/café.py", 1),),
    identity=("ARC101", "Layered architecture", "shop.café", "shop.web"),
    why=WHY,
)
CYCLE = Finding(
    code="ARC201",
    rule="import-cycle",
    message="2 modules import each other in a circle: shop.notices -> shop.web -> shop.notices",
    module="shop.notices",
    path="shop/notices.py",
    line=7,
    chain=(CHAIN[1], Step("shop.web", "shop.notices", "shop/web.py", 2)),
    related=(("remove to break the cycle", CHAIN[1]),),
    identity=("ARC201", "shop.notices -> shop.web", "shop.web -> shop.notices"),
    help="Remove, defer or move those imports.",
)
COMPLEX = Finding(
    code="ARC301",
    rule="complex-function",
    message="place has a cyclomatic complexity of 22 (limit 15)",
    module="shop.web",
    path="shop/web.py",
    line=40,
    column=5,
    severity="info",
    symbol="shop.web.place",
    identity=("ARC301", "shop.web.place"),
    value=22,
)
BROKEN = Finding(
    code="ARC900",
    rule="syntax-error",
    message="invalid syntax",
    module="shop.broken",
    path="shop/broken.py",
    line=1,
    column=4,
    severity="error",
    identity=("ARC900", "shop.broken"),
)
CONTRACTS = (
    ContractResult("Layered architecture", "layers", False, 2),
    ContractResult("No SQL in the web tier", "forbidden", True, 0),
    ContractResult(
        "Features", "independence", False, 0, "archlint.toml:9: modules: there is no module 'shop.x'"
    ),
)


def analysis_of(
    findings: Iterable[Finding] = (), contracts: Iterable[ContractResult] = (), errors: Iterable[str] = ()
) -> Analysis:
    """Return an analysis with these *findings*, in the order of every output."""
    found = tuple(sorted(findings, key=lambda finding: finding.sort_key))
    not_analysed = sum(finding.code.startswith("ARC9") for finding in found)
    return Analysis(
        project=None,  # type: ignore[arg-type]  # no reporter of `check` looks at it
        configuration=Configuration(Settings()),
        summary=Summary(files=12, modules=12, imports=34, not_analysed=not_analysed),
        findings=found,
        suppressed=found[:1],
        contracts=tuple(contracts),
        errors=tuple(errors),
        ran=frozenset({"ARC101", "ARC201", "ARC203"}),
    )


def ordinary() -> Analysis:
    """Return an analysis with a finding of each kind."""
    errors = [result.error for result in CONTRACTS if result.error]
    return analysis_of((INDIRECT, DIRECT, CYCLE, COMPLEX, BROKEN), CONTRACTS, errors)


def below(path: str) -> str:
    """Place the project in a directory of its repository, as a monorepo does."""
    return f"services/{path}" if path else "services"


def ordinary_aids() -> Aids:
    """Return the aids of the ordinary analysis."""
    return Aids(sources=SOURCES, located=below)


EVIL = (
    "a\n::error file=x,title=pwn::injected",
    "  ::error::indented",
    "\u3000::error::wide blank",
    "b\r##[error]x ###[set-env name=x]y ##vso[task.complete]z ##teamcity[x]",
    "c\x1b[31mred\x1b]8;;https://evil.example\x07link",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "[id](1) [text](https://evil.example) ![x](y)",
    "100%0A%25::",
    "quo\"te' `tick` ``two`` |pipe| \\ back\\",
    "bidi\u202e\u2066\u2028end\x85",
    os.fsdecode(b"not\xffutf8"),
    "astral \U0001f600 \ufffe\uffff ]]> <![CDATA[ &amp; &lt;",
    "# heading\n\n- item\n\n---\n| a | b |",
    "@someone #123 www.evil.example",
    "</details></summary></testcase>",
)


def evil_finding(text: str, number: int) -> Finding:
    """Return a finding that says *text* wherever a stranger can put it."""
    step = Step(f"m.{text}", f"n.{text}", f"{text}/m.py", 1)
    return Finding(
        code="ARC201",
        rule="import-cycle",
        message=f"{text} imports {text}",
        module=f"m.{text}",
        path=f"{text}/m{number}.py",
        severity=("error", "warning", "info")[number % 3],
        symbol=text,
        contract=text,
        chain=(step, step),
        related=(("remove", step),),
        identity=("ARC201", text, str(number)),
        help=text,
        why=text,
        owner=text,
    )


def evil() -> Analysis:
    """Return an analysis with every evil text in every place."""
    contracts = [ContractResult(text, "layers", number % 2 == 0, 1) for number, text in enumerate(EVIL)]
    contracts += [ContractResult(text, "layers", False, 0, text) for text in EVIL]
    findings = [evil_finding(text, number) for number, text in enumerate(EVIL)]
    return analysis_of(findings, contracts, EVIL)


def evil_aids() -> Aids:
    """Return aids whose sources are evil too."""
    return Aids({f.path: f"import {f.symbol}".encode("utf-8", "surrogateescape") for f in evil().findings})
