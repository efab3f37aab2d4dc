package dev.recsys.index.ann;

/** One query against vectors. */
abstract class Kernels {
  abstract float innerProduct(float[] a, float[] b);
}
