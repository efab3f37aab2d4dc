package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The end of a search: scores slots by their full vectors and keeps the best k. Takes no lock; a
 * slot that changes while it is read is left out, and {@link #hidden} tells whether that may have
 * cost an id that was there all the time.
 */
final class Rescoring {
  private static final int FIRST = 8;

  /** For so many that may come while all there are are looked for. */
  private static final int ROOM = 64;

  /** Of more, the caches of a core would lose the first before they are used. */
  private static final int FETCHED = 24;

  /** How many standard deviations the error of a code's score may take at least. */
  private static final double DEVIATIONS = 2.5;

  /** The more candidates are wanted, the surer it is to be: at so many by one deviation. */
  private static final double SURE = 8;

  private final Slots slots;
  private final MetricType metric;
  private final Traversal work;
  private final @Nullable LongPredicate accept;
  private final int began;
  private final @Nullable LongIntMap taken;
  private final TopK best;
  private final boolean all;
  private int compared;
  private boolean hidden;

  /**
   * @param began the number of changes when the search began
   * @param distinct whether an id that has two slots is taken from the nearer
   */
  Rescoring(
      Slots slots,
      MetricType metric,
      Traversal work,
      int k,
      @Nullable LongPredicate accept,
      int began,
      boolean distinct) {
    this.slots = slots;
    this.metric = metric;
    this.work = work;
    this.accept = accept;
    this.began = began;
    this.taken = distinct ? new LongIntMap() : null;
    int size = slots.size();
    this.all = k >= size;
    this.best = new TopK(all ? (int) Math.min(k, (long) size + ROOM) : k);
  }

  /** Scores every slot. */
  void scan(int end) {
    for (int slot = 0; slot < end; slot++) {
      score(slot);
    }
  }

  /**
   * Scores the candidates, nearest first, until the next cannot be among the best any more by what
   * the errors of the others were.
   */
  void candidates(Candidates candidates) {
    fetch(candidates);
    double deviations = Math.max(DEVIATIONS, Math.sqrt(candidates.limit() / SURE));
    double sum = 0;
    double squares = 0;
    int scored = 0;
    for (int i = 0; i < candidates.size(); i++) {
      float coded = candidates.score(i);
      if (best.full() && scored >= FIRST) {
        double mean = sum / scored;
        double deviation = Math.sqrt(Math.max(0, squares / scored - mean * mean));
        if (coded + mean + deviations * deviation < comparable(best.worst())) {
          break;
        }
      }
      float goodness = score(candidates.slot(i));
      if (!Float.isNaN(goodness)) {
        double error = comparable(goodness) - coded;
        sum += error;
        squares += error * error;
        scored++;
      }
    }
  }

  /** Has the cache misses of the first overlap instead of following each other. */
  private void fetch(Candidates candidates) {
    float sum = 0;
    for (int i = 0; i < Math.min(candidates.size(), FETCHED); i++) {
      int slot = candidates.slot(i);
      Chunk chunk = slots.chunk(slot);
      int row = slots.row(slot);
      sum += chunk.version(row) + slots.id(slot) + chunk.fetch(row, work.vector.length);
    }
    work.query.fetched = (int) sum;
  }

  /** Returns a score in the measure of the codes, up to a constant. */
  private double comparable(float goodness) {
    return metric == MetricType.L2 ? goodness / 2 : goodness;
  }

  private float score(int slot) {
    Chunk chunk = slots.chunk(slot);
    int row = slots.row(slot);
    int version = chunk.version(row);
    if ((version & 1) == 0) {
      hidden |= (version >> 1) - began > 0;
      return Float.NaN;
    }
    long id = slots.id(slot);
    if (accept != null && !accept.test(id)) {
      return Float.NaN;
    }
    float[] vectors = chunk.vectors(row, work.row);
    int at = Chunk.at(vectors, row, work.row);
    int dimension = work.row.length;
    float score =
        metric == MetricType.L2
            ? Kernels.BEST.squaredL2(work.vector, 0, vectors, at, dimension)
            : Kernels.BEST.innerProduct(work.vector, 0, vectors, at, dimension);
    if (!chunk.still(row, version)) {
      hidden = true;
      return Float.NaN;
    }
    compared++;
    if (taken != null) {
      if (taken.get(id) != LongIntMap.ABSENT) {
        return Float.NaN;
      }
      taken.put(id, slot);
    }
    float goodness = Scan.goodness(metric, score);
    best.offer(id, goodness);
    return goodness;
  }

  /** Returns whether as many were found as were asked for. */
  boolean full() {
    return best.full();
  }

  /** Returns whether an id may be missing because it moved. */
  boolean hidden() {
    return hidden;
  }

  /**
   * Returns whether all that were there were to be found, and more have come than there was room.
   */
  boolean crowded() {
    return all && best.full();
  }

  SearchResult result(int scored, SearchResult.Method method) {
    return best.toResult(metric == MetricType.L2 ? -1f : 1f, Math.max(scored, compared), method);
  }
}
