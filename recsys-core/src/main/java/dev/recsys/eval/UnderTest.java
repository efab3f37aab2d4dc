package dev.recsys.eval;

import dev.recsys.features.UserProfile;
import java.util.function.LongPredicate;

/** What predicts and ranks. */
interface UnderTest {
  /** Returns the number of items that can be recommended. */
  int items();

  double predictStars(UserProfile user, long item);

  /** Returns the ids of up to k items that the predicate accepts, best first. */
  long[] ranking(UserProfile user, int k, LongPredicate accept);
}
