def pages():
    return ["start", "help"]
