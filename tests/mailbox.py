"""A small mailbox that speaks IMAP in a thread: enough to log in, look, and be read; it notes what was asked of it."""

import contextlib
import re
import socket
import threading


class Mailbox(threading.Thread):
    """`mails` are (number, bytes); `hangs` names a command that is never answered, `refuses` one that is refused."""

    def __init__(self, mails=(), validity=7, hangs="", refuses=""):
        super().__init__(daemon=True)
        self.mails, self.validity, self.hangs, self.refuses = dict(mails), validity, hangs, refuses
        self.asked, self.ended = [], threading.Event()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]

    def run(self):
        while not self.ended.is_set():
            try:
                line, _ = self.door.accept()
            except OSError:
                return
            with contextlib.suppress(OSError), line, line.makefile("rwb") as file:
                self._talk(file)

    def _talk(self, file):
        if self.hangs == "greeting":
            self.ended.wait(5)
            return
        self._say(file, b"* OK ready\r\n")
        for raw in file:
            tag, _, told = raw.decode().strip().partition(" ")
            self.asked.append(told)
            name = told.removeprefix("UID ").partition(" ")[0].upper()
            if name == self.hangs:
                self.ended.wait(5)
                return
            if name == self.refuses:
                self._say(file, f"{tag} NO not today\r\n".encode())
                continue
            getattr(self, f"_{name.lower()}", lambda *_: None)(file, told)
            self._say(file, f"{tag} OK done\r\n".encode())
            if name == "LOGOUT":
                return

    def _capability(self, file, _):
        self._say(file, b"* CAPABILITY IMAP4rev1\r\n")

    def _examine(self, file, _):
        self._say(file, f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.validity}] valid\r\n".encode())

    def _search(self, file, told):
        start = re.search(r"UID (\d+):\*", told.partition("SEARCH")[2])
        found = [n for n in self.mails if not start or n >= int(start[1])] or list(self.mails)[-1:]
        self._say(file, f"* SEARCH {' '.join(map(str, found))}\r\n".encode())

    def _fetch(self, file, told):
        number, most = int(told.split()[2]), int(re.search(r"<0\.(\d+)>", told)[1])
        mail = self.mails[number][:most]
        self._say(file, f"* 1 FETCH (UID {number} BODY[]<0> {{{len(mail)}}}\r\n".encode() + mail + b")\r\n")

    def _say(self, file, words):
        file.write(words)
        file.flush()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        with contextlib.suppress(OSError):
            self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()
        self.join(2)
