package dev.recsys.index.ann;

/**
 * What a vector is coded by: its difference from a centre, along the leading principal axes of a
 * sample; or, where the spectrum is flat, all its components as they are. Immutable.
 *
 * <p>Vectors are told apart by their differences from the centre alone: {@code (x - c) . q} orders
 * like {@code x . q}, and distances do not know the centre. So bytes are not spent on it.
 */
final class Projection {
  /** The bytes of a code that are not components: two floats. */
  static final int EXTRA = 8;

  private static final int LINE = 64;

  /** More axes than these are not looked for: turning a vector would cost more than it saves. */
  private static final int MAX_AXES = 4 * LINE - EXTRA;

  /** A prefix must hold this part of the sample's squared lengths. */
  private static final double ENERGY = 0.9;

  /** With the rows that cells add, these are one segment of a kernel's sums. */
  private static final int CELL_COMPONENTS = 29;

  /** They must hold this part of the sample's squared lengths. */
  private static final double CELL_ENERGY = 0.8;

  private final float[] center;
  private final float[] axes;
  private final float[] offsets;
  private final int components;
  private final int cellComponents;

  /**
   * Makes a projection of its parts.
   *
   * @param axes end to end, each as long as the centre; none to keep all components
   * @param cellComponents how many of them tell where a vector lies, or 0
   */
  Projection(float[] center, float[] axes, int cellComponents) {
    this.cellComponents = cellComponents;
    this.center = center;
    this.axes = axes;
    this.components = axes.length == 0 ? center.length : axes.length / center.length;
    this.offsets = new float[components];
    for (int a = 0; a * center.length < axes.length; a++) {
      double along = 0;
      for (int c = 0; c < center.length; c++) {
        along += (double) center[c] * axes[a * center.length + c];
      }
      offsets[a] = (float) along;
    }
  }

  /** Keeps all components about zero, for want of a sample. */
  static Projection identity(int dimension) {
    return new Projection(new float[dimension], new float[0], 0);
  }

  /**
   * Fits a projection: the shortest prefix that fills cache lines and holds nine tenths of the
   * energy, if it has at most half of the components; otherwise all of them.
   *
   * @param sample rows end to end
   */
  static Projection fit(float[] sample, int dimension, long seed) {
    float[] center = mean(sample, dimension);
    float[] centred = sample.clone();
    for (int i = 0; i < centred.length; i++) {
      centred[i] -= center[i % dimension];
    }
    int most = Math.min(MAX_AXES, dimension / 2);
    for (int prefix = LINE - EXTRA; prefix <= most; prefix += LINE) {
      Rotation rotation = Rotation.fit(centred, dimension, prefix, seed);
      double energy = 0;
      double place = 0;
      for (int a = 0; a < prefix; a++) {
        energy += rotation.energy(a);
        place += a < CELL_COMPONENTS ? rotation.energy(a) : 0;
      }
      if (energy >= ENERGY) {
        return new Projection(
            center, rotation.axesEndToEnd(), place >= CELL_ENERGY ? CELL_COMPONENTS : 0);
      }
    }
    return new Projection(center, new float[0], 0);
  }

  private static float[] mean(float[] sample, int dimension) {
    double[] sum = new double[dimension];
    for (int i = 0; i < sample.length; i++) {
      sum[i % dimension] += sample[i];
    }
    float[] mean = new float[dimension];
    int rows = Math.max(1, sample.length / dimension);
    for (int i = 0; i < dimension; i++) {
      mean[i] = (float) (sum[i] / rows);
    }
    return mean;
  }

  float[] center() {
    return center;
  }

  float[] axes() {
    return axes;
  }

  /** Returns how many components a code holds. */
  int components() {
    return components;
  }

  /** Returns how many leading components tell where a vector lies; 0 if these few do not. */
  int cellComponents() {
    return cellComponents;
  }

  /** Returns the bytes of a code: the components and {@link #EXTRA}, filled up to whole lines. */
  int codeLength() {
    return (components + EXTRA + LINE - 1) / LINE * LINE;
  }

  /**
   * Writes the components that stand for a vector.
   *
   * @param centred whether the centre is subtracted first
   */
  void apply(float[] vector, boolean centred, float[] out) {
    apply(vector, centred, components, out);
  }

  /** Writes the first so many of these components. */
  void apply(float[] vector, boolean centred, int leading, float[] out) {
    int dimension = center.length;
    for (int c = 0; c < leading; c++) {
      if (axes.length == 0) {
        out[c] = centred ? vector[c] - center[c] : vector[c];
      } else {
        float along = Kernels.BEST.innerProduct(vector, 0, axes, c * dimension, dimension);
        out[c] = centred ? along - offsets[c] : along;
      }
    }
  }
}
