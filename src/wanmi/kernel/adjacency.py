"""Which polygons of a coverage are neighbours, and how small ones join their neighbours."""

import heapq
from collections import defaultdict
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely

Numbers: TypeAlias = npt.NDArray[np.int64]
Lengths: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Borders:
    """Pairs of neighbouring shapes (``left`` < ``right``) with the length they share, in metres."""

    left: Numbers
    right: Numbers
    length_m: Lengths


def borders(shapes: npt.NDArray[np.object_]) -> Borders:
    """Find the neighbours in a coverage whose shared borders have the same vertices."""
    start, end, owner = _segments(shapes)
    swap = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    low = np.where(swap[:, None], end, start)
    high = np.where(swap[:, None], start, end)
    order = np.lexsort((owner, high[:, 1], high[:, 0], low[:, 1], low[:, 0]))
    low, high, owner = low[order], high[order], owner[order]
    same = (low[1:] == low[:-1]).all(axis=1) & (high[1:] == high[:-1]).all(axis=1)
    same &= owner[1:] != owner[:-1]
    at = np.flatnonzero(same)
    return _summed(owner[at], owner[at + 1], np.hypot(*(high[at] - low[at]).T))


def dissolve(
    found: Borders,
    *,
    small: npt.NDArray[np.bool_],
    area: Lengths,
    enough: float,
    within: Numbers,
) -> Numbers:
    """Return for each shape the lowest index of the group it joins.

    The smallest go first; each joins the neighbour of the same ``within`` with the longest
    shared border. A small shape that has grown to ``enough`` by then stays. Areas in m².
    """
    near = _neighbours(found, within)
    grown = area.copy()
    label = np.arange(len(area), dtype=np.int64)
    waiting = [(float(area[index]), int(index)) for index in np.flatnonzero(small)]
    heapq.heapify(waiting)
    while waiting:
        _, index = heapq.heappop(waiting)
        group = _root(label, index)
        is_done = grown[index] > area[index] and grown[index] >= enough
        if group == index and near[group] and not is_done:
            target = max(near[group], key=lambda other: (near[group][other], -other))
            _join(label, near, group, target)
            grown[target] += grown[group]
    return _lowest(np.array([_root(label, index) for index in range(len(label))], dtype=np.int64))


def components(found: Borders, label: Numbers) -> Numbers:
    """Split labelled groups into connected parts; return the lowest index of each part."""
    root = np.arange(len(label), dtype=np.int64)
    joined = label[found.left] == label[found.right]
    for one, other in zip(found.left[joined], found.right[joined], strict=True):
        root[_root(root, int(other))] = _root(root, int(one))
    return _lowest(np.array([_root(root, index) for index in range(len(root))], dtype=np.int64))


def _segments(shapes: npt.NDArray[np.object_]) -> tuple[Lengths, Lengths, Numbers]:
    rings, owner = shapely.get_rings(shapes, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    inner = ring[1:] == ring[:-1]
    return points[:-1][inner], points[1:][inner], owner[ring[:-1][inner]].astype(np.int64)


def _summed(left: Numbers, right: Numbers, length: Lengths) -> Borders:
    pairs, inverse = np.unique(np.stack([left, right], axis=1), axis=0, return_inverse=True)
    total = np.bincount(inverse.ravel(), weights=length, minlength=len(pairs))
    return Borders(pairs[:, 0], pairs[:, 1], total.astype(np.float64))


def _neighbours(found: Borders, within: Numbers) -> defaultdict[int, dict[int, float]]:
    near: defaultdict[int, dict[int, float]] = defaultdict(dict)
    same = within[found.left] == within[found.right]
    rows = zip(found.left[same], found.right[same], found.length_m[same], strict=True)
    for left, right, length in rows:
        near[int(left)][int(right)] = float(length)
        near[int(right)][int(left)] = float(length)
    return near


def _join(
    label: Numbers, near: defaultdict[int, dict[int, float]], group: int, target: int
) -> None:
    label[group] = target
    for other, length in near.pop(group).items():
        near[other].pop(group, None)
        if other != target:
            near[target][other] = near[target].get(other, 0.0) + length
            near[other][target] = near[other].get(target, 0.0) + length


def _root(label: Numbers, index: int) -> int:
    while label[index] != index:
        label[index] = label[label[index]]
        index = int(label[index])
    return index


def _lowest(root: Numbers) -> Numbers:
    _, first, inverse = np.unique(root, return_index=True, return_inverse=True)
    return np.asarray(first[inverse], dtype=np.int64)
