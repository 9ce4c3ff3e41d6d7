"""What a first page waits for longest, named in the answer that brings its frame.

Streamlit's frontend asks for its chart library (4.7 MB) when the first chart arrives. Named beforehand, it is fetched
while the server still imports and the script runs: after all that the frame itself asks for, and without being
compiled, which made the first text late on a busy machine.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.team.headers import INDEX

LIBRARY = "static/js/PlotlyChart.*.js"
"""Below the frontend's files; the end of the name is a hash."""


class Preload:
    """Adds a link to the chart library to every page of HTML, which browsers follow when nothing else is asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        files = INDEX.parent.glob(LIBRARY)
        # Relative, as all addresses of the frontend are, so that it holds below a prefix too.
        self.links = [(b"link", f"<./static/js/{file.name}>; rel=prefetch".encode()) for file in files]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the link."""

        async def with_links(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                message["headers"] = [*message["headers"], *self.links]
            await send(message)

        await self.app(scope, receive, with_links)


def _is_page(message: Message) -> bool:
    return any(name == b"content-type" and value.startswith(b"text/html") for name, value in message["headers"])
