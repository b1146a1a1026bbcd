"""Server time of the public pages, beside a page that does nothing, on one running site.

Run `make run` first. CHENGXIN_BASE_URL names the site (default http://127.0.0.1:8000).
Each figure is over one keep-alive connection from this machine: median, 95th percentile, and the
ratio of the median to the health page's, which is what the server and Django cost by themselves.
"""

import http.client
import json
import os
import statistics
import time
from urllib.parse import quote, urlsplit

BASE = urlsplit(os.environ.get("CHENGXIN_BASE_URL", "http://127.0.0.1:8000"))
ROUNDS = 200
WARM = 20


def main() -> None:
    """Measure and print one table."""
    connection = http.client.HTTPConnection(BASE.hostname or "127.0.0.1", BASE.port or 80)
    try:
        connection.connect()
    except OSError:
        print(f"{BASE.geturl()} 没有应答，先运行 make run。 No site answers there: make run first.")
        return
    busiest, facts = find_busiest(connection)
    pages = {
        "health page (the limit)": "/healthz",
        "home": "/",
        "search 水产": f"/search?q={quote('水产')}",
        f"organisation, {facts} facts": f"/credit/{busiest}",
        f"organisation as JSON, {facts} facts": f"/api/v1/organisations/{busiest}",
    }
    limit = 0.0
    print(f"{'page':36} {'median ms':>10} {'p95 ms':>8} {'ratio':>6}")
    for name, path in pages.items():
        times = sorted([timed(connection, path) for _ in range(ROUNDS + WARM)][WARM:])
        median, p95 = statistics.median(times), times[int(len(times) * 0.95)]
        limit = limit or median
        print(f"{name:36} {median:10.1f} {p95:8.1f} {median / limit:6.1f}")


def timed(connection: http.client.HTTPConnection, path: str) -> float:
    """Milliseconds from sending a request to holding the whole answer."""
    start = time.perf_counter()
    body(connection, path)
    return (time.perf_counter() - start) * 1000


def body(connection: http.client.HTTPConnection, path: str) -> bytes:
    """The answer's body; anything but 200 ends the measurement."""
    connection.request("GET", path)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != http.client.OK:
        message = f"{path}: {answer.status}"
        raise SystemExit(message)
    return content


def find_busiest(connection: http.client.HTTPConnection) -> tuple[str, int]:
    """The organisation with most public facts among some hundred."""
    best = ("", -1)
    for word in ("水产", "有限公司", "饭店", "合作社", "物流"):
        found = json.loads(body(connection, f"/api/v1/organisations?q={quote(word)}&limit=40"))
        for hit in found["results"]:
            path = f"/api/v1/organisations/{hit['public_id']}"
            count = len(json.loads(body(connection, path))["facts"])
            best = max(best, (hit["public_id"], count), key=lambda one: one[1])
    return best


if __name__ == "__main__":
    main()
