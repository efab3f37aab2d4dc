package dev.recsys.index.embedded;

import dev.recsys.index.ann.AnnIndex;
import dev.recsys.index.ann.ExactIndex;
import dev.recsys.index.ann.IdSet;
import dev.recsys.index.ann.SearchResult;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * How an index of vectors looked before some of its ids were written to, while they are. Safe for
 * threads that search, once it is made.
 */
final class Overlay {
  private final IdSet written;
  private final AnnIndex before;
  private final int size;

  /**
   * Makes the overlay of an index.
   *
   * @param written the ids that are written to
   * @param before the vectors that these had
   * @param size how many vectors the index had
   */
  Overlay(IdSet written, ExactIndex before, int size) {
    this.written = written;
    this.before = before;
    this.size = size;
  }

  int size() {
    return size;
  }

  SearchResult search(
      AnnIndex index, float[] query, int k, int ef, @Nullable LongPredicate accept) {
    LongPredicate others = id -> !written.test(id);
    SearchResult found = index.search(query, k, ef, accept == null ? others : others.and(accept));
    return before.size() == 0
        ? found
        : SearchResult.nearest(found, before.search(query, k, ef, accept), k, index.metric());
  }
}
