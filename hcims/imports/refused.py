"""A file that is not taken in: what is wrong with it, and how to mend it."""

from hcims.errors import RuleBroken


class FileRefused(RuleBroken):
    """The whole file is refused; nothing of it was kept. `code` names the reason for tests and logs."""

    def __init__(self, code: str, message: str, mend: str = "") -> None:
        super().__init__(f"{message} {mend}".strip())
        self.code = code
