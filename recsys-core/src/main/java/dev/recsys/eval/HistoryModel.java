package dev.recsys.eval;

import dev.recsys.data.Rating;
import dev.recsys.features.UserProfile;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;

/** A model that scores all items from what a user liked, whoever it is. */
abstract class HistoryModel implements RankingModel {
  private final Baseline baseline;
  private final Interactions data;

  HistoryModel(Baseline baseline, Interactions data) {
    this.baseline = baseline;
    this.data = data;
  }

  /**
   * Scores items; safe for many threads.
   *
   * @param liked ascending numbers of the items liked
   * @param scores of all items by number, all 0
   */
  abstract void score(int[] liked, float[] scores);

  @Override
  public final String name() {
    return baseline.toString();
  }

  @Override
  public final long[] rank(UserProfile user, List<Rating> history, int k, LongPredicate candidate) {
    float[] scores = new float[data.items()];
    score(data.liked(history), scores);
    int[] best = new int[Math.min(k, scores.length)];
    int size = 0;
    for (int item = 0; item < scores.length; item++) {
      boolean better = size < best.length || scores[item] > scores[best[size - 1]];
      if (better && candidate.test(data.id(item))) {
        size = Math.min(size + 1, best.length);
        insert(best, size, item, scores);
      }
    }
    return Arrays.stream(best, 0, size).mapToLong(data::id).toArray();
  }

  /** Puts the item before those with lower scores, after those with the same. */
  private static void insert(int[] best, int size, int item, float[] scores) {
    int at = size - 1;
    while (at > 0 && scores[item] > scores[best[at - 1]]) {
      best[at] = best[at - 1];
      at--;
    }
    best[at] = item;
  }
}
