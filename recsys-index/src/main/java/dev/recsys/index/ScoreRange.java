package dev.recsys.index;

import dev.recsys.index.schema.MetricType;
import org.jspecify.annotations.Nullable;

/**
 * The scores that a search finds, in Milvus's terms: nearer than the radius, and as far as the
 * range filter or farther.
 *
 * @param radius a score that is just too far; null for any
 * @param rangeFilter the nearest score; null for any
 */
public record ScoreRange(@Nullable Float radius, @Nullable Float rangeFilter) {
  /** All scores. */
  static final ScoreRange ALL = new ScoreRange(null, null);

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if one is NaN or infinite
   */
  public ScoreRange {
    checkNumber("radius", radius);
    checkNumber("range_filter", rangeFilter);
  }

  private static void checkNumber(String name, @Nullable Float bound) {
    if (bound != null && !Float.isFinite(bound)) {
      throw new IllegalArgumentException(name + ": must be finite, received " + bound);
    }
  }

  /** Refuses a range in which nothing can lie. */
  void check(MetricType metric) {
    if (rangeFilter == null) {
      return;
    }
    if (radius == null) {
      throw new IllegalArgumentException(
          "range_filter: needs a radius, received " + rangeFilter + " alone");
    }
    if (metric.largerIsNearer() ? rangeFilter <= radius : rangeFilter >= radius) {
      throw new IllegalArgumentException(
          "range_filter: must be nearer than the radius "
              + radius
              + " under "
              + metric
              + ", received "
              + rangeFilter);
    }
  }

  /** Returns whether a score is nearer than the radius. */
  public boolean nearEnough(float score, MetricType metric) {
    return radius == null || (metric.largerIsNearer() ? score > radius : score < radius);
  }

  /** Returns whether a score is not nearer than the range filter. */
  public boolean farEnough(float score, MetricType metric) {
    return rangeFilter == null
        || (metric.largerIsNearer() ? score <= rangeFilter : score >= rangeFilter);
  }
}
