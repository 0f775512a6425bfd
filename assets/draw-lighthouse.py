#!/usr/bin/env python3
"""Draws a lighthouse at dusk, 1280x720, as a PPM on standard output. Standard library only; the same bytes every time."""
import math
import random
import sys

WIDTH, HEIGHT = 1280, 720
HORIZON = 452.0
SUN = (372.0, 446.0)
LAMP = (962.0, 196.0)

SKY = [(0.00, (17, 20, 56)), (0.30, (49, 42, 104)), (0.55, (124, 68, 128)), (0.76, (222, 112, 110)),
       (0.90, (248, 166, 104)), (1.00, (255, 208, 138))]
SEA = [(0.00, (214, 138, 116)), (0.12, (142, 90, 122)), (0.45, (58, 50, 98)), (1.00, (16, 18, 46))]


def ramp(stops, at):
    for (low, first), (high, second) in zip(stops, stops[1:]):
        if at <= high:
            share = (at - low) / (high - low)
            share = share * share * (3 - 2 * share)
            return [a + (b - a) * share for a, b in zip(first, second)]
    return list(stops[-1][1])


def mix(under, over, alpha):
    if alpha <= 0:
        return under
    alpha = min(1.0, alpha)
    return [a + (b - a) * alpha for a, b in zip(under, over)]


def add(colour, light, amount):
    return [a + b * amount for a, b in zip(colour, light)]


def edge(distance):
    """How much of a pixel lies inside a shape whose border is `distance` pixels away (negative: inside)."""
    return min(1.0, max(0.0, 0.5 - distance))


def box(x, y, left, top, right, bottom):
    return max(left - x, x - right, top - y, y - bottom)


def stars():
    chance = random.Random(27)
    return [(chance.uniform(0, WIDTH), chance.uniform(0, 250) ** 0.97, chance.uniform(0.5, 1.25), chance.uniform(0.25, 0.9))
            for _ in range(110)]


STARS = {}
for sx, sy, size, glow in stars():
    for px in range(int(sx) - 3, int(sx) + 4):
        for py in range(int(sy) - 3, int(sy) + 4):
            away = ((px - sx) ** 2 + (py - sy) ** 2) / (size * size)
            STARS[px, py] = STARS.get((px, py), 0.0) + glow * math.exp(-away)


def clouds(x, y):
    drift = math.sin(x * 0.0061 + 0.9 * math.sin(y * 0.021)) + 0.6 * math.sin(x * 0.0137 + y * 0.033 + 1.7)
    band = math.exp(-((y - 300) / 46) ** 2) + 0.7 * math.exp(-((y - 214 + 10 * math.sin(x * 0.004)) / 24) ** 2)
    return max(0.0, drift - 0.25) * band * 0.42


def ridge(x, base, height, phase, pace):
    return base - height * (0.55 + 0.3 * math.sin(x * pace + phase) + 0.15 * math.sin(x * pace * 2.7 + phase * 1.9))


def beam(x, y):
    dx, dy = x - LAMP[0], y - LAMP[1]
    reach = math.hypot(dx, dy)
    if reach < 1:
        return 1.0
    total = 0.0
    for angle, power in ((math.pi - 0.06, 1.0), (-0.02, 0.75)):
        turn = math.atan2(dy, dx) - angle
        turn = (turn + math.pi) % (2 * math.pi) - math.pi
        total += power * math.exp(-(turn / 0.062) ** 2) * math.exp(-reach / 520)
    return total * min(1.0, reach / 16)


def scene(x, y):
    if y < HORIZON:
        colour = ramp(SKY, y / HORIZON)
        away = math.hypot(x - SUN[0], (y - SUN[1]) * 1.15)
        colour = add(colour, (255, 176, 92), 0.62 * math.exp(-(away / 190)))
        colour = mix(colour, (255, 196, 158), clouds(x, y))
        colour = mix(colour, (255, 238, 196), edge(math.hypot(x - SUN[0], y - SUN[1]) - 40))
        star = STARS.get((int(x), int(y)), 0.0)
        colour = add(colour, (255, 244, 226), star * max(0.0, 1 - y / 260))
        colour = mix(colour, (132, 78, 124), 0.80 * edge(ridge(x, 458, 46, 0.4, 0.0062) - y))
        colour = mix(colour, (86, 56, 106), 0.92 * edge(ridge(x + 260, 462, 30, 2.1, 0.0105) - y))
    else:
        depth = (y - HORIZON) / (HEIGHT - HORIZON)
        colour = ramp(SEA, depth)
        swell = math.sin(y * (1.9 - 1.35 * depth) + 3.0 * math.sin(x * 0.012 * (1.4 - depth)) + 1.3 * math.sin(x * 0.031))
        path = math.exp(-((x - SUN[0] + 16 * swell) / (30 + 120 * depth)) ** 2)
        colour = add(colour, (255, 186, 110), path * (0.34 + 0.38 * max(0.0, swell)) * (1 - 0.72 * depth))
        colour = add(colour, (70, 60, 96), 0.16 * swell * (0.4 + depth))

    colour = add(colour, (255, 226, 158), 0.52 * beam(x, y))

    # The headland, with a lit rim on the side of the sun.
    top = 520 - 92 / (1 + math.exp(-(x - 820) / 46)) + 7 * math.sin(x * 0.043) + 4 * math.sin(x * 0.117 + 1)
    cliff = max(top - y, (770 - x) + 30 * math.sin(y * 0.02) + 12 * math.sin(y * 0.071) - (y - 520) * 0.62)
    rock = 0.5 + 0.5 * math.sin(x * 0.05 + 2.6 * math.sin(y * 0.034)) * math.sin(y * 0.061 + x * 0.017)
    stone = mix([20, 18, 40], [44, 34, 62], rock)
    stone = add(stone, (206, 110, 84), 0.55 * math.exp(cliff / 7) if cliff < 0 else 0)
    colour = mix(colour, stone, edge(cliff))

    # The cottage.
    colour = mix(colour, (54, 40, 70), edge(box(x, y, 1046, 384, 1152, 436)))
    colour = mix(colour, (104, 46, 62), edge(max(360 - y, y - 386, abs(x - 1099) - 40 - (y - 360) * 0.95)))
    for left in (1066, 1116):
        colour = mix(colour, (255, 206, 120), edge(box(x, y, left, 398, left + 16, 416)))

    # The tower: tapered, banded, lit from the left.
    half = 26 + (y - 226) * 0.078
    side = (x - LAMP[0]) / half
    paint = (206, 62, 66) if int((y - 226) // 40) % 2 else (246, 234, 224)
    shade = 0.98 - 0.38 * side - 0.26 * side * side
    tower = max(abs(x - LAMP[0]) - half, 226 - y, y - 438)
    colour = mix(colour, [part * max(0.2, min(1.08, shade)) for part in paint], edge(tower))
    for sill in (272, 352):
        colour = mix(colour, (62, 42, 64), edge(box(x, y, 957, sill, 967, sill + 20)))

    # Gallery, lantern, roof.
    colour = mix(colour, (255, 240, 196), edge(box(x, y, 943, 180, 981, 216)))
    for bar in (943, 955, 969, 981):
        colour = mix(colour, (40, 30, 52), edge(abs(x - bar) - 1.1 + (0 if 178 < y < 218 else 9)))
    colour = mix(colour, (40, 30, 52), edge(box(x, y, 926, 216, 998, 226)))
    colour = mix(colour, (132, 40, 54), edge(max(154 - y, y - 181, abs(x - LAMP[0]) - 4 - (y - 154) * 0.86)))
    colour = mix(colour, (132, 40, 54), edge(math.hypot(x - LAMP[0], y - 151) - 5))
    colour = add(colour, (255, 222, 150), 0.85 * math.exp(-math.hypot(x - LAMP[0], y - LAMP[1]) / 34))
    return colour


def main():
    out = sys.stdout.buffer
    out.write(b"P6\n%d %d\n255\n" % (WIDTH, HEIGHT))
    for y in range(HEIGHT):
        row = bytearray()
        for x in range(WIDTH):
            row.extend(int(min(255.0, max(0.0, part)) + 0.5) for part in scene(x + 0.5, y + 0.5))
        out.write(row)


main()
