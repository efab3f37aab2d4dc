package dev.recsys.bench.peer;

import dev.recsys.bench.data.KeptIds;
import dev.recsys.index.ann.AnnIndex;
import dev.recsys.index.ann.ExactIndex;
import dev.recsys.index.ann.HnswIndex;
import dev.recsys.index.ann.HnswlibIndex;
import dev.recsys.index.ann.SearchResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** This project's indexes. */
class AnnPeer implements UpdatablePeer {
  private static final long CODING_MINUTES = 10;

  private final AnnIndex index;

  private AnnPeer(AnnIndex index) {
    this.index = index;
  }

  /** A graph, which has files. */
  private static final class Hnsw extends AnnPeer implements StoredPeer {
    private final HnswIndex index;
    private final long mapped;

    private Hnsw(HnswIndex index, long mapped) {
      super(index);
      this.index = index;
      this.mapped = mapped;
    }

    @Override
    public boolean concurrent() {
      return true;
    }

    @Override
    public void save(Path path) {
      index.save(path);
    }

    @Override
    public long mappedBytes() {
      return mapped;
    }
  }

  static Peer exact(PeerSettings settings, float[][] vectors) {
    AnnIndex index = ExactIndex.builder(settings.dimension(), settings.metric()).build();
    Adding.all(vectors.length, 1, id -> index.add(id, vectors[id]));
    // the first search asks for codes, which are made in the common pool
    index.search(vectors[0], 1, 0, null);
    if (!ForkJoinPool.commonPool().awaitQuiescence(CODING_MINUTES, TimeUnit.MINUTES)) {
      throw new IllegalStateException("codes were not made within " + CODING_MINUTES + " minutes");
    }
    return new AnnPeer(index);
  }

  static Peer hnsw(PeerSettings settings, float[][] vectors) {
    HnswIndex index =
        HnswIndex.builder(settings.dimension(), settings.metric())
            .m(PeerSettings.M)
            .efConstruction(PeerSettings.EF_CONSTRUCTION)
            .seed(settings.seed())
            .build();
    Adding.all(vectors.length, settings.threads(), id -> index.add(id, vectors[id]));
    return new Hnsw(index, 0);
  }

  static Peer loadHnsw(PeerSettings settings, Path path) {
    try {
      return new Hnsw(
          HnswIndex.load(path, settings.dimension(), settings.metric()), Files.size(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Peer hnswlib(PeerSettings settings, float[][] vectors) {
    AnnIndex index =
        HnswlibIndex.builder(settings.dimension(), settings.metric())
            .m(PeerSettings.M)
            .efConstruction(PeerSettings.EF_CONSTRUCTION)
            .build();
    Adding.all(vectors.length, 1, id -> index.add(id, vectors[id]));
    return new AnnPeer(index);
  }

  @Override
  public int search(float[] query, int effort, @Nullable KeptIds kept, int[] ids) {
    SearchResult found =
        index.search(query, ids.length, effort, kept == null ? null : kept.accept());
    for (int rank = 0; rank < found.size(); rank++) {
      ids[rank] = (int) found.id(rank);
    }
    return found.size();
  }

  @Override
  public boolean concurrent() {
    return false;
  }

  @Override
  public void put(int id, float[] vector) {
    index.add(id, vector);
  }
}
