"""What every test may ask for: the library, a case of its own, the sample case, fixed days, and the papers of others."""

import contextlib
import datetime as dt
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from casefile.domain.people import Child, Contact
from casefile.library import Library, load
from casefile.progress import Silent
from casefile.services import bundles, case, people
from casefile.services.sample import make_sample
from casefile.store import connection
from casefile.store.store import Store

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The suite gives the same answer every time; the random round is a longer check, run by name: pytest -m long.
settings.register_profile("suite", derandomize=True, deadline=None, database=None)
settings.load_profile("suite")

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
ROOT = Path(__file__).resolve().parent.parent
PAPERS = ROOT.parent / "shared" / "data" / "papers"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings and logs of a test stay in its own folder."""
    folder = tmp_path / "home"
    monkeypatch.setenv("CASEFILE_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def no_power_is_cut(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test cuts the power, so none waits until bytes are on the disk itself: that took a fifth of all time. A test that is about it asks for ``waits_for_the_disk``."""
    if "waits_for_the_disk" not in request.fixturenames:
        monkeypatch.setattr(os, "fsync", lambda handle: os.fstat(handle) and None)  # still an error where nothing is open
        monkeypatch.setitem(connection.SETTINGS, "synchronous", 0)


@pytest.fixture
def waits_for_the_disk() -> None:
    """Asked for by tests of what is on the disk when."""


@pytest.fixture(scope="session")
def library() -> Library:
    """The program's own resources."""
    return load()


@pytest.fixture(scope="session")
def new_folder(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Path:
    """A case without papers, made once; tests get copies of it."""
    folder = tmp_path_factory.mktemp("new") / "case"
    child = Child(name="Amina Rahman", known_as="Amina", born=dt.date(2017, 5, 14), council="Leeds City Council")
    with case.create(folder, child, library, now=NOW) as made:
        me = Contact(
            None, "Nadia Rahman", email="nadia@mail.example", address="14 Larch Road\nLeeds", me=True, relation="mother"
        )
        people.save(made, me)
    return folder


@pytest.fixture
def store(new_folder: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty case for a child with a known council, and a parent with an address."""
    shutil.copytree(new_folder, tmp_path / "case")
    with Store.open(tmp_path / "case", now=NOW) as made:
        yield made


@pytest.fixture(autouse=True)
def no_scans_are_read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample case holds scans; reading them would cost every test of a screen or a bundle seconds. A test that wants it asks for ``reads_scans``."""
    if "reads_scans" not in request.fixturenames:
        monkeypatch.setattr("casefile.services.scans.available", lambda: False)


@pytest.fixture
def reads_scans() -> None:
    """Asked for by tests in which scans are read."""


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Path:
    """The sample case, made once; tests get copies of it."""
    folder = tmp_path_factory.mktemp("sample") / "case"
    make_sample(folder, library, Silent(), now=NOW).close()
    return folder


@contextlib.contextmanager
def copied(folder: Path, copy: Path) -> Iterator[Store]:
    """A copy of a case, open."""
    shutil.copytree(folder, copy)
    with Store.open(copy, now=NOW) as made:
        yield made


@pytest.fixture
def sample(sample_folder: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of the sample case, open."""
    with copied(sample_folder, tmp_path / "sample") as made:
        yield made


@pytest.fixture(scope="session")
def printed_folder(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory, library: Library) -> Path:
    """The sample case with its papers made ready for bundles, as they are once bundles were made; its rows are as they were."""
    folder, made = tmp_path_factory.mktemp("printed") / "case", tmp_path_factory.mktemp("bundled")
    shutil.copytree(sample_folder, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("casefile.services.scans.available", lambda: False)
        for purpose in ("everything", "complaint_stage_1"):
            # A bundle gives marks for good, so it is made in a copy, and only the pages that were printed for it come back.
            copy = made / purpose
            shutil.copytree(folder, copy)
            with Store.open(copy, now=NOW) as store:
                bundle = bundles.compose(store, library, purpose, TODAY)
                bundles.export(store, library, bundle, made / "out", Silent(), today=TODAY, now=NOW)
            shutil.rmtree(folder / "work")
            shutil.copytree(copy / "work", folder / "work")
    return folder


@pytest.fixture
def printed_sample(printed_folder: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of the sample case with its papers made ready for bundles, open: for tests of what becomes of the pages."""
    with copied(printed_folder, tmp_path / "sample") as made:
        yield made


@pytest.fixture
def papers() -> Path:
    """Real papers made by others; absent in a stranger's clone."""
    if not PAPERS.is_dir():
        pytest.skip("the papers made by others are not beside this checkout")
    return PAPERS
