package dev.recsys.eval;

import java.util.Arrays;
import java.util.Random;

/** Ranks items at random, the same for who liked the same. */
final class RandomOrder extends HistoryModel {
  private final long seed;

  RandomOrder(Interactions data, long seed) {
    super(Baseline.RANDOM, data);
    this.seed = seed;
  }

  @Override
  void score(int[] liked, float[] scores) {
    Random random = new Random(31 * seed + Arrays.hashCode(liked));
    for (int item = 0; item < scores.length; item++) {
      scores[item] = random.nextFloat();
    }
  }
}
