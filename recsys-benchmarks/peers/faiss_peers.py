"""The indexes of faiss: exact, graph, and inverted lists."""

import math

import numpy as np

from peer import EF_CONSTRUCTION, M, Peer


class Faiss(Peer):
    distribution = "faiss-cpu"
    filters = True

    def factory(self, n):
        """The description that faiss.index_factory takes."""
        raise NotImplementedError

    def prepare(self):
        """Settings between creation and filling."""

    def _metric(self, faiss):
        return faiss.METRIC_INNER_PRODUCT if self.metric == "ip" else faiss.METRIC_L2

    def build(self, base):
        import faiss
        faiss.omp_set_num_threads(self.threads)
        self.index = faiss.index_factory(self.dim, self.factory(len(base)), self._metric(faiss))
        self.prepare()
        self.index.train(base)
        self.index.add(base)

    def save(self, path):
        import faiss
        faiss.write_index(self.index, path)

    def load(self, path, base):
        import faiss
        faiss.omp_set_num_threads(self.threads)
        self.index = faiss.read_index(path)

    def search_parameters(self, faiss, point, selector):
        raise NotImplementedError

    def searches(self, point, k, mask):
        import faiss
        # The selector holds bare pointers: keep what they point to.
        self.bits = None if mask is None else np.packbits(mask, bitorder="little")
        self.selector = None if mask is None else faiss.IDSelectorBitmap(self.bits)
        params = self.search_parameters(faiss, point, self.selector)
        search = self.index.search
        both = (lambda q: search(q, k)) if params is None else (lambda q: search(q, k, params=params))
        return both, both

    def ids(self, found):
        return found[1]


class FaissFlat(Faiss):
    build_parameters = "exact"

    def factory(self, n):
        return "Flat"

    def points(self, k):
        return [{}]

    def search_parameters(self, faiss, point, selector):
        return None if selector is None else faiss.SearchParameters(sel=selector)


class FaissHnsw(Faiss):
    storage = "Flat"

    def factory(self, n):
        return f"HNSW{M},{self.storage}"

    def prepare(self):
        self.index.hnsw.efConstruction = EF_CONSTRUCTION

    def search_parameters(self, faiss, point, selector):
        return faiss.SearchParametersHNSW(efSearch=point["ef"], sel=selector)


class FaissHnswSq8(FaissHnsw):
    storage = "SQ8"


class FaissIvf(Faiss):
    """Inverted lists with short codes, and the candidates scored again from the float vectors."""

    codes = "SQ8"
    refine = (4,)

    def factory(self, n):
        lists = max(1, min(n // 40, int(2 * math.sqrt(n))))
        self.build_parameters = f"lists={lists} codes={self.codes} refine=flat"
        return f"IVF{lists},{self.codes},RFlat"

    def load(self, path, base):
        super().load(path, base)
        self.factory(len(base))

    def points(self, k):
        return [{"nprobe": p, "k_factor": f}
                for p in (2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128) for f in self.refine]

    def search_parameters(self, faiss, point, selector):
        # The outer object does not own the inner one.
        self.inner = faiss.SearchParametersIVF(nprobe=point["nprobe"], sel=selector)
        return faiss.IndexRefineSearchParameters(
            k_factor=point["k_factor"], base_index_params=self.inner)


class FaissIvfPqFastScan(FaissIvf):
    refine = (3, 6, 12)

    @property
    def codes(self):
        return f"PQ{self.dim // 2 if self.dim % 2 == 0 else self.dim}x4fs"
