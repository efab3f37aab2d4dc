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
  private static final int DEFAULT_NLIST = 128;
  private static final int MAX_NLIST = 65_536;

  private final IndexType type;
  private final MetricType metric;
  private final int m;
  private final int efConstruction;
  private final int nlist;

  private IndexParams(IndexType type, MetricType metric, int m, int efConstruction, int nlist) {
    this.type = Objects.requireNonNull(type, "type");
    this.metric = Objects.requireNonNull(metric, "metric");
    this.m = m;
    this.efConstruction = efConstruction;
    this.nlist = nlist;
  }

  private static IndexParams graph(IndexType type, MetricType metric) {
    return new IndexParams(type, metric, DEFAULT_M, DEFAULT_EF_CONSTRUCTION, 0);
  }

  /** Returns the parameters of an exact index. */
  public static IndexParams flat(MetricType metric) {
    return new IndexParams(IndexType.FLAT, metric, 0, 0, 0);
  }

  /** Returns the parameters of a graph with {@code m} 16 and {@code efConstruction} 200. */
  public static IndexParams hnsw(MetricType metric) {
    return graph(IndexType.HNSW, metric);
  }

  /**
   * Returns the parameters of an index that is exact as long as that is cheaper by measured cost
   * than a graph, here one with {@code m} 16 and {@code efConstruction} 200.
   */
  public static IndexParams auto(MetricType metric) {
    return graph(IndexType.AUTOINDEX, metric);
  }

  /**
   * Returns the parameters of an hnswlib graph with {@code m} 16 and {@code efConstruction} 200.
   */
  public static IndexParams hnswlib(MetricType metric) {
    return graph(IndexType.HNSWLIB, metric);
  }

  /** Returns the parameters of an inverted file with {@code nlist} 128. */
  public static IndexParams ivfFlat(MetricType metric) {
    return new IndexParams(IndexType.IVF_FLAT, metric, 0, 0, DEFAULT_NLIST);
  }

  /**
   * Returns a copy with another number of links per node and layer; the lowest layer has twice as
   * many.
   *
   * @throws IllegalArgumentException outside 2..2,048, or if the index is not a graph
   */
  public IndexParams m(int m) {
    return new IndexParams(
        type, metric, graphParameter("m", m, MIN_M, MAX_M), efConstruction, nlist);
  }

  /**
   * Returns a copy with another number of candidates kept while a node is linked.
   *
   * @throws IllegalArgumentException outside 1..65,536, or if the index is not a graph
   */
  public IndexParams efConstruction(int efConstruction) {
    int checked = graphParameter("efConstruction", efConstruction, 1, MAX_EF_CONSTRUCTION);
    return new IndexParams(type, metric, m, checked, nlist);
  }

  /**
   * Returns a copy with another number of lists.
   *
   * @throws IllegalArgumentException outside 1..65,536, or if the index is no {@link
   *     IndexType#IVF_FLAT}
   */
  public IndexParams nlist(int nlist) {
    if (type != IndexType.IVF_FLAT) {
      throw new IllegalArgumentException("nlist is for IVF_FLAT; the index type is " + type);
    }
    return new IndexParams(type, metric, m, efConstruction, inRange("nlist", nlist, 1, MAX_NLIST));
  }

  private int graphParameter(String name, int value, int min, int max) {
    if (type == IndexType.FLAT || type == IndexType.IVF_FLAT) {
      throw new IllegalArgumentException(name + " is for graphs; the index type is " + type);
    }
    return inRange(name, value, min, max);
  }

  private static int inRange(String name, int value, int min, int max) {
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

  /** Returns the number of links per node and layer of a graph, otherwise 0. */
  public int m() {
    return m;
  }

  /** Returns the candidates kept while a node of a graph is linked, otherwise 0. */
  public int efConstruction() {
    return efConstruction;
  }

  /** Returns the number of lists of {@link IndexType#IVF_FLAT}, otherwise 0. */
  public int nlist() {
    return nlist;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof IndexParams other
        && type == other.type
        && metric == other.metric
        && m == other.m
        && efConstruction == other.efConstruction
        && nlist == other.nlist;
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, metric, m, efConstruction, nlist);
  }

  @Override
  public String toString() {
    String graph = m == 0 ? "" : ", m " + m + ", efConstruction " + efConstruction;
    String lists = nlist == 0 ? "" : ", nlist " + nlist;
    return type + "(" + metric + graph + lists + ")";
  }
}
