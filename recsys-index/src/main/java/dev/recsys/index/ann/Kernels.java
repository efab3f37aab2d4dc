package dev.recsys.index.ann;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inner product and squared Euclidean distance of float vectors that lie in flat arrays, one
 * against one and one against four.
 *
 * <p>The four at once share the loads of the query, and each of them is added up in the very order
 * of the one against one, so that a vector's score does not depend on where it lies.
 *
 * <p>{@link #BEST} is the implementation over the Vector API where the JVM was started with {@code
 * --add-modules jdk.incubator.vector}, otherwise plain Java. Stateless, safe for many threads.
 */
abstract class Kernels {
  /** How many components of codes are added up in 16 bits before the sums are shifted. */
  static final int CODE_SEGMENT = 32;

  /** How many maxima are written for the sums of a group, each of as many sums. */
  static final int MAXIMA = CodeGroup.SIZE / 8;

  /** Stands for the greatest sum of a group that was not added up to the end. */
  static final int LEFT_OUT = Integer.MIN_VALUE;

  /** How many vectors lie side by side in a cell: a byte of each fills a cache line. */
  static final int BLOCK = 64;

  /** The fastest implementation that this JVM can run. */
  static final Kernels BEST = choose();

  abstract float innerProduct(float[] a, int atA, float[] b, int atB, int dimension);

  abstract float squaredL2(float[] a, int atA, float[] b, int atB, int dimension);

  /**
   * Writes the inner products of a query and four rows, the i-th of which begins at {@code at[i]}
   * of {@code rows[i]}.
   *
   * @param out four scores
   */
  void innerProducts(float[] query, float[][] rows, int[] at, int dimension, float[] out) {
    for (int i = 0; i < 4; i++) {
      out[i] = innerProduct(query, 0, rows[i], at[i], dimension);
    }
  }

  /** Writes the squared distances of a query and four rows. */
  void squaredL2s(float[] query, float[][] rows, int[] at, int dimension, float[] out) {
    for (int i = 0; i < 4; i++) {
      out[i] = squaredL2(query, 0, rows[i], at[i], dimension);
    }
  }

  /** Returns the number of segments that codes of so many components have. */
  static int segments(int components) {
    return (components + CODE_SEGMENT - 1) / CODE_SEGMENT;
  }

  /**
   * Writes the 256 inner products of a group's codes and a query's, in 16 bits: for every segment
   * of components its sum, shifted to the right, and all these added up.
   *
   * @param codes byte {@code c * 256 + i} is component c of vector i
   * @param maxima {@link #MAXIMA} greatest sums, each of 8 of the vectors
   * @return the greatest sum, or {@link #LEFT_OUT} if no vector can reach what the query needs; the
   *     sums then are of no use, and the maxima are not written
   */
  abstract int sumCodes(
      byte[] codes, QueryCodes query, short[] sums, int sumsAt, short[] maxima, int maximaAt);

  /**
   * Writes the inner products of a query and the codes of a cell, none of which may overflow 16
   * bits. Codes lie in blocks of {@link #BLOCK} vectors, component after component within a block.
   *
   * @param length the components
   * @param lanes how many vectors there are, whole blocks
   * @param maxima {@link #MAXIMA} greatest sums, the m-th of all vectors m, m + 32, and so on
   * @return the greatest sum
   */
  abstract int sumBlocks(
      byte[] codes,
      short[] query,
      int length,
      int lanes,
      short[] sums,
      int sumsAt,
      short[] maxima,
      int maximaAt);

  /**
   * Writes which of the 256 sums that begin at {@code at} lie in {@code from..below - 1}, and
   * returns how many.
   */
  final int collect(short[] sums, int at, int from, int below, int[] out) {
    return collect(sums, at, from, below, out, 0, 0);
  }

  /**
   * Does so from {@code outAt} on.
   *
   * @param base what to call the first of the sums
   * @return how many, and {@code outAt}
   */
  int collect(short[] sums, int at, int from, int below, int[] out, int outAt, int base) {
    int end = outAt;
    for (int i = 0; i < CodeGroup.SIZE; i++) {
      int sum = sums[at + i];
      if (sum >= from && sum < below) {
        out[end++] = base + i;
      }
    }
    return end;
  }

  /**
   * Returns how many of some sums that begin at {@code at} are no less than {@code from}.
   *
   * @param length how many sums there are, a multiple of {@link #MAXIMA}
   */
  int count(short[] sums, int at, int length, int from) {
    int count = 0;
    for (int i = at; i < at + length; i++) {
      count += sums[i] >= from ? 1 : 0;
    }
    return count;
  }

  /** Returns what a component of a code costs, in nanoseconds; about. */
  abstract double codeCost();

  /** Returns the Euclidean norm, added up in double so that no finite vector overflows. */
  static double norm(float[] vector) {
    double sum = 0;
    for (float component : vector) {
      sum += (double) component * component;
    }
    return Math.sqrt(sum);
  }

  private static Kernels choose() {
    Logger log = LoggerFactory.getLogger(Kernels.class);
    try {
      ModuleLayer.boot()
          .findModule("jdk.incubator.vector")
          .ifPresent(Kernels.class.getModule()::addReads);
      // compiled apart from this class, which must load where the incubating module is missing
      Class<?> simd = Class.forName("dev.recsys.index.ann.SimdKernels");
      Kernels kernels = (Kernels) simd.getDeclaredConstructor().newInstance();
      log.debug("vector kernels: {}", kernels);
      return kernels;
    } catch (ReflectiveOperationException | LinkageError e) {
      log.info("vector kernels: scalar; --add-modules jdk.incubator.vector makes searches faster");
      return new ScalarKernels();
    }
  }
}
