def short_link(page):
    return f"/s/{len(page)}"
