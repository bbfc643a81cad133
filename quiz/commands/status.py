"""Say what is due, new and learnt today."""


def command() -> None:
    """Say what is due, new and learnt today."""
    print("x")
