import sqlite3

from shop.web.money import euros


def price(article):
    row = sqlite3.connect("shop.db").execute("SELECT cents FROM articles WHERE name = ?", [article]).fetchone()
    print(article, euros(row[0]))
    return row[0]
