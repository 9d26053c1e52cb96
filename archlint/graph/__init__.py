"""The module dependency graph and the algorithms on it; the only user of networkx."""
