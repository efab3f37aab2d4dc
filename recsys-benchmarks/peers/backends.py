"""The native peers by name; those of faiss have a file of their own."""

import math
import os

import numpy as np

import faiss_peers
from peer import EF_CONSTRUCTION, M, Peer


class Hnswlib(Peer):
    distribution = "hnswlib"
    filters = True

    def _make(self):
        import hnswlib
        return hnswlib.Index(self.metric, self.dim)

    def build(self, base):
        self.index = self._make()
        self.index.init_index(len(base), M=M, ef_construction=EF_CONSTRUCTION, random_seed=7)
        self.index.add_items(base, num_threads=self.threads)

    def save(self, path):
        self.index.save_index(path)

    def load(self, path, base):
        self.index = self._make()
        self.index.load_index(path)

    def searches(self, point, k, mask):
        self.index.set_ef(point["ef"])
        query, threads = self.index.knn_query, self.threads
        if mask is None:
            return (lambda q: query(q, k, num_threads=1)), (lambda q: query(q, k, num_threads=threads))
        accept = mask.tolist().__getitem__

        def one(q):
            try:
                return query(q, k, num_threads=1, filter=accept)
            except RuntimeError:  # it found fewer than k and has no shape for that
                return np.full((1, k), -1), None

        return one, None


class Usearch(Peer):
    distribution = "usearch"
    flat_rows = True
    dtype = "f32"

    def _make(self):
        from usearch.index import Index
        return Index(ndim=self.dim, metric="ip" if self.metric == "ip" else "l2sq", dtype=self.dtype,
                     connectivity=M, expansion_add=EF_CONSTRUCTION)

    def build(self, base):
        self.index = self._make()
        self.index.add(np.arange(len(base)), base, threads=self.threads)

    def save(self, path):
        self.index.save(path)

    def load(self, path, base):
        self.index = self._make()
        self.index.load(path)

    def searches(self, point, k, mask):
        self.index.expansion_search = point["ef"]
        search, threads = self.index.search, self.threads
        return (lambda q: search(q, k, threads=1)), (lambda q: search(q, k, threads=threads))

    def ids(self, found):
        return found.keys.astype(np.int64)


class UsearchI8(Usearch):
    dtype = "i8"


class Glass(Peer):
    """The library saves its graph only: its codes are made again from the vectors at load."""

    distribution = "pyglass-portable"
    flat_rows = True
    bytes_from = "rss"
    quantizer, refine = "FP32", ""

    def build(self, base):
        import glass
        glass.set_num_threads(self.threads)
        # R counts the links of the lowest layer.
        index = glass.Index("HNSW", self.metric.upper(), self.quantizer, 2 * M, EF_CONSTRUCTION)
        self.graph = index.build(base)
        self._searcher(base)

    def _searcher(self, base):
        import glass
        self.searcher = glass.Searcher(
            self.graph, base, self.metric.upper(), self.quantizer, self.refine)

    def save(self, path):
        self.graph.save(path)

    def load(self, path, base):
        import glass
        glass.set_num_threads(self.threads)
        self.graph = glass.Graph(path)
        self._searcher(base)

    def searches(self, point, k, mask):
        self.searcher.set_ef(point["ef"])
        search, batch, threads = self.searcher.search, self.searcher.batch_search, self.threads
        return (lambda q: search(q, k)), (lambda q: batch(q, k, threads))

    def ids(self, found):
        return found[0] if isinstance(found, tuple) else found


class GlassSq8(Glass):
    """Byte codes in the graph's construction too, candidates scored again from the float vectors."""

    quantizer, refine = "SQ8U", "FP32"

    def tune(self):
        # Its search for prefetch distances gains 5 to 10 % on byte codes, nothing on floats.
        self.searcher.set_ef(64)
        self.searcher.optimize(self.threads)


class Scann(Peer):
    """Asymmetric hashing and re-scoring, below a tree of partitions from 20,000 vectors on."""

    distribution = "scann"
    flat_rows = True
    spill = {}

    def _builder(self, base):
        from scann.scann_ops.py import scann_ops_pybind
        measure = "dot_product" if self.metric == "ip" else "squared_l2"
        return scann_ops_pybind.builder(base, 10, measure).set_n_training_threads(self.threads)

    def _describe(self, n):
        self.leaves = int(2 * math.sqrt(n)) if n >= 20_000 else 0
        tree = f"leaves={self.leaves} " if self.leaves else ""
        self.build_parameters = " ".join(
            [f"{tree}ah=2 anisotropic=0.2"] + [f"{name}={value}" for name, value in self.spill.items()])

    def build(self, base):
        self._describe(len(base))
        builder = self._builder(base)
        if self.leaves:
            builder = builder.tree(num_leaves=self.leaves, num_leaves_to_search=self.leaves // 10,
                                   training_sample_size=len(base), **self.spill)
        threshold = 0.2 if self.metric == "ip" else float("nan")
        builder = builder.score_ah(2, anisotropic_quantization_threshold=threshold)
        self.index = builder.reorder(100).build()

    def save(self, path):
        os.makedirs(path, exist_ok=True)
        self.index.serialize(path)

    def load(self, path, base):
        from scann.scann_ops.py import scann_ops_pybind
        self._describe(len(base))
        self.index = scann_ops_pybind.load_searcher(path)

    def points(self, k):
        if not self.leaves:
            return [{"reorder": r * k // 2} for r in (2, 3, 4, 6, 8, 16, 32)]
        return [{"leaves_to_search": leaves, "reorder": r * k}
                for leaves in (4, 6, 8, 10, 12, 14, 16, 20, 24, 32, 48, 64, 96) for r in (2, 3, 6)]

    def searches(self, point, k, mask):
        keywords = {"final_num_neighbors": k, "pre_reorder_num_neighbors": point["reorder"]}
        if self.leaves:
            keywords["leaves_to_search"] = point["leaves_to_search"]
        one, many = self.index.search, self.index.search_batched
        if self.threads > 1:
            self.index.set_num_threads(self.threads)
            many = self.index.search_batched_parallel
        return (lambda q: one(q, **keywords)), (lambda q: many(q, **keywords))


class ScannSoar(Scann):
    """Every vector in a second partition too, chosen to be searched when the first one is missed."""

    spill = {"soar_lambda": 1.5, "overretrieve_factor": 2.0}

    def _describe(self, n):
        super()._describe(n)
        if not self.leaves:
            raise ValueError(f"{n} vectors; the tree that a second partition needs starts at 20000")


class ScannBrute(Scann):
    """The library's own advice below 20,000 vectors."""

    def _describe(self, n):
        self.leaves = 0
        self.build_parameters = "exact"

    def build(self, base):
        self._describe(len(base))
        self.index = self._builder(base).score_brute_force().build()

    def points(self, k):
        return [{}]

    def searches(self, point, k, mask):
        one, many = self.index.search, self.index.search_batched
        return (lambda q: one(q, final_num_neighbors=k)), (lambda q: many(q, final_num_neighbors=k))


class Voyager(Peer):
    distribution = "voyager"
    flat_rows = True
    storage = "Float32"

    def build(self, base):
        import voyager
        space = voyager.Space.InnerProduct if self.metric == "ip" else voyager.Space.Euclidean
        self.index = voyager.Index(
            space, self.dim, M=M, ef_construction=EF_CONSTRUCTION, random_seed=7,
            max_elements=len(base), storage_data_type=getattr(voyager.StorageDataType, self.storage))
        self.index.add_items(base, num_threads=self.threads)

    def save(self, path):
        self.index.save(path)

    def load(self, path, base):
        import voyager
        self.index = voyager.Index.load(path)

    def searches(self, point, k, mask):
        query, ef, threads = self.index.query, point["ef"], self.threads
        return ((lambda q: query(q, k, query_ef=ef)),
                (lambda q: query(q, k, num_threads=threads, query_ef=ef)))

    def ids(self, found):
        return found[0].astype(np.int64)


class VoyagerI8(Voyager):
    storage = "Float8"


class Svs(Peer):
    """Vamana on float vectors; the compressed forms end the process on processors by AMD."""

    distribution = "scalable-vs"
    degree = 32
    build_parameters = f"degree={degree} window={EF_CONSTRUCTION}"

    def _distance(self, svs):
        return svs.DistanceType.MIP if self.metric == "ip" else svs.DistanceType.L2

    def build(self, base):
        import svs
        alpha = 0.95 if self.metric == "ip" else 1.2
        parameters = svs.VamanaBuildParameters(
            alpha=alpha, graph_max_degree=self.degree, window_size=EF_CONSTRUCTION)
        self.index = svs.Vamana.build(parameters, base, self._distance(svs), self.threads)

    def save(self, path):
        parts = [os.path.join(path, part) for part in ("config", "graph", "data")]
        os.makedirs(path, exist_ok=True)
        self.index.save(*parts)

    def load(self, path, base):
        import svs
        config, graph, data = (os.path.join(path, part) for part in ("config", "graph", "data"))
        self.index = svs.Vamana(
            config, svs.GraphLoader(graph), svs.VectorDataLoader(data, svs.DataType.float32),
            self._distance(svs), num_threads=self.threads)

    def searches(self, point, k, mask):
        self.index.search_window_size = point["ef"]
        search = self.index.search
        return (lambda q: search(q, k)), (lambda q: search(q, k))

    def ids(self, found):
        return found[0].astype(np.int64)


BACKENDS = {
    "hnswlib-native": Hnswlib,
    "faiss-flat": faiss_peers.FaissFlat,
    "faiss-hnsw": faiss_peers.FaissHnsw,
    "faiss-hnsw-sq8": faiss_peers.FaissHnswSq8,
    "faiss-ivf-sq8": faiss_peers.FaissIvf,
    "faiss-ivf-pqfs": faiss_peers.FaissIvfPqFastScan,
    "usearch-f32": Usearch,
    "usearch-i8": UsearchI8,
    "pyglass-fp32": Glass,
    "pyglass-sq8": GlassSq8,
    "scann": Scann,
    "scann-soar": ScannSoar,
    "scann-brute": ScannBrute,
    "voyager-f32": Voyager,
    "voyager-i8": VoyagerI8,
    "svs-vamana-f32": Svs,
}
