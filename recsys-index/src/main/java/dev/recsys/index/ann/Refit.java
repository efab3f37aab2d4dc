package dev.recsys.index.ann;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the codes of an index anew: draws a sample, fits a space to it, codes the rows in the order
 * of falling length, so that a group holds vectors of like length and the longest come first. Rows
 * are locked for one group at a time.
 */
final class Refit implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Refit.class);
  private static final long SEED = 0x5EED;

  /** How many rows are left at the most to the step that holds the lock to its end. */
  private static final int LAST_STEP = 4 * CodeGroup.SIZE;

  private final CodedRows owner;
  private final Rows rows;
  private final float[] row;
  private final AtomicBoolean begun = new AtomicBoolean();

  Refit(CodedRows owner) {
    this.owner = owner;
    this.rows = owner.rows();
    this.row = new float[rows.dimension()];
  }

  /** Does it, unless another thread has begun to. */
  @Override
  public void run() {
    if (!begun.compareAndSet(false, true)) {
      return;
    }
    try {
      CodeSpace space = owner.chooseSpace(owner.sample(SEED), SEED);
      owner.finish(space == null ? null : encode(space));
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.warn("codes of {} vectors were not made anew; searches go on without", rows.size(), e);
    } finally {
      owner.end();
    }
  }

  private Codes encode(CodeSpace space) {
    Codes codes = owner.begin(space);
    int[] order;
    do {
      order = uncodedByLength(codes);
      for (int from = 0; from < order.length; from += CodeGroup.SIZE) {
        int[] slots =
            Arrays.copyOfRange(order, from, Math.min(order.length, from + CodeGroup.SIZE));
        synchronized (owner) {
          codes.append(Arrays.stream(slots).filter(s -> isUncoded(codes, s)).toArray());
        }
      }
    } while (order.length > LAST_STEP);
    return codes;
  }

  private boolean isUncoded(Codes codes, int slot) {
    return slot < rows.size() && !codes.holds(slot);
  }

  /** Returns the slots that have no code yet, those of the longest vectors first. */
  private int[] uncodedByLength(Codes codes) {
    long[] keys = new long[CodeGroup.SIZE];
    int count = 0;
    for (int from = 0; ; from += CodeGroup.SIZE) {
      synchronized (owner) {
        int to = Math.min(rows.size(), from + CodeGroup.SIZE);
        if (from >= to) {
          break;
        }
        if (count + CodeGroup.SIZE > keys.length) {
          keys = Arrays.copyOf(keys, 2 * keys.length);
        }
        for (int slot = from; slot < to; slot++) {
          if (!codes.holds(slot)) {
            keys[count++] = key(slot);
          }
        }
      }
    }
    Arrays.sort(keys, 0, count);
    return Arrays.stream(keys, 0, count).mapToInt(key -> (int) key).toArray();
  }

  /** The squared length, inverted, above the slot: ascending keys are descending lengths. */
  private long key(int slot) {
    rows.read(slot, row, 0);
    double squares = CodeSpace.squares(row);
    return (long) ~Float.floatToIntBits((float) squares) << 32 | slot;
  }
}
