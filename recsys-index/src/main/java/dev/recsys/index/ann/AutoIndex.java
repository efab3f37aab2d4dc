package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Exact while that is the cheapest, a graph from the size on where that is cheaper by what both are
 * measured to take.
 *
 * <p>It begins as an {@link ExactIndex}. Once searches have taken so long together that building a
 * graph would have cost no more, one is built in the background and both are timed with some of the
 * latest queries, the graph at the least {@code ef} at which it finds 0.99 of the exact neighbours.
 * The cheaper one serves from then on, the other is let go. Which it is is asked again when the
 * number of vectors has doubled or halved, or as many were written as there are; to take over, one
 * must be cheaper by a fifth. Only searches without a filter, one by one, count.
 *
 * <p>{@link SearchResult#method} tells how each result was found. While a graph serves, results are
 * approximate, but for a large {@code k} or a filter that accepts few.
 *
 * <p>As in any {@link AnnIndex}, writes must have the index to themselves; they need not wait for a
 * change-over, which takes the same writes.
 */
public final class AutoIndex implements StorableIndex {
  /*
   * When to build is a question of renting or buying: whoever buys once the rent that was paid
   * equals the price pays at most twice what was possible (Karlin, Manasse, Rudolph, Sleator:
   * Competitive snoopy caching, Algorithmica 3, 1988). The price is not known before, and taken to
   * be what the last building took for each vector.
   */

  /** One search in so many is timed and its query kept. */
  private static final int SAMPLED = 16;

  /** Below so many vectors searches are not even timed. */
  private static final int MIN_SIZE = 4_096;

  /** No graph answers in less, in nanoseconds. */
  private static final double FASTEST_GRAPH = 20_000;

  /** What a vector costs to be added to a graph, in nanoseconds, before it was measured. */
  private static final double INSERT_COST = 200_000;

  /** What one that takes over may cost, as a share of what serves. */
  private static final double CHEAPER = 0.8;

  private final Builder options;
  private final QuerySample sample;
  private volatile StorableIndex serving;
  private volatile int chosenEf;
  private volatile boolean trying;
  private @Nullable StorableIndex challenger;
  private volatile int decidedSize;
  private volatile int changes;
  private volatile double insertCost = INSERT_COST;

  private AutoIndex(Builder options, StorableIndex serving) {
    this.options = options;
    this.sample = new QuerySample(options.dimension);
    this.serving = serving;
  }

  /**
   * Reads a whole file that {@link #save} wrote and compares all of its checksums.
   *
   * @throws IndexFileException if it cannot be read or is damaged
   */
  public static void verify(Path path) {
    if (IndexFile.kind(path) == HnswFile.KIND) {
      HnswIndex.verify(path);
    } else {
      ExactIndex.verify(path);
    }
  }

  /** Writes what serves at the moment. */
  @Override
  public synchronized void save(Path path) {
    serving.save(path);
  }

  @Override
  public boolean holds(long id, float[] vector) {
    return serving.holds(id, vector);
  }

  @Override
  public long[] ids() {
    return serving.ids();
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
    return options.dimension;
  }

  @Override
  public MetricType metric() {
    return options.metric;
  }

  @Override
  public int size() {
    return serving.size();
  }

  @Override
  public synchronized void add(long id, float[] vector) {
    serving.add(id, vector);
    if (challenger != null) {
      challenger.add(id, vector);
    }
    changes++;
  }

  @Override
  public synchronized boolean remove(long id) {
    boolean removed = serving.remove(id);
    if (challenger != null) {
      challenger.remove(id);
    }
    changes += removed ? 1 : 0;
    return removed;
  }

  @Override
  public boolean contains(long id) {
    return serving.contains(id);
  }

  /**
   * {@inheritDoc}
   *
   * <p>If {@code ef} is left to the index, it is what was measured to be enough, or twice {@code
   * k}.
   */
  @Override
  public SearchResult search(float[] query, int k, int ef, @Nullable LongPredicate accept) {
    AnnIndex index = serving;
    int kept = ef == 0 && chosenEf > 0 ? Comparison.candidates(chosenEf, k) : ef;
    if (accept != null || index.size() < options.minSize || options.dice.getAsInt() != 0) {
      return index.search(query, k, kept, accept);
    }
    long start = System.nanoTime();
    SearchResult result = index.search(query, k, kept, null);
    sample.take(query, k, options.cost.of(result, System.nanoTime() - start));
    if (!trying && worthATrial(index)) {
      startTrial();
    }
    return result;
  }

  @Override
  public List<SearchResult> searchAll(
      float[][] queries, int k, int ef, @Nullable LongPredicate accept) {
    int kept = ef == 0 && chosenEf > 0 ? Comparison.candidates(chosenEf, k) : ef;
    return serving.searchAll(queries, k, kept, accept);
  }

  /**
   * Returns whether the other kind of index is being built or timed at the moment, beside the one
   * that serves.
   */
  public boolean trying() {
    return trying;
  }

  private boolean worthATrial(AnnIndex index) {
    int size = index.size();
    boolean other = size >= 2L * decidedSize || size <= decidedSize / 2 || changes >= decidedSize;
    if (!other || !sample.full()) {
      return false;
    }
    // an exact index is made of a graph in no time
    return index instanceof HnswIndex
        || (sample.average() > FASTEST_GRAPH && sample.spent() * SAMPLED > size * insertCost);
  }

  private void startTrial() {
    synchronized (this) {
      if (trying) {
        return;
      }
      trying = true;
      decidedSize = size();
      changes = 0;
      challenger = serving instanceof HnswIndex ? options.exact() : options.graph();
    }
    options.executor.execute(new IndexTrial(this, sample.queries(), options.cost));
  }

  /** Returns what serves. */
  AnnIndex serving() {
    return serving;
  }

  /** Returns what is being built beside it, if anything is. */
  synchronized @Nullable AnnIndex challenger() {
    return challenger;
  }

  /** Takes over what it took to add a vector to a graph. */
  void measured(double nanosPerInsert) {
    insertCost = nanosPerInsert;
  }

  /** Ends a trial: the cheaper one serves, if by enough. */
  synchronized void decide(Comparison costs) {
    boolean graphServes = serving instanceof HnswIndex;
    double graph = costs.graphCost();
    double exact = costs.exactCost();
    boolean change = graphServes ? exact < CHEAPER * graph : graph < CHEAPER * exact;
    if (change && challenger != null) {
      serving = challenger;
      graphServes = !graphServes;
    }
    if (graphServes && graph < Double.POSITIVE_INFINITY) {
      chosenEf = costs.ef();
    }
    endTrial();
  }

  /** Lets go of what does not serve. */
  synchronized void endTrial() {
    challenger = null;
    sample.settle();
    trying = false;
  }

  /** The options of an index that chooses by itself. */
  public static final class Builder {
    private final int dimension;
    private final MetricType metric;
    private final HnswIndex.Builder graph;
    private int minSize = MIN_SIZE;
    private Executor executor = Builder::inNewThread;
    private Comparison.Cost cost = (result, nanos) -> nanos;
    private IntSupplier dice = () -> ThreadLocalRandom.current().nextInt(SAMPLED);

    private Builder(int dimension, MetricType metric) {
      this.dimension = Vectors.checkDimension(dimension);
      this.metric = Objects.requireNonNull(metric, "metric");
      this.graph = HnswIndex.builder(dimension, metric);
    }

    /** A graph takes long, which would keep a shared pool from its other work. */
    private static void inNewThread(Runnable job) {
      Thread thread = new Thread(job, "index-trial");
      thread.setDaemon(true);
      thread.start();
    }

    /**
     * As {@link HnswIndex.Builder#m}, for the graph.
     *
     * @throws IllegalArgumentException outside 2..2,048
     */
    public Builder m(int m) {
      graph.m(m);
      return this;
    }

    /**
     * As {@link HnswIndex.Builder#efConstruction}, for the graph.
     *
     * @throws IllegalArgumentException outside 1..65,536
     */
    public Builder efConstruction(int efConstruction) {
      graph.efConstruction(efConstruction);
      return this;
    }

    /** As {@link HnswIndex.Builder#seed}, for the graph. */
    public Builder seed(long seed) {
      graph.seed(seed);
      return this;
    }

    /** Chooses where graphs are built, so that tests can do it when they like. */
    Builder executor(Executor chosen) {
      this.executor = chosen;
      return this;
    }

    /** Chooses from how many vectors on searches are timed. */
    Builder minSize(int chosen) {
      this.minSize = chosen;
      return this;
    }

    /** Chooses what searches cost, so that tests need no clock. */
    Builder cost(Comparison.Cost chosen) {
      this.cost = chosen;
      return this;
    }

    /** Chooses what draws the searches that are timed, those where it gives 0. */
    Builder dice(IntSupplier chosen) {
      this.dice = chosen;
      return this;
    }

    /**
     * Opens a file that {@link AutoIndex#save} wrote; what served then serves.
     *
     * @throws IndexFileException if it cannot be read, is damaged, or holds an index of another
     *     dimension or metric
     */
    public AutoIndex load(Path path) {
      StorableIndex kept =
          IndexFile.kind(path) == HnswFile.KIND
              ? HnswIndex.load(path, dimension, metric)
              : ExactIndex.load(path, dimension, metric);
      AutoIndex index = new AutoIndex(this, kept);
      index.decidedSize = kept instanceof HnswIndex ? kept.size() : 0;
      return index;
    }

    private ExactIndex exact() {
      return ExactIndex.builder(dimension, metric).build();
    }

    private HnswIndex graph() {
      return graph.build();
    }

    /** Returns an empty index. */
    public AutoIndex build() {
      return new AutoIndex(this, exact());
    }
  }
}
