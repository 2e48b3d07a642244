"""Which document a citation leads to, and when it leads nowhere."""

import pytest

from kb.force.curated import Curated, IdentityEntry
from kb.force.linking import linked
from kb.force.resolution import Resolution, number_of
from kb.force.said import aliases, folded
from kb.models import KnowledgeBase
from tests.force_samples import NEW, NEW_ID, OLD, OLD_ID, bundled, graph, record


def leads(graph, quote):
    """Where the citations that contain ``quote`` lead."""
    return [
        found
        for (document, start, end), found in graph.resolution.found.items()
        if quote in graph.base.by_id[document].text[start:end]
    ]


def citing(words: str) -> str:
    """A notice of 山西省教育厅 with these words in it."""
    return f"""山西省教育厅文件
晋教发〔2023〕3号
山西省教育厅关于做好培训工作的通知
各市教育局：
一、{words}
山西省教育厅
2023年2月1日
"""


@pytest.mark.parametrize(
    "printed",
    ["晋政办发〔2020〕5号", "晋政办发[2020]5号", "晋政办发（2020）5号", "晋政办发【2020】 5 号"],
)
def test_a_number_resolves_in_any_bracket(printed) -> None:
    found = leads(graph(OLD, citing(f"根据{printed}文件要求，开展培训。")), "晋政办发")
    assert [f.target for f in found] == [OLD_ID]


def test_another_number_is_another_document_whatever_its_title() -> None:
    title = "山西省人民政府办公厅关于印发山西省技能培训补贴办法的通知"
    known = graph(OLD, citing(f"根据《{title}》（晋政办发〔2017〕5号），开展培训。"))
    assert [f.target for f in leads(known, "2017")] == [None]
    assert list(known.stubs) == ["晋政办发〔2017〕5号"]


def test_issuer_and_title_resolve() -> None:
    title = "山西省人民政府办公厅关于印发山西省技能培训补贴办法的通知"
    assert [f.target for f in leads(graph(OLD, citing(f"根据《{title}》，开展培训。")), title)] == [
        OLD_ID
    ]


def test_a_title_is_cited_without_its_issuer_by_the_same_organ() -> None:
    later = NEW.replace(
        "《山西省人民政府办公厅关于印发山西省技能培训补贴办法的通知》（晋政办发〔2020〕5号）",
        "《关于印发山西省技能培训补贴办法的通知》",
    )
    assert [f.target for f in leads(graph(OLD, later), "《关于印发山西省技能")] == [OLD_ID]


@pytest.mark.parametrize(
    ("number", "title", "found"),
    [
        ("市政府令第181号", "宁波市户外广告管理办法", True),
        ("宁波市政府令第181号", "宁波市户外广告管理办法", True),
        ("市政府令第181号", "宁波市犬类管理办法", False),
        ("市政府令第182号", "宁波市户外广告管理办法", False),
        ("省政府令第181号", "宁波市户外广告管理办法", False),
    ],
)
def test_an_order_of_the_city_government_is_told_by_serial_and_title(number, title, found) -> None:
    order = "宁波市人民政府令\n第181号\n宁波市户外广告管理办法\n第一条 制定本办法。\n"
    known = graph(order, citing(f"《{title}》（{number}）同时废止。"))
    (document,) = [r.document.id for r in known.base.records if "181" in r.document.id]
    assert [f.target for f in leads(known, number)] == [document if found else None]


def test_a_title_alone_never_reaches_across_issuers() -> None:
    found = leads(graph(OLD, citing("根据《山西省技能培训补贴办法》，开展培训。")), "《山西省技能")
    assert (None, (OLD_ID,)) in [(f.target, f.candidates) for f in found]


def test_an_alias_stands_for_the_document_it_was_given_to() -> None:
    said = "根据《山西省技能培训补贴办法》（晋政办发〔2020〕5号，以下简称《办法》），开展培训。"
    found = leads(graph(OLD, citing(f"{said}\n二、按照《办法》规定发放补贴。")), "《办法》")
    assert {f.target for f in found} == {OLD_ID}


def test_one_number_of_two_documents_stays_open() -> None:
    other = OLD.replace("技能培训补贴办法", "技工院校管理办法")
    a = record(OLD, "a.txt")
    b = record(other, "b.txt")
    b = b.model_copy(update={"document": b.document.model_copy(update={"id": "140000-other"})})
    citer = record(citing("根据晋政办发〔2020〕5号文件要求，开展培训。"), "c.txt")
    found = Resolution(KnowledgeBase.of([a, b, citer])).found
    assert (OLD_ID, "140000-other") in [f.candidates for f in found.values()]


def test_a_document_that_is_not_here_lists_who_cites_it() -> None:
    stub = bundled().stubs["晋办发〔2021〕6号"]
    assert {place.document for place in stub.cited_by} == {
        "140000-jinjiaozhicheng-2021-8",
        "140000-jinrenshetinghan-2021-600",
        "140000-jinwenlvbanfa-2021-123",
    }
    assert all("晋办发〔2021〕6号" in e.quote or "工作方案》" in e.quote for e in stub.cited_by)
    assert {"国办发〔2019〕24号", "人社部函〔2021〕14号", "人社部发〔2021〕31号"} <= set(
        bundled().stubs
    )


def test_nobody_is_asked_for_a_certificate_or_a_form() -> None:
    text = citing("持《残疾人证》并填写《登记表》，按照《残疾人保障条例》办理。")
    assert list(graph(text).stubs) == ["《残疾人保障条例》"]


def test_a_short_form_of_a_title_without_a_number_is_no_second_document() -> None:
    text = citing(
        "按照《辅助器具适配目录》（以下简称《适配目录》）执行。\n二、《适配目录》每年更新。"
    )
    assert list(graph(text).stubs) == ["《辅助器具适配目录》"]


def test_a_person_may_name_a_document_that_prints_no_number() -> None:
    nameless = OLD.replace("晋政办发〔2020〕5号\n", "")
    known = record(nameless, "notice-0.txt").document.id
    told = Curated(
        identities=(IdentityEntry(document=known, number="晋政办发〔2020〕5号", by="张三"),)
    )
    assert {f.target for f in leads(graph(nameless, NEW, curated=told), "2020")} == {known}


def test_a_document_answers_to_the_number_it_is_cited_by() -> None:
    nameless = OLD.replace("晋政办发〔2020〕5号\n", "")
    known = graph(nameless, NEW)
    (target,) = {f.target for f in leads(known, "2020")}
    assert target not in (None, OLD_ID)
    assert known.resolution.documents_called("晋政办发[2020]5号") == (target,)
    assert known.resolution.documents_called("晋政办发〔2020〕6号") == ()


def test_year_code_and_title_must_all_agree() -> None:
    nameless = OLD.replace("晋政办发〔2020〕5号\n", "")
    for other in (
        NEW.replace("晋政办发〔2020〕5号", "晋教发〔2020〕5号"),
        NEW.replace("〔2020〕", "〔2019〕"),
    ):
        assert {f.target for f in leads(graph(nameless, other), "5号")} == {None}
    assert {
        f.target for f in leads(graph(nameless.replace("技能培训", "就业创业"), NEW), "5号")
    } == {None}


def test_the_record_gets_targets_and_candidates() -> None:
    base = KnowledgeBase.of([record(OLD), record(NEW)])
    new = next(r for r in linked(base, Resolution(base)) if r.document.id == NEW_ID)
    assert [c.target for c in new.citations if c.relation == "repeals"] == [OLD_ID]


def test_titles_are_compared_without_what_every_hand_sets_differently() -> None:
    assert folded("“人人持证、技能社会” 方案") == folded("人人持证 技能社会方案")
    assert number_of("晋办发[2021]6号") == "晋办发〔2021〕6号"
    assert number_of(None) is None


def test_aliases_are_those_of_numbered_documents() -> None:
    said = "根据《山西省技能培训补贴办法》（晋政办发〔2020〕5号，以下简称《办法》），开展培训。"
    assert set(aliases(record(citing(said)))) >= {"办法"}
    assert aliases(record(citing("开展培训。"))) == {}
