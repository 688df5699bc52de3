"""The shape of the house: who may know whom, no network, Qt in one place, files and functions of a readable length."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "casefile"
FILES = sorted(PACKAGE.rglob("*.py"))

ANYWHERE = {"errors", "progress", "paths", "system", "child", "plain", "__init__"}
MAY_KNOW = {
    "domain": {"domain"},
    "suggest": {"suggest", "domain"},
    "store": {"store", "domain"},
    "readers": {"readers", "domain"},
    "printing": {"printing", "domain"},
    "library": {"library", "domain"},
    "services": {"services", "domain", "store", "readers", "printing", "library", "suggest"},
    "cli": {"cli", "services", "domain", "library", "store"},
    "ui": {"ui", "services", "domain", "library", "store", "settings", "printing"},
    "settings": {"settings", "store"},
}
NETWORK = {"socket", "ssl", "http", "urllib", "urllib3", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "imaplib", "poplib", "telnetlib", "xmlrpc", "socketserver", "webbrowser", "asyncio"}  # fmt: skip
ONLY_IN = {
    "PySide6": ("ui",),
    "reportlab": ("printing",),
    "pikepdf": ("printing",),
    "img2pdf": ("printing",),
    "sqlcipher3": ("store",),
    "sqlite_utils": ("store",),
    "pypdfium2": ("readers", "printing"),
    "PIL": ("readers", "printing"),
    "docx": ("printing",),
    "olefile": ("readers",),
    "nh3": ("readers",),
    "defusedxml": ("readers",),
    "zipfile": ("readers", "printing"),
}
SYSTEM_CALLS = {"fcntl", "msvcrt", "resource", "winreg", "pwd", "grp"}


def room(path: Path) -> str:
    """The package or top-level module a file belongs to."""
    part = path.relative_to(PACKAGE).parts[0]
    return part.removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every imported module of a file, also those imported inside functions, with its line."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            if node.module == "casefile":
                yield from ((f"casefile.{alias.name}", node.lineno) for alias in node.names)


def wrong_arrows() -> list[str]:
    found = []
    for path in FILES:
        here = room(path)
        if here in ("__main__", *ANYWHERE):
            allowed = ANYWHERE | ({"cli"} if here == "__main__" else set())
        else:
            allowed = MAY_KNOW[here] | ANYWHERE
        if here == "domain":
            allowed = {"domain", "errors"}
        for module, line in imports(path):
            parts = module.split(".")
            if parts[0] == "casefile" and len(parts) > 1 and not parts[1].startswith("__") and parts[1] not in allowed:
                found.append(f"{path.relative_to(ROOT)}:{line} knows {module}")
    return found


def test_arrows_point_one_way() -> None:
    assert wrong_arrows() == []


def test_no_network_anywhere() -> None:
    found = [
        f"{path.name}:{line} {module}"
        for path in FILES
        for module, line in imports(path)
        if module.split(".")[0] in NETWORK or "QtNetwork" in module or "QtWeb" in module
    ]
    assert found == []


def test_libraries_stay_in_their_rooms() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line} {module}"
        for path in FILES
        for module, line in imports(path)
        if module.split(".")[0] in ONLY_IN and room(path) not in ONLY_IN[module.split(".")[0]]
    ]
    assert found == []


def test_system_only_calls_stand_in_one_module() -> None:
    found = [
        f"{path.name}:{line} {module}"
        for path in FILES
        for module, line in imports(path)
        if module in SYSTEM_CALLS and path.name != "system.py"
    ]
    assert found == []


def opens_for_writing(path: Path) -> Iterator[int]:
    """Lines that open a file for writing, or write one in a single call."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = (
            node.func.attr
            if isinstance(node.func, ast.Attribute)
            else node.func.id
            if isinstance(node.func, ast.Name)
            else ""
        )
        if name in ("write_bytes", "write_text"):
            yield node.lineno
        if name == "open":
            modes = [
                a.value
                for a in [*node.args[:2], *(k.value for k in node.keywords if k.arg == "mode")]
                if isinstance(a, ast.Constant) and isinstance(a.value, str)
            ]
            if any(set(mode) & set("wax+") and set(mode) <= set("rwaxbt+") for mode in modes):
                yield node.lineno
        if name == "fdopen" and path.name not in ("store.py",):
            yield node.lineno


def test_only_the_safe_writer_opens_files_for_writing() -> None:
    allowed = {"files.py", "system.py"}
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in FILES
        if path.name not in allowed
        for line in opens_for_writing(path)
    ]
    assert found == []


def test_no_transaction_by_connection() -> None:
    for path in FILES:
        assert "with db.conn" not in path.read_text("utf-8"), path
        assert "with self.db.conn" not in path.read_text("utf-8"), path


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_and_functions_stay_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 400, f"{path.name} is longer than 400 lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, f"{path.name}: {node.name} is longer than 60 lines"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_everything_public_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), f"{path.name} has no docstring"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path.name}: {node.name} has no docstring"


def test_the_package_has_no_empty_rooms() -> None:
    assert [
        str(path) for path in FILES if path.name != "__init__.py" and len(path.read_text("utf-8").split()) < 10
    ] == []


def test_the_project_names_no_machine() -> None:
    words = ("/work/" + "main", "/work/" + "shared", "pypi" + "-more", "/root" + "/", "fa" + "rm-")
    for path in [*FILES, *ROOT.glob("*.md"), *ROOT.glob("*.py"), *ROOT.glob("*.toml"), *ROOT.glob("*.txt")]:
        text = path.read_text("utf-8")
        assert not [word for word in words if word in text], path
