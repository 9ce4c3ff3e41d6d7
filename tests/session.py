"""A browser session without a browser: Streamlit's own messages over its websocket."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

PATH = "/_stcore/stream"
KINDS = {bool: "bool_value", int: "int_value", float: "double_value", str: "string_value", bytes: "bytes_value"}
PATIENCE = 90.0
"""Seconds in which an answer must come and a run must end: a busy machine is slow, not wrong."""


@dataclass(frozen=True)
class Run:
    """What a run of the script sent, and how long it took."""

    messages: list[ForwardMsg]
    sent: bytes
    seconds: float

    def elements(self, kind: str) -> Iterator[Any]:
        """The elements of a kind, such as "html" or "multiselect", in the order sent."""
        for message in self.messages:
            element = message.delta.new_element
            if message.WhichOneof("type") == "delta" and element.WhichOneof("type") == kind:
                yield getattr(element, kind)

    @property
    def failed(self) -> bool:
        """Whether an exception was shown or the run ended without success."""
        finished = [each.script_finished for each in self.messages if each.WhichOneof("type") == "script_finished"]
        return any(self.elements("exception")) or finished[-1] != ForwardMsg.FINISHED_SUCCESSFULLY


@dataclass
class Session:
    """A connection; `run` asks for a page, `close` leaves."""

    url: str
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        address = f"{parts.scheme.replace('http', 'ws')}://{parts.netloc}{PATH}"
        origin = {"Origin": self.url, **self.headers}
        options: dict[str, Any] = {"max_size": None, "compression": None, "proxy": None, "open_timeout": PATIENCE}
        if parts.scheme == "https":
            options["ssl"] = ssl._create_unverified_context()  # the tests' own certificate
        self._connection = connect(address, subprotocols=["streamlit"], additional_headers=origin, **options)
        self.socket = self._connection.__enter__()
        self.id = ""
        self.pages: dict[str, str] = {}
        self.widgets: dict[str, WidgetState] = {}

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave as a browser does."""
        self._connection.__exit__(None, None, None)

    def run(self, page: str = "", query: str = "", **triggers: str) -> Run:
        """Run the script for a page; with `pressed=ID` as after a click on that button."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_name = query, page
        asked.page_script_hash = self.pages.get(page, "")
        asked.context_info.url = f"{self.url}/{page}"
        asked.widget_states.widgets.extend(self.widgets.values())
        if "pressed" in triggers:
            asked.widget_states.widgets.add(id=triggers["pressed"], trigger_value=True)
        began = time.perf_counter()
        self.socket.send(message.SerializeToString())
        return self._finished(began)

    def set(self, widget: str, value: Any) -> None:
        """Give a widget a value, which the next run sends, as any client may."""
        state = WidgetState(id=widget)
        if isinstance(value, list):
            state.string_array_value.data.extend(value)
        else:
            setattr(state, KINDS[type(value)], value)
        self.widgets[widget] = state

    def _finished(self, began: float) -> Run:
        messages, sent = list[ForwardMsg](), list[bytes]()
        while True:
            received = self.socket.recv(timeout=PATIENCE)
            assert isinstance(received, bytes)
            sent.append(received)
            message = ForwardMsg.FromString(received)
            messages.append(message)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.id = message.new_session.initialize.session_id
            if kind == "navigation":
                self.pages = {each.url_pathname: each.page_script_hash for each in message.navigation.app_pages}
            # A run that asks for another is followed by it.
            if kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return Run(messages, b"".join(sent), time.perf_counter() - began)
