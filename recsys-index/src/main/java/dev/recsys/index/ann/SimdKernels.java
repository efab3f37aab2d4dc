package dev.recsys.index.ann;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

final class SimdKernels extends Kernels {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

  @Override
  float innerProduct(float[] a, float[] b) {
    FloatVector sum = FloatVector.zero(F);
    for (int i = 0; i < F.loopBound(a.length); i += F.length()) {
      sum = FloatVector.fromArray(F, a, i).fma(FloatVector.fromArray(F, b, i), sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }
}
