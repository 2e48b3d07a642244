"""Documents that are ended, kept or changed by a list, an annex or an amending decision."""

import pytest

from tests.force_samples import graph, on

OLD = """合肥市人民政府办公室文件
合政办〔2011〕52号
合肥市人民政府办公室关于加强犬类管理的通知
各县、区人民政府：
一、养犬实行登记。
二、本通知自印发之日起施行。
合肥市人民政府办公室
2011年7月4日
"""
OLD_ID = "340100-hezhengban-2011-52"
DECISION = """合肥市人民政府
合政〔2020〕66号
合肥市人民政府关于公布规范性文件清理结果的决定
各县、区人民政府：
{body}
合肥市人民政府
2020年12月28日
{annex}"""
DECISION_ID = "340100-hezheng-2020-66"
DOG, TREES = "合政办〔2011〕52号", "合政〔2013〕9号"
TABLE = """附件{number}
{heading}
序号\t文件名称\t文号
1\t{title}\t{document}
"""


def done(body: str, annex: str = "") -> set[tuple[str, str]]:
    """What the decision does to others, by their number or id."""
    known = graph(OLD, DECISION.format(body=body, annex=annex))
    acts = ("repeals", "repeals_part", "stops", "renews", "amends")
    return {
        (r.type, r.target.document)
        for r in known.stated
        if r.source.document == DECISION_ID and r.type in acts
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            f"决定废止下列文件：\n《犬类管理的通知》（{DOG}）、《绿化意见》（{TREES}）。",
            "repeals repeals",
        ),
        (
            f"以下文件予以废止：\n1. 关于犬类管理的通知（{DOG}）\n2. 绿化意见（{TREES}）",
            "repeals repeals",
        ),
        (
            f"以下文件停止执行：\n1.犬类通知（{DOG}）\n二、各地要落实绿化意见，按其（{TREES}）办。",
            "stops",
        ),
        (
            f"以下文件废止：\n1. 犬类通知（{DOG}）\n以下文件继续有效：\n1. 绿化意见（{TREES}）",
            "repeals renews",
        ),
        # an item that names another document in its own title
        (f"以下文件废止：\n1. 关于转发{TREES}文件的通知（{DOG}）", "repeals"),
        # what else is said of all of them stands before the list
        (
            f"对下列2件文件宣布失效。凡宣布失效的，一律停止执行。\n"
            f"1．犬类通知（{DOG}）\n2．绿化意见（{TREES}）",
            "repeals repeals",
        ),
        (f"下列文件规定的证书予以废止。\n1．犬类通知（{DOG}）", ""),
        (f"一、下列文件予以废止。\n二、各地要落实文件。\n1．绿化意见（{TREES}）", ""),
        (f"建议废止下列文件：\n《犬类管理的通知》（{DOG}）、《绿化意见》（{TREES}）。", ""),
        (f"拟修改或者废止下列文件：\n《犬类管理的通知》（{DOG}）。", ""),
        (f"各单位要清理下列文件：\n《犬类管理的通知》（{DOG}）。\n废止文件应当公告。", ""),
    ],
)
def test_the_words_over_a_list_hold_for_its_items(body, expected) -> None:
    ended = dict.fromkeys((OLD_ID, TREES), "")
    ended |= {document: act for act, document in done(body)}
    assert " ".join(filter(None, ended.values())) == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("废止的文件目录", "repeals"),
        ("宣布失效的规范性文件目录", "repeals"),
        ("继续有效的文件目录", "renews"),
        ("拟废止的文件目录", None),
        ("废止和继续有效的文件目录", None),
        ("重点工程目录", None),
    ],
)
def test_an_annex_does_what_its_heading_says(heading, expected) -> None:
    annex = TABLE.format(number="1", heading=heading, title="犬类管理的通知", document=DOG)
    body = "现将清理结果公布如下。\n附件：1." + heading
    assert done(body, annex) == ({(expected, OLD_ID)} if expected else set())


def test_a_title_in_a_row_ends_nothing_of_what_it_names() -> None:
    annex = TABLE.format(
        number="", heading="废止的文件目录", title=f"关于转发{TREES}文件的通知", document=DOG
    )
    assert done("现将清理结果公布如下。\n附件：废止的文件目录", annex) == {("repeals", OLD_ID)}


def test_another_document_in_an_items_title_is_not_cited_at_all() -> None:
    annex = TABLE.format(
        number="",
        heading="废止的文件目录",
        title=f"关于转发《绿化意见》（{TREES}）的通知",
        document=DOG,
    )
    known = graph(
        OLD, DECISION.format(body="现将清理结果公布如下。\n附件：废止的文件目录", annex=annex)
    )
    told = [(r.type, r.target.document) for r in known.stated if r.source.document == DECISION_ID]
    assert told == [("repeals", OLD_ID)]


ORDER = """宁波市人民政府令
第181号
宁波市户外广告设施管理办法
第一条 为加强管理，制定本办法。
第二条 许可期限为二年。
第三条 违反本办法的，处五千元罚款。
第四条 广告位一律拍卖。
第五条 本办法自2010年12月1日起施行。
宁波市人民政府
2010年10月20日
"""
AMENDING = """宁波市人民政府令
第236号
宁波市人民政府关于修改《宁波市户外广告设施管理办法》的决定
{opening}
一、将第三条修改为：“违反第二条的，处一万元罚款。”
二、删去第四条。
三、将第五条改为第四条。
本决定自2017年1月1日起施行。
宁波市人民政府
2016年11月15日
"""
BY_NUMBER = "决定对《宁波市户外广告设施管理办法》（市政府令第181号）作如下修改："
BY_TITLE = "市人民政府决定作如下修改："
BY_LIST = (
    "对下列规章的部分条款予以修改\n（一）宁波市户外广告设施管理办法（宁波市人民政府令第181号）"
)


def test_an_order_that_prints_its_issuer_only_in_its_number_is_found_by_title() -> None:
    order = ORDER.replace("宁波市人民政府\n2010", "2010")
    (before,) = graph(order).base.records
    assert before.document.issuers == ()
    known = graph(order, AMENDING.format(opening=BY_TITLE))
    assert before.document.id in {r.target.document for r in known.stated if r.type == "amends"}


@pytest.mark.parametrize("opening", [BY_NUMBER, BY_TITLE, BY_LIST])
def test_a_decision_changes_clauses_of_the_text_it_amends(opening) -> None:
    known = graph(ORDER, AMENDING.format(opening=opening))
    (order,) = [r.document.id for r in known.base.records if "181" in (r.document.number or "")]
    told = {(r.type, r.target.clause) for r in known.into[order] if r.source.document != order}
    assert {("amends", "第三条"), ("repeals_part", "第四条")} <= told
    assert {clause for _, clause in told} <= {"第三条", "第四条", None}
    assert on(known, f"{order}#第四条", "2016-12-31").state == "in_force"
    assert on(known, f"{order}#第四条", "2017-01-01").state == "repealed"
    assert on(known, f"{order}#第二条", "2017-01-01").state == "in_force"
    assert on(known, order, "2017-01-01").state == "partly_superseded"
