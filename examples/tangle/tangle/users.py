from tangle.mails import welcome


class User:
    def __init__(self, name):
        self.name = name

    def greet(self):
        return welcome(self)
