"""A small shop: web, orders and billing, database."""
