package dev.recsys;

import com.google.common.primitives.Longs;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.filter.Filter;
import java.util.List;

/** A query for the items most like one. Immutable; safe for many threads. */
public final class SimilarQuery {
  private final Recommender recommender;
  private final long itemId;
  private final long[] excluded;
  private final Filter filter;

  SimilarQuery(Recommender recommender, long itemId) {
    this(recommender, itemId, new long[] {itemId}, Filter.parse(""));
  }

  private SimilarQuery(Recommender recommender, long itemId, long[] excluded, Filter filter) {
    this.recommender = recommender;
    this.itemId = itemId;
    this.excluded = excluded;
    this.filter = filter;
  }

  /** Keeps only items that satisfy a filter, as {@link UserQuery#where(Filter)} does. */
  public SimilarQuery where(Filter filter) {
    return new SimilarQuery(recommender, itemId, excluded, filter);
  }

  /**
   * Keeps only items that satisfy a filter.
   *
   * @throws dev.recsys.index.filter.FilterException if the text is not a filter
   */
  public SimilarQuery where(String filter) {
    return where(Filter.parse(filter));
  }

  /** Leaves out these items, besides the one asked about. */
  public SimilarQuery excluding(long... ids) {
    return new SimilarQuery(recommender, itemId, Longs.concat(excluded, ids), filter);
  }

  /**
   * Returns the nearest items, nearest first.
   *
   * @param k in [1, 16,384]
   * @throws dev.recsys.index.filter.FilterException if the filter does not fit the items'
   *     attributes
   */
  public List<SimilarItem> topK(int k) {
    return recommender.observed(
        RequestObserver.Kind.SIMILAR, () -> recommender.answer(serving -> topK(serving, k)));
  }

  private List<SimilarItem> topK(Serving serving, int k) {
    SearchRequest request =
        Serving.nearest(serving.similarityVector(itemId), k, excluded).filter(filter);
    return serving.items().search(recommender.observed(request)).stream()
        .map(hit -> new SimilarItem(hit.id(), serving.item(hit.id()).title(), hit.score()))
        .toList();
  }
}
