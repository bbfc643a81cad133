"""Print the JSON Schema of bank files, for editors."""


def command() -> None:
    """Print the JSON Schema of a bank file; editors read it and complete and check while you type."""
    import json

    from quiz.bank.schema import json_schema

    print(json.dumps(json_schema(), indent=2))
