package dev.recsys.cli;

import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import picocli.CommandLine.Option;

/** How item vectors are indexed when a collection is filled. */
final class IndexOption {
  /** The index types that the embedded store offers. */
  enum Type {
    FLAT,
    HNSWLIB
  }

  @Option(
      names = "--index",
      defaultValue = "flat",
      description = "Index type: flat (exact) or hnswlib (approximate) (default: flat).")
  private Type type = Type.FLAT;

  IndexParams params() {
    return type == Type.FLAT ? IndexParams.flat(MetricType.IP) : IndexParams.hnswlib(MetricType.IP);
  }
}
