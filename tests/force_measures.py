"""Notices of the nation, of provinces and of counties that set a measure, made to the day."""

from __future__ import annotations

TRAINING = "一、对企业职工培训给予每人{}元培训补贴。"
_NOTICE = """{issuer}文件
{code}〔{year}〕{serial}号
{issuer}关于{title}的通知
各有关单位：
{body}
{issuer}
{year}年{day}
"""


def notice(
    body: str,
    year: int,
    *,
    of: str = "山西省",
    serial: int = 3,
    day: str = "5月1日",
    title: str = "做好职业技能提升工作",
) -> str:
    """A notice of the government ``of`` a place, 国务院 among them."""
    codes = {"山西省": "晋政发", "陕西省": "陕政发", "文水县": "文政发", "交城县": "交政发"}
    codes |= {"国务院": "国发", "吕梁市": "吕政发"}
    issuer = of if of == "国务院" else f"{of}人民政府"
    return _NOTICE.format(
        issuer=issuer, code=codes[of], year=year, serial=serial, title=title, body=body, day=day
    )
