package dev.recsys;

import static com.google.common.base.Preconditions.checkArgument;

import dev.recsys.index.Hit;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.VectorCollection;
import dev.recsys.model.FusionModel;
import java.util.List;
import java.util.function.UnaryOperator;

/** A model and its items' vectors: what one request is answered from, from beginning to end. */
record Serving(FusionModel model, VectorCollection items) {
  List<Hit> search(float[] vector, int k, UnaryOperator<SearchRequest> settings, long[] excluded) {
    int most = Recommender.MAX_RESULTS;
    checkArgument(k >= 1 && k <= most, "k must be in [1, %s], got %s", most, k);
    SearchRequest request = SearchRequest.nearest(vector).limit(k).excluding(excluded);
    return items.search(settings.apply(request));
  }
}
