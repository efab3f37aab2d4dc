"""Vector files, recall and percentiles; standard library only, so that it runs and is tested without the peers."""

import array
import math
import os
import sys

TIE = 1e-6
"""A returned id whose score is at most this much below the k-th true score counts as right."""


class VectorFileError(ValueError):
    """A vector file that is not what its name promises."""


def read_words(path):
    """Reads an .fvecs or .ivecs file.

    Each record is a little-endian int32 dimension followed by that many 4-byte values.

    Returns (dimension, words): all 32-bit words of the file, dimensions included, as an array of
    ints; a caller with numpy sees them as an n x (dimension + 1) matrix whose first column is the
    dimension.

    Raises VectorFileError for an empty or truncated file, a dimension out of range and records of
    different dimensions.
    """
    size = os.path.getsize(path)
    if size < 4 or size % 4:
        raise VectorFileError(f"{path}: {size} bytes; expected a positive multiple of 4")
    words = array.array("i")
    with open(path, "rb") as file:
        words.fromfile(file, size // 4)
    if sys.byteorder == "big":
        words.byteswap()
    dim = words[0]
    if not 1 <= dim <= 1_000_000:
        raise VectorFileError(f"{path}: record 0 has dimension {dim}; allowed are 1 to 1000000")
    for record, found in enumerate(words[:: dim + 1]):
        if found != dim:
            raise VectorFileError(f"{path}: record {record} has dimension {found}; record 0 has {dim}")
    if len(words) % (dim + 1):
        record = len(words) // (dim + 1)
        raise VectorFileError(
            f"{path}: truncated: record {record} has {len(words) % (dim + 1) - 1} of {dim} values")
    return dim, words


def recall(returned, scores, kth_scores, expected):
    """Mean share of the true neighbours that were returned.

    returned: a list of ids for each query; negative ids are empty places, a repeated id counts once.
    scores: for each query the true score of each returned id, larger is better.
    kth_scores: for each query the score of its last true neighbour.
    expected: how many true neighbours each query has.
    """
    hits = 0
    for ids, own, kth in zip(returned, scores, kth_scores):
        hits += min(expected, len({i for i, s in zip(ids, own) if i >= 0 and s >= kth - TIE}))
    return hits / (expected * len(kth_scores))


def percentile(values, share):
    """The smallest value that at least the given share (0 to 1) of the values does not exceed."""
    if not values or not 0 <= share <= 1:
        raise ValueError(f"percentile {share} of {len(values)} values; allowed are 0 to 1 of at least one")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
