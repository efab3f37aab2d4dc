package dev.recsys.model;

import dev.recsys.data.Rating;
import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.UserProfile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Vectors for predicted stars: those of the fusion model's towers, and in more dimensions what a
 * user's ratings say beyond them. {@link ResidualFit} makes the tables. Immutable; knows nothing of
 * DJL.
 */
final class RatingForm implements VectorSpace {
  /** What an item is rated beyond the mean of all. */
  static final String OFFSETS = "residual.offsets";

  /** What a point of a rating of each item, beyond what was to be expected, adds to its user. */
  static final String RATED = "residual.rated";

  /** What the items' vectors have besides the tower's dimensions. */
  static final String ITEMS = "residual.items";

  /** Mean of the ratings, damping of the users' means, and the weights of the three parts. */
  static final String BLEND = "residual.blend";

  private static final int BLEND_LENGTH = 5;

  private final ServingForm towers;
  private final UserRatings ratings;

  /** All but those that are kept as rows or vectors. */
  private final Map<String, Tensor> tensors;

  private final int towerDimension;
  private final int added;
  private final ThreadLocal<float[]> scratch = ThreadLocal.withInitial(this::noResiduals);
  private final float[] offsets;
  private final float[][] rated;
  private final float[] vectors;
  private final float mean;
  private final float damping;
  private final float towerWeight;
  private final float offsetWeight;
  private final float residualWeight;

  /**
   * @param towers not of the plain form, whose vectors have no bias
   * @throws IllegalArgumentException when a tensor is missing, of another shape or not a number
   */
  RatingForm(
      FeatureEncoder encoder,
      ServingForm towers,
      UserRatings ratings,
      Map<String, Tensor> tensors) {
    Tensor.require(expected(encoder, tensors), tensors);
    this.towers = towers;
    this.ratings = ratings;
    this.tensors = new TreeMap<>(tensors);
    this.tensors.keySet().removeAll(Set.of(RATED, ITEMS));
    this.towerDimension = towers.dimension();
    this.offsets = Tensor.get(tensors, OFFSETS).finiteFloats(OFFSETS);
    this.rated = Tensor.get(tensors, RATED).finiteRows(RATED);
    this.added = Tensor.get(tensors, RATED).shape()[1];
    float[] blend = Tensor.get(tensors, BLEND).finiteFloats(BLEND);
    this.mean = blend[0];
    this.damping = blend[1];
    this.towerWeight = blend[2];
    this.offsetWeight = blend[3];
    this.residualWeight = blend[4];
    if (!(damping > 0)) {
      throw new IllegalArgumentException("expected a positive damping, found " + damping);
    }
    this.vectors = vectors(Tensor.get(tensors, ITEMS).finiteFloats(ITEMS));
  }

  private static Map<String, String> expected(FeatureEncoder encoder, Map<String, Tensor> tensors) {
    int items = encoder.itemRows() - 1;
    int dimension = Tensor.get(tensors, RATED).size() / Math.max(1, items);
    String perItem = Tensor.describe(Tensor.Type.F32, items, dimension);
    return new TreeMap<>(
        Map.of(
            OFFSETS,
            Tensor.describe(Tensor.Type.F32, items),
            RATED,
            perItem,
            ITEMS,
            perItem,
            BLEND,
            Tensor.describe(Tensor.Type.F32, BLEND_LENGTH)));
  }

  private float[] vectors(float[] axes) {
    float[] all = new float[Math.multiplyExact(offsets.length, dimension())];
    for (int i = 0; i < offsets.length; i++) {
      float[] vector = unrated(towers.itemVector(i + 1));
      vector[towerDimension - 2] += offsetWeight * offsets[i] / (float) TowerSettings.RANGE;
      System.arraycopy(axes, i * added, vector, towerDimension, added);
      System.arraycopy(vector, 0, all, i * dimension(), dimension());
    }
    return all;
  }

  /** The vector of an item that nobody has rated, made of that of its tower. */
  private float[] unrated(float[] tower) {
    float[] vector = Arrays.copyOf(tower, dimension());
    vector[towerDimension - 2] *= towerWeight;
    return vector;
  }

  /**
   * The vector of an item, made of that of its tower.
   *
   * @param row of the item, 0 for one that nobody has rated
   */
  float[] extended(float[] tower, int row) {
    float[] vector = unrated(tower);
    if (row > 0) {
      vector[towerDimension - 2] += offsetWeight * offsets[row - 1] / (float) TowerSettings.RANGE;
      int from = (row - 1) * dimension() + towerDimension;
      System.arraycopy(vectors, from, vector, towerDimension, added);
    }
    return vector;
  }

  private float[] noResiduals() {
    return new float[added];
  }

  /** A rating in the space of the labels. */
  static float label(float stars) {
    return 2 * stars - 5;
  }

  @Override
  public Map<String, Tensor> tensors() {
    Map<String, Tensor> all = new TreeMap<>(towers.tensors());
    all.putAll(ownTensors());
    return all;
  }

  /** What is not the towers' own. */
  Map<String, Tensor> ownTensors() {
    Map<String, Tensor> own = new TreeMap<>(tensors);
    own.put(RATED, Tensor.ofRows(rated, added));
    float[] axes = new float[Math.multiplyExact(rated.length, added)];
    for (int i = 0; i < rated.length; i++) {
      System.arraycopy(vectors, i * dimension() + towerDimension, axes, i * added, added);
    }
    own.put(ITEMS, Tensor.of(axes, rated.length, added));
    return own;
  }

  @Override
  public int dimension() {
    return towerDimension + added;
  }

  @Override
  public void userVector(UserProfile profile, List<Rating> given, float[] into) {
    vector(towers.rows(profile), given, into);
  }

  @Override
  public float[] userVector(int row) {
    float[] vector = new float[dimension()];
    vector(towers.rows(row), List.of(), vector);
    return vector;
  }

  private void vector(int[] rows, List<Rating> given, float[] vector) {
    towers.vectorOf(rows, vector);
    int user = rows[0];
    float offset = offset(user, given);
    for (int i = 0; i < towerDimension - 2; i++) {
      vector[i] *= towerWeight;
    }
    int bias = towerDimension - 1;
    // a stranger's tower knows nothing of how he rates, so that his offset stands in for it
    float weight = user == 0 ? offsetWeight + towerWeight : offsetWeight;
    float rest = (1 - towerWeight) * mean + weight * offset;
    vector[bias] = towerWeight * vector[bias] + rest / (float) TowerSettings.RANGE;
    float[] residuals = scratch.get();
    Arrays.fill(residuals, 0);
    addResiduals(user, given, offset, residuals);
    System.arraycopy(residuals, 0, vector, towerDimension, added);
  }

  /** What a user's ratings add, apart, because a loop from an array's beginning is quicker. */
  private void addResiduals(int user, List<Rating> given, float offset, float[] residuals) {
    float factor = residualWeight / (float) TowerSettings.RANGE;
    ratings.forEach(
        user,
        given,
        (item, stars) -> {
          float residual = label(stars) - mean - offsets[item - 1] - offset;
          Tensor.add(residuals, rated[item - 1], factor * residual);
        });
  }

  /** What a user rates items beyond what others do. */
  private float offset(int user, List<Rating> given) {
    if (user == 0 && given.isEmpty()) {
      return 0;
    }
    float[] sum = {0, damping};
    ratings.forEach(
        user,
        given,
        (item, stars) -> {
          sum[0] += label(stars) - mean - offsets[item - 1];
          sum[1]++;
        });
    return sum[0] / sum[1];
  }

  @Override
  public float[] itemVector(int row) {
    int from = (row - 1) * dimension();
    return Arrays.copyOfRange(vectors, from, from + dimension());
  }

  @Override
  public double innerProduct(float[] user, int row) {
    return VectorSpace.innerProduct(user, vectors, row);
  }

  /** That of the tower's output, so that inner products are cosines. */
  @Override
  public float[] similarityVector(int row) {
    return Arrays.copyOf(towers.similarityVector(row), dimension());
  }
}
