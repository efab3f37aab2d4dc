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
  /** The fastest implementation that this JVM can run. */
  static final Kernels BEST = choose();

  abstract float innerProduct(float[] a, int atA, float[] b, int atB, int dimension);

  abstract float squaredL2(float[] a, int atA, float[] b, int atB, int dimension);

  /**
   * Writes the inner products of a query and the four rows that begin at {@code at[0..3]}.
   *
   * @param out four scores
   */
  void innerProducts(float[] query, float[] rows, int[] at, int dimension, float[] out) {
    for (int i = 0; i < 4; i++) {
      out[i] = innerProduct(query, 0, rows, at[i], dimension);
    }
  }

  /** Writes the squared distances of a query and the four rows that begin at {@code at[0..3]}. */
  void squaredL2s(float[] query, float[] rows, int[] at, int dimension, float[] out) {
    for (int i = 0; i < 4; i++) {
      out[i] = squaredL2(query, 0, rows, at[i], dimension);
    }
  }

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
