package dev.recsys.bench.peer;

import dev.recsys.bench.data.KeptIds;
import dev.recsys.index.schema.MetricType;
import io.github.jbellis.jvector.disk.ReaderSupplier;
import io.github.jbellis.jvector.disk.ReaderSupplierFactory;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.disk.OnDiskGraphIndex;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * JVector with full vectors, on the heap when built and in a mapped file when loaded; a searcher
 * for each thread, as its documents recommend. Its degree is that of all levels.
 */
final class JVectorPeer implements StoredPeer {
  private static final VectorTypeSupport VECTORS =
      VectorizationProvider.getInstance().getVectorTypeSupport();
  private static final int DEGREE = 2 * PeerSettings.M;
  private static final float OVERFLOW = 1.2f;
  private static final float ALPHA = 1.2f;

  private final VectorSimilarityFunction similarity;
  private final ImmutableGraphIndex graph;
  private final @Nullable RandomAccessVectorValues onHeap;
  private final @Nullable ReaderSupplier file;
  private final long mapped;
  private final ThreadLocal<GraphSearcher> searchers;

  private JVectorPeer(
      MetricType metric,
      ImmutableGraphIndex graph,
      @Nullable RandomAccessVectorValues onHeap,
      @Nullable ReaderSupplier file,
      long mapped) {
    this.similarity = similarity(metric);
    this.graph = graph;
    this.onHeap = onHeap;
    this.file = file;
    this.mapped = mapped;
    this.searchers = ThreadLocal.withInitial(() -> new GraphSearcher(graph));
  }

  static String parameters(int effort) {
    return ("M=" + DEGREE + " beamWidth=" + PeerSettings.EF_CONSTRUCTION)
        + (" neighborOverflow=" + OVERFLOW + " alpha=" + ALPHA + " rerankK=" + effort);
  }

  static Peer build(PeerSettings settings, float[][] vectors) {
    List<VectorFloat<?>> copies = new ArrayList<>(vectors.length);
    for (float[] vector : vectors) {
      copies.add(VECTORS.createFloatVector(vector.clone()));
    }
    RandomAccessVectorValues values =
        new ListRandomAccessVectorValues(copies, settings.dimension());
    ForkJoinPool pool = new ForkJoinPool(settings.threads());
    try (GraphIndexBuilder builder =
        new GraphIndexBuilder(
            BuildScoreProvider.randomAccessScoreProvider(values, similarity(settings.metric())),
            settings.dimension(),
            DEGREE,
            PeerSettings.EF_CONSTRUCTION,
            OVERFLOW,
            ALPHA,
            true,
            true,
            pool,
            pool)) {
      return new JVectorPeer(settings.metric(), builder.build(values), values, null, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      pool.shutdown();
    }
  }

  static Peer load(PeerSettings settings, Path path) {
    try {
      ReaderSupplier file = ReaderSupplierFactory.open(path);
      return new JVectorPeer(
          settings.metric(), OnDiskGraphIndex.load(file), null, file, Files.size(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static VectorSimilarityFunction similarity(MetricType metric) {
    return switch (metric) {
      case IP -> VectorSimilarityFunction.DOT_PRODUCT;
      case COSINE -> VectorSimilarityFunction.COSINE;
      case L2 -> VectorSimilarityFunction.EUCLIDEAN;
    };
  }

  @Override
  public int search(float[] query, int effort, @Nullable KeptIds kept, int[] ids) {
    GraphSearcher searcher = searchers.get();
    RandomAccessVectorValues vectors =
        onHeap != null ? onHeap : (RandomAccessVectorValues) searcher.getView();
    Bits accept = kept == null ? Bits.ALL : kept::contains;
    SearchResult found =
        searcher.search(
            DefaultSearchScoreProvider.exact(VECTORS.createFloatVector(query), similarity, vectors),
            ids.length,
            effort,
            0f,
            0f,
            accept);
    SearchResult.NodeScore[] nodes = found.getNodes();
    for (int rank = 0; rank < nodes.length; rank++) {
      ids[rank] = nodes[rank].node;
    }
    return nodes.length;
  }

  @Override
  public long mappedBytes() {
    return mapped;
  }

  @Override
  public void save(Path path) {
    if (onHeap == null) {
      throw new IllegalStateException("jvector: what was loaded from a file is not saved again");
    }
    try {
      OnDiskGraphIndex.write(graph, onHeap, path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      graph.close();
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
