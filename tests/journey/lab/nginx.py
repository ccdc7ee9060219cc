"""The nginx web server, with the configuration that we ship or one that is given."""

from pathlib import Path

import httpx

from .programs import LOOPBACK, Program
from .suites import BOOKWORM, Suite

SHIPPED = Path(__file__).parents[3] / "proxy" / "nginx.conf"

WHOLE = """daemon off;
user root;
worker_processes 1;
error_log stderr warn;
pid {home}/nginx.pid;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {home}/body;
    proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
    include {home}/site.conf;
}}
"""


class Nginx(Program):
    """Before a relay on `behind`; `site` is what stands in conf.d."""

    binary = "nginx"

    def __init__(self, folder: Path, behind: int, site: str = "", suite: Suite = BOOKWORM) -> None:
        super().__init__(folder, suite)
        told = site or SHIPPED.read_text(encoding="utf-8")
        self._site = told.replace("listen 80;", f"listen {LOOPBACK}:{self.port};").replace(
            "127.0.0.1:8484", f"{LOOPBACK}:{behind}"
        )

    def configure(self) -> None:
        self.write("site.conf", self._site.replace("/var/log/nginx", self.seen()))
        self.write("nginx.conf", WHOLE.format(home=self.seen()))

    def command(self) -> list[str]:
        return [self.binary, "-p", self.seen(), "-c", self.seen("nginx.conf")]

    async def answers(self) -> bool:
        async with httpx.AsyncClient(trust_env=False) as http:
            return (await http.get(self.address("/"))).status_code > 0

    def address(self, path: str, scheme: str = "http") -> str:
        """An address behind it."""
        return f"{scheme}://{LOOPBACK}:{self.port}{path}"
