"""A mail server for tests, on a free port of this machine: aiosmtpd with answers that follow from the recipient.

Usage: server.py FOLDER [CERTIFICATE KEY]. Prints `port N`. Each mail that arrives whole becomes a file of the folder. With a
certificate, nothing is taken before STARTTLS. With MAIL_USER and MAIL_PASSWORD set, nothing is taken before a sign-in.

Beside each mail, a file with the ending `.json` has its head, its text and its HTML part, decoded.

The name before the `@` of the recipient says what happens: `unknown` is refused for good, `later` always put off, `later-once` put off
the first time, `drop` is taken and the connection ends without an answer the first time, `stall` is never answered the first time,
`hold` is taken and answered once there is a file `go`, `hold-early` is answered before its text is taken once there is a file `go`.
"""

import asyncio
import email
import email.policy
import json
import os
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

folder = pathlib.Path(sys.argv[1])
seen = set()


def first_time(name):
    if name in seen:
        return False
    seen.add(name)
    return True


async def go():
    while not (folder / "go").exists():
        await asyncio.sleep(0.02)


def store(envelope):
    number = sum(1 for _ in folder.glob("*.eml"))
    mail = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
    parts = {part.get_content_type(): part.get_content() for part in mail.walk() if not part.is_multipart()}
    decoded = {"text": parts.get("text/plain", ""), "html": parts.get("text/html", "")}
    decoded |= {"to": mail["To"], "from": mail["From"], "subject": mail["Subject"], "id": mail["Message-ID"]}
    (folder / f"{number:04}.json").write_text(json.dumps(decoded))
    part = folder / f"{number:04}.part"
    part.write_bytes(envelope.original_content)
    part.rename(folder / f"{number:04}.eml")


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        (folder / f"asked-{name}").touch()
        if name == "unknown":
            return "550 5.1.1 no such user here"
        if name == "later" or (name == "later-once" and first_time(name)):
            return "451 4.3.0 try again later"
        if name == "hold-early":
            await go()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.rcpt_tos[0].split("@")[0]
        if name == "stall" and first_time(name):
            await asyncio.sleep(3600)
        store(envelope)
        if name == "drop" and first_time(name):
            server.transport.abort()
        if name == "hold":
            await go()
            asyncio.get_running_loop().call_later(0.05, (folder / "answered").touch)
        return "250 OK"


def sign_in(server, session, envelope, mechanism, data):
    known = (os.environ["MAIL_USER"].encode(), os.environ["MAIL_PASSWORD"].encode())
    # Not handled: aiosmtpd sends the usual answer.
    return AuthResult(success=(data.login, data.password) == known, handled=False)


async def main():
    options = {"hostname": "mail.test", "enable_SMTPUTF8": True}
    if len(sys.argv) > 2:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], sys.argv[3])
        options |= {"tls_context": context, "require_starttls": True}
    if "MAIL_USER" in os.environ:
        options |= {"authenticator": sign_in, "auth_required": True, "auth_require_tls": False}
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Handler(), **options), "127.0.0.1", 0)
    print("port", server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


asyncio.run(main())
