"""The two small files that let a stranger check a bag: how, in words, and a script that needs nothing but Python."""

HOW = """How to check that nothing in here was changed
=============================================

1. Unpack the zip.
2. Linux and macOS: open a terminal in the unpacked folder and type
       sha256sum -c manifest-sha256.txt          (macOS: shasum -a 256 -c manifest-sha256.txt)
   Windows, or any system with Python: type
       python data/check.py
   Each file is read again and its fingerprint compared with the list.
3. The folder is a BagIt bag (RFC 8493). Any BagIt program can check it too.

The seal
--------
Seal of the record when this was made: {seal}

The seal is the head of an unbroken chain over everything that was written into the case. If you were given this code
on paper or in a letter, and the case still leads to it, then nothing written before it was changed since you got the
code. It does not show when something happened, and it proves nothing if nobody else has the code.

Where each page comes from
--------------------------
index.csv names, for every paper, its pages in the bundle and the fingerprint (SHA-256) of the original file. Page 3 of
a paper in the bundle is page 3 of that original. What was done to it on the way (mended, made smaller, converted)
stands in the same line.
"""

SCRIPT = '''"""Checks this bag: python data/check.py, from anywhere. Needs Python 3 and nothing else. Exit status 1 if a file changed."""
import hashlib
import pathlib
import sys

bag = pathlib.Path(__file__).resolve().parent.parent
wrong, told = [], {"tagmanifest-sha256.txt"}
for name in ("tagmanifest-sha256.txt", "manifest-sha256.txt"):
    for line in (bag / name).read_text("utf-8").splitlines():
        digest, _, file = line.partition("  ")
        told.add(file)
        path = bag / file
        if not path.is_file():
            wrong.append(file + ": missing")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            wrong.append(file + ": changed")
for path in bag.rglob("*"):
    name = path.relative_to(bag).as_posix()
    if path.is_file() and name not in told:
        wrong.append(name + ": added")
print("\\n".join(wrong) if wrong else "All files are as they were made.")
sys.exit(1 if wrong else 0)
'''
