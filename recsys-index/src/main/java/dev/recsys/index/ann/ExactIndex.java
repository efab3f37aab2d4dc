package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
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
 *
 * <p>A filter that is an {@link IdSet} of few ids is not asked: their rows are looked up. Any other
 * is asked for some ids from all over, to learn how many it keeps, and then for those that may be
 * among the best.
 */
public final class ExactIndex implements StorableIndex {
  /** How often a plain scan is chosen after bounds turned out to be of no use. */
  private static final int PLAIN_RUNS = 31;

  /** Bounds are of use if they keep out more than one in so many vectors. */
  private static final int USEFUL = 4;

  /** Below so many vectors for each that is asked for, a plain scan is no worse. */
  private static final int MIN_PER_RESULT = 32;

  /** How many queries of a batch go through the index together. */
  private static final int BATCH = 8;

  /** Bytes to go through from which on other threads are asked to help. */
  private static final long SPLIT_FROM = 1 << 22;

  private final int dimension;
  private final MetricType metric;
  private final CodedRows rows;
  private final ScratchPool<ExactSearch> pool;
  private final int parallelism;
  private final long splitFrom;
  private final Executor executor;
  private final AtomicInteger searching = new AtomicInteger();
  private final double codeCost;
  private int plainRuns;

  private ExactIndex(Builder builder, CodedRows rows) {
    this.dimension = builder.dimension;
    this.metric = builder.metric;
    this.parallelism = builder.parallelism;
    this.splitFrom = builder.splitFrom;
    this.executor = builder.searchExecutor;
    this.codeCost = builder.kernels.codeCost();
    this.rows = rows;
    this.pool =
        new ScratchPool<>(() -> new ExactSearch(builder.kernels, builder.metric, rows.rows()));
  }

  /**
   * Starts an index.
   *
   * @throws IllegalArgumentException if the dimension is outside 1..32,768
   */
  public static Builder builder(int dimension, MetricType metric) {
    return new Builder(dimension, metric);
  }

  /**
   * Opens a file that {@link #save} wrote. Vectors stay in a file of over 4 MiB, mapped, until they
   * or neighbours of theirs are overwritten; the rest is read, and its checksums compared. Those of
   * the vectors are not, which would read them all: {@link #verify} does that. A file whose vectors
   * are damaged is served, with wrong results where it is. The file must not be written to while it
   * is mapped; {@link #save} to the same path is allowed, it replaces the file.
   *
   * @throws IndexFileException if there is no such file, or if it is not one of these, of another
   *     version, truncated or damaged
   */
  public static ExactIndex load(Path path) {
    Kernels kernels = Kernels.BEST;
    ExactFile.Content content = ExactFile.read(path, kernels, ForkJoinPool.commonPool());
    CodedRows rows = content.rows();
    return new ExactIndex(builder(rows.rows().dimension(), content.metric()), rows);
  }

  /**
   * Opens a file as {@link #load(Path)} does, if it has this dimension and metric.
   *
   * @throws IndexFileException as there, or if the index is of another dimension or metric
   */
  public static ExactIndex load(Path path, int dimension, MetricType metric) {
    ExactIndex index = load(path);
    if (index.dimension != dimension || index.metric != metric) {
      throw new IndexFileException(
          path,
          ("expected dimension " + dimension + " and metric " + metric)
              + (", found " + index.dimension + " and " + index.metric),
          null);
    }
    return index;
  }

  /**
   * Reads a whole file that {@link #save} wrote and compares all of its checksums.
   *
   * @throws IndexFileException as {@link #load(Path)}, or if vectors are damaged
   */
  public static void verify(Path path) {
    ExactFile.verify(path);
  }

  /**
   * Writes the index to a file, beside an existing one at first, which it then replaces. Searches
   * may go on meanwhile, writes may not. Where much has been written since the index was fitted to
   * its vectors, that is done first, so that whoever loads the file need not.
   *
   * @throws IndexFileException if the file cannot be written; one that was there is left as it was
   */
  @Override
  public void save(Path path) {
    rows.beforeSave();
    ExactFile.write(path, metric, rows);
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
  public boolean holds(long id, float[] vector) {
    Vectors.checkLength(vector, dimension, () -> "vector of id " + id);
    int slot = rows.rows().slotOf(id);
    if (slot == LongIntMap.ABSENT) {
      return false;
    }
    float[] kept = new float[dimension];
    rows.rows().read(slot, kept, 0);
    return Arrays.equals(kept, Vectors.forMetric(metric, vector));
  }

  @Override
  public long[] ids() {
    Rows all = rows.rows();
    long[] ids = new long[all.size()];
    for (int slot = 0; slot < ids.length; slot++) {
      ids[slot] = all.id(slot);
    }
    return ids;
  }

  @Override
  public SearchResult search(float[] query, int k, int ef, @Nullable LongPredicate accept) {
    Vectors.check(query, dimension, () -> "query");
    Vectors.inRange("k", k, 1, Integer.MAX_VALUE);
    Vectors.inRange("ef", ef, 0, Integer.MAX_VALUE);
    rows.beforeSearch();
    int count = Math.min(k, size());
    Codes codes = codesFor(count);
    IdSet few = FewIds.of(accept, count, rows.rows(), codes, codeCost);
    if (few != null) {
      return enumerate(query, count, few);
    }
    if (parallelism == 1 || work(codes) < splitFrom) {
      ExactSearch search = pool.take();
      search.begin(query, count, accept);
      search.run(codes, count, 0, 1);
      return end(search, codes);
    }
    try {
      // threads that search already are busy enough
      int parts = searching.incrementAndGet() == 1 ? parallelism : 1;
      return splitSearch(query, count, accept, codes, parts);
    } finally {
      searching.decrementAndGet();
    }
  }

  private SearchResult enumerate(float[] query, int k, IdSet ids) {
    ExactSearch search = pool.take();
    search.begin(query, k, null);
    search.enumerate(ids);
    return end(search, null);
  }

  private SearchResult splitSearch(
      float[] query, int k, @Nullable LongPredicate accept, @Nullable Codes codes, int parts) {
    @Nullable ExactSearch[] found =
        SplitScan.run(parts, part -> searchPart(query, k, accept, codes, part, parts), executor);
    ExactSearch whole = Objects.requireNonNull(found[0]);
    for (int i = 1; i < parts; i++) {
      ExactSearch other = Objects.requireNonNull(found[i]);
      whole.merge(other);
      pool.give(other);
    }
    return end(whole, codes);
  }

  private ExactSearch searchPart(
      float[] query,
      int k,
      @Nullable LongPredicate accept,
      @Nullable Codes codes,
      int part,
      int parts) {
    ExactSearch search = pool.take();
    search.begin(query, k, accept);
    search.run(codes, k, part, parts);
    return search;
  }

  private SearchResult end(ExactSearch search, @Nullable Codes codes) {
    if (codes != null && search.visited() > size() / USEFUL) {
      plainRuns = PLAIN_RUNS;
    }
    SearchResult result = search.result();
    pool.give(search);
    return result;
  }

  /** Returns about how many bytes a search goes through. */
  private long work(@Nullable Codes codes) {
    long row = codes == null ? (long) Float.BYTES * dimension : codes.space().components();
    return row * size();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Several queries go through each part of the index while it is in cache.
   */
  @Override
  public List<SearchResult> searchAll(
      float[][] queries, int k, int ef, @Nullable LongPredicate accept) {
    for (int i = 0; i < queries.length; i++) {
      int number = i;
      Vectors.check(queries[i], dimension, () -> "query " + number);
    }
    Vectors.inRange("k", k, 1, Integer.MAX_VALUE);
    Vectors.inRange("ef", ef, 0, Integer.MAX_VALUE);
    rows.beforeSearch();
    int count = Math.min(k, size());
    List<SearchResult> results = new ArrayList<>(queries.length);
    IdSet few = FewIds.of(accept, count, rows.rows(), rows.codes(), codeCost);
    if (few != null) {
      for (float[] query : queries) {
        results.add(enumerate(query, count, few));
      }
      return List.copyOf(results);
    }
    for (int from = 0; from < queries.length; from += BATCH) {
      int to = Math.min(queries.length, from + BATCH);
      ExactSearch[] searches = new ExactSearch[to - from];
      for (int i = from; i < to; i++) {
        searches[i - from] = pool.take();
        searches[i - from].begin(queries[i], count, accept);
      }
      Codes codes = codesFor(count);
      ExactSearch.runAll(searches, codes, count);
      for (ExactSearch search : searches) {
        results.add(end(search, codes));
      }
    }
    return List.copyOf(results);
  }

  /** Returns the rows, so that tests can see whether they are coded. */
  CodedRows coded() {
    return rows;
  }

  /** Returns the codes for a search, or null where a plain scan is taken to be cheaper. */
  private @Nullable Codes codesFor(int k) {
    Codes codes = rows.codes();
    if (codes == null || (long) k * MIN_PER_RESULT > size()) {
      return null;
    }
    // threads may lose each other's counts, which does no harm
    if (plainRuns > 0) {
      plainRuns--;
      return null;
    }
    return codes;
  }

  /** The options of an exact index. */
  public static final class Builder {
    private final int dimension;
    private final MetricType metric;
    private Kernels kernels = Kernels.BEST;
    private Executor executor = ForkJoinPool.commonPool();
    private Executor searchExecutor = ForkJoinPool.commonPool();
    private int parallelism = Runtime.getRuntime().availableProcessors();
    private long splitFrom = SPLIT_FROM;

    private Builder(int dimension, MetricType metric) {
      this.dimension = Vectors.checkDimension(dimension);
      this.metric = Objects.requireNonNull(metric, "metric");
    }

    /**
     * Sets into how many parts a search may be split, the number of processors unless told; 1 for
     * none. A search is split if there is much to go through (4 MiB of codes or vectors) and no
     * other is under way; its parts run in this thread and in the common pool.
     *
     * @throws IllegalArgumentException outside 1..1,024
     */
    public Builder parallelism(int parts) {
      this.parallelism = Vectors.inRange("parallelism", parts, 1, 1_024);
      return this;
    }

    /** Chooses from how many bytes on a search is split, and where its other parts run. */
    Builder splitFrom(long bytes, Executor chosen) {
      this.splitFrom = bytes;
      this.searchExecutor = chosen;
      return this;
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
      return new ExactIndex(this, new CodedRows(metric, dimension, kernels, executor));
    }
  }
}
