"""The codes that contract types can emit, apart from the types: a run loads only those it uses."""

from __future__ import annotations

from archlint.rule import Code

BREACH = Code("ARC101", "layer-breach", "A layer imports, directly or not, one that it may not.")
FORBIDDEN = Code("ARC102", "forbidden-import", "A module imports, directly or not, what it may not.")
DEPENDENT = Code("ARC103", "dependent-siblings", "Two modules that must be independent depend on each other.")
PROTECTED = Code("ARC104", "protected-import", "A module that is not allowed to imports a protected one.")
CYCLE = Code("ARC105", "sibling-cycle", "Children of one package depend on each other in a circle.")
PRIVATE = Code("ARC106", "private-member-import", "A package's inside is imported from outside the package.")
UNLAYERED = Code("ARC107", "unlayered-module", "A child of a container is in no layer of an exhaustive one.")
UNDECLARED = Code("ARC108", "undeclared-module-dependency", "A module depends on what it does not declare.")
DEPRECATED = Code("ARC109", "deprecated-module-dependency", "A dependency that is declared as deprecated.")
SKIP = Code("ARC110", "layer-skip", "A layer reaches past a closed layer to one below it.")
CROSS_TEAM = Code("ARC111", "cross-team-import", "A module imports what another team owns, unagreed.")
CONFINED = Code("ARC401", "confined-api", "A module uses an API that only others may use.")
ENCLOSED = Code("ARC402", "confined-package", "A module imports a package that only others may import.")
REACHABLE = Code(
    "ARC403", "reachable-sensitive-api", "A module reaches a sensitive API past the gateways to it."
)

CODES = (
    BREACH,
    FORBIDDEN,
    DEPENDENT,
    PROTECTED,
    CYCLE,
    PRIVATE,
    UNLAYERED,
    UNDECLARED,
    DEPRECATED,
    SKIP,
    CROSS_TEAM,
    CONFINED,
    ENCLOSED,
    REACHABLE,
)
