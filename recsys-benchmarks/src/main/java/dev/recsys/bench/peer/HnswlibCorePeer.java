package dev.recsys.bench.peer;

import com.github.jelmerk.hnswlib.core.DistanceFunction;
import com.github.jelmerk.hnswlib.core.DistanceFunctions;
import com.github.jelmerk.hnswlib.core.Item;
import com.github.jelmerk.hnswlib.core.SearchResult;
import com.github.jelmerk.hnswlib.core.hnsw.HnswIndex;
import dev.recsys.bench.data.KeptIds;
import dev.recsys.index.ann.SimdDistance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The graph of hnswlib-core, used directly. */
final class HnswlibCorePeer implements Peer {
  private final HnswIndex<Integer, float[], Entry, Float> graph;

  private HnswlibCorePeer(HnswIndex<Integer, float[], Entry, Float> graph) {
    this.graph = graph;
  }

  /** A vector under its id. */
  private static final class Entry implements Item<Integer, float[]> {
    private static final long serialVersionUID = 1L;

    private final int id;
    private final float[] vector;

    Entry(int id, float[] vector) {
      this.id = id;
      this.vector = vector;
    }

    @Override
    public Integer id() {
      return id;
    }

    @Override
    public float[] vector() {
      return vector;
    }

    @Override
    public int dimensions() {
      return vector.length;
    }
  }

  static Peer scalar(PeerSettings settings, float[][] vectors) {
    return build(
        settings,
        vectors,
        switch (settings.metric()) {
          case IP -> DistanceFunctions.FLOAT_INNER_PRODUCT;
          case COSINE -> DistanceFunctions.FLOAT_COSINE_DISTANCE;
          case L2 -> DistanceFunctions.FLOAT_EUCLIDEAN_DISTANCE;
        });
  }

  static Peer simd(PeerSettings settings, float[][] vectors) {
    return build(
        settings,
        vectors,
        switch (settings.metric()) {
          case IP -> (a, b) -> 1 - SimdDistance.innerProduct(a, b);
          case COSINE -> HnswlibCorePeer::cosineDistance;
          case L2 -> SimdDistance::squaredL2;
        });
  }

  private static float cosineDistance(float[] a, float[] b) {
    double norms = (double) SimdDistance.innerProduct(a, a) * SimdDistance.innerProduct(b, b);
    return norms == 0 ? 1 : 1 - (float) (SimdDistance.innerProduct(a, b) / Math.sqrt(norms));
  }

  private static Peer build(
      PeerSettings settings, float[][] vectors, DistanceFunction<float[], Float> distance) {
    HnswIndex<Integer, float[], Entry, Float> graph =
        HnswIndex.newBuilder(settings.dimension(), distance, vectors.length)
            .withM(PeerSettings.M)
            .withEfConstruction(PeerSettings.EF_CONSTRUCTION)
            .build();
    List<Entry> entries = new ArrayList<>(vectors.length);
    for (int id = 0; id < vectors.length; id++) {
      entries.add(new Entry(id, vectors[id].clone()));
    }
    try {
      graph.addAll(entries, settings.threads(), (done, of) -> {}, vectors.length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the graph was built", e);
    }
    return new HnswlibCorePeer(graph);
  }

  @Override
  public int search(float[] query, int effort, @Nullable KeptIds kept, int[] ids) {
    // one setting for all threads, who ask for the same
    if (graph.getEf() != effort) {
      graph.setEf(effort);
    }
    List<SearchResult<Entry, Float>> found = graph.findNearest(query, ids.length);
    for (int rank = 0; rank < found.size(); rank++) {
      ids[rank] = found.get(rank).item().id();
    }
    return found.size();
  }
}
