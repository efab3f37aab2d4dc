package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One query on its way through rows, which are scored four at a time. Reused from search to search
 * by one thread at a time.
 */
final class Scan {
  private static final float[] NOTHING = {};

  /** How many rows are asked for, at the most, to learn how many a filter keeps. */
  private static final int MAX_PROBES = 512;

  private static final int ENOUGH_KEPT = 8;

  /** In parts of 2^32 of all rows; the golden section meets them evenly in whatever number. */
  private static final long PROBE_STEP = 0x9E3779B9L;

  private final Kernels kernels;
  private final MetricType metric;
  private final Rows rows;
  private final float[][] blocks = {NOTHING, NOTHING, NOTHING, NOTHING};
  private final int[] at = new int[4];
  private final long[] ids = new long[4];
  private final float[] scores = new float[4];
  private float[] copies = NOTHING;
  private float[] query = NOTHING;
  private TopK best = new TopK(0);
  private @Nullable LongPredicate accept;
  private int pending;
  private int visited;

  Scan(Kernels kernels, MetricType metric, Rows rows) {
    this.kernels = kernels;
    this.metric = metric;
    this.rows = rows;
  }

  /** Starts a search. */
  void begin(float[] vector, int k, @Nullable LongPredicate filter) {
    query = vector;
    best = new TopK(k);
    accept = filter;
    visited = 0;
  }

  /** Scores the row in a slot, unless the filter keeps it out. */
  void visit(int slot) {
    long id = rows.id(slot);
    if (accept == null || accept.test(id)) {
      take(id, slot);
    }
  }

  /** Scores those rows that have one of the ids, which are not asked for. */
  void visitAll(IdSet few) {
    for (int place = few.next(0); place >= 0; place = few.next(place + 1)) {
      long id = few.at(place);
      int slot = rows.slotOf(id);
      if (slot != LongIntMap.ABSENT) {
        take(id, slot);
      }
    }
    flush();
  }

  private void take(long id, int slot) {
    ids[pending] = id;
    float[] block = rows.blockOf(slot);
    if (block != null) {
      blocks[pending] = block;
      at[pending] = rows.offset(slot);
    } else {
      copy(slot);
    }
    if (++pending == 4) {
      scoreFour();
    }
  }

  /** Takes a row that lies in a file. */
  private void copy(int slot) {
    if (copies.length == 0) {
      copies = new float[4 * rows.dimension()];
    }
    at[pending] = pending * rows.dimension();
    blocks[pending] = copies;
    rows.read(slot, copies, at[pending]);
  }

  /** Scores what has not been scored yet of the rows that were visited. */
  void flush() {
    for (int i = 0; i < pending; i++) {
      float score =
          metric == MetricType.L2
              ? kernels.squaredL2(query, 0, blocks[i], at[i], query.length)
              : kernels.innerProduct(query, 0, blocks[i], at[i], query.length);
      best.offer(ids[i], goodness(metric, score));
    }
    visited += pending;
    pending = 0;
  }

  private void scoreFour() {
    if (metric == MetricType.L2) {
      kernels.squaredL2s(query, blocks, at, query.length, scores);
    } else {
      kernels.innerProducts(query, blocks, at, query.length, scores);
    }
    for (int i = 0; i < 4; i++) {
      best.offer(ids[i], goodness(metric, scores[i]));
    }
    visited += 4;
    pending = 0;
  }

  /** Returns the score turned so that larger is nearer, and a cosine held to [-1, 1]. */
  static float goodness(MetricType metric, float score) {
    return switch (metric) {
      case IP -> score;
      case COSINE -> Math.max(-1f, Math.min(1f, score));
      case L2 -> -score;
    };
  }

  /** Returns whether as many rows were found as were asked for. */
  boolean full() {
    return best.full();
  }

  /**
   * Returns of how many rows one is likely to pass the filter: as a set of ids tells, or some rows
   * from all over.
   */
  double rowsForOne() {
    if (accept instanceof IdSet kept) {
      return Math.max(1, rows.size() / Math.max(1.0, kept.size()));
    }
    return accept == null ? 1 : probe(accept);
  }

  private double probe(LongPredicate filter) {
    int size = rows.size();
    int probed = 0;
    int kept = 0;
    for (; kept < ENOUGH_KEPT && probed < MAX_PROBES; probed++) {
      int slot = (int) (((probed * PROBE_STEP & 0xFFFFFFFFL) * size) >>> 32);
      kept += filter.test(rows.id(slot)) ? 1 : 0;
    }
    return (probed + 1.0) / (kept + 1.0);
  }

  /** Returns how many rows are still to be found. */
  int missing() {
    return best.missing();
  }

  /** Returns the goodness of the worst row kept. */
  float worst() {
    return best.worst();
  }

  /** Returns how many rows have been scored. */
  int visited() {
    return visited;
  }

  /** Takes over what a scan of other rows has found. */
  void merge(Scan other) {
    best.offerAll(other.best);
    visited += other.visited;
    other.query = NOTHING;
    other.accept = null;
  }

  /** Ends the search, and lets go of what belongs to the caller. */
  SearchResult result() {
    float sign = metric == MetricType.L2 ? -1f : 1f;
    SearchResult result = best.toResult(sign, visited, SearchResult.Method.SCAN);
    query = NOTHING;
    accept = null;
    return result;
  }
}
