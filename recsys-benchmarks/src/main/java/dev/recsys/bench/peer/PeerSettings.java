package dev.recsys.bench.peer;

import dev.recsys.index.schema.MetricType;
import java.nio.file.Path;

/**
 * How an index is built.
 *
 * @param metric how vectors are compared
 * @param dimension number of components
 * @param unit whether all vectors have length one, of which some libraries make use
 * @param threads how many threads add vectors; libraries that have no use for more take one
 * @param seed what is drawn at random is drawn from, where a library lets itself be told
 * @param directory an existing directory for files of an index
 */
public record PeerSettings(
    MetricType metric, int dimension, boolean unit, int threads, long seed, Path directory) {
  /** Links per node and upper level; twice as many at the bottom. */
  static final int M = 16;

  /** Candidates kept while a node is linked. */
  static final int EF_CONSTRUCTION = 200;

  /** Returns whether ordering by cosine is what is wanted. */
  boolean likeCosine() {
    return metric == MetricType.COSINE || unit;
  }
}
