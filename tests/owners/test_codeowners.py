"""CODEOWNERS: what its lines say, on GitHub and on GitLab, and who owns a path."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import write_tree

from archlint.context.owners import Owners, apart
from archlint.repository.codeowners import parse, places, read_owners


def owners(text, path="CODEOWNERS", below="", dialect="github") -> Owners:
    found = parse(text, path, below, dialect)
    assert found.owners is not None
    return found.owners


# The example file of GitHub's page about code owners, and the paths that its comments speak of.
GITHUB = """
*       @global-owner1 @global-owner2
*.js    @js-owner #This is an inline comment.
*.go docs@example.com
*.txt @octo-org/octocats
/build/logs/ @doctocat
docs/* docs@example.com
apps/ @octocat
/scripts/ @doctocat @octocat
**/logs @octocat
/things/ @octocat
/things/github
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("README", ["@global-owner1", "@global-owner2"]),
        ("some/deep/place/f.rb", ["@global-owner1", "@global-owner2"]),
        ("web/app.js", ["@js-owner"]),
        ("main.go", ["docs@example.com"]),
        ("notes/a.txt", ["@octo-org/octocats"]),
        ("build/logs/2024/a.log", ["@octocat"]),
        ("docs/getting-started.md", ["docs@example.com"]),
        ("docs/build-app/troubleshooting.md", ["@global-owner1", "@global-owner2"]),
        ("apps/a.py", ["@octocat"]),
        ("deeply/nested/apps/b/a.py", ["@octocat"]),
        ("scripts/x/run.sh", ["@doctocat", "@octocat"]),
        ("deeply/nested/logs/a", ["@octocat"]),
        ("logs", ["@octocat"]),
        ("things/other/a", ["@octocat"]),
        ("things/github", []),
        ("things/github/a.py", []),
    ],
)
def test_the_examples_of_github(path, expected):
    assert list(owners(GITHUB).of(path)) == expected


@pytest.mark.parametrize(
    ("pattern", "matching", "others"),
    [
        ("*", ["a", "a/b/c"], []),
        ("/*", ["a"], ["a/b"]),
        ("/a", ["a", "a/b"], ["b/a"]),
        ("a", ["a", "b/a", "b/a/c"], ["ab"]),
        ("a/", ["a/b", "c/a/b"], ["a", "c/a"]),
        ("/a/", ["a/b", "a/b/c"], ["a", "c/a/b"]),
        ("a/b", ["a/b", "a/b/c"], ["x/a/b"]),
        ("a/*", ["a/b"], ["a/b/c", "x/a/b"]),
        ("a/**", ["a/b", "a/b/c"], ["a", "x/a/b"]),
        ("**/a", ["a", "x/y/a", "x/a/b"], ["xa"]),
        ("**/a/b", ["a/b", "x/a/b"], ["a/x/b"]),
        ("a/**/b", ["a/b", "a/x/b", "a/x/y/b/c"], ["x/a/b"]),
        ("**", ["a", "a/b"], []),
        ("**/", ["a/b"], ["a"]),
        ("a*c", ["ac", "x/abc", "abc/d"], ["ab/c"]),
        ("?.py", ["a.py", "x/b.py"], ["ab.py"]),
        ("a/x*/b", ["a/xy/b"], ["a/b", "a/xy/c"]),
        ("a\\ b/c", ["a b/c"], ["a/c"]),
        ("\\*.py", ["*.py"], ["a.py"]),
        ("a.b", ["a.b"], ["axb"]),
        (".github/", [".github/x"], ["github/x"]),
        ("Docs/", ["Docs/x"], ["docs/x"]),
    ],
)
def test_what_a_pattern_matches(pattern, matching, others):
    found = owners(f"{pattern} @x")
    assert [path for path in matching if not found.of(path)] == []
    assert [path for path in others if found.of(path)] == []


@pytest.mark.parametrize(
    ("pattern", "matching", "others"),
    [
        ("README.md", ["README.md", "a/README.md"], []),
        ("internal/README.md", ["internal/README.md", "a/internal/README.md"], ["internal/a/README.md"]),
        ("/internal/", ["internal/a/b"], ["a/internal/b"]),
        ("/docs/*", ["docs/a"], ["docs/a/b"]),
        ("/docs/**/*.md", ["docs/a.md", "docs/a/b.md"], ["docs/a.py"]),
        ("/docs", ["docs"], ["docs/a"]),
        ("\\#a.rb", ["#a.rb"], []),
        ("[ab].py", ["a.py", "x/b.py"], ["c.py"]),
        ("a\\ b", ["a b"], []),
    ],
)
def test_what_a_pattern_matches_on_gitlab(pattern, matching, others):
    found = owners(f"{pattern} @x", dialect="gitlab")
    assert [path for path in matching if not found.of(path)] == []
    assert [path for path in others if found.of(path)] == []


GITLAB = """
* @general
[Documentation][2] @docs
docs/
README.md @writers
^[Database] @@maintainer
model/db/
!model/db/generated.py
[DOCUMENTATION]
manual/ @manual bad-name
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.py", ["@general"]),
        ("docs/a.md", ["@general", "@docs"]),
        ("docs/README.md", ["@general", "@writers"]),
        ("model/db/a.py", ["@general", "@@maintainer"]),
        ("model/db/generated.py", ["@general"]),
        ("manual/README.md", ["@general", "@manual"]),
        ("model/db/README.md", ["@general", "@writers", "@@maintainer"]),
    ],
)
def test_sections_of_gitlab_each_have_a_say(path, expected):
    assert list(owners(GITLAB, dialect="gitlab").of(path)) == expected


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("!a @x", "an exclusion, which GitHub does not know"),
        ("\\#a @x", "a pattern that begins with #"),
        ("a[bc].py @x", "a character range"),
        ("a nobody", "`nobody` is no owner"),
        ("a @", "`@` is no owner"),
        ("a @x/", "`@x/` is no owner"),
        ("/ @x", "names no path"),
        ("a x\x1b[31m@y", "`x\\x1b[31m@y` is no owner"),
    ],
)
def test_a_line_that_says_nothing_costs_only_itself(line, said):
    found = parse(f"# owners\n\n{line}\nb @y\n", ".github/CODEOWNERS")
    assert len(found.notes) == 1
    assert found.notes[0].startswith(".github/CODEOWNERS:3: ")
    assert said in found.notes[0]
    assert found.owners is not None
    assert found.owners.of("b") == ("@y",)
    assert found.owners.of("a") == ()


def test_many_bad_lines_are_one_note_that_nobody_can_forge():
    found = parse("a \x1b[31mred\nb nobody\nc nobody\n", "CODEOWNERS")
    (note,) = found.notes
    assert note == (
        "CODEOWNERS:1: `\\x1b[31mred` is no owner: write @user, @organisation/team or an address; "
        "the line is passed over (and 2 more such lines)"
    )


def test_one_owner_however_it_is_spelled():
    assert owners("a @Shop/Web\nb @shop/web @SHOP/WEB\n").of("b") == ("@Shop/Web",)
    assert owners("a @b\r\nc d@e.org\r\n").names == ("@b", "d@e.org")


def test_paths_are_from_the_project():
    found = owners("/backend/shop/ @shop\n/shop/ @other\n", below="backend")
    assert found.of("shop/a.py") == ("@shop",)


@pytest.mark.parametrize(
    ("files", "path", "expected"),
    [
        ({".github/CODEOWNERS": "a @x", "CODEOWNERS": "a @y"}, ".github/CODEOWNERS", ("@x",)),
        ({"CODEOWNERS": "a @x", "docs/CODEOWNERS": "a @y"}, "CODEOWNERS", ("@x",)),
        ({"docs/CODEOWNERS": "a @x", ".gitlab/CODEOWNERS": "a @y"}, "docs/CODEOWNERS", ("@x",)),
        ({".gitlab/CODEOWNERS": "[S] @x\na\n"}, ".gitlab/CODEOWNERS", ("@x",)),
        ({"CODEOWNERS": "[S] @x\na\n"}, "CODEOWNERS", ("@x",)),
        ({"CODEOWNERS": "!b @y\n", ".gitlab-ci.yml": ""}, "CODEOWNERS", ()),
        ({"CODEOWNERS": "\ufeffa @x"}, "CODEOWNERS", ("@x",)),
    ],
)
def test_where_the_file_is_and_whose_words_it_speaks(tmp_path, files, path, expected):
    found = read_owners(str(write_tree(tmp_path, files)), "")
    assert found.notes == ()
    assert found.owners is not None
    assert (found.owners.path, found.owners.of("a")) == (path, expected)


def test_no_file_and_one_that_is_none(tmp_path):
    assert read_owners(str(tmp_path), "").owners is None
    (tmp_path / "CODEOWNERS").mkdir()
    assert read_owners(str(tmp_path), "") == read_owners(str(tmp_path / "none"), "")
    assert len(places(str(tmp_path))) == 5


def test_a_file_that_is_too_large_is_passed_over(tmp_path):
    (tmp_path / "CODEOWNERS").write_bytes(b"a @x\n" * 700_000)
    found = read_owners(str(tmp_path), "")
    assert found.owners is None
    assert found.notes[0].startswith("CODEOWNERS: larger than the limit")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [((), ("a",), False), (("a",), ("b",), True), (("a", "b"), ("b",), False), ((), (), False)],
)
def test_different_hands(one, other, expected):
    assert apart(one, other) is expected


NAMES = st.sampled_from(["a", "b", "ab", "abc", "x.py"])
SEGMENTS = st.one_of(NAMES, st.sampled_from(["*", "**", "a*", "*.py", "?", "a?c"]))


def slow(segments: list[str], parts: list[str]) -> bool:
    """Match a pattern from the top as it is defined: one segment for one component, ``**`` for any number."""
    import fnmatch

    if not segments:
        return not parts
    if segments == ["**"]:  # At the end it stands for what is inside.
        return bool(parts)
    if segments[0] == "**":
        return slow(segments[1:], parts) or bool(parts and slow(segments, parts[1:]))
    return bool(parts and fnmatch.fnmatchcase(parts[0], segments[0]) and slow(segments[1:], parts[1:]))


@given(st.lists(SEGMENTS, min_size=1, max_size=4), st.lists(NAMES, min_size=1, max_size=5))
def test_the_search_finds_what_the_definition_says(segments, parts):
    """A pattern with a slash before and behind it covers what is below a directory that it matches."""
    pattern = "/" + "/".join(segments) + "/"
    expected = any(slow(segments, parts[:depth]) for depth in range(1, len(parts)))
    assert bool(owners(f"{pattern} @x").of("/".join(parts))) == expected


@given(st.lists(st.tuples(SEGMENTS, st.sampled_from(["@x", "@y", ""])), max_size=6), NAMES)
def test_the_last_entry_that_matches_has_the_say(lines, name):
    text = "".join(f"{pattern} {owner}\n" for pattern, owner in lines)
    alone = [owner for pattern, owner in lines if owners(f"{pattern} @z").of(name)]
    assert owners(text).of(name) == tuple(alone[-1:] if alone and alone[-1] else ())


def test_a_thousand_patterns_and_ten_thousand_paths_take_a_moment():
    text = "".join(f"/src/p{n}/q{n % 20}/ @t{n % 40}\n**/x{n}/*_y.py @u\n" for n in range(500))
    found = owners(text)
    started = time.process_time()
    for number in range(10_000):
        found.of(f"src/p{number % 500}/q{number % 20}/m{number % 7}/f{number}_y.py")
    assert time.process_time() - started < 5


def test_no_pattern_explodes():
    started = time.process_time()
    assert owners("*a" * 40 + "b @x").of("a" * 2_000) == ()
    assert owners("/" + "**/a/" * 40 + "b @x").of("a/" * 400 + "c") == ()
    assert time.process_time() - started < 5
