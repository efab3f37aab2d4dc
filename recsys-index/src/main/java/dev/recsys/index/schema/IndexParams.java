package dev.recsys.index.schema;

import java.util.Objects;

/**
 * The index of a collection: its type, its metric, and what the type can be tuned by. Immutable;
 * the methods that take a value return a changed copy.
 *
 * <pre>{@code
 * IndexParams exact = IndexParams.flat(MetricType.IP);
 * IndexParams graph = IndexParams.hnsw(MetricType.COSINE).m(32).efConstruction(400);
 * }</pre>
 */
public final class IndexParams {
  private static final int DEFAULT_M = 16;
  private static final int DEFAULT_EF_CONSTRUCTION = 200;
  private static final int MIN_M = 2;
  private static final int MAX_M = 2_048;
  private static final int MAX_EF_CONSTRUCTION = 65_536;

  private final IndexType type;
  private final MetricType metric;
  private final int m;
  private final int efConstruction;

  private IndexParams(IndexType type, MetricType metric, int m, int efConstruction) {
    this.type = Objects.requireNonNull(type, "type");
    this.metric = Objects.requireNonNull(metric, "metric");
    this.m = m;
    this.efConstruction = efConstruction;
  }

  /** Returns the parameters of an exact index. */
  public static IndexParams flat(MetricType metric) {
    return new IndexParams(IndexType.FLAT, metric, 0, 0);
  }

  /** Returns the parameters of a graph with {@code m} 16 and {@code efConstruction} 200. */
  public static IndexParams hnsw(MetricType metric) {
    return new IndexParams(IndexType.HNSW, metric, DEFAULT_M, DEFAULT_EF_CONSTRUCTION);
  }

  /**
   * Returns the parameters of an index that is exact as long as that is cheaper by measured cost
   * than a graph, here one with {@code m} 16 and {@code efConstruction} 200.
   */
  public static IndexParams auto(MetricType metric) {
    return new IndexParams(IndexType.AUTOINDEX, metric, DEFAULT_M, DEFAULT_EF_CONSTRUCTION);
  }

  /**
   * Returns the parameters of an hnswlib graph with {@code m} 16 and {@code efConstruction} 200.
   */
  public static IndexParams hnswlib(MetricType metric) {
    return new IndexParams(IndexType.HNSWLIB, metric, DEFAULT_M, DEFAULT_EF_CONSTRUCTION);
  }

  /**
   * Returns a copy with another number of links per node and layer; the lowest layer has twice as
   * many.
   *
   * @throws IllegalArgumentException outside 2..2,048, or if the index is not a graph
   */
  public IndexParams m(int m) {
    return new IndexParams(type, metric, graphParameter("m", m, MIN_M, MAX_M), efConstruction);
  }

  /**
   * Returns a copy with another number of candidates kept while a node is linked.
   *
   * @throws IllegalArgumentException outside 1..65,536, or if the index is not a graph
   */
  public IndexParams efConstruction(int efConstruction) {
    return new IndexParams(
        type, metric, m, graphParameter("efConstruction", efConstruction, 1, MAX_EF_CONSTRUCTION));
  }

  private int graphParameter(String name, int value, int min, int max) {
    if (type == IndexType.FLAT) {
      throw new IllegalArgumentException(name + " is for graphs; the index type is " + type);
    }
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + ": must lie in " + min + ".." + max + ", received " + value);
    }
    return value;
  }

  /** Returns how the vectors are searched. */
  public IndexType type() {
    return type;
  }

  /** Returns how two vectors are compared. */
  public MetricType metric() {
    return metric;
  }

  /** Returns the number of links per node and layer of a graph, 0 for {@link IndexType#FLAT}. */
  public int m() {
    return m;
  }

  /** Returns the candidates kept while a node is linked, 0 for {@link IndexType#FLAT}. */
  public int efConstruction() {
    return efConstruction;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof IndexParams other
        && type == other.type
        && metric == other.metric
        && m == other.m
        && efConstruction == other.efConstruction;
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, metric, m, efConstruction);
  }

  @Override
  public String toString() {
    String graph = type == IndexType.FLAT ? "" : ", m " + m + ", efConstruction " + efConstruction;
    return type + "(" + metric + graph + ")";
  }
}
