"""The shapes of the files for programs, from which their JSON Schemas and the data page are made.

Every key says what it holds. A key is added without notice; none is renamed or taken away before
``schema_version`` rises.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, create_model

from kb.force.endings import State
from kb.schema import SCHEMA_VERSION, Record, Rule, Span
from site_builder.downloads.keys import meaning

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_Day = Annotated[str | None, Field(pattern=r"^\d{4}(-\d\d-\d\d(/\d{4}-\d\d-\d\d)?)?$")]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Stretch(_Shape):
    """A stretch of time in which something has one state."""

    from_: Annotated[str | None, Field(alias="from", description="第一天；null 表示没有起点")]
    to: Annotated[str | None, Field(description="最后一天（含）；null 表示没有终点")]
    state: Annotated[State, Field(description="这段时间的效力状态")]


class Reason(_Shape):
    """One step of a chain of reasons, with the words it rests on if there are any."""

    text: Annotated[str, Field(description="理由，一句话")]
    document: Annotated[str, Field(description="所依据原文的文件标识")] = ""
    clause: Annotated[str, Field(description="条款路径")] = ""
    quote: Annotated[str | None, Field(description="原文")] = None
    span: Annotated[Span | None, Field(description="原文在全文中的位置")] = None


class ToldStretch(Stretch):
    """A stretch of time with the reasons for its state."""

    label: Annotated[str, Field(description="效力状态的名称")]
    reasons: Annotated[list[Reason], Field(description="理由")]
    for_: Annotated[list[Reason], Field(alias="for", description="无法判断时，支持有效的理由")]
    against: Annotated[list[Reason], Field(description="无法判断时，不支持有效的理由")]


class Place(_Shape):
    """One end of a relation: a document, or one of its clauses or rules."""

    document: Annotated[str, Field(description="文件标识；库中没有的文件写其名称")]
    name: Annotated[str, Field(description="文号或标题")]
    clause: Annotated[str | None, Field(description="条款路径")]
    rule: Annotated[str | None, Field(description="规则标识")]


class Verdict(_Shape):
    """What a person has said of a relation."""

    status: Annotated[
        Literal["open", "confirmed", "corrected", "rejected"], Field(description="是否经人工核对")
    ]
    by: Annotated[str | None, Field(description="核对人")]
    at: Annotated[str | None, Field(description="核对日期")]
    note: Annotated[str | None, Field(description="说明")]


class Relation(_Shape):
    """What one document does to another; it reads both ways."""

    id: Annotated[str, Field(description="关系标识，由所依据的原文得出")]
    type: Annotated[str, Field(description="关系种类")]
    name: Annotated[str, Field(description="从 from 读到 to：废止、修改、依据……")]
    reverse: Annotated[str, Field(description="从 to 读到 from：被废止、被修改、被依据……")]
    from_: Annotated[Place, Field(alias="from", description="起点")]
    to: Annotated[Place, Field(description="终点")]
    scope: Annotated[
        Literal["whole", "clause", "value"], Field(description="范围：全文、条款、标准")
    ]
    effective: Annotated[_Day, Field(description="生效日期；只知区间时写作 起/止")]
    asserted_by: Annotated[str, Field(description="text 原文写明，inferred 推定，或人名")]
    presumed: Annotated[bool, Field(description="是否只是推定")]
    reasons: Annotated[list[str], Field(description="理由")]
    clause: Annotated[str, Field(description="原文所在条款")] = ""
    quote: Annotated[str | None, Field(description="所依据的原文")]
    span: Annotated[Span | None, Field(description="原文在起点文件全文中的位置")]
    target_quote: Annotated[str | None, Field(description="终点一方的原文")]
    review: Annotated[Verdict, Field(description="人工核对")]


class Cited(_Shape):
    """Where a document that is not here is cited."""

    document: Annotated[str, Field(description="引用它的文件")]
    clause: Annotated[str, Field(description="条款路径")]
    quote: Annotated[str, Field(description="原文")]
    span: Annotated[Span | None, Field(description="原文在全文中的位置")]


class Stub(_Shape):
    """A document that is cited and not here."""

    name: Annotated[str, Field(description="名称；relations 中以它为 document")]
    number: Annotated[str | None, Field(description="文号")]
    title: Annotated[str | None, Field(description="标题")]
    cited_by: Annotated[list[Cited], Field(description="在哪里被引用")]


class Changed(_Shape):
    """What differs from the place that a step refers to."""

    field: Annotated[str, Field(description="不同之处")]
    before: Annotated[str | None, Field(description="先前")]
    after: Annotated[str | None, Field(description="现在")]


class Days(_Shape):
    """From a day to another, both included; null where there is no last one."""

    from_: Annotated[str, Field(alias="from", description="第一天")]
    to: Annotated[str | None, Field(description="最后一天（含）；null 表示没有终点")]


class Step(_Shape):
    """One place of a measure."""

    rule: Annotated[str | None, Field(description="规则标识")]
    document: Annotated[str, Field(description="文件标识")]
    number: Annotated[str | None, Field(description="文号")]
    clause: Annotated[str, Field(description="条款路径")]
    level: Annotated[str | None, Field(description="制定机关的层级")]
    value: Annotated[str | None, Field(description="标准")]
    from_: Annotated[_Day, Field(alias="from", description="起")]
    to: Annotated[_Day, Field(description="止")]
    presumed_to: Annotated[_Day, Field(description="推定自此日起为后来的标准替代")]
    open: Annotated[list[Days], Field(description="替代它的规定也已终止、是否恢复不明的日子")]
    relation: Annotated[str | None, Field(description="对先前规定的关系")]
    target: Annotated[str | None, Field(description="先前规定的规则标识")]
    asserted_by: Annotated[str, Field(description="text 原文写明，inferred 推定，或人名")]
    changes: Annotated[list[Changed], Field(description="与先前规定的不同")]
    reasons: Annotated[list[str], Field(description="理由")]
    quote: Annotated[str, Field(description="原文")]
    span: Annotated[Span | None, Field(description="原文在全文中的位置")]
    status: Annotated[list[Stretch], Field(description="该处规则各时段的效力")]


class Measure(_Shape):
    """One subsidy through time, across documents."""

    measure: Annotated[str, Field(description="事项的键：地区、种类、项目、类别")]
    kind: Annotated[
        str, Field(description="种类：amount 金额，target 目标，duty 职责，deadline 期限")
    ]
    name: Annotated[str, Field(description="名称")]
    region: Annotated[str, Field(description="地区代码")]
    item: Annotated[str, Field(description="项目")]
    category: Annotated[str | None, Field(description="类别")]
    entries: Annotated[list[Step], Field(description="各处规定，按时间先后")]


class Summary(_Shape):
    """A document in the list of all."""

    id: Annotated[str, Field(description="文件标识")]
    number: Annotated[str | None, Field(description="发文字号")]
    title: Annotated[str | None, Field(description="标题")]
    issuers: Annotated[list[str], Field(description="发文机关")]
    issued: Annotated[str | None, Field(description="成文日期")]
    rules: Annotated[int, Field(description="规则条数")]
    record: Annotated[str, Field(description="该文件数据的地址")]
    page: Annotated[str, Field(description="该文件网页的地址")]


class DocumentFile(Record):
    """One document: its record, the relations that touch it, and its force through time."""

    relations: Annotated[list[Relation], Field(description="与其他文件的关系，双向")]
    status: Annotated[list[ToldStretch], Field(description="各时段的效力与理由")]


class _Listed(_Shape):
    schema_version: Annotated[int, Field(description="格式版本")] = SCHEMA_VERSION


class DocumentsFile(_Listed):
    """All documents in short."""

    documents: Annotated[list[Summary], Field(description="每份文件一项")]


class MeasuresFile(_Listed):
    """All measures through time."""

    measures: Annotated[list[Measure], Field(description="每个事项一项")]


class RelationsFile(_Listed):
    """All relations between documents, and the documents that are cited and not here."""

    relations: Annotated[list[Relation], Field(description="每条关系一项")]
    stubs: Annotated[list[Stub], Field(description="被引用而库中没有的文件")]


class _Outside(BaseModel):
    """What a rule needs outside its document."""

    document: Annotated[str, Field(description="文件标识")]
    status: Annotated[list[Stretch], Field(description="各时段的效力")]


def _listed_rule(rule: type[BaseModel]) -> type[BaseModel]:
    return create_model(rule.__name__, __base__=(rule, _Outside), __doc__=rule.__doc__)


#: a rule of any kind outside its document
_ListedRule: Any = reduce(or_, map(_listed_rule, get_args(get_args(Rule)[0])))


class RulesFile(_Listed):
    """All rules of all documents, each with its document and its force through time."""

    rules: Annotated[
        list[Annotated[_ListedRule, Field(discriminator="kind")]],
        Field(description="每条规则一项"),
    ]


def schema_of(shape: type[BaseModel]) -> dict[str, Any]:
    """JSON Schema (2020-12) of a file; every key says what it holds."""
    schema = shape.model_json_schema(by_alias=True, mode="validation")
    for described in (schema, *schema.get("$defs", {}).values()):
        for key, value in described.get("properties", {}).items():
            if words := meaning(described.get("title", ""), key):
                value.setdefault("description", words)
    return {"$schema": _DIALECT, **schema}
