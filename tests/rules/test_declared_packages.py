"""Packages that are imported and not declared, and the other way round; and the names that join the two."""

from __future__ import annotations

import pytest
from examples_in_memory import of_example

from archlint.rule import Example
from archlint.rules.technology.distributions import Names, named, package_of
from archlint.rules.technology.undeclared_package import UndeclaredPackage
from archlint.rules.technology.unused_package import UnusedPackage


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("flask.views", "flask"),
        ("google.cloud.storage.blob", "google.cloud.storage"),
        ("google.auth", "google.auth"),
        ("google", "google"),
        ("zope.interface.verify", "zope.interface"),
    ],
)
def test_the_package_of_a_name_goes_below_what_many_share(target, expected):
    assert package_of(target) == expected


def test_names_lead_to_distributions_and_back():
    names = Names({"Our.Client": ["ours.client"], "other": ["ours.client", "x"]}, {"pillow": ["PIL", "pil2"]})
    assert names.installed_by("our-client") == ("ours.client",)
    assert names.installed_by("pillow") == ("PIL", "pil2")
    assert names.installed_by("some-thing") == ("some_thing", "some.thing")
    assert names.installed_by("thing") == ("thing",)
    assert names.sources("ours.client.api")[:2] == ("our-client", "other")
    assert names.sources("x") == ("other", "x")
    assert names.sources("yaml")[0] == "pyyaml"
    assert names.sources("unheard.of") == ("unheard", "unheard-of")
    assert names.sources("google.cloud.storage")[0] == "google-cloud-storage"
    assert names.sources("_private") == ("private",)
    assert "yaml" in Names().installed_by("pyyaml")


def test_a_name_is_one_of_those_above_it():
    assert named("a.b.c", ["a.b"])
    assert named("a", ["a"])
    assert not named("ab", ["a"])
    assert not named("a", ["a.b"])
    assert not named("a", [])


PROJECT = '[project]\nname = "shop"\ndependencies = ["flask"]\n'
DEV = '[dependency-groups]\ndev = ["pytest", "requests"]\n'
DECLARES = '[project]\nname = "shop"\ndependencies = ["%s"]\n'
EXTRA = '[project.optional-dependencies]\nweb = ["httpx"]\n'


def lines(rule, files):
    found = rule.check(of_example(Example({"pyproject.toml": PROJECT, **files})))
    return [f"{one.path}:{one.line} {one.message}" for one in found]


@pytest.mark.parametrize(
    ("options", "files", "expected"),
    [
        ({}, {"shop/a.py": "import flask, os, shop.b\n", "shop/b.py": ""}, []),
        (
            {},
            {"shop/a.py": "import flask\nimport httpx\n"},
            ["shop/a.py:2 shop.a imports httpx, which pyproject.toml does not declare"],
        ),
        (
            {},
            {"shop/a.py": "import httpx\n", "shop/b.py": "import httpx\n", "shop/c.py": "import httpx\n"},
            ["shop/a.py:1 shop.a and 2 more modules import httpx, which pyproject.toml does not declare"],
        ),
        (
            {},
            {"shop/a.py": "import httpx\n", "shop/b.py": "import httpx\n"},
            ["shop/a.py:1 shop.a and 1 more module import httpx, which pyproject.toml does not declare"],
        ),
        ({"ignored": ("httpx",)}, {"shop/a.py": "import httpx\n"}, []),
        ({}, {"shop/a.py": "try:\n    import httpx\nexcept ImportError:\n    httpx = None\n"}, []),
        (
            {},
            {"shop/a.py": "def f():\n    import httpx\n"},
            ["shop/a.py:2 shop.a imports httpx, which pyproject.toml does not declare"],
        ),
        ({"deferred": False}, {"shop/a.py": "def f():\n    import httpx\n"}, []),
        ({}, {"shop/a.py": "import httpx\n", "pyproject.toml": PROJECT + EXTRA}, []),
        ({}, {"shop/tests/test_a.py": "import httpx\n"}, []),
        (
            {"include_tests": True},
            {"shop/tests/test_a.py": "import httpx\n"},
            ["shop/tests/test_a.py:1 shop.tests.test_a imports httpx, which pyproject.toml does not declare"],
        ),
        (
            {},
            {"shop/a.py": "import requests\n", "pyproject.toml": PROJECT + DEV},
            [
                "shop/a.py:1 shop.a imports requests, which pyproject.toml declares for development alone (dev)"
            ],
        ),
        (
            {"include_tests": True},
            {"shop/tests/test_a.py": "import requests\n", "pyproject.toml": PROJECT + DEV},
            [],
        ),
        ({}, {"docs/conf.py": "import requests\n", "pyproject.toml": PROJECT + DEV}, []),
        ({}, {"shop/noxfile.py": "import requests\n", "pyproject.toml": PROJECT + DEV}, []),
        ({"development": False}, {"shop/a.py": "import requests\n", "pyproject.toml": PROJECT + DEV}, []),
        ({"package_module_map": {"flask": ("flask_core",)}}, {"shop/a.py": "import flask_core\n"}, []),
        ({}, {"shop/a.py": "import acme_bells\n", "pyproject.toml": DECLARES % "acmebells-client"}, []),
        ({}, {"shop/a.py": "import acmebells\n", "pyproject.toml": DECLARES % "django-acme-bells"}, []),
        (
            {},
            {"shop/a.py": "import acme\n", "pyproject.toml": DECLARES % "acme-bells"},
            ["shop/a.py:1 shop.a imports acme, which pyproject.toml does not declare"],
        ),
        (
            {},
            {"shop/a.py": "import httpx\n", "pyproject.toml": DECLARES % "httpx-client"},
            ["shop/a.py:1 shop.a imports httpx, which pyproject.toml does not declare"],
        ),
    ],
)
def test_undeclared_packages(options, files, expected):
    assert lines(UndeclaredPackage(**options), files) == expected


@pytest.mark.parametrize(
    ("options", "files", "expected"),
    [
        ({}, {"shop/a.py": "import flask\n"}, []),
        ({}, {"shop/a.py": ""}, ["pyproject.toml:3 pyproject.toml declares flask, which nothing imports"]),
        ({"ignored": ("Flask",)}, {"shop/a.py": ""}, []),
        ({}, {"shop/a.py": "APPS = ['flask.views']\n"}, []),
        ({}, {"shop/tests/test_a.py": "import flask\n"}, []),
        ({}, {"shop/a.py": "import flask\n", "pyproject.toml": PROJECT + EXTRA + DEV}, []),
        (
            {"optional": True},
            {"shop/a.py": "import flask\n", "pyproject.toml": PROJECT + EXTRA + DEV},
            ["pyproject.toml:5 pyproject.toml declares httpx (web), which nothing imports"],
        ),
        (
            {"development": True},
            {"shop/a.py": "import flask\n", "pyproject.toml": PROJECT + EXTRA + DEV},
            ["pyproject.toml:7 pyproject.toml declares requests (dev), which nothing imports"],
        ),
        (
            {},
            {"shop/a.py": "", "pyproject.toml": PROJECT.replace('["flask"]', '["flask", "httpx", "flask"]')},
            [
                "pyproject.toml:3 pyproject.toml declares flask, which nothing imports",
                "pyproject.toml:3 pyproject.toml declares httpx, which nothing imports",
            ],
        ),
        ({"package_module_map": {"flask": ("other",)}}, {"shop/a.py": "import other\n"}, []),
        ({}, {"shop/a.py": "import acmebells\n", "pyproject.toml": DECLARES % "django-acme-bells"}, []),
        (
            {},
            {"shop/a.py": "import acme\n", "pyproject.toml": DECLARES % 'acme", "django-acme'},
            ["pyproject.toml:3 pyproject.toml declares django-acme, which nothing imports"],
        ),
    ],
)
def test_unused_packages(options, files, expected):
    assert lines(UnusedPackage(**options), files) == expected
