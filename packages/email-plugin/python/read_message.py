"""Reads messages with Python's own reader of email: a line of base64 in, a line of JSON out, until the input ends."""

import base64
import json
import sys
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import getaddresses


def addresses(message, field):
    """By the older of its two readers: the newer one leaves blanks between encoded words of one name."""
    value = str(message.get(field, "")).replace("\r\n", "")
    return [
        {"name": str(make_header(decode_header(name))), "address": address}
        for name, address in getaddresses([value])
        if address
    ]


def read(raw):
    message = message_from_bytes(raw, policy=policy.default)
    older = message_from_bytes(raw, policy=policy.compat32)
    leaves = [part for part in message.walk() if not part.is_multipart()]
    text = message.get_body(("plain",))
    html = message.get_body(("html",))
    return {
        "from": addresses(older, "from")[0],
        "to": addresses(older, "to"),
        "cc": addresses(older, "cc"),
        "subject": str(message["subject"] or ""),
        "text": text.get_content() if text else "",
        "html": html.get_content() if html else "",
        "attachments": [
            {
                "name": part.get_filename() or "",
                "base64": base64.b64encode(part.get_payload(decode=True) or b"").decode("ascii"),
            }
            for part in leaves
            if part.get_content_disposition() == "attachment"
        ],
        "references": str(message["references"] or "").split(),
        "defects": sorted({repr(defect) for part in message.walk() for defect in defects_of(part)}),
    }


def defects_of(part):
    yield from part.defects
    for value in part.values():
        yield from getattr(value, "defects", ())


for line in sys.stdin:
    print(json.dumps(read(base64.b64decode(line))), flush=True)
