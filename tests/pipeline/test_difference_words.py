"""The words of a difference: options as a configuration has them, and numbers that show what moved."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from archlint.contracts.interface_rules import InterfaceRule
from archlint.contracts.layer_items import LayerItem
from archlint.contracts.module_rules import Dependency, ModuleRule
from archlint.pipeline.difference.values import Metric
from archlint.pipeline.difference.wording import listed, shown
from archlint.reporters.diff_words import change, number

OPTIONS = [
    ("shop.web", "shop.web"),
    (None, "not set"),
    (True, "true"),
    (30, "30"),
    (("a", "b"), '["a", "b"]'),
    (frozenset({"b", "a"}), '["a", "b"]'),
    ({"HTTP client": ("requests",), "b": 1}, '{ "HTTP client" = ["requests"], b = 1 }'),
    (LayerItem("shop.web"), "shop.web"),
    (LayerItem("shop.web", closed=True), '{ name = "shop.web", closed = true }'),
    (ModuleRule(path="**"), '{ path = "**" }'),
    (
        ModuleRule(path="shop.web", depends_on=("shop.db", Dependency("shop.x", deprecated=True))),
        '{ path = "shop.web", depends-on = ["shop.db", { path = "shop.x", deprecated = true }] }',
    ),
    (InterfaceRule(("get_.*",), ("shop",)), '{ expose = ["get_.*"], from = ["shop"] }'),
]


@pytest.mark.parametrize(("option", "text"), OPTIONS)
def test_an_option_is_shown_as_the_configuration_has_it(option: Any, text: str) -> None:
    assert shown(option) == text
    if text.startswith(("{", "[")):
        assert tomllib.loads(f"x = {text}")


def test_few_of_many_are_listed() -> None:
    assert listed([ModuleRule(path="a"), "b", "c", "d"]) == '`{ path = "a" }`, `b`, `c` and 1 more'


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (0.2, 0.25, ("20.0 %", "25.0 %", "+5.0")),
        (0.0201, 0.0204, ("2.01 %", "2.04 %", "+0.03")),
        (0.0464, 0.0461, ("4.64 %", "4.61 %", "-0.03")),
        (0.0196, 0.0204, ("1.96 %", "2.04 %", "+0.08")),
        (0.0404, 0.0406, ("4.04 %", "4.06 %", "+0.02")),
        (0.1234, 0.1237, ("12.34 %", "12.37 %", "+0.03")),
        (0.1234, 0.1241, ("12.3 %", "12.4 %", "+0.1")),
    ],
)
def test_a_share_has_the_digits_that_show_how_it_moved(
    before: float, after: float, said: tuple[str, ...]
) -> None:
    metric = Metric("core size", before, after, share=True)
    assert (number(metric, before), number(metric, after), change(metric)) == said
