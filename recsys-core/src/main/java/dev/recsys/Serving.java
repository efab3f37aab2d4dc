package dev.recsys;

import static com.google.common.base.Preconditions.checkArgument;

import dev.recsys.data.Rating;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import dev.recsys.index.ConsistencyLevel;
import dev.recsys.index.Entity;
import dev.recsys.index.Hit;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.VectorCollection;
import dev.recsys.model.Contribution;
import dev.recsys.model.FusionModel;
import dev.recsys.model.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A model, its items' vectors and what has changed of its catalogue: what one request is answered
 * from, from beginning to end.
 */
record Serving(FusionModel model, VectorCollection items, CatalogueChanges changes) {
  List<Hit> search(float[] vector, int k, UnaryOperator<SearchRequest> settings, long[] excluded) {
    int most = Recommender.MAX_RESULTS;
    checkArgument(k >= 1 && k <= most, "k must be in [1, %s], got %s", most, k);
    // Sees what was put in here. On a server, to see what others have would take up to half a
    // second.
    SearchRequest request =
        SearchRequest.nearest(vector)
            .limit(k)
            .excluding(excluded)
            .consistency(ConsistencyLevel.SESSION);
    return items.search(settings.apply(request));
  }

  /** Returns whether there is such an item. */
  boolean has(long id) {
    return changes.has(model, id);
  }

  /** Returns an item that a search has found; one that was put in elsewhere is looked for. */
  Item item(long id) {
    Item changed = changes.item(id);
    if (changed == null && model.hasItem(id)) {
      return model.item(id);
    }
    if (changed == null) {
      changes.refresh();
      changed = changes.item(id);
    }
    return changed == null ? Item.builder(id).build() : changed;
  }

  /** Returns the query that finds the items most like one; that of a new item is its vector. */
  float[] similarityVector(long id) {
    return model.hasItem(id) ? model.similarityVector(id) : storedVector(id);
  }

  List<Contribution> explain(UserProfile profile, List<Rating> given, long id) {
    return model.hasItem(id)
        ? model.explain(profile, given, id)
        : model.explain(profile, given, storedVector(id));
  }

  private float[] storedVector(long id) {
    List<Entity> found = items.get(id);
    return found.isEmpty() ? new float[model.dimension()] : found.get(0).vector();
  }

  /** Returns the predicted stars of items found; NaN where the model has not learned any. */
  double[] stars(UserProfile profile, List<Hit> hits) {
    long[] known = new long[hits.size()];
    int count = 0;
    for (Hit hit : hits) {
      if (model.hasItem(hit.id())) {
        known[count++] = hit.id();
      }
    }
    return count == known.length
        ? model.predictStars(profile, known)
        : withNew(hits, model.predictStars(profile, Arrays.copyOf(known, count)));
  }

  private double[] withNew(List<Hit> hits, double[] predicted) {
    double[] stars = new double[hits.size()];
    int next = 0;
    for (int i = 0; i < stars.length; i++) {
      Hit hit = hits.get(i);
      stars[i] = model.hasItem(hit.id()) ? predicted[next++] : starsOfNew(hit.score());
    }
    return stars;
  }

  private double starsOfNew(double score) {
    return model.objective() == Objective.RATING
        ? FusionModel.stars(FusionModel.score(score))
        : Double.NaN;
  }
}
