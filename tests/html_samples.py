"""Small web pages as portals print them, put together from their parts."""

BODY = """
<p style="text-align: center">文水县人民政府办公室</p>
<p style="text-align: center">关于印发技能培训补贴办法的通知</p>
<p>文政办发〔2021〕12号</p>
<p>各乡镇人民政府，县直各单位：</p>
<p align="left">《技能培训补贴办法》已经县人民政府同意，现印发给你们，请认真贯彻执行。</p>
<p>文水县人民政府办公室</p>
<p>2021年3月1日</p>
<p>技能培训补贴办法</p>
<p>　　第一条　为规范技能培训补贴，根据有关规定，制定本办法。</p>
<p>　　第二条　对企业职工给予每人300元培训补贴。</p>
"""
#: what a reader of BODY reads
LINES = [
    "文水县人民政府办公室",
    "关于印发技能培训补贴办法的通知",
    "文政办发〔2021〕12号",
    "各乡镇人民政府，县直各单位：",
    "《技能培训补贴办法》已经县人民政府同意，现印发给你们，请认真贯彻执行。",
    "文水县人民政府办公室",
    "2021年3月1日",
    "技能培训补贴办法",
    "第一条　为规范技能培训补贴，根据有关规定，制定本办法。",
    "第二条　对企业职工给予每人300元培训补贴。",
]
MENU = """
<div class="top">
  <ul><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li><li>互动交流</li></ul>
  <div>您的位置：<a href="/">首页</a> &gt; 文件</div>
</div>
"""
FOOTER = """
<div class="links"><a href="http://www.gov.cn/">中国政府网</a> <span>县直部门</span></div>
<div class="bottom">
  <p>主办：文水县人民政府 承办：文水县人民政府办公室</p>
  <p>版权所有：文水县人民政府 晋ICP备05001234号</p>
</div>
"""
BUTTONS = """
<div>【<a href="javascript:print()">打印本页</a>】【关闭窗口】</div>
<div class="share">分享到：<span>微信</span><span>微博</span></div>
<p>上一篇：<a href="1.html">关于开展2020年技能培训的通知</a></p>
"""


def page(inside: str, title: str = "") -> str:
    """A page of a portal around ``inside``."""
    head = f"<head><title>{title}</title><script>var 通知 = '。';</script></head>"
    return f"<!DOCTYPE html><html>{head}<body>{MENU}{inside}{FOOTER}</body></html>"


def paragraphs(count: int) -> str:
    """So many different paragraphs of a notice."""
    text = "<p>　　第{0}类人员由县人力资源和社会保障局按照第{0}款规定审核发放，接受监督。</p>"
    return "\n".join(text.format(number) for number in range(3, 3 + count))
