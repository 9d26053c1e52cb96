from shop.db.tables import price


def total(lines):
    return sum(price(article) * number for article, number in lines)
