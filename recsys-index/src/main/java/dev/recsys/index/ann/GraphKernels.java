package dev.recsys.index.ann;

/**
 * Inner products of one float query and many rows of signed bytes. The rows lie in blocks of {@code
 * 1 << bits} and have one length, a multiple of 64, as has the query. Safe for many threads.
 */
abstract class GraphKernels {
  /** The fastest implementation that this JVM can run. */
  static final GraphKernels BEST = choose();

  /**
   * Writes the inner products of the query and some rows.
   *
   * @param query as many floats as a row has bytes
   * @param rows the slots to score, the first {@code count} of them
   * @param out one number a slot
   */
  abstract void score(float[] query, byte[][] blocks, int bits, int[] rows, int count, float[] out);

  /** Returns where the row of a slot begins in its block. */
  static int at(int slot, int bits, int length) {
    return (slot & (1 << bits) - 1) * length;
  }

  private static GraphKernels choose() {
    if (Kernels.BEST instanceof ScalarKernels) {
      return new ScalarGraphKernels();
    }
    try {
      // named by text: the class must not be linked where the incubating module is missing
      return Class.forName("dev.recsys.index.ann.SimdGraphKernels")
          .asSubclass(GraphKernels.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      return new ScalarGraphKernels();
    }
  }
}
