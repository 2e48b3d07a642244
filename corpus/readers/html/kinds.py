"""Tells what a line of a web page is: words of a notice, its formal lines, a link, or the
portal's own.

A line is judged by its words and by the names of the elements around it, never by its site.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from corpus import numbering
from corpus.readers.html import portal
from corpus.readers.html.lines import Element, Line


class Kind(Enum):
    """What a line is for."""

    PROSE = auto()
    FORMAL = auto()
    ROW = auto()
    LINK = auto()
    VAIN = auto()
    OTHER = auto()


#: what belongs to a notice
OWN = (Kind.PROSE, Kind.FORMAL, Kind.ROW)
_HAN = re.compile("[\u3400-\u9fff〇]")
_PROSE_MARK = re.compile("[，。；：,;]")
#: a sentence is longer than the titles of a menu
_SENTENCE = 15
#: the longest line of addressees that was seen has 212 characters
_LONGEST_FORMAL = 400
_TYPES = (
    "通知|意见|办法|决定|公告|通告|通报|细则|方案|规定|措施|条例|批复|答复|函|规划|计划|纲要|预案|"
    "决议|命令|令|纪要|报告|请示|规则|规程|章程|要点|标准|目录|指南|政策|清单|制度"
)
_NOTE = r"(?:[（(][^（）()]{1,12}[）)])?"
#: a whole title: 关于…的通知, …管理办法（试行）
_TITLE = re.compile(
    rf"(?:[^。；]{{0,120}}(?:关于|印发|转发|批转)[^。；]*|[^。；]{{4,60}})(?:{_TYPES}){_NOTE}"
)
_DAY = r"(?:\d{4}|[一二〇○零O０三四五六七八九]{4})年.{1,3}月.{1,3}日"
_FORMAL = re.compile(
    rf"{_DAY}|{_DAY}印发|.{{2,40}}{_DAY}(?:印发)?"
    r"|.{2,60}(?:文件|人民政府|国务院|委员会|办公[厅室]|[厅局委部院会署]|领导小组|指挥部|中心|公司|集团)"
    r"|[^。；]{2,400}[：:]"
    r"|[^。；]{0,60}(?:关于|印发|转发)[^。；]{0,60}"
    r"|[（(][^（）()]{2,60}[）)]"
    r"|(?:第[一二三四五六七八九十百零〇\d]+[编章节条]|[（(]?[一二三四五六七八九十\d]{1,3}[、.．)）]).*"
    r"|\d{1,2}(?:\.\d{1,2}){0,4}[\s\u3000]*[\u4e00-\u9fff].*"
    r"|(?:抄送|主送|联系人|联系电话|公开方式|信息公开|附[件表录注图]).*"
)
#: what portals print around a text; the whole line must be made of it
_VAIN_WORDS = re.compile(
    r"(?:[【\[（(<«]*(?:打印(?:本页|页面|文章)?|关闭(?:窗口|本页|页面)?|返回(?:顶部|列表|上页|首页)?|收藏"
    r"(?:本页)?|纠错|我要纠错|下载(?:原文|全文|附件)?|分享(?:到|文章到|至)?|扫一扫[^扫]{0,20}+|字[体号]|大|中|小|"
    r"默认|超大|较大|繁體|繁体|简体|首页|取消|微信|微博|新浪微博|QQ空间|朋友圈|[A-Za-z][+\-⁺⁻]?|"
    r"语音播报|无障碍(?:阅读|浏览)?|长者(?:模式|助手|专区)|适老版|基本信息|文件信息|信息公开|正文|"
    r"视力保护色|听全文|播放|暂停|手机(?:端|版)|上一[篇条]|下一[篇条]|上一页|下一页)"
    r"[】\]）)>»：:|｜/·\s\d]*)+"
    r"|[\W_]{1,12}"
)
_VAIN_START = re.compile(
    r"(?:您?(?:现在|当前)?(?:所在)?(?:的)?位置|当前栏目)(?:是|为)?[：:]"
    r"|(?:您是)?第.{0,8}位访(?:客|问者)|(?:今天|现在)是.{0,20}年"
    r"|(?:上|下)一[篇条][：:]|(?:相关(?:文件|链接|解读|阅读|文档|稿件|政策|附件)|(?:政策|图[文片]|音频|视频|一图)"
    r"(?:解读|读懂))[：:]?$|点击(?:查看|下载|此处|进入)|【(?:政策|图[文片]|音频|视频|一图|文字)解读】"
    r"|(?:热门|热点|搜索)(?:热词|搜索|词)|免责声明|原文链接"
)
_VAIN_ANYWHERE = re.compile(
    r"版权所有(?:[：:©\s]|$)|ICP备\d|公网安备|网站标识码|备案序号|(?:主办|承办)(?:单位)?[：:].{2,30}(?:承办|主办|技术支持)"
    r"|未经.{0,12}转载|建议使用.{0,30}(?:浏览器|分辨率)|Copyright|©",
    re.IGNORECASE,
)
_FURNITURE_TAGS = {"nav", "footer", "aside"}
_FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:(?:main|sub|top)?nav(?:bar)?|menu|foot(?:er)?|topbar|(?:bread)?crumbs?|"
    r"share\w*|side(?:bar)?|copyright|search\w*|tool(?:bar|s)?|qr\w*|ewm|login|relate[ds]?|"
    r"recommend\w*|page[rs]|pagination|comment\w*|banner|swiper|modal|pop(?:up)?|dialog|friend\w*|"
    r"links?|print)(?=$|[\s_\d-])",
    re.IGNORECASE,
)
#: editors and portals call the element of the text so
_TEXT_NAMES = re.compile(
    r"(?:^|\s)(?:UCAP-CONTENT|TRS_\w*EDITOR|zoom(?:con)?|vsb_content\w*|js_content|info_cont|"
    r"conTxt|pages?_content|article-content|article_con|news_content|WordSection1)(?=$|\s)",
    re.IGNORECASE,
)
_ANNEX = re.compile(r"[-·•]?\s*附\s*[件表录图]")
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|wps|et|ofd|zip|rar|ceb|pptx?)\s*$", re.IGNORECASE)


def kind(line: Line) -> Kind:
    """What ``line`` is, judged by its own words."""
    if line.linked >= 0.5 and not annex(line) and hans(line.text) < 80:
        return Kind.LINK
    if line.row:
        return Kind.ROW
    plain = squeezed(line.text)
    if _is_vain(line, plain):
        return Kind.VAIN
    if hans(plain) >= _SENTENCE and _PROSE_MARK.search(plain):
        return Kind.PROSE
    return Kind.FORMAL if _is_formal(plain) else Kind.OTHER


def _is_vain(line: Line, plain: str) -> bool:
    return bool(
        _VAIN_WORDS.fullmatch(plain)
        or _VAIN_START.match(plain)
        or (len(plain) < 200 and _VAIN_ANYWHERE.search(plain))
        or portal.is_vain(line)
    )


def _is_formal(plain: str) -> bool:
    if len(plain) > _LONGEST_FORMAL:
        return False
    return bool(numbering.parse(plain) or is_title(plain) or _FORMAL.fullmatch(plain))


def is_title(text: str) -> bool:
    """Whether ``text`` reads as the whole title of a notice."""
    plain = squeezed(text)
    return len(plain) <= _LONGEST_FORMAL and bool(_TITLE.fullmatch(plain))


def annex(line: Line) -> bool:
    """Whether ``line`` names an annex."""
    return bool(_ANNEX.match(line.text))


def names_file(line: Line) -> bool:
    """Whether ``line`` is the name of a file to download."""
    return line.linked >= 0.5 and bool(_FILE.search(line.text))


def hans(text: str) -> int:
    """How many Chinese characters ``text`` has."""
    return len(_HAN.findall(text))


def squeezed(text: str) -> str:
    """``text`` without white space."""
    return re.sub(r"\s+", "", text)


def is_furniture(element: Element) -> bool:
    """Whether the mark-up calls ``element`` a menu, a footer, a toolbar or the like."""
    return element.tag in _FURNITURE_TAGS or bool(_FURNITURE_NAMES.search(element.names))


def is_text(element: Element) -> bool:
    """Whether the mark-up calls ``element`` the text of the page."""
    return bool(_TEXT_NAMES.search(element.names))
