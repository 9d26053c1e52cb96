from portal.features.search.api import find
from portal.features.share.links import short_link


def show(words):
    return [short_link(page) for page in find(words)]
