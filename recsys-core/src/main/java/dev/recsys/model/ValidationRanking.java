package dev.recsys.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.recsys.features.FeatureEncoder;

/**
 * NDCG@10 of a ranking of all items but those rated in training, over the users with a validation
 * rating of 4 stars or more: the measure by which settings are picked.
 */
final class ValidationRanking {
  private static final int K = 10;
  private static final float RELEVANT_STARS = 4;
  private static final int BATCH = 512;

  private final FeatureEncoder encoder;
  private final History train;
  private final History validation;

  ValidationRanking(FeatureEncoder encoder, History train, History validation) {
    this.encoder = encoder;
    this.train = train;
    this.validation = validation;
  }

  /** The mean over the users, NaN when there are none. */
  double ndcg(RankingForm form) {
    int items = encoder.itemRows() - 1;
    float[] vectors = Tensor.get(form.tensors(), RankingForm.ITEMS).floats();
    double sum = 0;
    int count = 0;
    try (NDManager manager = PyTorch.engine().newBaseManager(Device.cpu())) {
      NDArray byItem = manager.create(vectors, new Shape(items, form.dimension())).transpose();
      for (int from = 1; from < train.users(); from += BATCH) {
        int to = Math.min(train.users(), from + BATCH);
        float[] scores = scores(manager, byItem, form, from, to);
        for (int user = from; user < to; user++) {
          int relevant = relevant(user);
          if (relevant > 0) {
            sum += ndcg(user, scores, (user - from) * items, items, relevant);
            count++;
          }
        }
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  private static float[] scores(
      NDManager manager, NDArray byItem, RankingForm form, int from, int to) {
    float[][] users = new float[to - from][];
    for (int user = from; user < to; user++) {
      users[user - from] = form.userVector(user);
    }
    try (NDManager batch = manager.newSubManager()) {
      return batch.create(users).matMul(byItem).toFloatArray();
    }
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

  private double ndcg(int user, float[] scores, int offset, int items, int relevant) {
    int seen = train.start(user);
    int end = seen + train.count(user);
    BestRows best = new BestRows(K);
    for (int row = 1; row <= items; row++) {
      if (seen < end && train.item(seen) == row) {
        seen++;
      } else {
        best.offer(row, scores[offset + row - 1]);
      }
    }
    double gain = 0;
    double ideal = 0;
    for (int rank = 0; rank < K; rank++) {
      double discount = 1 / Math.log(rank + 2);
      gain += rank < best.size() && likes(user, best.row(rank)) ? discount : 0;
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
