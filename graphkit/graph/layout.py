"""Where things are drawn: coordinates made once on the server, so that no picture ever moves by itself."""

from __future__ import annotations

import math

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

SPACING = 120.0
LABEL = 1.35
SCREEN = 1.1
_ITERATIONS = 300

Points = NDArray[np.float64]


def layout(n: int, edges: list[tuple[int, int]], seed: int = 7) -> Points:
    """Return n × 2 coordinates in pixels, the same for the same input.

    Each connected part is laid out by the forces of Fruchterman and Reingold (1991) and the parts are set
    side by side, the largest first; things without a link stand in rows below.
    """
    if n == 0:
        return np.zeros((0, 2))
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(n))
    graph.add_edges_from_no_data([(a, b) for a, b in edges if a != b])
    parts = sorted((sorted(part) for part in rx.connected_components(graph)), key=lambda part: (-len(part), part))
    points = np.zeros((n, 2))
    boxes = [(part, _part(graph, part, seed)) for part in parts if len(part) > 1]
    lone = [part[0] for part in parts if len(part) == 1]
    if lone:
        boxes.append((lone, _rows(len(lone))))
    _pack(boxes, points)
    centred: Points = points - points.mean(axis=0)
    return centred


def _part(graph: rx.PyGraph, part: list[int], seed: int) -> Points:
    """Lay one connected part out and stretch it until neighbours stand ``SPACING`` apart."""
    own = graph.subgraph(part)
    size = len(part)
    circle = [(math.cos(2 * math.pi * i / size), math.sin(2 * math.pi * i / size)) for i in range(size)]
    placed = rx.spring_layout(
        own, pos=dict(enumerate(circle)), k=1.6 / math.sqrt(size), num_iter=_ITERATIONS, seed=seed, repulsive_exponent=2
    )
    points = np.array([placed[i] for i in range(size)])
    gaps = np.array([float(np.hypot(*(points[a] - points[b]))) for a, b in own.edge_list()])
    points *= SPACING * 1.25 / max(float(np.median(gaps)), 1e-9)
    return _apart(points) * (LABEL, 1.0)


def _apart(points: Points) -> Points:
    """Push points that overlap away from each other, a few times."""
    for _ in range(30):
        delta = points[:, None, :] - points[None, :, :]
        distance = np.hypot(delta[..., 0], delta[..., 1]) + np.eye(len(points)) * SPACING
        short = np.clip(SPACING * 0.62 - distance, 0, None)
        if not short.any():
            break
        unit = delta / np.maximum(distance, 1e-6)[..., None]
        points = points + (unit * short[..., None] * 0.5).sum(axis=1)
    return points


def _rows(count: int) -> Points:
    wide = max(1, math.ceil(math.sqrt(count * 0.7)))
    return np.array([((i % wide) * SPACING * 2.4, (i // wide) * SPACING * 0.9) for i in range(count)], dtype=float)


def _pack(boxes: list[tuple[list[int], Points]], points: Points) -> None:
    """Set the boxes on shelves, the tallest first, in the width that fills a screen best."""
    boxes = sorted(boxes, key=lambda box: -float(np.ptp(box[1][:, 1])))
    margin = np.array([SPACING * 2, SPACING])
    sizes = [np.ptp(box, axis=0) + margin for _, box in boxes]
    area, widest = sum(float(w * h) for w, h in sizes), max(float(w) for w, _ in sizes)
    widths = [max(math.sqrt(area) * step / 10, widest) for step in range(8, 26)]
    corners = min((_shelves(sizes, width) for width in widths), key=lambda placed: _fill(placed, sizes))
    for (part, box), corner in zip(boxes, corners, strict=True):
        points[part] = box - box.min(axis=0) + corner


def _shelves(sizes: list[Points], width: float) -> list[tuple[float, float]]:
    x = y = high = 0.0
    corners = []
    for w, h in sizes:
        if x and x + w > width:
            x, y, high = 0.0, y + high, 0.0
        corners.append((x, y))
        x, high = x + float(w), max(high, float(h))
    return corners


def _fill(corners: list[tuple[float, float]], sizes: list[Points]) -> float:
    wide = max(x + float(w) for (x, _), (w, _) in zip(corners, sizes, strict=True))
    high = max(y + float(h) for (_, y), (_, h) in zip(corners, sizes, strict=True))
    return max(wide / SCREEN, high)
