"""Measures one peer; native_peers.py starts this in a process of its own, inside the virtual environment.

Takes one argument, the settings as JSON, and writes one JSON object a line to the file descriptor
that the settings name: {"row": {...}} for a line of the CSV, {"note": "..."} for a remark.
"""

import ctypes
import gc
import importlib.metadata
import json
import os
import platform
import resource
import sys
import tempfile
import time

import numpy as np

import backends
import results
import vectors

ENOUGH = 0.9995
"""A sweep ends at the first point of this recall."""

MASK_SEED = 17


def read(path, dtype):
    dim, words = vectors.read_words(path)
    return np.frombuffer(words, dtype=dtype).reshape(-1, dim + 1)[:, 1:].copy()


def unit(rows):
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(norms > 0, norms, 1)).astype(np.float32)


def scores(base, queries, ids, metric):
    """The true score of each id for its query, in double precision; larger is better."""
    out = np.empty(ids.shape)
    for start in range(0, len(ids), 256):
        part = slice(start, start + 256)
        found = base[np.clip(ids[part], 0, len(base) - 1)].astype(np.float64)
        asked = queries[part].astype(np.float64)
        out[part] = (np.einsum("qkd,qd->qk", found, asked) if metric == "ip"
                     else -((found - asked[:, None, :]) ** 2).sum(axis=2))
    return out


def kth_scores(base, queries, metric, k):
    """For each query the score of its k-th true neighbour, by trying every vector."""
    kth = np.empty(len(queries))
    candidates = min(len(base), k + 16)
    half_norms = 0.5 * np.einsum("nd,nd->n", base, base) if metric == "l2" else 0
    block = max(1, 20_000_000 // len(base))
    for start in range(0, len(queries), block):
        part = queries[start:start + block]
        rough = part @ base.T - half_norms
        ids = np.argpartition(-rough, candidates - 1, axis=1)[:, :candidates]
        kth[start:start + block] = -np.sort(-scores(base, part, ids, metric), axis=1)[:, k - 1]
    return kth


class Data:
    """The vectors and the true neighbours that a peer is measured on."""

    def __init__(self, settings):
        self.metric, self.k = settings["metric"], settings["k"]
        self.base, self.queries = read(settings["base"], "f4"), read(settings["query"], "f4")
        if self.base.shape[1] != self.queries.shape[1]:
            raise ValueError(f"{settings['query']}: dimension {self.queries.shape[1]}; "
                             f"{settings['base']} has {self.base.shape[1]}")
        if self.k > len(self.base):
            raise ValueError(f"--k {self.k}; allowed are 1 to the {len(self.base)} vectors of {settings['base']}")
        truth = read(settings["groundtruth"], "i4") if settings["groundtruth"] else None
        self._check(truth, settings["groundtruth"])
        if self.metric == "cosine":
            self.metric, self.base, self.queries = "ip", unit(self.base), unit(self.queries)
        count = settings["queries"] or len(self.queries)
        self.queries = np.ascontiguousarray(self.queries[:count])
        self.truth = None if truth is None else truth[:count]

    def _check(self, truth, path):
        if truth is None:
            return
        if len(truth) != len(self.queries) or truth.shape[1] < self.k:
            raise ValueError(f"{path}: {len(truth)} records of {truth.shape[1]} ids; expected "
                             f"{len(self.queries)} of at least {self.k}")
        if truth.min() < 0 or truth.max() >= len(self.base):
            raise ValueError(f"{path}: ids {truth.min()} to {truth.max()}; allowed are 0 to {len(self.base) - 1}")

    def expected(self, mask):
        """(how many true neighbours a query has, the score of the last one for each query)."""
        if mask is None and self.truth is not None:
            last = self.truth[:, self.k - 1:self.k]
            return self.k, scores(self.base, self.queries, last, self.metric)[:, 0]
        accepted = self.base if mask is None else self.base[mask]
        count = min(self.k, len(accepted))
        return count, kth_scores(accepted, self.queries, self.metric, count)

    def recall(self, ids, expected, mask):
        count, kth = expected
        ids = np.array(ids, dtype=np.int64)
        if mask is not None:
            ids = np.where((ids >= 0) & mask[np.clip(ids, 0, None)], ids, -1)
        own = scores(self.base, self.queries, ids, self.metric)
        return vectors.recall(ids.tolist(), own.tolist(), kth.tolist(), count)


def time_single(search, rows, settings):
    """Asks every query by itself; returns (what came back, nanoseconds of each call) of the quickest pass."""
    clock, best, spent = time.perf_counter_ns, None, 0
    for row in rows[:100]:
        search(row)
    for _ in range(settings["passes"]):
        took, found = [], []
        for row in rows:
            start = clock()
            answer = search(row)
            took.append(clock() - start)
            found.append(answer)
        if best is None or sum(took) < sum(best[1]):
            best = found, took
        spent += sum(took)
        if spent > settings["seconds"] * 1e9:
            break
    return best


def time_batch(search, queries, settings):
    """Asks all queries in one call; returns (what came back, nanoseconds of the quickest call)."""
    best, spent = None, 0
    for _ in range(settings["passes"]):
        start = time.perf_counter_ns()
        found = search(queries)
        took = time.perf_counter_ns() - start
        if best is None or took < best[1]:
            best = found, took
        spent += took
        if spent > settings["seconds"] * 1e9:
            break
    return best


def resident():
    """Bytes of this process in memory, what the allocator merely keeps given back first."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


def size_on_disk(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(folder, name))
               for folder, _, names in os.walk(path) for name in names)


class Run:
    """One peer on one data set: built or loaded, then swept without and with filters."""

    def __init__(self, settings, report):
        self.settings, self.report = settings, report
        self.name = settings["backend"]
        self.kind = backends.BACKENDS[self.name]
        self.data = Data(settings)
        self.peer = self._new()
        self.common = {
            "dataset": settings["dataset"], "n": len(self.data.base), "dim": self.data.base.shape[1],
            "metric": settings["metric"], "k": settings["k"], "threads": settings["threads"],
            "backend": self.name,
            "runtime": f"python {platform.python_version()} / {self.kind.distribution} "
                       f"{importlib.metadata.version(self.kind.distribution)}",
        }

    def _new(self):
        return self.kind(self.data.base.shape[1], self.data.metric, self.settings["threads"])

    def prepare(self, folder):
        """Builds the index, or loads the one that an earlier run kept; fills in the costs."""
        name = f"{self.name}-{self.settings['dataset']}-{self.settings['metric']}-{len(self.data.base)}.index"
        path = os.path.join(folder, name)
        before = resident()
        if os.path.exists(path):
            self.report(note=f"loading {path}: build_s is not measured")
            self.peer.load(path, self.data.base)
            self.bytes_in_memory = resident() - before
        else:
            start = time.perf_counter()
            self.peer.build(self.data.base)
            self.common["build_s"] = time.perf_counter() - start
            self.report(note=f"built in {self.common['build_s']:.1f} s")
            self.bytes_in_memory = resident() - before
            self.peer.save(path)
        self._costs(path)

    def _costs(self, path):
        loads = []
        for _ in range(3):
            other = self._new()
            start = time.perf_counter()
            other.load(path, self.data.base)
            loads.append((time.perf_counter() - start) * 1e3)
        self.common["load_ms"] = min(loads)
        whole = size_on_disk(path) if self.kind.bytes_from == "file" else self.bytes_in_memory
        self.common["bytes_per_vector"] = whole / len(self.data.base)
        self.peer.tune()

    def sweep(self, kept):
        mask, described = None, ""
        if kept < 1:
            mask = np.random.default_rng(MASK_SEED).random(len(self.data.base)) < kept
            described = f" mask=uniform,seed={MASK_SEED},kept={mask.sum()}".replace(",", "/")
        expected = self.data.expected(mask)
        if expected[0] == 0:
            self.report(note=f"filter {kept:g} keeps none of {len(mask)} vectors")
            return
        for point in self.peer.points(self.settings["k"]):
            text = " ".join([self.peer.build_parameters] + [f"{n}={v}" for n, v in point.items()])
            text += f" bytes={self.kind.bytes_from}{described}"
            if self._point(point, mask, expected, {"filter": kept, "parameters": text}) >= ENOUGH:
                break

    def _point(self, point, mask, expected, row):
        one, many = self.peer.searches(point, self.settings["k"], mask)
        queries = self.data.queries
        rows = list(queries) if self.kind.flat_rows else [queries[i:i + 1] for i in range(len(queries))]
        gc.disable()
        found, took = time_single(one, rows, self.settings)
        gc.enable()
        ids = [np.ravel(self.peer.ids(answer)) for answer in found]
        recall = self.data.recall(self._padded(ids), expected, mask)
        self.report(row={**self.common, **row, "recall": recall, "qps": len(took) / sum(took) * 1e9,
                         "p50_us": vectors.percentile(took, 0.5) / 1e3,
                         "p99_us": vectors.percentile(took, 0.99) / 1e3})
        if many is not None:
            found, nanos = time_batch(many, queries, self.settings)
            ids = np.asarray(self.peer.ids(found)).reshape(len(queries), -1)
            self.report(row={**self.common, **row, "parameters": f"{row['parameters']} {results.BATCHED}",
                             "recall": self.data.recall(ids, expected, mask),
                             "qps": len(queries) / nanos * 1e9})
        return recall

    def _padded(self, ids):
        """A peer that found fewer than k gets empty places."""
        k = self.settings["k"]
        return np.array([np.pad(i.astype(np.int64), (0, k - len(i)), constant_values=-1) for i in ids])


def main():
    settings = json.loads(sys.argv[1])
    pipe = os.fdopen(settings["pipe"], "w", encoding="utf-8")

    def report(**message):
        pipe.write(json.dumps(message, default=float) + "\n")
        pipe.flush()

    cpus = sorted(os.sched_getaffinity(0))[:settings["threads"]]
    os.sched_setaffinity(0, cpus)
    run = Run(settings, report)
    with tempfile.TemporaryDirectory() as scratch:
        run.prepare(settings["index_dir"] or scratch)
        for kept in settings["filters"]:
            if kept < 1 and not run.kind.filters:
                report(note="its Python binding has no filter: filtered search is not measured")
                break
            run.sweep(kept)


if __name__ == "__main__":
    main()
