package dev.recsys.eval;

import dev.recsys.data.Rating;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import dev.recsys.index.ann.AnnIndex;
import dev.recsys.index.ann.ExactIndex;
import dev.recsys.index.ann.SearchResult;
import dev.recsys.index.schema.MetricType;
import dev.recsys.model.FusionModel;
import java.util.List;
import java.util.function.LongPredicate;

/** A two-tower model, ranking as it is served: by exact search over its items' vectors. */
final class FusionRanking implements RankingModel {
  private final FusionModel model;
  private final AnnIndex index;

  FusionRanking(FusionModel model) {
    this.model = model;
    this.index = ExactIndex.builder(model.dimension(), MetricType.IP).build();
    for (Item item : model.items()) {
      index.add(item.id(), model.itemVector(item.id()));
    }
  }

  @Override
  public String name() {
    return "model";
  }

  @Override
  public long[] rank(UserProfile user, List<Rating> history, int k, LongPredicate candidate) {
    SearchResult found = index.search(vector(user, history), k, 0, candidate);
    long[] ids = new long[found.size()];
    for (int rank = 0; rank < ids.length; rank++) {
      ids[rank] = found.id(rank);
    }
    return ids;
  }

  private float[] vector(UserProfile user, List<Rating> history) {
    return model.takesRatings()
        ? model.userVector(user, given(user, history))
        : model.userVector(user);
  }

  /** The model knows itself what users of the training data have rated. */
  private List<Rating> given(UserProfile user, List<Rating> history) {
    return user.id().isPresent()
        ? List.of()
        : history.stream().filter(r -> model.hasItem(r.item())).toList();
  }

  @Override
  public double predictStars(UserProfile user, List<Rating> history, long item) {
    return model.predictStars(user, given(user, history), List.of(model.item(item)))[0];
  }
}
