package dev.recsys.model;

import dev.recsys.data.Rating;
import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Vectors for ranking: a user's is a sum of table rows, one for what is liked by all, one for each
 * attribute and one for each rating, times a weight by its stars. {@link RankingFit} makes the
 * tables. Immutable; knows nothing of DJL.
 */
final class RankingForm implements VectorSpace {
  /** Vectors of the items, in the order of their rows. */
  static final String ITEMS = "ranking.items";

  /** What a rating of each item adds to its user. */
  static final String RATED = "ranking.rated";

  /** Weights of 1 to 5 stars. */
  static final String WEIGHTS = "ranking.weights";

  /** What everybody begins with. */
  static final String EVERYBODY = "ranking.everybody";

  private static final String ATTRIBUTE = "ranking.user.";

  private final FeatureEncoder encoder;
  private final ServingForm users;
  private final History history;
  private final Map<String, Tensor> tensors;
  private final float[] items;
  private final float[] rated;
  private final float[] weights;
  private final float[] everybody;
  private final float[][] attributes;
  private final ContentTable content;

  /**
   * @param users knows which attributes known users have
   * @param history knows what they rated
   * @throws IllegalArgumentException when a tensor is missing, of another shape or not a number
   */
  RankingForm(
      FeatureEncoder encoder, ServingForm users, History history, Map<String, Tensor> tensors) {
    Tensor.require(expected(encoder, tensors), tensors);
    this.everybody = Tensor.get(tensors, EVERYBODY).finiteFloats(EVERYBODY);
    this.encoder = encoder;
    this.users = users;
    this.history = history;
    this.tensors = tensors;
    this.items = Tensor.get(tensors, ITEMS).finiteFloats(ITEMS);
    this.rated = Tensor.get(tensors, RATED).finiteFloats(RATED);
    this.weights = Tensor.get(tensors, WEIGHTS).finiteFloats(WEIGHTS);
    this.attributes =
        encoder.schema().userAttributes().stream()
            .map(attribute -> table(attribute.name()))
            .map(name -> Tensor.get(tensors, name).finiteFloats(name))
            .toArray(float[][]::new);
    this.content = new ContentTable(encoder, everybody.length, tensors);
  }

  /** The table of a user attribute. */
  static String table(String attribute) {
    return ATTRIBUTE + attribute;
  }

  private static Map<String, String> expected(FeatureEncoder encoder, Map<String, Tensor> tensors) {
    int dimension = Tensor.get(tensors, EVERYBODY).size();
    Map<String, String> expected = new TreeMap<>();
    ContentTable.expect(tensors, dimension, expected);
    String perItem = Tensor.describe(Tensor.Type.F32, encoder.itemRows() - 1, dimension);
    expected.put(ITEMS, perItem);
    expected.put(RATED, perItem);
    expected.put(WEIGHTS, Tensor.describe(Tensor.Type.F32, RankingSettings.LEVELS));
    expected.put(EVERYBODY, Tensor.describe(Tensor.Type.F32, dimension));
    encoder
        .schema()
        .userAttributes()
        .forEach(
            attribute ->
                expected.put(
                    table(attribute.name()),
                    Tensor.describe(
                        Tensor.Type.F32, encoder.vocabulary(attribute.name()).size(), dimension)));
    return expected;
  }

  @Override
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  @Override
  public int dimension() {
    return everybody.length;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when a rating is of an unknown item
   */
  @Override
  public float[] userVector(UserProfile profile, List<Rating> given) {
    return vector(users.rows(profile), given);
  }

  /** The vector of the user in that row, from 1. */
  float[] userVector(int row) {
    return vector(users.rows(row), List.of());
  }

  private float[] vector(int[] rows, List<Rating> given) {
    float[] vector = everybody.clone();
    for (int slot = 1; slot < rows.length; slot++) {
      add(vector, attributes[slot - 1], rows[slot], 1);
    }
    int[] fresh = rows(given);
    int end = history.start(rows[0]) + history.count(rows[0]);
    for (int rating = history.start(rows[0]); rating < end; rating++) {
      if (!contains(fresh, 0, history.item(rating))) {
        addRating(vector, history.item(rating), history.stars(rating));
      }
    }
    for (int i = 0; i < fresh.length; i++) {
      if (!contains(fresh, i + 1, fresh[i])) {
        addRating(vector, fresh[i], given.get(i).stars());
      }
    }
    return vector;
  }

  private int[] rows(List<Rating> given) {
    int[] rows = new int[given.size()];
    for (int i = 0; i < rows.length; i++) {
      long item = given.get(i).item();
      rows[i] = encoder.itemRow(item);
      if (rows[i] == 0) {
        throw new IllegalArgumentException(
            "rating of item %d: it is not one of the model's %d items"
                .formatted(item, encoder.itemRows() - 1));
      }
    }
    return rows;
  }

  private static boolean contains(int[] rows, int from, int row) {
    for (int i = from; i < rows.length; i++) {
      if (rows[i] == row) {
        return true;
      }
    }
    return false;
  }

  private void addRating(float[] vector, int item, float stars) {
    add(vector, rated, item - 1, RankingSettings.weight(weights, stars));
  }

  private static void add(float[] vector, float[] table, int row, float weight) {
    int from = row * vector.length;
    for (int i = 0; i < vector.length; i++) {
      vector[i] += weight * table[from + i];
    }
  }

  @Override
  public float[] itemVector(int row) {
    return row(items, row - 1);
  }

  /**
   * The vector of any item: of one of the training data its own, of another one what its attributes
   * give.
   *
   * @throws IllegalArgumentException when an attribute is not in the schema, or has a value of the
   *     wrong kind
   */
  float[] encode(Item item) {
    FeatureEncoder.ItemFeatures features = encoder.encode(item);
    return features.idRow() > 0 ? itemVector(features.idRow()) : content.itemVector(features);
  }

  /** Whoever rated the item finds its like: what a rating of it adds. */
  @Override
  public float[] similarityVector(int row) {
    return row(rated, row - 1);
  }

  private float[] row(float[] table, int row) {
    int from = row * everybody.length;
    return Arrays.copyOfRange(table, from, from + everybody.length);
  }
}
