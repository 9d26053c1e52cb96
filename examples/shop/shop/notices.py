"""Texts of mails; in no layer."""

from shop.web.money import euros


def subject(customer, number, lines):
    return f"Invoice {number} for {customer}: {euros(sum(cents for _, cents in lines))}"
