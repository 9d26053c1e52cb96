"""What holds for rules alike: company changes no verdict, limits are the last value that passes, tests are spared."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from examples_in_memory import in_memory, of_example

from archlint.config.load import load
from archlint.config.registry import builtin
from archlint.rule import Example, Rule
from archlint.rules.complexity.complex_function import ComplexFunction
from archlint.rules.complexity.complexity_over_budget import ComplexityOverBudget
from archlint.rules.complexity.deep_nesting import DeepNesting
from archlint.rules.complexity.hard_to_follow_function import HardToFollowFunction
from archlint.rules.complexity.incohesive_class import SHOWN, IncohesiveClass
from archlint.rules.complexity.large_class import LargeClass
from archlint.rules.complexity.large_module import LargeModule
from archlint.rules.complexity.long_function import LongFunction
from archlint.rules.complexity.low_maintainability import LowMaintainability
from archlint.rules.complexity.too_many_parameters import TooManyParameters
from archlint.rules.coupling.class_coupled_too_widely import ClassCoupledTooWidely
from archlint.rules.coupling.far_from_main_sequence import FarFromMainSequence
from archlint.rules.coupling.hub_module import HubModule
from archlint.rules.coupling.mixed_concerns import MixedConcerns
from archlint.rules.coupling.propagation_over_budget import PropagationOverBudget
from archlint.rules.coupling.too_many_importers import TooManyImporters
from archlint.rules.coupling.too_many_imports import TooManyImports
from archlint.rules.coupling.unstable_dependency import UnstableDependency
from archlint.rules.effort.hidden_coupling import HiddenCoupling
from archlint.rules.effort.hotspot import Hotspot
from archlint.rules.effort.knowledge_island import KnowledgeIsland

KNOWN = builtin()
# Read where the code stands, or how much of it there is, so that more code is another case.
BY_PLACE = {
    "mixed-concerns",
    "large-module",
    "low-maintainability",
    "import-time-cycle",
    "relative-import-beyond-root",
    "hotspot",
}
HARMLESS = "def harmless():\n    return 1\n\n\nclass Harmless:\n    def only(self):\n        return 1\n\n\n"


def configured(rule, options):
    made = load(None, [("here", {"rules": {rule.name: options}, "extend-select": [rule.code]})], KNOWN)
    return next(one for one in made.rules if one.code == rule.code)


def messages(rule, project):
    return sorted(finding.message for finding in rule.check(project))


@pytest.mark.parametrize(
    ("kind", "example"),
    [
        pytest.param(kind, example, id=f"{kind.name}-{number}")
        for kind in KNOWN.rules
        if kind.name not in BY_PLACE and kind.check is not Rule.check
        for number, example in enumerate(kind.examples)
    ],
)
def test_harmless_company_changes_no_verdict(kind, example):
    rule = configured(kind, dict(example.options))
    expected = messages(rule, of_example(example))
    # First in the order of modules, and first in every module: a rule that stops early would miss the rest.
    beside = replace(example, files={"aaa.py": "x = 1\n", "shop/aaa.py": "x = 1\n", **example.files})
    if "percent" not in "".join(field.name for field in fields(kind)):
        assert messages(rule, of_example(beside)) == expected
    files = {
        path: HARMLESS + text if text.strip() and not text.startswith(("from __", "#")) else text
        for path, text in example.files.items()
        if path.endswith(".py")
    }
    assert messages(rule, of_example(replace(example, files={**example.files, **files}))) == expected


LONG = (
    "def f(a, b, c):\n"
    + "    a += 1\n" * 4
    + "    if a:\n        if b or c:\n            return 1\n    return 2\n"
)
CLASS = (
    "class K:\n    def a(self): self.x = 1\n    def b(self): return self.x\n"
    "    def c(self): self.y = 1\n    def d(self): return self.y\n"
)
USES = "class A: ...\nclass B: ...\nclass U:\n    def f(self): return A(), B()\n"


@pytest.mark.parametrize(
    ("made", "value", "source", "upwards"),
    [
        (ComplexFunction, 4, LONG, True),
        (lambda most, **more: ComplexityOverBudget({"shop": most}, **more), 4, LONG, True),
        (HardToFollowFunction, 4, LONG, True),
        (LongFunction, 9, LONG, True),
        (TooManyParameters, 3, LONG, True),
        (DeepNesting, 2, LONG, True),
        (LargeModule, 9, LONG, True),
        (lambda most, **more: LargeClass(most, 600, **more), 4, CLASS, True),
        (lambda most, **more: LargeClass(40, most, **more), 5, CLASS, True),
        (IncohesiveClass, 2, CLASS, False),
    ],
)
def test_the_limit_is_the_last_value_that_passes(made, value, source, upwards):
    passing, failing = (value, value - 1) if upwards else (value + 1, value)
    files = {
        "shop/__init__.py": "",
        "shop/first.py": "X = 1\n",
        "shop/last.py": source,
        "shop/tests/__init__.py": "",
        "shop/tests/test_it.py": source,
        "shop/generated.py": "# @generated\n" + source,
    }
    assert messages(made(passing), in_memory(files)) == []
    found = list(made(failing).check(in_memory(files)))
    assert [one.module for one in found] == ["shop.last"]
    if upwards:
        assert found[0].value is not None
    every = made(failing, include_tests=True, include_generated=True).check(in_memory(files))
    assert sorted(one.module for one in every) == ["shop.generated", "shop.last", "shop.tests.test_it"]


def test_a_maintainability_at_the_limit_passes():
    project = in_memory({"a.py": LONG})
    index = project.facts["a"].maintainability
    assert messages(LowMaintainability(index), project) == []
    [found] = LowMaintainability(index + 0.1).check(project)
    assert found.value == pytest.approx(100 - index)


def test_classes_used_up_to_the_limit_pass():
    files = {"a.py": USES, "tests/test_a.py": USES}
    assert messages(ClassCoupledTooWidely(2), in_memory(files)) == []
    [found] = ClassCoupledTooWidely(1).check(in_memory(files))
    assert (found.symbol, found.value, found.line) == ("U", 2.0, 3)
    assert len(messages(ClassCoupledTooWidely(1, include_tests=True), in_memory(files))) == 2


HUB = {
    "p/__init__.py": "",
    "p/a.py": "import p.hub\n",
    "p/b.py": "import p.hub\n",
    "p/hub.py": "import p.x, p.y, p.z\n",
    "p/x.py": "",
    "p/y.py": "",
    "p/z.py": "",
    "p/late.py": "def f():\n    import p.hub\n",
    "p/typed.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import p.hub\n",
    "p/tests/__init__.py": "",
    "p/tests/test_hub.py": "import p.hub\n",
}


@pytest.mark.parametrize(
    ("made", "value", "tests"),
    [
        (lambda most, **more: HubModule(most, 2, **more), 3, True),
        (lambda most, **more: HubModule(2, most, **more), 3, False),
        (TooManyImporters, 3, True),
        (TooManyImports, 3, False),
    ],
)
def test_coupling_up_to_the_limit_passes(made, value, tests):
    assert messages(made(value), in_memory(HUB)) == []
    [found] = made(value - 1).check(in_memory(HUB))
    assert (found.module, found.value) == ("p.hub", 9.0 if isinstance(made(1), HubModule) else 3.0)
    # A test that imports it counts where tests are taken in.
    assert len(messages(made(value, include_tests=True), in_memory(HUB))) == tests


def test_a_step_to_what_is_less_stable_needs_a_margin_and_importers():
    files = {**HUB, "p/hub.py": "import p.x\n", "p/x.py": "import p.y, p.z\n"}
    # p.hub: 3 importers and 1 import; p.x: 1 importer and 2 imports.
    margin = 2 / 3 - 1 / 4
    assert messages(UnstableDependency(margin, 3), in_memory(files)) == []
    assert len(messages(UnstableDependency(margin - 0.01, 3), in_memory(files))) == 1
    assert messages(UnstableDependency(margin - 0.01, 4), in_memory(files)) == []


def test_the_main_sequence_is_for_packages_that_are_coupled_and_have_classes():
    files = {
        "s/__init__.py": "",
        "s/a/__init__.py": "import s.base\n",
        "s/b/__init__.py": "import s.base\n",
        "s/base/__init__.py": "class Order: ...\nclass Line: ...\n",
    }
    assert len(messages(FarFromMainSequence(0.9, 2, 2), in_memory(files))) == 1
    assert messages(FarFromMainSequence(0.9, 3, 2), in_memory(files)) == []
    assert messages(FarFromMainSequence(0.9, 2, 3), in_memory(files)) == []
    assert messages(FarFromMainSequence(1.0, 2, 2), in_memory(files)) == []


def test_many_modules_of_one_part_make_no_composition_root():
    mixed = "import flask\nimport sqlalchemy\n"
    inner = {f"shop/b/{name}.py": "" for name in ("__init__", "v", "w", "x", "y")}
    outer = {f"shop/{name}.py": "" for name in ("__init__", "v", "w", "x", "y")}
    within = {"shop/a.py": mixed + "import shop.b.v, shop.b.w, shop.b.x, shop.b.y\n", **inner}
    apart = {"shop/a.py": mixed + "import shop.v, shop.w, shop.x, shop.y\n", **outer}
    assert len(messages(MixedConcerns(), in_memory(within))) == 1
    assert messages(MixedConcerns(), in_memory(apart)) == []
    assert len(messages(MixedConcerns(composition_root=5), in_memory(apart))) == 1


@pytest.mark.parametrize("kind", [Hotspot, KnowledgeIsland])
def test_every_function_counts_for_what_is_hot(kind):
    assert kind().measured_from() == 1


def test_a_class_that_inherits_may_share_what_is_not_seen():
    inherits = CLASS.replace("class K:", "class K(base.Base):")
    plain = CLASS.replace("class K:", "class K(typing.Generic[T], object):")
    for source, expected in ((CLASS, 1), (inherits, 0), (plain, 1)):
        assert len(messages(IncohesiveClass(2), in_memory({"a.py": source}))) == expected
    assert len(messages(IncohesiveClass(2, with_bases=True), in_memory({"a.py": inherits}))) == 1


@pytest.mark.parametrize(("count", "shown"), [(SHOWN, ""), (SHOWN + 1, " and 1 more")])
def test_a_group_of_methods_is_shown_up_to_a_number(count, shown):
    names = [f"m{number}" for number in range(count)]
    source = CLASS + "".join(f"    def {name}(self): return self.z\n" for name in names)
    [said] = messages(IncohesiveClass(2), in_memory({"a.py": source}))
    assert f"{', '.join(names[:SHOWN])}{shown}" in said
    assert said.endswith(shown) or shown in said


def test_a_pair_that_is_tied_hides_no_other():
    files = {f"s/{name}.py": "" for name in "abyz"} | {"s/__init__.py": "", "s/a.py": "import s.b\n"}
    commits = (("Ann", ("s/a.py", "s/b.py")), ("Ann", ("s/y.py", "s/z.py"))) * 5
    [found] = HiddenCoupling().check(of_example(Example(files, history=commits)))
    assert found.message.startswith("s.y and s.z changed together in 5 commits")
    assert found.value == 100.0


@pytest.mark.parametrize(("percent", "count"), [(43.7, 1), (43.8, 0)])
def test_propagation_up_to_the_budget_passes(percent, count):
    files = {"s/__init__.py": "", "s/a.py": "import s.b\n", "s/b.py": "import s.c\n", "s/c.py": ""}
    assert len(messages(PropagationOverBudget(percent, min_modules=4), in_memory(files))) == count
    assert messages(PropagationOverBudget(percent, min_modules=5), in_memory(files)) == []
