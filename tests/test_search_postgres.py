"""The PostgreSQL index: many readers while one writes, what a server refuses, other versions."""

import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest
from search_samples import BASE, PLAN, RECORDS, real_base

from corpus.errors import BusyError, PolicyError, UsageError
from kb.models import KnowledgeBase
from kb.search import postgres_server as server_module
from kb.search.engine import Query
from kb.search.engines import engine_of
from kb.search.postgres_engine import PostgresEngine
from kb.search.postgres_query import whole_word
from kb.search.postgres_schema import VERSION
from kb.search.whoosh_engine import WhooshEngine

ROOT = Path(__file__).parents[1]
ASKED = (
    "补贴",
    "级工",
    "5",
    "",
    "培训 元",
    "省人社厅",
    "晋政办发〔2019〕68号",
    "5天",
    "1000 取证补贴",
)


@pytest.fixture
def engine(postgresql, tmp_path):
    schema = f"q{sha256(str(tmp_path).encode()).hexdigest()[:16]}"
    engine = PostgresEngine(postgresql, schema, tmp_path)
    yield engine
    engine.close()


@pytest.fixture
def database(postgresql, engine):
    """The database as its administrator sees it, in the schema of the engine."""
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f"SET search_path TO {engine._schema}")
        yield connection


def answers(engine):
    return [engine.search(Query(text, limit=1000)) for text in ASKED]


def test_it_answers_as_whoosh_does(engine, tmp_path):
    whoosh = WhooshEngine(tmp_path / "whoosh")
    for base in (BASE, real_base()):
        engine.update(base)
        whoosh.update(KnowledgeBase.of(()))
        whoosh.update(base)
        for ours, theirs in zip(answers(engine), answers(whoosh), strict=True):
            assert (ours.total, ours.counts) == (theirs.total, theirs.counts)
            assert ours.documents == theirs.documents
            assert [hit.id for hit in ours.hits] == [hit.id for hit in theirs.hits]
            assert [(h.excerpt, h.marks) for h in ours.hits] == [
                (h.excerpt, h.marks) for h in theirs.hits
            ]
            scores = [hit.score for hit in theirs.hits]
            assert [hit.score for hit in ours.hits] == pytest.approx(scores)
    whoosh.close()


def test_readers_see_the_old_state_or_the_new_one(engine, postgresql, tmp_path):
    """Six threads ask while documents come and go; each answer is that of one whole state."""
    states = [RECORDS, RECORDS[:1], RECORDS[1:], ()]
    expected = set()
    for records in states:
        engine.update(KnowledgeBase.of(records))
        expected.add(state_of(engine))
    done, wrong, asked = threading.Event(), [], []

    def read():
        reader = PostgresEngine(postgresql, engine._schema, tmp_path)
        while not done.is_set():
            seen = state_of(reader)
            asked.append(seen)
            if seen not in expected:
                wrong.append(seen)
        reader.close()

    readers = [threading.Thread(target=read) for _ in range(6)]
    for reader in readers:
        reader.start()
    for turn in range(12):
        engine.update(KnowledgeBase.of(states[turn % len(states)]))
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert len(set(asked)) > 1


def state_of(engine):
    found = engine.search(Query("补贴", limit=1000))
    return found.total, tuple(hit.id for hit in found.hits)


def test_an_update_that_fails_changes_nothing(engine, monkeypatch):
    engine.update(BASE)
    before = answers(engine)
    changed = PLAN.model_copy(update={"rules": ()})
    with monkeypatch.context() as broken:
        broken.setattr("kb.search.postgres_schema.item_row", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            engine.update(KnowledgeBase.of([changed]))
    assert answers(engine) == before
    assert engine.update(KnowledgeBase.of([changed])).updated == 1


def test_frequencies_go_with_the_documents(engine, database):
    engine.update(KnowledgeBase.of([PLAN]))
    alone = counted(database)
    engine.update(BASE)
    assert counted(database) != alone
    engine.update(KnowledgeBase.of([PLAN]))
    assert counted(database) == alone
    engine.update(KnowledgeBase.of(()))
    assert counted(database) == ([], 0)


def counted(database):
    grams = database.execute(f"SELECT gram, holders FROM grams_{VERSION} ORDER BY gram").fetchall()
    return grams, database.execute("SELECT entries FROM state").fetchone()[0]


def test_two_do_not_update_at_once(engine, postgresql, tmp_path, monkeypatch):
    monkeypatch.setattr(server_module, "_PATIENCE", 0.2)
    engine.update(KnowledgeBase.of([PLAN]))
    other = PostgresEngine(postgresql, engine._schema, tmp_path)
    with other._server.changing():
        with pytest.raises(BusyError, match="another policykb is updating"):
            engine.update(BASE)
        assert engine.search(Query("补贴")).total  # reading goes on
    other.close()
    assert engine.update(BASE).added == len(RECORDS) - 1


def test_a_server_started_anew_is_asked_again(engine, database):
    engine.update(BASE)
    before = answers(engine)
    others = "pid <> pg_backend_pid() AND application_name = 'policykb'"
    database.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
    assert answers(engine) == before


def test_an_index_of_a_former_version_is_made_anew(engine, database):
    engine.update(BASE)
    before = answers(engine)
    for table in ("items", "documents", "grams"):
        database.execute(f"ALTER TABLE {table}_{VERSION} RENAME TO {table}_0")
    database.execute("UPDATE state SET version = 0")
    with pytest.raises(PolicyError, match=r"earlier version\. Run policykb build"):
        engine.search(Query("补贴"))
    assert engine.update(BASE).rebuilt_because == "it was written by another version"
    assert answers(engine) == before
    tables = database.execute(
        "SELECT count(*) FROM pg_tables WHERE schemaname = %s", (engine._schema,)
    )
    assert tables.fetchone() == (4,)


def test_an_index_of_a_newer_version_is_left_alone(engine, database):
    engine.update(BASE)
    database.execute("UPDATE state SET version = 99")
    for ask in (lambda: engine.search(Query("补贴")), lambda: engine.update(BASE)):
        with pytest.raises(PolicyError, match=r"newer version\. Bring policykb up to date"):
            ask()


def test_a_lost_table_is_made_anew(engine, database):
    engine.update(BASE)
    before = answers(engine)
    database.execute(f"DROP TABLE grams_{VERSION}")
    with pytest.raises(PolicyError, match=r"no search index\. Run policykb build"):
        engine.search(Query("补贴"))
    assert engine.update(BASE).rebuilt_because == "part of it is missing"
    assert answers(engine) == before


def test_rights_that_are_missing_are_named(engine, database, postgresql, tmp_path):
    database.execute("DROP ROLE IF EXISTS reader")
    database.execute("CREATE ROLE reader LOGIN")
    guest = PostgresEngine(postgresql.replace("policykb@", "reader@"), engine._schema, tmp_path)
    with pytest.raises(PolicyError, match=r"permission denied.*needs CREATE on the database"):
        guest.update(BASE)
    engine.update(BASE)
    database.execute(f"GRANT USAGE ON SCHEMA {engine._schema} TO reader")
    database.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {engine._schema} TO reader")
    assert guest.search(Query("补贴")).total  # who searches needs no more
    assert guest.update(BASE).unchanged == len(RECORDS)
    with pytest.raises(PolicyError, match="permission denied"):
        guest.update(KnowledgeBase.of(()))
    guest.close()
    database.execute("DROP OWNED BY reader; DROP ROLE reader")


def test_a_server_that_is_not_there_is_told_without_the_password(tmp_path):
    url = "postgresql://me:geheim@/policy?host=/nowhere"
    with pytest.raises(PolicyError, match=r"/nowhere.*Start the server") as caught:
        PostgresEngine(url, "policykb", tmp_path).search(Query("补贴"))
    assert "geheim" not in str(caught.value)


def test_an_address_that_is_none_is_told(tmp_path):
    with pytest.raises(UsageError, match=r"no address of a database.*postgresql://USER"):
        PostgresEngine("postgresql://h/d?colour=red", "policykb", tmp_path)


def test_a_database_that_does_not_hold_chinese_is_refused(database, postgresql, tmp_path):
    database.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    latin = PostgresEngine(postgresql.replace("/postgres?", "/latin?"), "policykb", tmp_path)
    with pytest.raises(PolicyError, match=r"LATIN1.*createdb --encoding UTF8"):
        latin.update(BASE)
    latin.close()
    database.execute("DROP DATABASE latin")


def test_without_psycopg_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UsageError, match=r"needs psycopg\. Install it: pip install"):
        PostgresEngine("postgresql://", "policykb", tmp_path)


@pytest.mark.parametrize(
    ("text", "department", "document"),
    [("\udce4", None, None), ("", "\udce4", None), ("", "a\0b", None), ("", None, "a\0")],
)
def test_what_no_database_can_hold_is_found_nowhere(engine, text, department, document):
    engine.update(BASE)
    assert engine.search(Query(text, department=department, document=document)).total == 0


def test_numbers_without_end_are_answered(engine):
    engine.update(BASE)
    assert engine.search(Query(year=10**40)).total == 0
    assert engine.search(Query("补贴", offset=10**40, limit=10**40)).hits == ()
    assert engine.search(Query(amount_min=10**40)).total == 0


def test_a_pasted_page_is_answered(engine):
    engine.update(BASE)
    page = PLAN.text * 20
    assert engine.search(Query(page)).total == 0
    assert engine.search(Query("5" * 3000)).total == 0
    assert whole_word("5" * 3000) is None


def test_a_title_of_a_whole_page_and_a_nul_are_taken_in(engine):
    document = PLAN.document.model_copy(update={"title": "关于补贴的通知" * 3000})
    engine.update(
        KnowledgeBase.of([PLAN.model_copy(update={"document": document, "text": PLAN.text + "\0"})])
    )
    assert engine.search(Query(document.title)).documents == (PLAN.document.id,)


# ── the command line ──


def test_a_build_fills_the_index_of_all_and_readers_leave_it_alone(space, add, run, postgresql):
    add("a.txt", 1)
    settings = space.root / "policykb.toml"
    text = settings.read_text("utf-8").replace('engine = "whoosh"', 'engine = "postgresql"')
    text = text.replace("[search]", "[search]").replace(
        'url = ""                     # postgresql', f'url = "{postgresql}" # postgresql'
    )
    settings.write_text(text.replace('schema = "policykb"', 'schema = "cli"'), "utf-8")
    assert "no search index. Run policykb build" in run("search", "培训补贴").err
    assert run("build").status == 0
    assert "300元" in run("search", "300元").out
    add("a.txt", 1, 400)
    assert run("build").status == 0
    assert "400元" in run("search", "400元").out
    assert "1. " not in run("search", "300元").out


def test_an_address_on_the_command_line_goes_before_the_settings(space, add, run, postgresql):
    add("a.txt", 1)
    assert run("build").status == 0
    refused = run("search", "培训", "--engine", postgresql)
    assert (refused.status, "no search index" in refused.err) == (1, True)
    assert run("search", "培训", "--engine", postgresql, "--update").status == 0
    assert run("search", "培训", "--engine", postgresql).status == 0
    wrong = run("search", "培训", "--engine", "lucene")
    assert (wrong.status, 'no search engine "lucene"' in wrong.err) == (2, True)


def test_whoosh_is_what_searches_unless_told(space):
    assert isinstance(engine_of(space), WhooshEngine)


def test_searching_in_whoosh_needs_no_psycopg(tmp_path):
    program = (
        "import sys; sys.modules['psycopg'] = None; import policykb, kb.search.engines;"
        "import kb.search.postgres_engine, kb.search.postgres_query"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)
