"""``archlint report --format html``: one file that explains a project offline."""
