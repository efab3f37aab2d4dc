package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds exactly what a comparison with every vector would, ids and scores, but passes over most of
 * them: see {@link PrunedScan}.
 *
 * <p>Under {@link MetricType#COSINE} vectors are kept at length one. A search allocates its result
 * and nothing else, once the index has been searched by as many threads at a time before. The codes
 * that the scan needs are made in the background, in the common pool, whenever many vectors have
 * come and gone; until then searches are as exact and less quick.
 */
public final class ExactIndex implements AnnIndex {
  /** How often a plain scan is chosen after bounds turned out to be of no use. */
  private static final int PLAIN_RUNS = 31;

  /** Bounds are of use if they keep out more than one in so many vectors. */
  private static final int USEFUL = 4;

  /** Below so many vectors for each that is asked for, a plain scan is no worse. */
  private static final int MIN_PER_RESULT = 32;

  private final int dimension;
  private final MetricType metric;
  private final CodedRows rows;
  private final ScratchPool<Scratch> pool;
  private int plainRuns;

  private ExactIndex(Builder builder) {
    this.dimension = builder.dimension;
    this.metric = builder.metric;
    this.rows = new CodedRows(metric, dimension, builder.kernels, builder.executor);
    this.pool = new ScratchPool<>(() -> new Scratch(builder.kernels, metric, rows.rows()));
  }

  /** What a search works in. */
  private static final class Scratch {
    final PrunedScan pruned;
    final Scan scan;
    final float[] unit;

    Scratch(Kernels kernels, MetricType metric, Rows rows) {
      this.pruned = new PrunedScan(kernels);
      this.scan = new Scan(kernels, metric, rows);
      this.unit = new float[metric == MetricType.COSINE ? rows.dimension() : 0];
    }
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
    return rows.rows().size();
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
    return rows.rows().contains(id);
  }

  @Override
  public SearchResult search(float[] query, int k, int ef, @Nullable LongPredicate accept) {
    Vectors.check(query, dimension, () -> "query");
    Vectors.inRange("k", k, 1, Integer.MAX_VALUE);
    Vectors.inRange("ef", ef, 0, Integer.MAX_VALUE);
    rows.beforeSearch();
    Scratch scratch = pool.take();
    float[] vector = metric == MetricType.COSINE ? scratch.unit : query;
    if (metric == MetricType.COSINE) {
      Vectors.normalise(query, vector);
    }
    int count = Math.min(k, size());
    scratch.scan.begin(vector, count, accept);
    if (!runPruned(scratch, vector, count)) {
      runPlain(scratch.scan);
    }
    SearchResult result = scratch.scan.result();
    pool.give(scratch);
    return result;
  }

  /** Returns the rows, so that tests can see whether they are coded. */
  CodedRows coded() {
    return rows;
  }

  private boolean runPruned(Scratch scratch, float[] query, int k) {
    Codes codes = rows.codes();
    if (codes == null || (long) k * MIN_PER_RESULT > size()) {
      return false;
    }
    // threads may lose each other's counts, which does no harm
    if (plainRuns > 0) {
      plainRuns--;
      return false;
    }
    boolean bounded = scratch.pruned.run(query, codes, k, scratch.scan);
    if (scratch.scan.visited() > size() / USEFUL) {
      plainRuns = PLAIN_RUNS;
    }
    return bounded;
  }

  private void runPlain(Scan scan) {
    int size = size();
    for (int slot = 0; slot < size; slot++) {
      scan.visit(slot);
    }
    scan.flush();
  }

  /** The options of an exact index. */
  public static final class Builder {
    private final int dimension;
    private final MetricType metric;
    private Kernels kernels = Kernels.BEST;
    private Executor executor = ForkJoinPool.commonPool();

    private Builder(int dimension, MetricType metric) {
      this.dimension = Vectors.checkDimension(dimension);
      this.metric = Objects.requireNonNull(metric, "metric");
    }

    /** Chooses the kernels, so that tests can compare them. */
    Builder kernels(Kernels chosen) {
      this.kernels = chosen;
      return this;
    }

    /** Chooses where codes are made, so that tests need not wait for them. */
    Builder executor(Executor chosen) {
      this.executor = chosen;
      return this;
    }

    /** Returns an empty index. */
    public ExactIndex build() {
      return new ExactIndex(this);
    }
  }
}
