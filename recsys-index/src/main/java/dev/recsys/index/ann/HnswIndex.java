package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A hierarchical navigable small world graph: approximate, for sets that are too large to be
 * scanned.
 *
 * <p>Safe for many threads, other than {@link AnnIndex} promises: any number may search, add and
 * remove at once. Searches wait for nobody. What {@code add} has returned from is found; an id that
 * is overwritten is found with the old or with the new vector. Built by one thread, equal seeds and
 * equal calls give equal indexes.
 */
public final class HnswIndex implements StorableIndex {
  private static final int DEFAULT_EF = 64;

  /*
   * The graph is that of Malkov and Yashunin (IEEE TPAMI 42(4), 2020) with their choice of
   * neighbours (algorithm 4), but it is walked and built over short codes: vectors are turned to the
   * principal axes of a sample, the first components are kept as bytes, 56 of them and two floats in
   * a cache line, or all components where the spectrum is flat; only what the walk ends with is
   * scored in full (LeanVec, Tepper et al., TMLR 2024; LVQ, Aguerrebere et al., VLDB 16(11), 2023).
   *
   * Where 29 axes tell a vector's place, slots also lie in cells of up to 256 about a common centre
   * (as in an inverted file), with the leading components of their differences from it one after the
   * other (PDX, Kuffo et al., SIGMOD 2025), and a search looks through the nearest dozen or two of some
   * 650 cells, 64 sums of a cell at once, instead of following links: sums in order cost less than cache
   * misses. Of the best two dozen by their sums, those that may be among the results are scored in
   * full; no code is looked at. A filter is asked about a few slots of each cell and about those
   * whose sums pass, and more cells are looked through the thinner it makes them. Of a set of ids
   * that is asked again, the accepted members of each cell are copied when they are first needed; one
   * that keeps no more than a sixteenth is copied into cells of its own, which are all looked through
   * until the next write.
   *
   * Tried on 100,000 vectors of 256 dimensions and rank 24 plus noise, k = 10:
   * - In one run: the walk 52 us at 0.990, the cells 34 us at 0.9905, then with codes compared between
   *   sums and full scores. On a machine with 256-bit registers that took 62 us at 0.990, without the
   *   codes 40 (150 misses fewer, and sums order nearly as well: the best 24 of twenty cells hold
   *   0.9899, by codes 0.9900), with only the lanes in use added up 31. Fetching the rows ahead saves
   *   a tenth of scoring them. 25 or 27 components instead of 29 were within the noise.
   * - Cells that only grew by splits need some three times as many looked through (64 for 0.992,
   *   against 24); one round of moving centres to the means mends that, four or ten rounds are no
   *   better. With such grown cells it paid to follow links from what they gave (24 and eight idle
   *   steps: 0.992 in 53 us, 64 alone: 91); with moved centres that was not tried. 22 components
   *   instead of 30 lost two per cent of recall, huge pages gained nothing.
   * - Cells and thresholds from counts, the number to reach found by halving, instead of from heaps:
   *   15.5 to 14.0 us at 0.990 (512-bit registers), 38 to 25 us where a filter keeps 10 %.
   * - Full vectors of those candidates only that may be among the best by 2.5 deviations of the error
   *   seen so far, instead of 4: 13.9 to 10.5 us at 0.990. At every ef, that ends at 0.9986 instead
   *   of 0.9993 (ef 200), so it takes more deviations the more candidates are wanted; 2 lose 0.0015.
   * - A search that ends when the cells left are too far off for another candidate, by their ranks and
   *   half of what the candidates differ by, looks at 1,810 vectors instead of 3,310 and needs 40
   *   candidates instead of 48 for 0.990: 11.4 to 8.7 us (angles: 7.6 to 6.4). Under L2, where the
   *   ranks of far cells are too high, and with 10 % kept it gained nothing or lost, so not there.
   * - Codes of 6 bits find as much (0.991 at ef 48), of 5 bits as much at ef 64; of 4 bits in the same
   *   scale they order slots so badly that a walk is less work. Sums are of 16 bits whichever.
   * - Filtered: until as many are accepted as wanted, the threshold is a guess from the density; of
   *   the rest, all that the last one wanted leaves over is asked about, in one pass. Guesses
   *   repeated until nothing was left took half as long again; a guess of just as many as are likely
   *   to hold those wanted is wrong every other time (14.4 us, and 12.6 at half as many more, 50 %
   *   kept). The density comes from pairs of accepted slots, which is without bias, and is never less
   *   than the mean share: pairs alone find 0.974 where an opaque filter keeps 1 %, with it 0.998;
   *   squares, which are too great, took a quarter longer at 10 %. At equal recall a fall of what must
   *   be seen of 0.45, 0.55 and 0.65 takes 20, 20 and 22 us (10 % kept), 29, 25 and 26 (5 %). Looking
   *   only where the maxima of eight sums pass was no faster (2 %).
   * - A set asked again, at 0.99 where all take 11.2 us and one not remembered 13 (50 % kept), 15 (30 %),
   *   20 (20 %), 19 (10 %) and 21 us (1 %): with copies of cells 10.2, 9.3, 10 (10 %), 11.6 (5 %), 15
   *   (2 %) and 20 us (1 %: a block of 64 lanes for one member or two); all in cells about one centre
   *   26 us at 0.993 (30 %), 10.4 at 0.998 (10 %), 6.7 (5 %) and 3.0 at 0.9998 (1 %).
   * - Without cells, a set that keeps an eighth or less is looked up slot by slot, 20 to 26 ns each:
   *   where 12 and 5 % are kept of 20,000, a walk takes 180 and 155 us (110 without a filter), this 45
   *   and 25; of 100,000 at 12 % both take 270, but the walk finds 0.83 and this all.
   * - In 12,000 vectors overwritten ten times the cells find 0.999 at ef 64, in a fresh build 0.998;
   *   removed and added again both find 0.998.
   * - Recall at ef 56 is 0.990, as that of a graph over full vectors (0.991 in native hnswlib);
   *   prefixes of 32 and 64 bytes differ by 0.001. Linking by full vectors finds hardly more
   *   (0.9906) and takes longer.
   * - A new slot takes 2 m links on level 0 instead of m: 0.991 instead of 0.990 at equal ef, for
   *   two per cent more vectors visited. Pruning with a slack of 1.2 saved four per cent of the
   *   visits and gained nothing at high recall.
   * - Products of 16-bit integers were no faster than widening bytes to floats: memory, not
   *   arithmetic, is what a walk waits for, some 750 lines of codes and 57 of links.
   * - Reading a byte of each code before they are scored, so that cache misses overlap, takes a
   *   quarter off a query (75 to 54 us in one run), marking visited slots without a branch a tenth.
   *   Fetching the next links, or the full vectors, ahead was within the noise, and so was an order
   *   of slots by place.
   * - Under an inner product with uneven lengths, a graph of plain products finds 0.994 at ef 50 on
   *   flat vectors, where one of distances in one more dimension finds 0.838; of low rank both find
   *   over 0.99, that one at half the visits or fewer where lengths differ by e^2 and more.
   */
  private final LiveGraph live;
  private final GraphWriter writer;
  private final GraphSearch searcher;

  private HnswIndex(LiveGraph live) {
    this.live = live;
    ThreadLocal<Traversal> traversals =
        ThreadLocal.withInitial(() -> new Traversal(live.dimension, live.m));
    this.writer = new GraphWriter(live, traversals);
    this.searcher = new GraphSearch(live, writer, traversals);
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
   * are overwritten; the rest is read, but for the table of ids, which is made when one is first
   * looked for. The file must not be written to while it is mapped; {@link #save} to the same path
   * is allowed, it replaces the file.
   *
   * @throws IndexFileException if there is no such file, or if it is not one of these, of another
   *     version, truncated or damaged
   */
  public static HnswIndex load(Path path) {
    HnswFile file = HnswFile.read(path);
    HnswIndex index = new HnswIndex(file.live());
    index.writer.resume(file.sinceFit(), file.nextFit());
    return index;
  }

  /**
   * Opens a file as {@link #load(Path)} does, if it has this dimension and metric.
   *
   * @throws IndexFileException as there, or if the index is of another dimension or metric
   */
  public static HnswIndex load(Path path, int dimension, MetricType metric) {
    HnswIndex index = load(path);
    if (index.dimension() != dimension || index.metric() != metric) {
      throw new IndexFileException(
          path,
          ("expected dimension " + dimension + " and metric " + metric)
              + (", found " + index.dimension() + " and " + index.metric()),
          null);
    }
    return index;
  }

  /**
   * Reads a whole file that {@link #save} wrote and compares all of its checksums; to open a file
   * does not read the vectors.
   *
   * @throws IndexFileException as {@link #load(Path)}, or if vectors are damaged
   */
  public static void verify(Path path) {
    HnswFile.verify(path);
  }

  /**
   * Writes the index to a file, beside an existing one at first, which it then replaces. Searches
   * go on meanwhile, writers wait.
   *
   * @throws IndexFileException if the file cannot be written; one that was there is left as it was
   */
  @Override
  public void save(Path path) {
    writer.exclusively(
        () -> {
          writer.repair();
          live.slots.sortFree();
          live.settleCells();
          // the index goes on as the one that the file becomes
          writer.resume(writer.sinceFit(), writer.nextFit());
          HnswFileWriter.write(path, live, writer.sinceFit(), writer.nextFit());
          return true;
        });
  }

  @Override
  public int dimension() {
    return live.dimension;
  }

  @Override
  public MetricType metric() {
    return live.metric;
  }

  @Override
  public int size() {
    return live.slots.size();
  }

  /** Returns what searches read, for a copy of it. */
  LiveGraph live() {
    return live;
  }

  /** Returns how many slots were ever in use at once. */
  int slotsInUse() {
    return live.slots.end();
  }

  @Override
  public void add(long id, float[] vector) {
    Vectors.check(vector, live.dimension, () -> "vector of id " + id);
    writer.add(id, Vectors.forMetric(live.metric, vector));
  }

  @Override
  public boolean remove(long id) {
    return writer.remove(id);
  }

  @Override
  public boolean contains(long id) {
    return live.slots.find(id) != LongIntMap.ABSENT;
  }

  @Override
  public boolean holds(long id, float[] vector) {
    Vectors.checkLength(vector, live.dimension, () -> "vector of id " + id);
    int slot = live.slots.find(id);
    if (slot == LongIntMap.ABSENT) {
      return false;
    }
    float[] kept = new float[live.dimension];
    live.slots.read(slot, kept);
    return Arrays.equals(kept, Vectors.forMetric(live.metric, vector));
  }

  @Override
  public long[] ids() {
    return live.slots.ids();
  }

  /**
   * {@inheritDoc}
   *
   * <p>{@code ef} is 64 or twice {@code k} if left to the index. Where few ids are accepted and the
   * filter is an {@link IdSet}, these are looked up one by one, and that holds up writers for some
   * microseconds; they are not any more once the same set has been asked some dozens of times.
   * Allocates nothing but the result, and now and then what is remembered of such a set.
   */
  @Override
  public SearchResult search(float[] query, int k, int ef, @Nullable LongPredicate accept) {
    Vectors.check(query, live.dimension, () -> "query");
    Vectors.inRange("k", k, 1, Integer.MAX_VALUE);
    Vectors.inRange("ef", ef, 0, Integer.MAX_VALUE);
    int kept = ef > 0 ? Math.max(k, ef) : (int) Math.max(DEFAULT_EF, Math.min(2L * k, 1 << 30));
    return searcher.search(query, k, kept, accept);
  }

  /** The options of a graph. */
  public static final class Builder {
    private final int dimension;
    private final MetricType metric;
    private int m = 16;
    private int efConstruction = 200;
    private long seed = 7;

    private Builder(int dimension, MetricType metric) {
      this.dimension = Vectors.checkDimension(dimension);
      this.metric = Objects.requireNonNull(metric, "metric");
    }

    /**
     * Sets the number of links per node and upper level, 16 unless told; the lowest level has twice
     * as many.
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

    /** Sets what levels and samples are drawn from, 7 unless told. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Returns an empty index. */
    public HnswIndex build() {
      return new HnswIndex(new LiveGraph(dimension, metric, m, efConstruction, seed));
    }
  }
}
