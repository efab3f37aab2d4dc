package dev.recsys.model;

import dev.recsys.data.Rating;
import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.UserProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What serving needs of a trained model: the folded user tower, the known users' attributes and the
 * items' vectors. Knows nothing of DJL.
 */
final class ServingForm implements VectorSpace {
  private static final String FOLD = "fold.";
  static final String SHIFT = "fold.shift";

  /** Scale of the cosine and mean of the ratings. */
  static final String SCORE = "fold.score";

  /** Row of each known user's id and attributes. */
  static final String USERS = "users.rows";

  /** Vectors of the items, in the order of their rows. */
  static final String ITEMS = "items.vectors";

  private final FeatureEncoder encoder;
  private final Map<String, Tensor> tensors;
  private final FoldedUserTower tower;
  private final int[] userRows;
  private final float[] vectors;
  private final int dimension;
  private final int towerDimension;

  /**
   * @throws IllegalArgumentException when a tensor is not as {@link #expected} or a row of a user
   *     is not in its table
   */
  ServingForm(FeatureEncoder encoder, TowerSettings settings, Map<String, Tensor> tensors) {
    Tensor.require(expected(encoder, settings), tensors);
    this.encoder = encoder;
    this.tensors = tensors;
    List<float[]> tables = new ArrayList<>();
    for (String branch : ParameterNames.userBranches(encoder)) {
      tables.add(floats(table(branch)));
    }
    float[] score = floats(SCORE);
    this.tower = new FoldedUserTower(settings.plain(), score[0], score[1], floats(SHIFT), tables);
    this.userRows = Tensor.get(tensors, USERS).ints();
    this.vectors = floats(ITEMS);
    this.dimension = settings.servedDimension();
    this.towerDimension = settings.dimension();
    requireRows();
  }

  /** The folded table of a branch. */
  static String table(String branch) {
    return FOLD + branch;
  }

  private float[] floats(String name) {
    return Tensor.get(tensors, name).floats();
  }

  private static Map<String, String> expected(FeatureEncoder encoder, TowerSettings settings) {
    Map<String, String> expected = new TreeMap<>();
    int stride = settings.foldedDimension();
    List<String> branches = ParameterNames.userBranches(encoder);
    for (int slot = 0; slot < branches.size(); slot++) {
      expected.put(
          table(branches.get(slot)), Tensor.describe(Tensor.Type.F32, rows(encoder, slot), stride));
    }
    expected.put(SHIFT, Tensor.describe(Tensor.Type.F32, settings.dimension()));
    expected.put(SCORE, Tensor.describe(Tensor.Type.F32, 2));
    expected.put(USERS, Tensor.describe(Tensor.Type.I32, encoder.userRows() - 1, branches.size()));
    expected.put(
        ITEMS,
        Tensor.describe(Tensor.Type.F32, encoder.itemRows() - 1, settings.servedDimension()));
    return expected;
  }

  private static int rows(FeatureEncoder encoder, int slot) {
    return slot == 0
        ? encoder.userRows()
        : encoder.vocabulary(encoder.schema().userAttributes().get(slot - 1).name()).size();
  }

  private void requireRows() {
    int slots = encoder.schema().userAttributes().size() + 1;
    for (int slot = 0; slot < slots; slot++) {
      int rows = rows(encoder, slot);
      for (int i = slot; i < userRows.length; i += slots) {
        if (userRows[i] < 0 || userRows[i] >= rows) {
          throw new IllegalArgumentException(
              "expected " + USERS + "[" + i + "] in [0, " + rows + "), found " + userRows[i]);
        }
      }
    }
  }

  @Override
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public void userVector(UserProfile profile, List<Rating> given, float[] into) {
    tower.vector(rows(profile), into);
  }

  /** Writes the vector of a user with an id and attributes of these rows to the beginning. */
  void vectorOf(int[] rows, float[] into) {
    tower.vector(rows, into);
  }

  /**
   * The rows of a user's id and attributes. What the profile of a known user leaves open is taken
   * from the training data.
   */
  int[] rows(UserProfile profile) {
    int[] rows = encoder.encode(profile);
    if (rows[0] > 0) {
      int from = (rows[0] - 1) * rows.length;
      for (int slot = 1; slot < rows.length; slot++) {
        if (rows[slot] == 0
            && profile.get(encoder.schema().userAttributes().get(slot - 1).name()) == null) {
          rows[slot] = userRows[from + slot];
        }
      }
    }
    return rows;
  }

  @Override
  public float[] userVector(int row) {
    float[] vector = new float[dimension];
    tower.vector(rows(row), vector);
    return vector;
  }

  /** The rows of id and attributes of the user in that row, from 1. */
  int[] rows(int row) {
    int slots = encoder.schema().userAttributes().size() + 1;
    return Arrays.copyOfRange(userRows, (row - 1) * slots, row * slots);
  }

  /** The item's vector without its biases, so that inner products are cosines. */
  @Override
  public float[] similarityVector(int row) {
    float[] vector = itemVector(row);
    Arrays.fill(vector, towerDimension, vector.length, 0);
    return vector;
  }

  @Override
  public float[] itemVector(int row) {
    int from = (row - 1) * dimension;
    return Arrays.copyOfRange(vectors, from, from + dimension);
  }

  @Override
  public double innerProduct(float[] user, int row) {
    return VectorSpace.innerProduct(user, vectors, row);
  }
}
