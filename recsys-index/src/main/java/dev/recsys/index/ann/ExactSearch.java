package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One search of an exact index, or a part of one, and what it works in. For one thread at a time.
 */
final class ExactSearch {
  private static final float[] NOTHING = {};

  /** Floats of rows that stay in cache while several queries go through them. */
  private static final int TILE_FLOATS = 1 << 15;

  private final MetricType metric;
  private final Rows rows;
  private final PrunedScan pruned;
  private final Scan scan;
  private final float[] unit;
  private final PrunedScan[] alone;
  private final Scan[] into;
  private float[] vector = NOTHING;

  ExactSearch(Kernels kernels, MetricType metric, Rows rows) {
    this.metric = metric;
    this.rows = rows;
    this.pruned = new PrunedScan(kernels);
    this.scan = new Scan(kernels, metric, rows);
    this.unit = new float[metric == MetricType.COSINE ? rows.dimension() : 0];
    this.alone = new PrunedScan[] {pruned};
    this.into = new Scan[] {scan};
  }

  void begin(float[] query, int k, @Nullable LongPredicate accept) {
    vector = query;
    if (metric == MetricType.COSINE) {
      vector = unit;
      Vectors.normalise(query, unit);
    }
    scan.begin(vector, k, accept);
  }

  /** Scans one of some parts of the rows, without the codes if they are null or no bound holds. */
  void run(@Nullable Codes codes, int k, int part, int parts) {
    if (codes != null && pruned.begin(vector, codes, part, parts)) {
      PrunedScan.run(alone, into, 1, codes, k);
    } else {
      long size = rows.size();
      visit((int) (size * part / parts), (int) (size * (part + 1) / parts));
      scan.flush();
    }
  }

  /** Scores the rows of some ids. */
  void enumerate(IdSet ids) {
    scan.visitAll(ids);
  }

  private void visit(int from, int to) {
    for (int slot = from; slot < to; slot++) {
      scan.visit(slot);
    }
  }

  /** Runs several searches, each bit of the index for all of them while it is in cache. */
  static void runAll(ExactSearch[] searches, @Nullable Codes codes, int k) {
    PrunedScan[] pruned = new PrunedScan[searches.length];
    Scan[] into = new Scan[searches.length];
    ExactSearch[] plain = new ExactSearch[searches.length];
    int bounded = 0;
    int unbounded = 0;
    for (ExactSearch search : searches) {
      if (codes != null && search.pruned.begin(search.vector, codes, 0, 1)) {
        pruned[bounded] = search.pruned;
        into[bounded++] = search.scan;
      } else {
        plain[unbounded++] = search;
      }
    }
    if (codes != null && bounded > 0) {
      PrunedScan.run(pruned, into, bounded, codes, k);
    }
    if (unbounded > 0) {
      runPlain(plain, unbounded);
    }
  }

  private static void runPlain(ExactSearch[] searches, int count) {
    Rows rows = searches[0].rows;
    int tile = Math.max(4, TILE_FLOATS / rows.dimension());
    for (int from = 0; from < rows.size(); from += tile) {
      for (int i = 0; i < count; i++) {
        searches[i].visit(from, Math.min(rows.size(), from + tile));
      }
    }
    for (int i = 0; i < count; i++) {
      searches[i].scan.flush();
    }
  }

  /** Takes over what another part has found. */
  void merge(ExactSearch other) {
    scan.merge(other.scan);
  }

  /** Returns how many rows have been scored. */
  int visited() {
    return scan.visited();
  }

  /** Ends the search, and lets go of what belongs to the caller. */
  SearchResult result() {
    vector = NOTHING;
    return scan.result();
  }
}
