"""The kinds of job of the tests; apart from their handlers, because settings are read before models."""

KINDS = {
    f"test-{name}": f"tests.jobs.handlers.{function}"
    for name, function in {
        "apply": "apply_rows",
        "count": "count",
        "refuse": "refuse",
        "break": "break_with_a_name",
        "cancel": "cancelled_from_outside",
    }.items()
}
