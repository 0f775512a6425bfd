#!/usr/bin/env python3
"""Draws the packages' icon, 128x128: a lighthouse at dusk whose beam is a play sign. A PNG on standard output; standard library only."""
import math
import struct
import sys
import zlib

SIZE, SAMPLES = 128, 4
SKY, GLOW, SEA = (30, 26, 74), (240, 136, 110), (19, 22, 54)
WHITE, RED, BEAM, LAMP = (246, 240, 230), (206, 62, 70), (255, 226, 150), (255, 246, 214)


def mix(under, over, share):
    return tuple(a + (b - a) * share for a, b in zip(under, over))


def inside_square(x, y, radius=0.2):
    dx, dy = max(abs(x - 0.5) - 0.5 + radius, 0), max(abs(y - 0.5) - 0.5 + radius, 0)
    return math.hypot(dx, dy) <= radius


def colour(x, y):
    """The colour at a point of the unit square, or None outside of the icon."""
    if not inside_square(x, y):
        return None
    shade = mix(SKY, GLOW, (y / 0.78) ** 2.2) if y < 0.78 else SEA
    # The play sign: a triangle that points away from the lamp's tower.
    if 0.44 <= x <= 0.86 and abs(y - 0.36) <= (0.86 - x) * 0.56:
        shade = BEAM
    # The tower, wider at its foot, with two red bands; the gallery; the lantern and its roof.
    half = 0.07 + 0.05 * (y - 0.44) / 0.42
    if 0.44 <= y <= 0.86 and abs(x - 0.26) <= half:
        shade = RED if 0.53 <= y <= 0.62 or 0.71 <= y <= 0.80 else WHITE
    if 0.415 <= y <= 0.445 and abs(x - 0.26) <= 0.105:
        shade = SEA
    if 0.29 <= y <= 0.415 and abs(x - 0.26) <= 0.06:
        shade = LAMP
    if 0.20 <= y <= 0.29 and abs(x - 0.26) <= (y - 0.20) * 0.95:
        shade = RED
    if y >= 0.845:
        shade = SEA
    return shade


def pixel(column, row):
    points = [colour((column + (i + 0.5) / SAMPLES) / SIZE, (row + (j + 0.5) / SAMPLES) / SIZE) for i in range(SAMPLES) for j in range(SAMPLES)]
    seen = [point for point in points if point]
    if not seen:
        return bytes(4)
    return bytes([round(sum(channel) / len(seen)) for channel in zip(*seen)] + [round(255 * len(seen) / len(points))])


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


rows = b"".join(b"\0" + b"".join(pixel(column, row) for column in range(SIZE)) for row in range(SIZE))
header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)
sys.stdout.buffer.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))
