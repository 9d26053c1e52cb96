import sqlite3

from shop import notices


def invoice(customer, lines):
    number = sqlite3.connect("shop.db").execute("SELECT max(number) FROM invoices").fetchone()[0] + 1
    return notices.subject(customer, number, lines)
