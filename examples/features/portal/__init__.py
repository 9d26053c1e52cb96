"""A portal made of features."""
