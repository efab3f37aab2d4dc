package dev.recsys.index.ann;

import java.util.Objects;

/**
 * The k best of a stream of scored ids, in a binary heap with the worst at the root. Order: a
 * larger {@code goodness} first, equal ones by ascending id, NaN last of all. The arrays of the
 * heap become the result, so that a search allocates nothing else.
 */
final class TopK {
  private final long[] ids;
  private final float[] goodness;
  private int size;

  TopK(int k) {
    this.ids = new long[k];
    this.goodness = new float[k];
  }

  int size() {
    return size;
  }

  boolean full() {
    return size == ids.length;
  }

  /** Returns how many more can be taken before one has to go. */
  int missing() {
    return ids.length - size;
  }

  /** Returns the goodness of the worst that is kept; of nothing, negative infinity. */
  float worst() {
    return size == 0 ? Float.NEGATIVE_INFINITY : goodness[0];
  }

  /** Takes one candidate; NaN counts as the worst there is. */
  void offer(long id, float score) {
    float good = Float.isNaN(score) ? Float.NEGATIVE_INFINITY : score;
    if (size < ids.length) {
      siftUp(size++, id, good);
    } else if (size > 0 && better(good, id, goodness[0], ids[0])) {
      siftDown(0, size, id, good);
    }
  }

  /** Takes all that another has kept. */
  void offerAll(TopK other) {
    for (int i = 0; i < other.size; i++) {
      offer(other.ids[i], other.goodness[i]);
    }
  }

  private static boolean better(float goodA, long idA, float goodB, long idB) {
    return goodA > goodB || (goodA == goodB && idA < idB);
  }

  private void siftUp(int from, long id, float good) {
    int at = from;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (!better(goodness[parent], ids[parent], good, id)) {
        break;
      }
      set(at, ids[parent], goodness[parent]);
      at = parent;
    }
    set(at, id, good);
  }

  private void siftDown(int from, int end, long id, float good) {
    int at = from;
    for (int child = 2 * at + 1; child < end; child = 2 * at + 1) {
      int right = child + 1;
      if (right < end && better(goodness[child], ids[child], goodness[right], ids[right])) {
        child = right;
      }
      if (!better(good, id, goodness[child], ids[child])) {
        break;
      }
      set(at, ids[child], goodness[child]);
      at = child;
    }
    set(at, id, good);
  }

  private void set(int at, long id, float good) {
    ids[at] = id;
    goodness[at] = good;
  }

  /**
   * Sorts what was kept, best first, and hands it over; this object must not be used afterwards.
   *
   * @param sign 1, or -1 where goodness is the negated score
   */
  SearchResult toResult(float sign, int visited, SearchResult.Method method) {
    for (int last = size - 1; last > 0; last--) {
      long worstId = ids[0];
      float worst = goodness[0];
      siftDown(0, last, ids[last], goodness[last]);
      set(last, worstId, worst);
    }
    for (int i = 0; i < size; i++) {
      goodness[i] *= sign;
    }
    int length = Objects.checkIndex(size, ids.length + 1);
    return new SearchResult(ids, goodness, length, visited, method);
  }
}
