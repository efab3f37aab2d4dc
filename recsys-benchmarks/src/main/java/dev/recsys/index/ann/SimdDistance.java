package dev.recsys.index.ann;

/**
 * The search core's kernels for other libraries' graphs, so that what is compared is the graph and
 * not the arithmetic. It lives in the core's package because applications have no use for it.
 * Stateless, safe for many threads.
 */
public final class SimdDistance {
  private static final Kernels KERNELS = Kernels.BEST;

  private SimdDistance() {}

  /** Returns the inner product of two vectors of one length. */
  public static float innerProduct(float[] a, float[] b) {
    return KERNELS.innerProduct(a, 0, b, 0, a.length);
  }

  /** Returns the squared Euclidean distance of two vectors of one length. */
  public static float squaredL2(float[] a, float[] b) {
    return KERNELS.squaredL2(a, 0, b, 0, a.length);
  }
}
