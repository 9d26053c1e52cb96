from portal.features.share.links import short_link


def hits(page):
    return {short_link(page): 0}
