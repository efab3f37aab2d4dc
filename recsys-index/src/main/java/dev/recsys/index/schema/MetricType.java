package dev.recsys.index.schema;

/**
 * How two vectors are compared, with Milvus's names and orientation. Scores are raw, never
 * rescaled.
 */
public enum MetricType {
  /** Inner product; larger is nearer. The norms of the vectors matter. */
  IP,
  /** Cosine of the angle between the vectors, in [-1, 1]; larger is nearer. */
  COSINE,
  /** Squared Euclidean distance; smaller is nearer. */
  L2;

  /** Returns whether a larger score means a nearer vector. */
  public boolean largerIsNearer() {
    return this != L2;
  }
}
