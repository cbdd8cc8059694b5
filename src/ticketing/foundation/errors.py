"""Refusals: what a room says no with, in words its reader understands."""

from typing import Any, ClassVar

from typing_extensions import override


class Refused(Exception):
    """An act that did not happen, and why.

    A subclass names the problem (``type``, a slug), the HTTP status and the sentence in both
    languages; the sentence may use the fields given when it is raised.
    """

    status: ClassVar[int] = 409
    type: ClassVar[str] = "refused"
    zh: ClassVar[str] = "这一步没有完成。"
    en: ClassVar[str] = "This could not be done."
    retry_after: int = 5  # seconds, said with 429 and 503

    def __init__(self, **fields: Any) -> None:
        super().__init__(self.type)
        self.fields = fields

    def sentence(self, lang: str) -> str:
        return (self.en if lang == "en" else self.zh).format_map(self.fields)

    @property
    def shown(self) -> dict[str, Any]:
        """Return the fields that go into the answer."""
        return self.fields


class NotFound(Refused):
    status = 404
    type = "not-found"
    zh = "找不到这个页面或内容，请检查链接。"
    en = "There is nothing here: please check the link."


class BadInput(Refused):
    """``field`` names what is wrong, ``zh_why`` and ``en_why`` say why."""

    status = 422
    type = "bad-input"
    zh = "{zh_why}"
    en = "{en_why}"

    def __init__(self, field: str, zh_why: str, en_why: str) -> None:
        super().__init__(field=field, zh_why=zh_why, en_why=en_why)

    @property
    @override
    def shown(self) -> dict[str, Any]:
        return {"field": self.fields["field"]}


class Busy(Refused):
    status = 503
    type = "busy"
    zh = "现在人太多，请稍等几秒再试。什么都没有改变。"
    en = "We are very busy: please try again in a few seconds. Nothing has changed."


class Forbidden(Refused):
    status = 403
    type = "forbidden"
    zh = "你的身份不能做这件事。"
    en = "Your role may not do this."


class SignInNeeded(Refused):
    status = 401
    type = "sign-in-needed"
    zh = "请先登录。"
    en = "Please sign in first."
