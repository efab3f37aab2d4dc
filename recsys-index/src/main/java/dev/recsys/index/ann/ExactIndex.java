package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares the query with every vector. Exact, and the fastest choice while the vectors fit the
 * caches of a core.
 *
 * <p>Under {@link MetricType#COSINE} vectors are kept at length one. A search allocates its result,
 * some 150 bytes to work in, and under COSINE a copy of the query; it keeps nothing per thread.
 */
public final class ExactIndex implements AnnIndex {
  private final int dimension;
  private final MetricType metric;
  private final Kernels kernels;
  private final Rows rows;

  private ExactIndex(Builder builder) {
    this.dimension = builder.dimension;
    this.metric = builder.metric;
    this.kernels = builder.kernels;
    this.rows = new Rows(dimension);
  }

  /**
   * Starts an index.
   *
   * @throws IllegalArgumentException if the dimension is outside 1..32,768
   */
  public static Builder builder(int dimension, MetricType metric) {
    return new Builder(dimension, metric);
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
    return rows.size();
  }

  @Override
  public void add(long id, float[] vector) {
    Vectors.check(vector, dimension, () -> "vector of id " + id);
    rows.put(id, Vectors.forMetric(metric, vector));
  }

  @Override
  public boolean remove(long id) {
    return rows.remove(id);
  }

  @Override
  public boolean contains(long id) {
    return rows.contains(id);
  }

  @Override
  public SearchResult search(float[] query, int k, int ef, @Nullable LongPredicate accept) {
    Vectors.check(query, dimension, () -> "query");
    Vectors.inRange("k", k, 1, Integer.MAX_VALUE);
    Vectors.inRange("ef", ef, 0, Integer.MAX_VALUE);
    TopK best = new TopK(Math.min(k, rows.size()));
    Scan scan = new Scan(kernels, metric, Vectors.forMetric(metric, query), best);
    for (int block = 0; block < rows.blocksInUse(); block++) {
      scan.begin(rows.block(block));
      int count = rows.rowsIn(block);
      for (int row = 0; row < count; row++) {
        long id = rows.id(block, row);
        if (accept == null || accept.test(id)) {
          scan.visit(id, row * dimension);
        }
      }
      scan.end();
    }
    return scan.result();
  }

  /** The options of an exact index. */
  public static final class Builder {
    private final int dimension;
    private final MetricType metric;
    private Kernels kernels = Kernels.BEST;

    private Builder(int dimension, MetricType metric) {
      this.dimension = Vectors.checkDimension(dimension);
      this.metric = Objects.requireNonNull(metric, "metric");
    }

    /** Chooses the kernels, so that tests can compare them. */
    Builder kernels(Kernels chosen) {
      this.kernels = chosen;
      return this;
    }

    /** Returns an empty index. */
    public ExactIndex build() {
      return new ExactIndex(this);
    }
  }
}
