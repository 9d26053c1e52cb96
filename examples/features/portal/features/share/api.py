from portal.features.search.api import find  # archlint: ignore[dependent-siblings] -- until the index is a service
from portal.features.share.links import short_link


def share(words):
    return [short_link(page) for page in find(words)]
