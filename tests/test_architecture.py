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
    "msoffcrypto": ("readers",),
    "nh3": ("readers",),
    "defusedxml": ("readers",),
    "zipfile": ("readers", "printing"),
    "enchant": ("readers",),
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
    """Lines that open a file for writing, or write one in a single call. A member of a zip in memory is no file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
        if name in ("write_bytes", "write_text"):
            yield node.lineno
        if name == "open":
            of_a_module = isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id in ("io", "codecs", "gzip", "bz2", "lzma")  # fmt: skip
            places = node.args[1:2] if isinstance(called, ast.Name) or of_a_module else node.args[:1]
            modes = [
                place.value
                for place in [*places, *(word.value for word in node.keywords if word.arg == "mode")]
                if isinstance(place, ast.Constant) and isinstance(place.value, str)
            ]
            if any(set(mode) & set("wax+") and set(mode) <= set("rwaxbt+") for mode in modes):
                yield node.lineno
        if name == "fdopen" and path.name != "store.py":
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
    """``with db.conn:`` leaves the inserts of sqlite-utils 4 committed after an error; transactions are ``db.atomic()``."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.With)
        for item in node.items
        if isinstance(item.context_expr, ast.Attribute) and item.context_expr.attr == "conn"
    ]
    assert found == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_and_functions_stay_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 400, f"{path.name} is longer than 400 lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, f"{path.name}: {node.name} is longer than 60 lines"


def public_things(node: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Every public function and class, and the public methods of public classes; overloads and overrides of Qt apart."""
    for inner in node.body:
        if isinstance(inner, ast.FunctionDef | ast.ClassDef) and not inner.name.startswith("_"):
            yield inner
            if isinstance(inner, ast.ClassDef):
                yield from (one for one in public_things(inner) if isinstance(one, ast.FunctionDef))


def overrides(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """Whether a name is one that a library's base class calls: Qt's camel case, the standard parser's handlers."""
    return isinstance(node, ast.FunctionDef) and (
        any(letter.isupper() for letter in node.name)
        or node.name.startswith("handle_")
        or node.name in ("error", "data", "flush")
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_everything_public_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), f"{path.name} has no docstring"
    silent = [node.name for node in public_things(tree) if not ast.get_docstring(node) and not overrides(node)]
    assert silent == [], f"{path.name}: no docstring"


def test_the_package_has_no_empty_rooms() -> None:
    assert [
        str(path) for path in FILES if path.name != "__init__.py" and len(path.read_text("utf-8").split()) < 10
    ] == []


def texts() -> Iterator[Path]:
    """Every text file of the project that is kept under version control's eye."""
    endings = {".py", ".md", ".toml", ".txt", ".spec", ".csv", ".json"}
    for path in sorted(ROOT.rglob("*")):
        parts = set(path.relative_to(ROOT).parts)
        if parts & {".git", ".venv", "build", "dist", "__pycache__", "_pictures"} or not path.is_file():
            continue
        if path.suffix in endings or ".ci" in parts:
            yield path


def test_the_project_names_no_machine() -> None:
    words = ("/work/" + "main", "/work/" + "shared", "pypi" + "-more", "/opt/" + "pypi", "/root" + "/", "fa" + "rm-")
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in texts()
        for word in words
        if word in path.read_text("utf-8", "replace")
    ]
    assert found == []


def test_every_file_of_text_is_opened_with_its_letters_named() -> None:
    """Without a name, Windows would read and write in its own old letters."""
    found = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            reads = (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "read_text"
            )
            if reads and not node.args and not any(word.arg == "encoding" for word in node.keywords):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


def test_no_call_that_only_one_system_knows() -> None:
    """Names of ``os`` that Windows lacks may stand in ``system.py`` alone, each with its counterpart."""
    lacking = {"fork", "getuid", "geteuid", "chown", "mkfifo", "uname", "kill", "killpg", "setsid", "nice", "getpgid", "O_NOFOLLOW", "O_NONBLOCK", "O_DIRECTORY", "startfile"}  # fmt: skip
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} os.{node.attr}"
        for path in FILES
        if path.name != "system.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
        and node.attr in lacking
    ]
    assert found == []
