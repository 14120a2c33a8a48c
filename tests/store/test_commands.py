"""`mapper database`, `mapper user` and `mapper serve`, as somebody types them."""

import re
import subprocess
import sys
import threading
import time
import urllib.request

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from sqlmodel import select

from mapper.cli import main
from mapper.store import database as store
from mapper.store import passwords
from mapper.store.tables import AuditEvent, Buyer, User
from tests.conftest import free_port


@pytest.fixture
def mapper(instance):
    """Runs a command; gives exit code, standard output, standard error."""

    def run(*words, stdin=None):
        result = CliRunner().invoke(main, words, input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.stdout, result.stderr

    yield run
    store.dispose()


@pytest.fixture
def ready(mapper):
    mapper("database", "upgrade")
    return mapper


def user(name):
    with store.session() as session:
        return session.exec(select(User).where(User.name == name)).one()


class TestDatabase:
    def test_upgrade_makes_the_tables_and_may_be_repeated(self, mapper):
        assert "from nothing to revision" in mapper("database", "upgrade")[1]
        assert "Up to date already" in mapper("database", "upgrade")[1]

    def test_verify_says_what_is_whole(self, ready):
        code, output, _ = ready("database", "verify")
        assert code == 0
        assert "Audit trail: 0 events." in output

    def test_verify_finds_a_forged_trail_and_a_missing_table(self, ready):
        ready("user", "add", "sita", "--role", "auditor")
        with store.engine().begin() as connection:
            connection.execute(text("update auditevent set subject = 'nobody'"))
        assert "does not fit together at event 1" in ready("database", "verify")[2]
        with store.engine().begin() as connection:
            connection.execute(text("drop table document"))
        code, _, problems = ready("database", "verify")
        assert code == 1
        assert "Tables and program disagree" in problems

    def test_verify_before_upgrade_says_what_to_run(self, mapper):
        code, _, problems = mapper("database", "verify")
        assert code == 1
        assert "run 'mapper database upgrade'" in problems

    def test_verify_of_something_that_is_no_database_says_so(self, mapper, instance):
        instance.mkdir()
        (instance / "mapper.db").write_bytes(b"not a database, but long enough to be looked at" * 50)
        code, _, problems = mapper("database", "verify")
        assert code == 1
        assert "Restore the last backup" in problems

    def test_a_backup_holds_everything_that_was_committed_before_it_began(self, ready, tmp_path):
        """Eight backups while another thread goes on writing."""
        stop, written = threading.Event(), []

        def write():
            while not stop.is_set():
                with store.transaction() as session:
                    session.add(Buyer(code=f"B{len(written)}", name="x"))
                written.append(time.perf_counter())

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for number in range(8):
                before = len(written)
                code, output, problems = ready("database", "backup", str(tmp_path / f"copy{number}.db"))
                assert (code, problems) == (0, ""), problems
                assert "found whole" in output
                copy = store.newest_sqlite().connect(tmp_path / f"copy{number}.db")
                assert copy.execute("select count(*) from buyer").fetchone()[0] >= before
                copy.close()
        finally:
            stop.set()
            writer.join()

    def test_a_backup_can_be_used_as_a_database(self, ready, tmp_path, monkeypatch):
        ready("user", "add", "sita", "--role", "auditor")
        ready("database", "backup", str(tmp_path / "copy.db"))
        monkeypatch.setenv("MAPPER_DATABASE_URL", f"sqlite:///{tmp_path / 'copy.db'}")
        assert ready("database", "verify")[0] == 0
        assert "sita" in ready("user", "list")[1]

    @pytest.mark.parametrize("target", ["taken.db", "taken.db/copy.db"])
    def test_a_backup_never_overwrites_and_leaves_nothing_by_half(self, ready, tmp_path, target):
        (tmp_path / "taken.db").write_text("precious")
        code, _, problems = ready("database", "backup", str(tmp_path / target))
        assert code in (1, 2)
        assert problems
        assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["taken.db"]
        assert (tmp_path / "taken.db").read_text() == "precious"


class TestUser:
    def test_a_new_user_can_sign_in_with_the_printed_password(self, ready):
        output = ready("user", "add", "Sita Rai", "--role", "auditor", "--language", "ne")[1]
        password = re.search(r"shown only now\): (\S+)", output)[1]
        assert passwords.verify(user("sita rai").password_hash, password)
        assert user("sita rai").language == "ne"

    def test_a_password_may_come_from_standard_input_and_is_not_printed(self, ready):
        _, output, _ = ready(
            "user", "add", "sita", "--role", "auditor", "--password-stdin", stdin="four plain long words\n"
        )
        assert passwords.verify(user("sita").password_hash, "four plain long words")
        assert "words" not in output

    def test_a_reviewer_belongs_to_a_buyer(self, ready):
        with store.transaction() as session:
            session.add(Buyer(code="NORD", name="Nord"))
        assert ready("user", "add", "rita", "--role", "reviewer", "--buyer", "NORD")[0] == 0
        assert user("rita").buyer_id

    @pytest.mark.parametrize(
        ("words", "said"),
        [(["rita", "--role", "reviewer"], "belongs to a buyer"),
         (["x", "--role", "auditor", "--buyer", "NO"], "no buyer 'NO'"),
         (["", "--role", "auditor"], "1 to 80"), (["x", "--role", "auditor", "--language", "xx"], "no language 'xx'")],
    )  # fmt: skip
    def test_what_is_wrong_is_said_and_nobody_is_added(self, ready, words, said):
        code, _, problems = ready("user", "add", *words)
        assert code == 1
        assert said in problems
        with store.session() as session:
            assert session.exec(select(User)).all() == []

    def test_an_unknown_role_is_wrong_use(self, ready):
        assert ready("user", "add", "x", "--role", "king")[0] == 2

    def test_a_short_password_is_refused(self, ready):
        code, _, problems = ready("user", "add", "x", "--role", "auditor", "--password-stdin", stdin="short\n")
        assert (code, "at least 12" in problems) == (1, True)

    def test_names_are_unique_however_they_are_capitalised(self, ready):
        ready("user", "add", "sita", "--role", "auditor")
        code, _, problems = ready("user", "add", "SITA", "--role", "auditor")
        assert (code, "already" in problems) == (1, True)

    def test_deactivating_and_activating(self, ready):
        ready("user", "add", "sita", "--role", "auditor")
        ready("user", "deactivate", "Sita")
        assert "deactivated" in ready("user", "list")[1]
        ready("user", "activate", "sita")
        assert user("sita").active

    def test_the_only_administrator_stays(self, ready):
        ready("user", "add", "root", "--role", "administrator")
        code, _, problems = ready("user", "deactivate", "root")
        assert (code, "only active administrator" in problems) == (1, True)

    def test_a_new_password_ends_every_session(self, ready):
        ready("user", "add", "sita", "--role", "auditor")
        ready("user", "password", "sita")
        assert user("sita").session_epoch == 1

    def test_a_token_is_all_that_stands_on_standard_output(self, ready):
        ready("user", "add", "sita", "--role", "auditor")
        _, output, _ = ready("user", "token", "sita", "--label", "tablet")
        assert re.fullmatch(r"lmm_[\w-]{43}\n", output)

    @pytest.mark.parametrize("command", ["password", "deactivate", "activate", "token"])
    def test_an_unknown_user_is_named(self, ready, command):
        code, _, problems = ready("user", command, "nobody")
        assert (code, "no user 'nobody'" in problems) == (1, True)

    def test_no_password_or_token_is_in_the_audit_trail(self, ready):
        output = ready("user", "add", "sita", "--role", "auditor")[1]
        password = re.search(r"shown only now\): (\S+)", output)[1]
        token = ready("user", "token", "sita")[1].strip()
        with store.session() as session:
            trail = " ".join(str(event) for event in session.exec(select(AuditEvent)))
        assert password not in trail
        assert token not in trail


class TestServe:
    @pytest.fixture
    def serve(self, instance):
        started = []

        def start(*words):
            process = subprocess.Popen(
                [sys.executable, "-m", "mapper", "serve", *words],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
            )  # fmt: skip
            started.append(process)
            return process

        yield start
        for process in started:
            process.terminate()
            process.communicate(timeout=20)

    def test_it_prints_its_address_and_answers_there(self, ready, serve):
        port = free_port()
        process = serve("--port", str(port))
        lines = iter(process.stdout.readline, "")
        address = next(match[0] for line in lines if (match := re.search(r"http://127\.0\.0\.1:\d+", line)))
        for _ in range(100):
            try:
                with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:  # noqa: S310
                    assert answer.status == 200
                break
            except OSError:
                time.sleep(0.1)
        else:
            pytest.fail("the server does not answer")

    def test_without_tables_it_refuses_and_says_what_to_run(self, serve):
        process = serve("--port", str(free_port()))
        _, problems = process.communicate(timeout=30)
        assert process.returncode == 1
        assert "mapper database upgrade" in problems

    def test_a_database_of_a_newer_program_is_refused(self, ready, serve):
        with store.engine().begin() as connection:
            connection.execute(text("update alembic_version set version_num = 'future'"))
        process = serve("--port", str(free_port()))
        _, problems = process.communicate(timeout=30)
        assert process.returncode == 1
        assert "newer than this program" in problems

    def test_a_port_in_use_is_named(self, ready, serve):
        import socket

        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            process = serve("--port", str(taken.getsockname()[1]))
            _, problems = process.communicate(timeout=30)
        assert process.returncode == 1
        assert "is in use" in problems
