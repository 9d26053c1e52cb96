"""`archlint cache`."""

FILES = {"shop/__init__.py": "", "shop/a.py": "import shop\n"}


def test_info_and_clean(project, archlint):
    root = project(FILES)
    assert "empty" in archlint("cache", "info", cwd=root).out
    assert archlint("check", cwd=root).code == 0
    said = archlint("cache", "info", cwd=root)
    assert said.code == 0
    assert f"{root}/.archlint_cache" in said.out
    assert {line.split()[1] for line in said.lines[1:]} >= {"facts", "pack", "tree"}
    cleaned = archlint("cache", "clean", cwd=root)
    assert "rows removed" in cleaned.out
    assert "empty" in archlint("cache", "info", cwd=root).out


def test_the_cache_can_be_elsewhere(project, archlint, tmp_path):
    root = project(FILES)
    archlint("check", "--cache-dir", tmp_path / "elsewhere", cwd=root)
    assert not (root / ".archlint_cache").exists()
    assert "facts" in archlint("cache", "info", "--cache-dir", tmp_path / "elsewhere", cwd=root).out


def test_no_cache_leaves_nothing_behind(project, archlint):
    root = project(FILES)
    archlint("check", "--no-cache", cwd=root)
    assert sorted(path.name for path in root.iterdir()) == ["shop"]
