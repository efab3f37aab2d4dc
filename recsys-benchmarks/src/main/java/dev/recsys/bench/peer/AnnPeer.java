package dev.recsys.bench.peer;

import dev.recsys.bench.data.KeptIds;
import dev.recsys.index.ann.AnnIndex;
import dev.recsys.index.ann.AutoIndex;
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
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** This project's indexes. */
class AnnPeer implements UpdatablePeer, BatchPeer {
  private static final long CODING_MINUTES = 10;

  /** For how long searches, for each vector, an index that chooses by itself is sure to choose. */
  private static final long RENT_NANOS = 300_000;

  private final AnnIndex index;

  private AnnPeer(AnnIndex index) {
    this.index = index;
  }

  /** One that has files. */
  private static final class Stored extends AnnPeer implements StoredPeer {
    private final Consumer<Path> saving;
    private final long mapped;

    private Stored(AnnIndex index, Consumer<Path> saving, long mapped) {
      super(index);
      this.saving = saving;
      this.mapped = mapped;
    }

    static Stored of(ExactIndex index, long mapped) {
      return new Stored(index, index::save, mapped);
    }

    static Stored of(HnswIndex index, long mapped) {
      return new Stored(index, index::save, mapped);
    }

    @Override
    public void save(Path path) {
      saving.accept(path);
    }

    @Override
    public long mappedBytes() {
      return mapped;
    }
  }

  static Peer exact(PeerSettings settings, float[][] vectors) {
    ExactIndex index = ExactIndex.builder(settings.dimension(), settings.metric()).build();
    Adding.all(vectors.length, 1, id -> index.add(id, vectors[id]));
    // the first search asks for codes, which are made in the common pool
    index.search(vectors[0], 1, 0, null);
    if (!ForkJoinPool.commonPool().awaitQuiescence(CODING_MINUTES, TimeUnit.MINUTES)) {
      throw new IllegalStateException("codes were not made within " + CODING_MINUTES + " minutes");
    }
    return Stored.of(index, 0);
  }

  static Peer loadExact(PeerSettings settings, Path path) {
    return Stored.of(ExactIndex.load(path, settings.dimension(), settings.metric()), sizeOf(path));
  }

  static Peer hnsw(PeerSettings settings, float[][] vectors) {
    HnswIndex index =
        HnswIndex.builder(settings.dimension(), settings.metric())
            .m(PeerSettings.M)
            .efConstruction(PeerSettings.EF_CONSTRUCTION)
            .seed(settings.seed())
            .build();
    Adding.all(vectors.length, settings.threads(), id -> index.add(id, vectors[id]));
    return Stored.of(index, 0);
  }

  static Peer loadHnsw(PeerSettings settings, Path path) {
    return Stored.of(HnswIndex.load(path, settings.dimension(), settings.metric()), sizeOf(path));
  }

  /** Searches until the index has had reason to build a graph, and takes it or not. */
  static Peer auto(PeerSettings settings, float[][] vectors) {
    AutoIndex index =
        AutoIndex.builder(settings.dimension(), settings.metric())
            .m(PeerSettings.M)
            .efConstruction(PeerSettings.EF_CONSTRUCTION)
            .seed(settings.seed())
            .build();
    Adding.all(vectors.length, 1, id -> index.add(id, vectors[id]));
    long end = System.nanoTime() + vectors.length * RENT_NANOS;
    for (int next = 0; !index.trying() && System.nanoTime() < end; next++) {
      index.search(vectors[next % vectors.length], 1, 0, null);
    }
    while (index.trying()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    return new AnnPeer(index);
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
  public void searchAll(float[][] queries, int count, int effort) {
    index.searchAll(queries, count, effort, null);
  }

  @Override
  public boolean concurrent() {
    return index instanceof HnswIndex;
  }

  @Override
  public void put(int id, float[] vector) {
    index.add(id, vector);
  }

  @Override
  public void remove(int id) {
    index.remove(id);
  }

  private static long sizeOf(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
