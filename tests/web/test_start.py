"""Starting: what the first page waits for, and that the usual commands find the application."""

import subprocess
import sys

import pytest

FIRST_PAGE = """
import sys
from mapper import create_app
assert create_app().test_client().get("/sign-in").status_code == 200
print(*sys.modules)
"""


def run(*command):
    return subprocess.run([sys.executable, *command], capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("heavy", ["pandas", "numpy", "openpyxl", "alembic", "limits"])
def test_the_first_page_does_not_wait_for_what_it_does_not_use(loaded, heavy):
    assert heavy not in loaded


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """Names of the modules that the first page of a new installation imports."""
    patch = pytest.MonkeyPatch()
    patch.setenv("MAPPER_INSTANCE", str(tmp_path_factory.mktemp("instance")))
    result = run("-c", FIRST_PAGE)
    patch.undo()
    assert result.returncode == 0, result.stderr
    return result.stdout.split()


def test_importing_the_package_imports_no_web_and_no_store():
    result = run("-c", "import sys, mapper; print('flask' in sys.modules, 'sqlmodel' in sys.modules)")
    assert result.stdout.split() == ["False", "False"]


def test_the_flask_command_finds_the_application(database):
    result = run("-m", "flask", "--app", "mapper", "routes")
    assert result.returncode == 0, result.stderr
    assert "auth.sign_in" in result.stdout
