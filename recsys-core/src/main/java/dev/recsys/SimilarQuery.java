package dev.recsys;

import com.google.common.primitives.Longs;
import dev.recsys.model.FusionModel;
import java.util.List;

/** A query for the items most like one. Immutable; safe for many threads. */
public final class SimilarQuery {
  private final Recommender recommender;
  private final long itemId;
  private final long[] excluded;

  SimilarQuery(Recommender recommender, long itemId) {
    this(recommender, itemId, new long[] {itemId});
  }

  private SimilarQuery(Recommender recommender, long itemId, long[] excluded) {
    this.recommender = recommender;
    this.itemId = itemId;
    this.excluded = excluded;
  }

  /** Leaves out these items, besides the one asked about. */
  public SimilarQuery excluding(long... ids) {
    return new SimilarQuery(recommender, itemId, Longs.concat(excluded, ids));
  }

  /**
   * Returns the nearest items, nearest first.
   *
   * @param k in [1, 16,384]
   */
  public List<SimilarItem> topK(int k) {
    FusionModel model = recommender.model();
    return recommender.search(model.similarityVector(itemId), k, 0, excluded).stream()
        .map(hit -> new SimilarItem(hit.id(), model.item(hit.id()).title(), hit.score()))
        .toList();
  }
}
