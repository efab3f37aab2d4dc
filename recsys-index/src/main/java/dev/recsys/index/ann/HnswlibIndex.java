package dev.recsys.index.ann;

import com.github.jelmerk.hnswlib.core.hnsw.HnswIndex;
import dev.recsys.index.schema.MetricType;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A navigable small world graph of the library hnswlib-core: approximate, and not reproducible,
 * because the library draws the layers of its nodes from an unseeded generator.
 *
 * <p>The limits of the library are absorbed: its fixed capacity by growing it, its shared {@code
 * ef} by asking for {@code ef} neighbours, its removals, which keep the node for ever, by building
 * the graph anew when removed nodes outnumber the others. What the graph finds is scored again and
 * ordered by score and id. Where a walk would compare a good part of all vectors (a small index, a
 * large {@code k}, a filter that accepts few), all that are accepted are compared instead, and the
 * result is exact.
 *
 * <p>See Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using
 * Hierarchical Navigable Small World graphs", IEEE TPAMI 42(4), 2020.
 */
public final class HnswlibIndex implements AnnIndex {
  private static final int FIRST_CAPACITY = 256;
  private static final int DEFAULT_EF = 64;

  /** Removed nodes that are too few to be worth a new graph. */
  private static final int REMOVED_TOLERATED = 100;

  /** The walk is given up for a scan where it would keep more than this part of the vectors. */
  private static final int SCAN_PART = 4;

  private final int dimension;
  private final MetricType metric;
  private final int m;
  private final int efConstruction;
  private final Kernels kernels = Kernels.BEST;
  private final LongIntMap slots = new LongIntMap();
  private @Nullable HnswlibPoint[] points = new HnswlibPoint[FIRST_CAPACITY];
  private HnswIndex<HnswlibPoint, HnswlibPoint, HnswlibPoint, Float> graph;
  private int nodes;

  private HnswlibIndex(Builder builder) {
    this.dimension = builder.dimension;
    this.metric = builder.metric;
    this.m = builder.m;
    this.efConstruction = builder.efConstruction;
    this.graph = newGraph(FIRST_CAPACITY);
  }

  /**
   * Starts an index.
   *
   * @throws IllegalArgumentException if the dimension is outside 1..32,768
   */
  public static Builder builder(int dimension, MetricType metric) {
    return new Builder(dimension, metric);
  }

  private HnswIndex<HnswlibPoint, HnswlibPoint, HnswlibPoint, Float> newGraph(int capacity) {
    return HnswIndex.newBuilder(dimension, this::distance, capacity)
        .withM(m)
        .withEfConstruction(efConstruction)
        .withEf(1)
        .withRemoveEnabled()
        .build();
  }

  private Float distance(HnswlibPoint a, HnswlibPoint b) {
    a.compared();
    return -goodness(a.components(), b.components());
  }

  private float goodness(float[] a, float[] b) {
    float score =
        metric == MetricType.L2
            ? kernels.squaredL2(a, 0, b, 0, dimension)
            : kernels.innerProduct(a, 0, b, 0, dimension);
    return Scan.goodness(metric, score);
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public MetricType metric() {
    return metric;
  }

  @Override
  public int size() {
    return slots.size();
  }

  @Override
  public void add(long id, float[] vector) {
    Vectors.check(vector, dimension, () -> "vector of id " + id);
    remove(id);
    int slot = size();
    if (slot == points.length) {
      points = Arrays.copyOf(points, 2 * slot);
    }
    float[] kept = Vectors.forMetric(metric, vector);
    points[slot] = HnswlibPoint.entry(id, kept == vector ? vector.clone() : kept);
    slots.put(id, slot);
    link(points[slot]);
  }

  private void link(HnswlibPoint point) {
    if (nodes == graph.getMaxItemCount()) {
      graph.resize(2 * nodes);
    }
    graph.add(point);
    nodes++;
  }

  @Override
  public boolean remove(long id) {
    int slot = slots.remove(id);
    if (slot == LongIntMap.ABSENT) {
      return false;
    }
    graph.remove(points[slot], 0);
    int last = size();
    if (slot != last) {
      points[slot] = points[last];
      slots.put(points[slot].key(), slot);
    }
    points[last] = null;
    int removed = nodes - size();
    if (removed > REMOVED_TOLERATED && removed > size()) {
      rebuild();
    }
    return true;
  }

  private void rebuild() {
    graph = newGraph(Math.max(FIRST_CAPACITY, 2 * size()));
    nodes = 0;
    for (int slot = 0; slot < size(); slot++) {
      link(points[slot]);
    }
  }

  @Override
  public boolean contains(long id) {
    return slots.get(id) != LongIntMap.ABSENT;
  }

  @Override
  public SearchResult search(float[] query, int k, int ef, @Nullable LongPredicate accept) {
    Vectors.check(query, dimension, () -> "query");
    Vectors.inRange("k", k, 1, Integer.MAX_VALUE);
    Vectors.inRange("ef", ef, 0, Integer.MAX_VALUE);
    HnswlibPoint point = HnswlibPoint.query(Vectors.forMetric(metric, query));
    int wanted = Math.min(k, size());
    // a filter is met by keeping more candidates until enough of them are accepted
    for (long kept = Math.max(k, ef == 0 ? DEFAULT_EF : ef);
        kept < size() / SCAN_PART;
        kept *= SCAN_PART) {
      TopK best = new TopK(wanted);
      graph
          .findNearest(point, (int) kept)
          .forEach(found -> offer(best, point, found.item(), accept));
      if (best.size() == wanted) {
        return best.toResult(sign(), point.comparisons(), SearchResult.Method.GRAPH);
      }
    }
    return scan(point, wanted, accept);
  }

  private SearchResult scan(HnswlibPoint query, int wanted, @Nullable LongPredicate accept) {
    TopK best = new TopK(wanted);
    int visited = query.comparisons();
    for (int slot = 0; slot < size(); slot++) {
      visited += offer(best, query, points[slot], accept) ? 1 : 0;
    }
    return best.toResult(sign(), visited, SearchResult.Method.SCAN);
  }

  private boolean offer(
      TopK best, HnswlibPoint query, HnswlibPoint point, @Nullable LongPredicate accept) {
    boolean accepted = accept == null || accept.test(point.key());
    if (accepted) {
      best.offer(point.key(), goodness(query.components(), point.components()));
    }
    return accepted;
  }

  private float sign() {
    return metric == MetricType.L2 ? -1f : 1f;
  }

  /** The options of an hnswlib index. */
  public static final class Builder {
    private final int dimension;
    private final MetricType metric;
    private int m = 16;
    private int efConstruction = 200;

    private Builder(int dimension, MetricType metric) {
      this.dimension = Vectors.checkDimension(dimension);
      this.metric = Objects.requireNonNull(metric, "metric");
    }

    /**
     * Sets the number of links per node and layer, 16 unless told; the lowest layer has twice as
     * many.
     *
     * @throws IllegalArgumentException outside 2..2,048
     */
    public Builder m(int m) {
      this.m = Vectors.inRange("m", m, 2, 2_048);
      return this;
    }

    /**
     * Sets the number of candidates kept while a node is linked, 200 unless told.
     *
     * @throws IllegalArgumentException outside 1..65,536
     */
    public Builder efConstruction(int efConstruction) {
      this.efConstruction = Vectors.inRange("efConstruction", efConstruction, 1, 65_536);
      return this;
    }

    /** Returns an empty index. */
    public HnswlibIndex build() {
      return new HnswlibIndex(this);
    }
  }
}
