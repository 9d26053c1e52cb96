from tangle import session


def welcome(user):
    return f"{session.current().name} greets {user.name}"
