package dev.recsys.cli;

import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import picocli.CommandLine.Option;

/** How item vectors are indexed when a collection is filled. */
final class IndexOption {
  /** The index types that the embedded store offers. */
  enum Type {
    FLAT,
    HNSW,
    HNSWLIB
  }

  @Option(
      names = "--index",
      defaultValue = "flat",
      description =
          "Index type of vectors that are loaded: flat (exact), hnsw or hnswlib (default: flat).")
  private Type type = Type.FLAT;

  IndexParams params() {
    return switch (type) {
      case FLAT -> IndexParams.flat(MetricType.IP);
      case HNSW -> IndexParams.hnsw(MetricType.IP);
      case HNSWLIB -> IndexParams.hnswlib(MetricType.IP);
    };
  }
}
