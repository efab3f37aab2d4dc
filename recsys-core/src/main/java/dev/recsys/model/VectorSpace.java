package dev.recsys.model;

import dev.recsys.data.Rating;
import dev.recsys.features.UserProfile;
import java.util.List;
import java.util.Map;

/** Vectors of users and items whose inner products order the items. Knows nothing of DJL. */
interface VectorSpace {
  /** The length of all vectors. */
  int dimension();

  /**
   * The vector of a user.
   *
   * @param given ratings beside those of the training data; towers alone take no notice of them
   * @return the caller's own
   */
  default float[] userVector(UserProfile profile, List<Rating> given) {
    float[] vector = new float[dimension()];
    userVector(profile, given, vector);
    return vector;
  }

  /**
   * Writes the vector of a user.
   *
   * @param into over what is there, {@link #dimension} components
   */
  void userVector(UserProfile profile, List<Rating> given, float[] into);

  /** The vector of a user of the training data in that row, from 1; the caller's own. */
  float[] userVector(int row);

  /** The vector of the item in that row, from 1; the caller's own. */
  float[] itemVector(int row);

  /** The query that finds the items most like the one in that row, from 1; the caller's own. */
  float[] similarityVector(int row);

  /** The inner product of a user's vector and that of the item in that row, from 1. */
  double innerProduct(float[] user, int row);

  /**
   * The inner product of a vector and the one in that row, from 1, of a table; in four sums that do
   * not wait for each other.
   */
  static double innerProduct(float[] vector, float[] table, int row) {
    int from = (row - 1) * vector.length;
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int whole = vector.length & -4;
    for (int i = 0; i < whole; i += 4) {
      s0 += vector[i] * table[from + i];
      s1 += vector[i + 1] * table[from + i + 1];
      s2 += vector[i + 2] * table[from + i + 2];
      s3 += vector[i + 3] * table[from + i + 3];
    }
    for (int i = whole; i < vector.length; i++) {
      s0 += vector[i] * table[from + i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** All that this is made of. */
  Map<String, Tensor> tensors();
}
