package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;

/** One query on its way through blocks of rows, scored four at a time. For one thread. */
final class Scan {
  private final Kernels kernels;
  private final MetricType metric;
  private final float[] query;
  private final TopK best;
  private final int[] at = new int[4];
  private final long[] ids = new long[4];
  private final float[] scores = new float[4];
  private float[] rows = {};
  private int pending;
  private int visited;

  Scan(Kernels kernels, MetricType metric, float[] query, TopK best) {
    this.kernels = kernels;
    this.metric = metric;
    this.query = query;
    this.best = best;
  }

  void begin(float[] block) {
    rows = block;
  }

  /** Takes the row that begins at an offset of the block. */
  void visit(long id, int offset) {
    ids[pending] = id;
    at[pending] = offset;
    if (++pending == 4) {
      scoreFour();
    }
  }

  /** Scores what is left of the block. */
  void end() {
    for (int i = 0; i < pending; i++) {
      float score =
          metric == MetricType.L2
              ? kernels.squaredL2(query, 0, rows, at[i], query.length)
              : kernels.innerProduct(query, 0, rows, at[i], query.length);
      offer(ids[i], score);
    }
    visited += pending;
    pending = 0;
  }

  private void scoreFour() {
    if (metric == MetricType.L2) {
      kernels.squaredL2s(query, rows, at, query.length, scores);
    } else {
      kernels.innerProducts(query, rows, at, query.length, scores);
    }
    for (int i = 0; i < 4; i++) {
      offer(ids[i], scores[i]);
    }
    visited += 4;
    pending = 0;
  }

  private void offer(long id, float score) {
    best.offer(id, goodness(metric, score));
  }

  /** Returns the score turned so that larger is nearer, and a cosine held to [-1, 1]. */
  static float goodness(MetricType metric, float score) {
    return switch (metric) {
      case IP -> score;
      case COSINE -> Math.max(-1f, Math.min(1f, score));
      case L2 -> -score;
    };
  }

  SearchResult result() {
    return best.toResult(metric == MetricType.L2 ? -1f : 1f, visited);
  }
}
