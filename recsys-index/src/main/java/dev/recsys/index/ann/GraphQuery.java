package dev.recsys.index.ann;

/** What codes are scored against: {@code scale * (query . code) + bias * b}. */
final class GraphQuery {
  float[] components = {};
  float bias;

  /** Written so that the compiler keeps the reads that fetch codes ahead. */
  int fetched;

  /** Makes room for codes of a length; the rest of the components is zero. */
  void reset(int codeLength) {
    if (components.length != codeLength) {
      components = new float[codeLength];
    }
    bias = 0;
  }
}
