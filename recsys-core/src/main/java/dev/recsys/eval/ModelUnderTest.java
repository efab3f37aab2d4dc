package dev.recsys.eval;

import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import dev.recsys.index.ann.AnnIndex;
import dev.recsys.index.ann.ExactIndex;
import dev.recsys.index.ann.SearchResult;
import dev.recsys.index.schema.MetricType;
import dev.recsys.model.FusionModel;
import java.util.function.LongPredicate;

/** A model whose items are ranked by exact search. */
final class ModelUnderTest implements UnderTest {
  private final FusionModel model;
  private final AnnIndex index;

  ModelUnderTest(FusionModel model) {
    this.model = model;
    this.index = ExactIndex.builder(model.dimension(), MetricType.IP).build();
    for (Item item : model.items()) {
      index.add(item.id(), model.itemVector(item.id()));
    }
  }

  @Override
  public int items() {
    return index.size();
  }

  @Override
  public double predictStars(UserProfile user, long item) {
    return model.predictStars(user, item);
  }

  @Override
  public long[] ranking(UserProfile user, int k, LongPredicate accept) {
    SearchResult found = index.search(model.userVector(user), k, 0, accept);
    long[] ids = new long[found.size()];
    for (int rank = 0; rank < ids.length; rank++) {
      ids[rank] = found.id(rank);
    }
    return ids;
  }
}
