"""The files inside a report 附件, found without reading the document.

Only for bytes whose signature holds: then they are ours, and we know how we write them. A
document reader takes longer to load than the whole verification may take.
"""

import re
import zlib
from collections.abc import Iterator

EMBEDDED = re.compile(
    rb"\n\d+ 0 obj\n<<(?=[^\n]*/Type/EmbeddedFile)[^\n]*/Length (\d+)[^\n]*>>\s*stream\r?\n"
)
PACKED = b"/Filter/FlateDecode"
LARGEST = 50_000_000


def embedded(data: bytes) -> Iterator[bytes]:
    """The content of each attached file, in the order written."""
    for found in EMBEDDED.finditer(data):
        stream = data[found.end() : found.end() + int(found[1])]
        # The typesetter packs a file only where that makes it smaller.
        if PACKED in found[0]:
            yield zlib.decompressobj().decompress(stream, LARGEST)
        else:
            yield stream
