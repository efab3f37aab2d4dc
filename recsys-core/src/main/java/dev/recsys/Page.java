package dev.recsys;

import static com.google.common.base.Preconditions.checkArgument;

import dev.recsys.index.Hit;
import dev.recsys.model.FusionModel;
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

  /** What is chosen from is so many times what is asked for, and not less than the other. */
  private static final int POOL = 5;

  private static final int LEAST_POOL = 50;

  /** Finds the best so many items but for the first so many. */
  interface Search {
    List<Hit> find(int count, int offset);
  }

  Page {
    checkArgument(offset >= 0, "the offset must be at least 0, got %s", offset);
    checkArgument(
        diversity >= 0 && diversity <= 1, "the diversity must be in [0, 1], got %s", diversity);
  }

  Page from(int items) {
    return new Page(items, diversity);
  }

  Page diversified(double share) {
    return new Page(offset, share);
  }

  /** Returns the items of this page. */
  List<Hit> of(FusionModel model, int k, Search search) {
    if (diversity == 0 || k < 1 || k > Recommender.MAX_RESULTS - offset) {
      return search.find(k, offset);
    }
    int end = offset + k;
    int pool = (int) Math.min(Recommender.MAX_RESULTS, Math.max(LEAST_POOL, (long) POOL * end));
    List<Hit> found = search.find(pool, 0);
    // items are alike when ratings of them speak for the same items
    List<float[]> vectors = found.stream().map(hit -> model.similarityVector(hit.id())).toList();
    double[] scores = found.stream().mapToDouble(Hit::score).toArray();
    int[] order = MarginalRelevance.order(scores, vectors, Math.min(end, scores.length), diversity);
    return Arrays.stream(order).skip(offset).mapToObj(found::get).toList();
  }
}
