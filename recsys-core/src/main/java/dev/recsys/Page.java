package dev.recsys;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.Lists;
import dev.recsys.index.Hit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which of the items found are wanted: those behind so many, and how much they are to vary.
 *
 * @param offset items passed over
 * @param diversity 0 for none, up to 1
 */
record Page(int offset, double diversity) {
  static final Page FIRST = new Page(0, 0);

  /** Blocks are so many times as long as a page, and not shorter than the other. */
  private static final int PAGES = 5;

  private static final int LEAST_BLOCK = 50;

  /** Finds the best so many items but for the first so many. */
  interface Search {
    List<Hit> find(int count, int offset);
  }

  Page {
    checkArgument(offset >= 0, "the offset must be at least 0, got %s", offset);
    checkArgument(
        diversity >= 0 && diversity <= 1, "the diversity must be in [0, 1], got %s", diversity);
  }

  boolean varies() {
    return diversity > 0;
  }

  Page from(int items) {
    return new Page(items, diversity);
  }

  Page diversified(double share) {
    return new Page(offset, share);
  }

  /**
   * Returns the items of this page. To vary, the ranking is cut into blocks of several pages, each
   * of which is put in an order of its own: that of an item depends on the length of pages but not
   * on which is asked for, so pages of one length neither repeat nor miss an item.
   */
  List<Hit> of(Serving serving, int k, Search search) {
    if (k < 1 || k > Recommender.MAX_RESULTS - offset) {
      return search.find(k, offset);
    }
    int block = (int) Math.max(LEAST_BLOCK, Math.min(Recommender.MAX_RESULTS, (long) PAGES * k));
    int from = offset / block * block;
    int blocks = (offset + k - 1) / block + 1 - offset / block;
    int count = (int) Math.min(Recommender.MAX_RESULTS - from, (long) blocks * block);
    List<Hit> ordered = new ArrayList<>();
    for (List<Hit> part : Lists.partition(search.find(count, from), block)) {
      ordered.addAll(varied(serving, part, offset + k - from - ordered.size()));
    }
    return ordered.subList(Math.min(offset - from, ordered.size()), ordered.size());
  }

  /** Returns as many of a block as are wanted. */
  private List<Hit> varied(Serving serving, List<Hit> block, int wanted) {
    // items are alike when ratings of them speak for the same items
    List<float[]> vectors = block.stream().map(hit -> serving.similarityVector(hit.id())).toList();
    double[] scores = block.stream().mapToDouble(Hit::score).toArray();
    int count = Math.min(wanted, scores.length);
    int[] order = MarginalRelevance.order(scores, vectors, count, diversity);
    return Arrays.stream(order).mapToObj(block::get).toList();
  }
}
