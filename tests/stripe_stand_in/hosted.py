"""The hosted page: a card, Alipay or WeChat Pay, without a script, in the session's language."""

from html import escape
from typing import Any

from litestar import MediaType, Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from stripe_stand_in.account import Account
from stripe_stand_in.objects import Thing

STYLE = """<style>
body{margin:0;background:#f6f8fa;color:#1a1f36;font:16px/1.5 -apple-system,"PingFang SC","Noto Sans CJK SC",sans-serif}
main{max-width:360px;margin:0 auto;padding:24px 16px}header p{margin:8px 0;color:#4f566b}
h1{font-size:32px;margin:0}h2{font-size:17px;margin:0 0 8px}a{color:#0055bb}
section{background:#fff;border:1px solid #d5dbe1;border-radius:8px;padding:16px;margin:16px 0}
input{font:inherit;width:100%;box-sizing:border-box;padding:10px;border:1px solid #8792a2;border-radius:6px}
button{font:inherit;width:100%;min-height:44px;margin-top:8px;border:0;border-radius:6px;background:#0055bb;color:#fff}
button.no{background:#e3e8ee;color:#1a1f36}.wrong{color:#a41c4e;font-weight:600}
.code{display:grid;place-items:center;width:128px;height:128px;margin:0 auto 8px;border:2px dashed #8792a2;
border-radius:8px;color:#4f566b}
@media(min-width:800px){main{max-width:800px;display:grid;grid-template-columns:1fr 360px;gap:0 64px;padding:64px 16px}
section:first-of-type{margin-top:0}}
</style>"""
DECLINED = "4000000000000002"


def says(zh: str, en: str, lang: str) -> str:
    return en if lang == "en" else zh


@get("/pay/{ident:str}")
async def show(request: Request[Any, Any, Any], ident: FromPath[str]) -> Response[str]:
    return page(request.app.state.account, ident)


@post("/pay/{ident:str}", status_code=200)
async def pay(request: Request[Any, Any, Any], ident: FromPath[str]) -> Response[Any]:
    """``method``: card, alipay or wechat_pay; ``do``: pay or refuse; ``number``: of the card."""
    account: Account = request.app.state.account
    form = dict(await request.form())
    if account.find(ident)["status"] != "open":
        return page(account, ident)
    if form.get("do") != "pay" or str(form.get("number", "")).replace(" ", "") == DECLINED:
        account.decline(ident)
        return page(account, ident, declined=True)
    return Redirect(account.pay(ident, str(form["method"]))["success_url"], status_code=303)


def page(account: Account, ident: str, *, declined: bool = False) -> Response[str]:
    session = account.find(ident)
    lang = str(session["locale"])
    amount = f"{session['currency'].upper()} {session['amount_total'] / 100:.2f}"
    body = (
        f'<!doctype html><html lang="{escape(lang)}"><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width"><link rel="icon" href="data:,"><title>{says("付款", "Pay", lang)}'
        f"</title>{STYLE}<main><header>"
        f"<p>{says('付款（替身，不收真钱）', 'Pay (a stand-in: no real money)', lang)}</p>"
        f"<h1>{amount}</h1><p>{escape(account.what(session))}</p>"
        f'<p><a href="{escape(session["cancel_url"])}">{says("← 返回", "← Back", lang)}</a></p></header>'
        f"<div>{ways(lang, declined) if session['status'] == 'open' else over(session, lang)}</div></main>"
    )
    return Response(body, media_type=MediaType.HTML)


def over(session: Thing, lang: str) -> str:
    if session["status"] == "complete":
        return f"<p>{says('已付款。', 'This was paid.', lang)}</p>"
    return f"<p>{says('这个付款页已失效。', 'This page has expired.', lang)}</p>"


def ways(lang: str, declined: bool) -> str:
    """Return the three ways to pay; the number of a card is one of Stripe's test cards."""
    wrong = says(
        "付款被拒绝，没有扣款。请换一种方式。", "It was declined: please try another way.", lang
    )
    number = says("卡号", "Card number", lang)
    card = f'<label>{number}<input name="number" value="4242 4242 4242 4242" inputmode="numeric"></label>'
    code = f'<div class="code">{says("二维码", "QR code", lang)}</div>'
    return (f'<p class="wrong" role="alert">{wrong}</p>' if declined else "") + "".join(
        f"<section><h2>{name}</h2><form method=post>"
        f'<input type="hidden" name="method" value="{method}">{inside}'
        f'<button name="do" value="pay">{yes}</button>{no}</form></section>'
        for method, name, inside, yes, no in (
            ("card", says("银行卡", "Card", lang), card, says("付款", "Pay", lang), ""),
            ("alipay", says("支付宝", "Alipay", lang), "", says("确认付款", "Confirm", lang), refuse(lang)),
            ("wechat_pay", says("微信支付", "WeChat Pay", lang), code,
             says("手机上已付", "Paid on the phone", lang), refuse(lang)),
        )
    )  # fmt: skip


def refuse(lang: str) -> str:
    return f'<button class="no" name="do" value="refuse">{says("拒绝", "Refuse", lang)}</button>'


handlers = [show, pay]
