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
   * @param given ratings beside those of the training data; only ranking takes any
   * @return the caller's own
   */
  float[] userVector(UserProfile profile, List<Rating> given);

  /** The vector of the item in that row, from 1; the caller's own. */
  float[] itemVector(int row);

  /** The query that finds the items most like the one in that row, from 1; the caller's own. */
  float[] similarityVector(int row);

  /** All that this is made of. */
  Map<String, Tensor> tensors();
}
