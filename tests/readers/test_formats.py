"""Each format, read as its sender meant it."""

import datetime as dt
import io
import struct

import pytest

from casefile.domain.blocks import Grid, Paragraph, Picture
from casefile.readers import Unreadable, doc, docx, eml, html, ics, image, msg, odt, packed, pdf, text
from tests.readers import making


def test_a_mail_with_attachment_and_a_picture_in_its_words() -> None:
    mail = making.mail()
    mail.add_alternative(
        '<p>Here is <b>the plan</b>.</p><img src="cid:logo"><img src="http://far.example/x.png">', "html"
    )
    mail.get_payload()[1].add_related(making.picture(), "image", "png", cid="<logo>")
    mail.add_attachment(making.pdf("Draft plan"), maintype="application", subtype="pdf", filename="plan.pdf")
    found = eml.read(bytes(mail))
    assert [(part.name, part.inline) for part in found.attachments] == [("Part 1.2.2.png", True), ("plan.pdf", False)]
    assert any(isinstance(block, Picture) for block in found.blocks)
    assert "the plan" in found.pages[0] and "far.example" not in found.pages[0]
    assert found.sender and found.sender.email == "daniel@council.example"
    assert found.message_id == "one@council.example"
    assert found.notes == ("This mail asks for pictures from the internet. They were not fetched.",)


def test_a_photo_sent_inline_by_a_phone_is_a_paper_of_its_own() -> None:
    mail = making.mail()
    mail.add_attachment(
        making.picture("JPEG"), maintype="image", subtype="jpeg", filename="IMG_1.jpg", disposition="inline"
    )
    assert [(part.name, part.inline) for part in eml.read(bytes(mail)).attachments] == [("IMG_1.jpg", False)]


def test_names_and_subjects_in_other_letters() -> None:
    raw = (
        b"From: =?utf-8?q?O=27Neil=2C_S=C3=A9an?= <s@council.example>\r\nTo: \"Rahman, N\" <n@mail.example>, b@c.example\r\n"
        b"Subject: =?iso-8859-1?q?Caf=E9?= meeting\r\nDate: Tue, 3 Mar 2026 09:00:00 +0000\r\n"
        b"Content-Type: text/plain; charset=koi8-r\r\n\r\n\xdb\xc5\xd3\xd4\xd8\r\n"
    )  # fmt: skip
    found = eml.read(raw)
    assert found.sender and found.sender.name == "O'Neil, Séan"
    assert [(who.name, who.email) for who in found.recipients] == [("Rahman, N", "n@mail.example"), ("", "b@c.example")]
    assert found.title == "Café meeting"
    assert "шесть" in found.pages[0]


@pytest.mark.parametrize(
    "head",
    [
        b"From: a@b.example\r\nDate: yesterday\r\nSubject: x\r\n",
        b"From: a@b.example\r\nDate: Tue, 99 Foo 2026 99:99:99 +9999\r\nSubject: x\r\n",
        b"From: \xff\xfe\xfd <a@b>\r\nSubject: =?unknown-8bit?b?/////w==?=\r\n",
        b"From: a@b.example\r\nSubject: =?utf-8?b?not base64!!?=\r\n",
        b"From: a@b.example\r\nSubject: x\r\nContent-Type: text/plain; charset=\"../../etc\"\r\n",
        b"From: <<<>>>,,,;;;\r\nTo: :;@@@\r\nSubject: x\r\nContent-Transfer-Encoding: base64\r\n",
        b"Subject: " + b"A" * 500_000 + b"\r\nFrom: a@b.example\r\n",
        b"Subject: x\r\nFrom: a@b.example\r\nTo: " + b"x@y.example, " * 40_000 + b"\r\n",
    ],
)  # fmt: skip
def test_a_hostile_head_does_not_cost_the_mail(head: bytes) -> None:
    found = eml.read(head + b"\r\nThe words.\r\n")
    assert found.type == "eml"
    assert len(found.title) <= 70_000 and len(found.recipients) <= 5000


def test_a_date_that_cannot_be_read_is_told() -> None:
    found = eml.read(b"From: a@b.example\r\nDate: 31 Foo\r\nSubject: x\r\n\r\nWords\r\n")
    assert found.sent is None and found.notes == ("The date in the head of this mail cannot be read.",)


def test_mails_inside_mails() -> None:
    inner = making.mail("The inner words.\n", Subject="Forwarded", Message_ID="<inner@x.example>")
    outer = making.mail(Subject="FW: Forwarded")
    outer.add_attachment(inner)
    found = eml.read(bytes(outer))
    assert [part.name for part in found.attachments] == ["Forwarded.eml"]
    assert eml.read(found.attachments[0].data).message_id == "inner@x.example"


def test_a_mail_wrapped_in_base64_is_unwrapped() -> None:
    import base64

    inner = base64.encodebytes(bytes(making.mail("The inner words.\n")))
    raw = (
        b"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=cut\r\n\r\n"
        b"--cut\r\nContent-Type: message/rfc822; name=m.eml\r\nContent-Transfer-Encoding: base64\r\n\r\n" + inner + b"\r\n--cut--\r\n"
    )  # fmt: skip
    assert "The inner words." in eml.read(eml.read(raw).attachments[0].data).pages[0]


def test_the_exchange_a_mail_belongs_to() -> None:
    found = eml.read(bytes(making.mail(References="<first@x> <second@x>", In_Reply_To="<second@x>")))
    assert (found.thread, found.in_reply_to) == ("first@x", "second@x")


def test_a_mailbox_is_taken_apart() -> None:
    box = b"".join(
        b"From a@b Tue Mar  3 09:00:00 2026\n" + bytes(making.mail(f"From here on.\n>From there, {n}.\n")).replace(b"\nFrom here", b"\n>From here") + b"\n"
        for n in range(3)
    )  # fmt: skip
    found = packed.read_mbox(box)
    assert len(found.attachments) == 3
    assert b"\nFrom here on." in found.attachments[1].data


def test_the_wrapper_of_outlook_gives_up_its_file() -> None:
    found = packed.read_tnef(making.tnef("C:\\papers\\plan.pdf", making.pdf("plan")))
    assert [(part.name, part.data[:5]) for part in found.attachments] == [("plan.pdf", b"%PDF-")]
    with pytest.raises(Unreadable):
        packed.read_tnef(making.tnef("plan.pdf", b"x" * 100)[:-60])


def test_word_with_heading_list_and_table() -> None:
    body = (
        "<w:p><w:r><w:t>One</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Need</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Provision</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:r><w:t>Speech</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>30 minutes</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:ins><w:r><w:t>Added later</w:t></w:r></w:ins></w:p>"
    )
    found = docx.read(making.word(body))
    assert [type(block) for block in found.blocks] == [Paragraph, Grid, Paragraph]
    assert isinstance(found.blocks[1], Grid) and found.blocks[1].rows[1] == ("Speech", "30 minutes")
    assert "Added later" in found.pages[0]


def test_open_document_text() -> None:
    found = odt.read(
        making.odt(
            "<text:h>Head</text:h><text:p>One<text:s/>two</text:p><text:list><text:list-item><text:p>Item</text:p></text:list-item></text:list>"
        )
    )
    assert [(block.text, block.role) for block in found.blocks if isinstance(block, Paragraph)] == [
        ("Head", "heading"), ("One two", "para"), ("Item", "item"),
    ]  # fmt: skip


def test_a_calendar_entry_in_words() -> None:
    raw = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Annual review\\, Amina\r\nDTSTART:20261014T090000Z\r\nLOCATION:Oak\r\n field School\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    found = ics.read(raw)
    assert found.title == "Annual review, Amina"
    assert found.pages[0].splitlines()[1:3] == [
        "When: Wednesday 14 October 2026, 09:00 (world time, UTC)",
        "Where: Oakfield School",
    ]
    with pytest.raises(Unreadable):
        ics.read(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")


def test_a_pdf_page_by_page() -> None:
    found = pdf.read(making.pdf("First page", "Second page", ""))
    assert [page.strip() for page in found.pages] == ["First page", "Second page", ""]
    assert found.notes == ("1 of 3 pages are pictures, without words to search.",)


def test_text_in_each_writing() -> None:
    assert text.read("Café £5".encode("cp1252")).pages[0] == "Café £5"
    assert "guess" not in "".join(text.read("Café".encode()).notes)
    assert "may be wrong" in text.read("Café".encode("cp1252")).notes[0]
    assert text.read("Café".encode("utf-16")).pages[0] == "Café"


def test_rtf_without_its_look() -> None:
    found = text.read_rtf(
        rb"{\rtf1{\fonttbl{\f0 Arial;}}\f0 Dear Mrs O\rquote Neil,\par caf\'e9 \u8364?5\par{\*\secret hidden}}"
    )
    assert found.pages[0].strip() == "Dear Mrs O’Neil,\ncafé €5"


def test_a_saved_web_page_reaches_for_nothing() -> None:
    found = html.read(
        b"<html><head><title>Local offer</title><script>x()</script></head><body><h1>Help</h1><img src='http://a.example/p.png' alt='map'><a href='https://b.example/x'>here</a><iframe src='//c.example'></iframe></body></html>"
    )
    assert found.title == "Local offer"
    assert found.pages[0] == "Help\n(map)here <https://b.example/x>"


def test_a_picture_tells_the_day_it_was_taken() -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x132] = "2026:03:04 10:00:00"
    out = io.BytesIO()
    Image.new("RGB", (40, 20)).save(out, "JPEG", exif=exif)
    assert image.read(out.getvalue(), "jpeg").taken == dt.date(2026, 3, 4)
    with pytest.raises(Unreadable, match="100 million"):
        image.read(making.huge_png(), "png")


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("kind", ["docx", "odt", "png", "zip"])
def test_cut_files_say_so_in_words(kind: str, cut: float) -> None:
    whole = {
        "docx": making.word("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 50), "odt": making.odt("<text:p>a</text:p>"),
        "png": making.picture(size=(300, 300)), "zip": making.zipped({"a.txt": b"a" * 1000}),
    }[kind]  # fmt: skip
    readers = {"docx": docx.read, "odt": odt.read, "zip": packed.read_zip, "png": lambda data: image.read(data, "png")}
    with pytest.raises(Unreadable, match=r"damaged|part of it"):
        readers[kind](whole[: int(len(whole) * cut)])


def test_word_with_entities_is_refused() -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with pytest.raises(Unreadable):
        docx.read(making.word("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", bomb))


def test_word_nested_too_deep_is_refused() -> None:
    with pytest.raises(Unreadable, match="deeply"):
        docx.read(making.word("<w:p>" * 300 + "</w:p>" * 300))


def test_a_zip_bomb_is_refused_as_it_is_read() -> None:
    with pytest.raises(Unreadable, match="larger than is safe"):
        packed.read_zip(making.zipped({"zeros": b"\0" * 30_000_000}))


def test_outlook_that_is_no_outlook() -> None:
    with pytest.raises(Unreadable):
        msg.read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


def old_word(main: bytes, table: bytes) -> object:
    """As much of an old Word file as its reader asks for."""
    streams = {"WordDocument": main, "1Table": table, "0Table": table}

    class Ole:
        def exists(self, name: str) -> bool:
            return name in streams

        def openstream(self, name: str) -> io.BytesIO:
            return io.BytesIO(streams[name])

    return Ole()


def test_an_old_word_file_by_its_table_of_pieces() -> None:
    first, second = (
        "Dear Mrs Rahman\rWe will \x13 PAGE \x142\x15 write\x07".encode("cp1252"),
        "Київ\r".encode("utf-16-le"),
    )
    start = 0x400
    head = bytearray(start)
    length = len(first) + 5
    struct.pack_into("<H", head, 2, 0xC1)
    struct.pack_into("<H", head, 10, 0x0200)
    struct.pack_into("<I", head, 0x4C, length)
    clx = struct.pack("<BI3I", 2, 28, 0, len(first), length)
    clx += struct.pack("<HIH", 0, 0x40000000 | (start * 2), 0) + struct.pack("<HIH", 0, start + len(first), 0)
    struct.pack_into("<II", head, 0x01A2, 0, len(clx))
    assert doc._words(old_word(bytes(head) + first + second, clx)) == "Dear Mrs Rahman\nWe will 2 write\tКиїв"
    struct.pack_into("<H", head, 10, 0x0300)
    with pytest.raises(Unreadable, match="password"):
        doc._words(old_word(bytes(head) + first + second, clx))
    with pytest.raises(Unreadable):
        doc.read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
