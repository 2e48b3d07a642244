"""Records to search in: sentences of four of the bundled notices, made into records by hand.

``BASE`` holds them; ``real_clauses`` are all the words of the five notices, cut at their headings.
"""

import re
from itertools import pairwise
from pathlib import Path

from kb.models import KnowledgeBase
from kb.schema import ClauseRecord, DocumentRecord, Record, RegionRecord, SourceRecord

NOTICES = Path(__file__).parent.parent / "corpus" / "notices"
#: how one 文号 is typed; every search takes them all
SPELLINGS = (
    "晋政办发〔2019〕68号",
    "晋政办发[2019]68号",
    "晋政办发（２０１９）第６８号",
    "晋政办发【2019】 68 号",
    "晋政办发［2019］68号",
    "晋政办发 〔2019〕068号",
    "晉政辦發〔2019〕68號",
    # without brackets
    "晋政办发2019 68号",
    "晋政办发2019 68",
    "晋政办发 2019 68",
    "晋政办发201968号",
    "晋政办发2019年68号",
    "晋政办发2019年第68号",
    "晋政办发2019年第68",
    "晋政办发2019-68号",
)
SHANXI = RegionRecord(code="140000", name="山西省", level="province")
WENSHUI = RegionRecord(code="141121", name="文水县", level="county")


def notice(document, number, title, region, year, front, clauses, rules=(), enclosed=None):
    """A record of ``front`` and ``clauses``, rows of (path, anchor, level, heading, body)."""
    text, starts = front, []
    for _, _, _, heading, body in clauses:
        text += "\n"
        starts.append(len(text))
        text += f"{heading}\n{body}" if body else heading
    levels = [level for _, _, level, _, _ in clauses]
    spans = [(start, _end(i, starts, levels, len(text))) for i, start in enumerate(starts)]
    records = [
        ClauseRecord(path=path, anchor=anchor, level=level, heading=heading, span=span)
        for (path, anchor, level, heading, _), span in zip(clauses, spans, strict=True)
    ]
    return Record.model_validate(
        {
            "document": _document(document, number, title, region, year, enclosed, text),
            "text": text,
            "clauses": records,
            "rules": [_rule(document, n, rule, records, text) for n, rule in enumerate(rules)],
        }
    )


def _end(i, starts, levels, length):
    later = range(i + 1, len(starts))
    return next((starts[j] - 1 for j in later if levels[j] <= levels[i]), length)


def _document(document, number, title, region, year, enclosed, text):
    return DocumentRecord(
        id=document,
        number=number,
        title=title,
        kind="通知",
        enclosed=enclosed and {"title": enclosed, "kind": "方案"},
        issuers=(),
        addressees=(),
        copied_to=(),
        issued=None,
        issued_year=year,
        printed=None,
        publicity=None,
        region=region,
        attachments=(),
        contacts=(),
        portal={},
        source=SourceRecord(
            path=f"corpus/notices/{document}.txt",
            sha256="0" * 64,
            media_type="text/plain",
            reader="text",
            characters=len(text),
            text_sha256="0" * 64,
        ),
    )


def _rule(document, n, rule, clauses, text):
    clause = next((c for c in clauses if c.path == rule["clause"]), None)
    start = text.index(rule["quote"], clause.span[0] if clause else 0)
    anchor = clause.anchor if clause else "front"
    identity = f"{document}#{anchor}.{rule['kind']}.{n:04x}"
    return {"id": identity, "span": (start, start + len(rule["quote"])), **rule}


def amount(clause, quote, **values):
    return {"kind": "amount", "clause": clause, "quote": quote, **values}


def department(clause, quote, **values):
    return {"kind": "department", "clause": clause, "quote": quote, "name": quote, **values}


PLAN = notice(
    "140000-jinzhengbanfa-2019-68",
    "晋政办发〔2019〕68号",
    "山西省人民政府办公厅关于印发山西省推进职业技能提升培训实施方案的通知",
    SHANXI,
    2019,
    "山西省人民政府办公厅文件\n晋政办发〔2019〕68号\n"
    "各市人民政府,省人民政府各委、办、厅、局:\n此件公开发布",
    [
        ("二", "s2", 1, "二、对职工等重点群体开展针对性职业技能培训", ""),
        (
            "二/(四)",
            "s2-4",
            2,
            "(四)",
            "全面提升职业技能和就业创业能力。培训补贴标准每人不超过1000元。"
            "(省人社厅、省教育厅、省残联按职责分工负责)\n对有创业愿望的人员按政策开展创业培训",
        ),
        (
            "二/(六)",
            "s2-6",
            2,
            "(六)落实取证补贴。",
            "财政按照取得专项职业能力证书每人150元、初级工每人300元、高级工每人600元的标准"
            "给予对应企业或培训机构补贴。(省人社厅、省财政厅、省国资委等按职责分工负责)",
        ),
    ],
    [
        amount(
            "二/(四)",
            "培训补贴标准每人不超过1000元",
            item="培训补贴",
            max=1000,
            currency="CNY",
            group="就业重点群体",
        ),
        department("二/(四)", "省人社厅", canonical="山西省人力资源和社会保障厅"),
        department("二/(四)", "省教育厅", canonical="山西省教育厅"),
        amount(
            "二/(六)",
            "初级工每人300元",
            item="取证补贴",
            category="初级工",
            min=300,
            max=300,
            currency="CNY",
        ),
        amount(
            "二/(六)",
            "高级工每人600元",
            item="取证补贴",
            category="高级工",
            min=600,
            max=600,
            currency="CNY",
        ),
        department("二/(六)", "省财政厅", canonical="山西省财政厅"),
    ],
    enclosed="山西省推进职业技能提升培训实施方案",
)

COUNTY = notice(
    "141121-wenrenshezi-2024-20",
    "文人社字〔2024〕20号",
    "关于印发《2024年文水县推进“人人持证、技能山西”建设实施方案》的通知",
    WENSHUI,
    2024,
    "文人社字〔2024〕20号\n各有关行业部门、各培训机构：",
    [
        ("五", "s5", 1, "五、持续加强过程监管", ""),
        ("五/(三)", "s5-3", 2, "（三）及时安全拨付资金。", "公示时间不少于5个工作日。"),
        ("七", "s7", 1, "七、经费保障", ""),
        (
            "七/(二)",
            "s7-2",
            2,
            "(二) 关于订单式、项目制培训补贴标准。",
            "补贴标准为培训前10天每人每天150元、之后每人每天100元，最高每人不超过5000元。",
        ),
    ],
    [
        amount(
            "七/(二)",
            "补贴标准为培训前10天每人每天150元、之后每人每天100元，最高每人不超过5000元",
            item="培训补贴",
            category="订单式、项目制培训",
            tiers=[{"upto": 10, "unit": "day", "rate": 150}, {"rate": 100}],
            cap={"max": 5000, "per": ["person"]},
            currency="CNY",
        ),
        {
            "kind": "deadline",
            "clause": "五/(三)",
            "quote": "公示时间不少于5个工作日",
            "type": "duration",
            "bound": "at_least",
            "duration": "P5D",
            "workdays": True,
            "action": "信息公示",
            "actor": "县人社局",
        },
    ],
)

TOURISM = notice(
    "140000-jinwenlvbanfa-2021-123",
    "晋文旅办发〔2021〕123号",
    "山西省文化和旅游厅办公室关于开展“文化和旅游从业人员技能提升”培训的通知",
    SHANXI,
    2021,
    "晋文旅办发〔2021〕123号\n各有关处室、各有关单位：",
    [
        ("三", "s3", 1, "三、培训经费及补贴标准", ""),
        (
            "三/(二)",
            "s3-2",
            2,
            "(二) 培训、取证补贴标准",
            "普惠式培训计划培训5000人，培训补贴每人每天150元，每人最高不超过1000元，"
            "预算总金额为500万元。\n按照参训人员新增高技能人才500人，"
            "职业技能登记证书高级工每人800元，预算总金额为40万元。",
        ),
    ],
    [
        amount("三/(二)", "预算总金额为500万元", role="budget", min=5_000_000, max=5_000_000),
        {
            "kind": "target",
            "clause": "三/(二)",
            "quote": "普惠式培训计划培训5000人",
            "metric": "普惠式培训人数",
            "min": 5000,
            "max": 5000,
            "unit": "人",
        },
    ],
)

FUNDS = notice(
    "140000-jinrenshetinghan-2021-600",
    "晋人社厅函〔2021〕600号",
    "关于充分发挥职业技能提升行动专账资金效能扎实推进新发展阶段"
    "“人人持证、技能社会”建设提质增效的通知",
    SHANXI,
    2021,
    "晋人社厅函〔2021〕600号\n各市人力资源和社会保障局、财政局、教育局，有关行业部门：",
    [
        ("九", "s9", 1, "九、明确部分培训、取证补贴标准", ""),
        (
            "九/(二)",
            "s9-2",
            2,
            "（二）",
            "省级按照专项职业能力证书 200 元、职业资格或职业技能等级初级工证书"
            "（特种作业操作证、特种设备作业人员证初次取证）400 元、中级工证书 600 元、"
            "高级工证书 800 元的标准，给予评价机构取证补贴。",
        ),
        ("十", "s10", 1, "十、其他需要明确的事项", "每个证书只能领取一次补贴。"),
    ],
    [
        {
            "kind": "group",
            "clause": "九/(二)",
            "quote": "评价机构",
            "name": "评价机构",
        }
    ],
)

RECORDS = (PLAN, COUNTY, TOURISM, FUNDS)
BASE = KnowledgeBase.of(RECORDS)

_HEADING = re.compile(
    r"\n(?=[#* ]*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]))"
)


def real_clauses():
    """(stem, clauses) of each bundled notice, its words as printed but for the wraps."""
    for file in sorted(NOTICES.iterdir()):
        cut = [re.sub(r"\s*\n\s*", "", part) for part in _HEADING.split(file.read_text("utf-8"))]
        yield file.stem, [part for part in cut if part]


def real_base():
    """A base of the five notices as ``real_clauses`` cuts them; without rules."""
    return KnowledgeBase.of(
        notice(
            f"140000-{stem}",
            None,
            None,
            SHANXI,
            2021,
            clauses[0],
            [(str(n), f"s{n}", 1, clause, "") for n, clause in enumerate(clauses[1:], 1)],
        )
        for stem, clauses in real_clauses()
    )


def sentences():
    """Every sentence of the bodies in ``RECORDS``, to be held against the notices."""
    for record in RECORDS:
        for start, end in pairwise((*(c.span[0] for c in record.clauses), len(record.text))):
            yield from re.findall(r"[^。\n]+。", record.text[start:end])
