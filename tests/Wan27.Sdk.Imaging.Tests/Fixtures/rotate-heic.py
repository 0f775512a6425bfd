"""Adds a rotation property (irot) to the first image of a HEIC file, as phones write it: rotate-heic.py IN OUT"""
import struct
import sys

data = bytearray(open(sys.argv[1], "rb").read())


def box(kind, begin, end):
    """The offset of a box in a range."""
    while begin < end:
        length, found = struct.unpack_from(">I4s", data, begin)
        if found == kind:
            return begin, begin + length
        begin += length
    raise SystemExit(f"no {kind}")


def grow(offset, by):
    struct.pack_into(">I", data, offset, struct.unpack_from(">I", data, offset)[0] + by)


meta, meta_end = box(b"meta", 0, len(data))
iprp, iprp_end = box(b"iprp", meta + 12, meta_end)
ipco, ipco_end = box(b"ipco", iprp + 8, iprp_end)
ipma, ipma_end = box(b"ipma", iprp + 8, iprp_end)
iloc, iloc_end = box(b"iloc", meta + 12, meta_end)

# Counter-clockwise quarter turns: 3 shows the image turned by 90 degrees clockwise, as EXIF orientation 6 does.
rotation = struct.pack(">I4sB", 9, b"irot", 3)
count = 0
offset = ipco + 8
while offset < ipco_end:
    count += 1
    offset += struct.unpack_from(">I", data, offset)[0]
association = bytes([0x80 | (count + 1)])
added = len(rotation) + len(association)

# heif-enc writes version 0 of iloc, with a base offset of 4 bytes for each item, and version 0 of ipma.
assert data[iloc + 8] == 0 and data[iloc + 12] == 0x44 and data[iloc + 13] >> 4 == 4 and data[ipma + 8] == 0
at = iloc + 16
for _ in range(struct.unpack_from(">H", data, iloc + 14)[0]):
    grow(at + 4, added)
    at += 10 + 8 * struct.unpack_from(">H", data, at + 8)[0]

for parent in (meta, iprp):
    grow(parent, added)
grow(ipco, len(rotation))
grow(ipma, len(association))
data[ipma + 18] += 1
first = ipma + 19 + data[ipma + 18] - 1
data[first:first] = association
data[ipco_end:ipco_end] = rotation
open(sys.argv[2], "wb").write(data)
