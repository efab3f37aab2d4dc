package dev.recsys.model;

import dev.recsys.data.Rating;
import dev.recsys.features.UserProfile;
import dev.recsys.index.ann.InnerProducts;
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

  /** The inner product of a vector and the one in that row, from 1, of a table. */
  static double innerProduct(float[] vector, float[] table, int row) {
    return InnerProducts.of(vector, table, (row - 1) * vector.length);
  }

  /** All that this is made of. */
  Map<String, Tensor> tensors();
}
