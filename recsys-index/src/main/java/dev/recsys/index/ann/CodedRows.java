package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an index and their codes, which follow every change. When much has changed, new codes
 * are made in the background: a {@link Refit} works through the rows a few at a time, between the
 * writes, and the codes are exchanged at its end. A reader takes {@link #codes} once.
 */
final class CodedRows {
  /** Below this many rows a plain scan is quickest. */
  static final int MIN_ROWS = 256;

  private static final int MAX_SAMPLE_ROWS = 4096;
  private static final int MIN_SAMPLE_ROWS = 256;
  private static final int MAX_SAMPLE_FLOATS = 1 << 20;

  /** A writer refits when rows have changed this many times as often as there were rows. */
  private static final int STALE_FOR_WRITER = 2;

  /** A reader refits when one in so many rows has changed. */
  private static final int STALE_FOR_READER = 8;

  private final MetricType metric;
  private final int dimension;
  private final Kernels kernels;
  private final Executor executor;
  private final Rows rows;
  private volatile @Nullable Codes codes;
  private @Nullable Codes next;
  private volatile int changes;
  private volatile int fittedSize;

  /** The refit that is under way, or is to be, if there is one. */
  private volatile @Nullable Refit refit;

  CodedRows(MetricType metric, int dimension, Kernels kernels, Executor executor) {
    this(metric, new Rows(dimension), kernels, executor);
  }

  /** Takes over rows that have no codes yet. */
  CodedRows(MetricType metric, Rows rows, Kernels kernels, Executor executor) {
    this.metric = metric;
    this.dimension = rows.dimension();
    this.kernels = kernels;
    this.executor = executor;
    this.rows = rows;
  }

  /**
   * Takes over codes of all rows, and how far rows had gone from them. Where there are none because
   * scalar kernels gain nothing by them, others try again.
   */
  synchronized void adopt(@Nullable Codes made, int changed, int fitted) {
    boolean again = made == null && !(kernels instanceof ScalarKernels);
    codes = made;
    changes = again ? rows.size() : changed;
    fittedSize = fitted;
  }

  /** Returns how many writes there were since codes were made; of all rows if they are not yet. */
  int changes() {
    return refit == null ? changes : fittedSize + changes;
  }

  /** Returns how many rows there were when codes were made. */
  int fittedSize() {
    return fittedSize;
  }

  Rows rows() {
    return rows;
  }

  /** Returns the codes of all rows, or null where a plain scan is the quickest. */
  @Nullable Codes codes() {
    return codes;
  }

  void put(long id, float[] vector) {
    synchronized (this) {
      int slot = rows.put(id, vector);
      if (codes != null) {
        codes.put(slot);
      }
      if (next != null && next.holds(slot)) {
        next.put(slot);
      }
      changes++;
    }
    refitIfStale(STALE_FOR_WRITER * fittedSize);
  }

  boolean remove(long id) {
    synchronized (this) {
      int slot = rows.remove(id);
      if (slot == LongIntMap.ABSENT) {
        return false;
      }
      int last = rows.size();
      if (codes != null) {
        codes.remove(slot, last);
      }
      if (next != null) {
        next.remove(slot, last);
      }
      changes++;
    }
    refitIfStale(STALE_FOR_WRITER * fittedSize);
    return true;
  }

  /** Tells that a search has come, which is what a refit would serve. */
  void beforeSearch() {
    refitIfStale(fittedSize / STALE_FOR_READER);
  }

  /** Makes new codes if a search would have them made, and waits for those that are under way. */
  void beforeSave() {
    finishRefit();
    if (stale(fittedSize / STALE_FOR_READER)) {
      refitNow();
    }
  }

  private void refitIfStale(int tolerated) {
    if (stale(tolerated) && refit == null) {
      Refit started = startRefit();
      if (started != null) {
        executor.execute(started);
      }
    }
  }

  private boolean stale(int tolerated) {
    return changes > Math.max(MIN_ROWS / STALE_FOR_READER, tolerated);
  }

  /** Makes new codes, after those that are under way; unless it is interrupted. */
  void refitNow() {
    finishRefit();
    startRefit();
    finishRefit();
  }

  /** Runs the refit that is to come in this thread, or waits for the one that runs in another. */
  private void finishRefit() {
    Refit under = refit;
    if (under == null) {
      return;
    }
    under.run();
    try {
      awaitEnd(under);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void awaitEnd(Refit under) throws InterruptedException {
    while (refit == under) {
      wait();
    }
  }

  /** Prepares a refit that somebody is to run; returns null if there is one, or few rows. */
  private synchronized @Nullable Refit startRefit() {
    if (refit != null || rows.size() < MIN_ROWS) {
      return null;
    }
    refit = new Refit(this);
    changes = 0;
    fittedSize = rows.size();
    return refit;
  }

  /** Returns rows drawn at random, end to end. */
  synchronized float[] sample(long seed) {
    int most = Math.max(MIN_SAMPLE_ROWS, MAX_SAMPLE_FLOATS / dimension);
    int count = Math.min(rows.size(), Math.min(MAX_SAMPLE_ROWS, most));
    float[] sample = new float[count * dimension];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      // one from each of as many stretches
      int from = (int) ((long) i * rows.size() / count);
      int to = (int) ((long) (i + 1) * rows.size() / count);
      int slot = random.nextInt(from, Math.max(from + 1, to));
      rows.read(slot, sample, i * dimension);
    }
    shuffle(sample, count, random);
    return sample;
  }

  private void shuffle(float[] sample, int count, SplittableRandom random) {
    float[] row = new float[dimension];
    for (int i = count - 1; i > 0; i--) {
      int other = random.nextInt(i + 1) * dimension;
      System.arraycopy(sample, other, row, 0, dimension);
      System.arraycopy(sample, i * dimension, sample, other, dimension);
      System.arraycopy(row, 0, sample, i * dimension, dimension);
    }
  }

  @Nullable CodeSpace chooseSpace(float[] sample, long seed) {
    return SpaceChoice.choose(metric, dimension, sample, fittedSize, kernels.codeCost(), seed);
  }

  /** Starts to make new codes. */
  synchronized Codes begin(CodeSpace space) {
    next = new Codes(space, rows);
    return next;
  }

  /** Ends a refit: what is not in the new codes yet is added, and searches go over to them. */
  synchronized void finish(@Nullable Codes made) {
    if (made != null) {
      for (int slot = 0; slot < rows.size(); slot++) {
        if (!made.holds(slot)) {
          made.put(slot);
        }
      }
    }
    codes = made;
    next = null;
  }

  /** Lets go of a refit, whether it has come to its end or not. */
  synchronized void end() {
    next = null;
    refit = null;
    notifyAll();
  }
}
