from shop.billing.invoices import invoice
from shop.orders.cart import total


def checkout(customer, lines):
    return f"{customer} owes {total(lines)}: {invoice(customer, lines)}"
