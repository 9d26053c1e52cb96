from portal.features.search.index import pages


def find(words):
    return [page for page in pages() if words in page]
