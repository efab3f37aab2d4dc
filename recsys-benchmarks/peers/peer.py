"""What every native peer offers to the measurement, and the settings that all of them share.

A peer is made, then built or loaded, then for each point of its sweep asked for two callables: one
that searches a single query and one that searches all. Turning what the library returned into ids
is left to ids() and happens outside the timed region.

Every graph has 16 links (32 in the lowest layer) and a construction beam of 200 where the library
lets one say so; the rest follows the advice in each library's own documentation.
"""

M = 16
EF_CONSTRUCTION = 200
EFS = (10, 16, 24, 32, 40, 48, 64, 80, 96, 128, 192, 256, 384, 512)


class Peer:
    """What the others share. metric is "ip" or "l2": cosine arrives here as "ip" on unit vectors."""

    distribution = ""
    filters = False
    flat_rows = False  # a single query is passed with shape (dim,) instead of (1, dim)
    bytes_from = "file"
    build_parameters = f"m={M} ef_construction={EF_CONSTRUCTION}"

    def __init__(self, dim, metric, threads):
        self.dim, self.metric, self.threads = dim, metric, threads

    def build(self, base):
        raise NotImplementedError

    def save(self, path):
        raise NotImplementedError

    def load(self, path, base):
        raise NotImplementedError

    def tune(self):
        """What the library offers to do once, before serving; in neither build nor load time."""

    def points(self, k):
        """The values of the search parameter, weakest first."""
        return [{"ef": ef} for ef in EFS if ef >= k]

    def searches(self, point, k, mask):
        """Sets the search parameter; returns (search of one query, search of many)."""
        raise NotImplementedError

    def ids(self, found):
        return found[0]
