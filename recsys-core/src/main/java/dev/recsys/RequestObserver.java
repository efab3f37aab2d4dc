package dev.recsys;

import dev.recsys.index.SearchWork;
import dev.recsys.model.FusionModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is told of what a recommender does. Called by the threads that ask; must be quick. */
interface RequestObserver {
  /** What was asked for. */
  enum Kind {
    USER,
    SIMILAR
  }

  /**
   * A request was answered.
   *
   * @param result null if it failed
   */
  void answered(Kind kind, long nanos, @Nullable List<?> result);

  /**
   * A search was made for a request.
   *
   * @param filtered whether it had a filter
   */
  void searched(SearchWork work, boolean filtered);

  /** A model answers from now on. */
  void serving(FusionModel model);
}
