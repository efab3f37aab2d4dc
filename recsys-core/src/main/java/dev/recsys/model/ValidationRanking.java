package dev.recsys.model;

import dev.recsys.features.FeatureEncoder;
import dev.recsys.index.ann.AnnIndex;
import dev.recsys.index.ann.ExactIndex;
import dev.recsys.index.ann.SearchResult;
import dev.recsys.index.schema.MetricType;
import java.util.function.LongPredicate;

/**
 * NDCG@10 of a ranking of all items but those rated in training, over the users with a validation
 * rating of 4 stars or more: the measure by which settings are picked.
 */
final class ValidationRanking {
  private static final int K = 10;
  private static final float RELEVANT_STARS = 4;

  private final FeatureEncoder encoder;
  private final History train;
  private final History validation;

  ValidationRanking(FeatureEncoder encoder, History train, History validation) {
    this.encoder = encoder;
    this.train = train;
    this.validation = validation;
  }

  /** The mean over the users, NaN when there are none. */
  double ndcg(VectorSpace space) {
    AnnIndex index = ExactIndex.builder(space.dimension(), MetricType.IP).build();
    for (int row = 1; row < encoder.itemRows(); row++) {
      index.add(row, space.itemVector(row));
    }
    double sum = 0;
    int count = 0;
    for (int user = 1; user < train.users(); user++) {
      int relevant = relevant(user);
      if (relevant > 0) {
        int row = user;
        LongPredicate unseen = item -> !train.has(row, (int) item);
        sum += ndcg(user, index.search(space.userVector(user), K, 0, unseen), relevant);
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  private int relevant(int user) {
    int count = 0;
    for (int i = 0; i < validation.count(user); i++) {
      count += isRelevant(user, validation.start(user) + i) ? 1 : 0;
    }
    return count;
  }

  private boolean isRelevant(int user, int rating) {
    return validation.stars(rating) >= RELEVANT_STARS && !train.has(user, validation.item(rating));
  }

  private double ndcg(int user, SearchResult best, int relevant) {
    double gain = 0;
    double ideal = 0;
    for (int rank = 0; rank < K; rank++) {
      double discount = 1 / Math.log(rank + 2);
      gain += rank < best.size() && likes(user, (int) best.id(rank)) ? discount : 0;
      ideal += rank < relevant ? discount : 0;
    }
    return gain / ideal;
  }

  private boolean likes(int user, int item) {
    for (int i = 0; i < validation.count(user); i++) {
      int rating = validation.start(user) + i;
      if (validation.item(rating) == item) {
        return isRelevant(user, rating);
      }
    }
    return false;
  }
}
