package dev.recsys;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.Lists;
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
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model, its items' vectors and what has changed of its catalogue: what one request is answered
 * from, from beginning to end.
 */
record Serving(FusionModel model, VectorCollection items, CatalogueChanges changes) {
  /**
   * Sees what was put in here. On a server, to see what others have would take up to half a second.
   */
  private static final SearchRequest SEARCH =
      SearchRequest.nearest(new float[1]).consistency(ConsistencyLevel.SESSION);

  /** Searches for 1, 2, ... items, made once because every setting makes a copy. */
  private static final List<SearchRequest> FOR_FEW =
      IntStream.rangeClosed(1, 50).mapToObj(SEARCH::limit).toList();

  /**
   * Returns the search for the items nearest to a vector.
   *
   * @param vector not to be changed until it is answered
   */
  static SearchRequest nearest(float[] vector, int k, long[] excluded) {
    int most = Recommender.MAX_RESULTS;
    checkArgument(k >= 1 && k <= most, "k must be in [1, %s], got %s", most, k);
    SearchRequest request = k <= FOR_FEW.size() ? FOR_FEW.get(k - 1) : SEARCH.limit(k);
    return request.sharing(vector).excluding(excluded);
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

  /** Returns the predicted stars of items found. */
  double[] stars(UserProfile profile, List<Rating> given, List<Hit> hits) {
    return model.predictStars(profile, given, Lists.transform(hits, hit -> item(hit.id())));
  }
}
