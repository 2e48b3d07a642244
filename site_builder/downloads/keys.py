"""What the keys of a record mean, in Chinese: for schemas and the data page.

docs/rule-format.md says the same at length; a test holds that no key is without words.
"""

from __future__ import annotations

_QUOTED = {"clause": "条款路径，如 二/(三)", "quote": "原文", "span": "原文在全文中的起止位置"}
_LIMITS = {
    "min": "下限；与上限相同即确数",
    "max": "上限",
    "exclusive": "不含界限本身（超过、不满）",
    "per": "按什么计：person 人、day 天、certificate 证……",
}
_RULE = {
    **_QUOTED,
    "id": "规则标识：文件#锚点.种类.散列",
    "kind": "种类",
    "page": "原文页码",
    "review": "人工核对",
}
_NAMED = {"title": "标题", "kind": "文种"}

#: by the model of kb/schema.py that a key stands in
KEYS: dict[str, dict[str, str]] = {
    "Record": {
        "schema_version": "格式版本",
        "document": "文件的身份：文号、标题、发文机关、日期、来源",
        "text": "全文；一切位置都从它数起",
        "validity": "文件对自身效力的表述",
        "clauses": "条款：路径、锚点、标题、位置",
        "tables": "表格：表头、行、位置",
        "rules": "规则：金额、期限、责任部门、目标任务、适用对象",
        "citations": "引用的文件",
        "findings": "需要人工查看之处",
    },
    "DocumentRecord": {
        **_NAMED,
        "id": "文件标识：地区代码-文号",
        "number": "发文字号",
        "enclosed": "印发、转发的文件",
        "issuers": "发文机关",
        "addressees": "主送机关",
        "copied_to": "抄送机关",
        "issued": "成文日期",
        "issued_year": "成文年份",
        "printed": "印发日期",
        "publicity": "公开方式",
        "region": "发文机关所在地区",
        "attachments": "附件",
        "contacts": "联系方式",
        "portal": "网页上登记的信息",
        "source": "来源文件",
    },
    "EnclosedRecord": _NAMED,
    "RegionRecord": {"code": "GB/T 2260 代码", "name": "名称", "level": "层级"},
    "AttachmentRecord": {"label": "序号", "title": "标题"},
    "ContactRecord": {
        "department": "部门",
        "name": "姓名",
        "phone": "电话",
        "email": "电子邮箱",
    },
    "SourceRecord": {
        "path": "文件路径",
        "sha256": "文件的 SHA-256",
        "media_type": "格式",
        "reader": "读取程序",
        "characters": "字数",
        "text_sha256": "全文的 SHA-256",
        "page_furniture": "去掉的页码等行数",
        "pages": "页数",
    },
    "ValidityRecord": {"statements": "表述"},
    "ValidityStatement": {
        **_QUOTED,
        "effective_from": "施行日期",
        "effective_to": "失效日期",
        "event": "起算事件",
        "delay": "起算后多久",
        "term": "有效期",
    },
    "ClauseRecord": {
        "path": "路径，如 二/(三)",
        "anchor": "锚点，如 s2-3",
        "level": "层级",
        "heading": "标题",
        "span": "在全文中的起止位置，含下级条款",
        "page": "页码",
    },
    "TableRecord": {
        "clause": "所在条款路径",
        "header": "表头",
        "rows": "各行",
        "span": "在全文中的起止位置",
        "caption": "表题",
    },
    "Review": {
        "status": "extracted 未核对，confirmed 属实，corrected 已更正，rejected 已否定",
        "by": "核对人",
        "at": "核对日期",
        "note": "说明",
    },
    "CapRecord": {"max": "最高限额（元）", "per": "按什么计"},
    "TierRecord": {"upto": "至多少为止", "unit": "单位", "rate": "标准（元）"},
    "LimitRecord": {"times": "次数", "per": "在什么之内"},
    "FormerRecord": {"min": "调整前下限（元）", "max": "调整前上限（元）"},
    "AmountRule": {
        **_RULE,
        **_LIMITS,
        "item": "项目，如 取证补贴",
        "role": "standard 标准，cap 限额，budget 预算，share 比例，threshold 门槛",
        "effect": "比例的作用",
        "min": "下限（元）；与上限相同即确数",
        "max": "上限（元）",
        "percent_min": "比例下限（%）",
        "percent_max": "比例上限（%）",
        "of": "比例的基数",
        "unit": "pp 为百分点",
        "currency": "币种，ISO 4217",
        "cap": "最高限额",
        "tiers": "分段标准",
        "category": "类别，如 高级工",
        "payee": "领取者",
        "group": "对象",
        "payer": "资金来源",
        "limit": "次数限制",
        "stacking": "能否叠加享受",
        "former": "调整前的标准",
        "conditions": "条件",
        "from": "执行起日",
        "to": "执行止日",
    },
    "DeadlineRule": {
        **_RULE,
        "type": "date 日期，period 时段，recurrence 周期，duration 时长",
        "bound": "与期限的关系：by 之前、within 之内、from 起……",
        "date": "日期",
        "from": "起日",
        "to": "止日",
        "rrule": "周期，RFC 5545",
        "duration": "时长，ISO 8601",
        "duration_max": "时长上限",
        "workdays": "按工作日计",
        "after": "起算事件",
        "freq": "周期原文",
        "exclusive": "不含当日",
        "action": "要做的事",
        "actor": "由谁做",
        "inferred_year": "年份由文件推得",
        "precision": "只精确到年、季、月、旬",
    },
    "DepartmentRule": {
        **_RULE,
        "name": "原文名称",
        "canonical": "全称",
        "role": "lead 牵头，support 配合，responsible 负责",
        "duty": "职责",
    },
    "TargetRule": {
        **_RULE,
        **_LIMITS,
        "metric": "指标",
        "unit": "单位",
        "period": "年份",
        "by": "截止日期",
        "subject": "承担者",
    },
    "GroupRule": {**_RULE, "name": "对象名称"},
    "CitationRecord": {
        **_QUOTED,
        "relation": "引用的性质",
        "number": "文号",
        "title": "标题",
        "target_clause": "所指条款",
        "unnamed": "未指名",
        "target": "所指文件的标识",
        "candidates": "可能所指文件的标识",
    },
    "FindingRecord": {
        "severity": "轻重",
        "code": "代码",
        "message": "说明",
        "quote": "原文",
        "span": "原文在全文中的起止位置",
    },
}
#: what models are subclassed for, so that their keys are those of the first
_SAME = {"DocumentFile": "Record"}


def meaning(model: str, key: str) -> str:
    """What ``key`` of ``model`` holds; empty where the model says so itself."""
    return KEYS.get(_SAME.get(model, model), {}).get(key, "")
