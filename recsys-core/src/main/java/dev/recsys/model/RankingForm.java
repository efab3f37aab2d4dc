package dev.recsys.model;

import dev.recsys.data.Rating;
import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import dev.recsys.model.Contribution.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.IntFunction;

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
  private final UserRatings userRatings;

  /** All but the table of ratings. */
  private final Map<String, Tensor> tensors;

  private final float[] items;
  private final float[] weights;

  /** What everybody begins with, then a table for each attribute, last that of the ratings. */
  private final float[][][] tables;

  private final int ratings;
  private final int dimension;
  private final ContentTable content;

  /** Takes what a user's vector is the sum of: rows of the tables, each times a weight. */
  private interface Addend {
    /** Takes a row; one of the ratings' table comes with the stars that its weight is by. */
    void add(int table, int row, float weight, float stars);
  }

  /**
   * @param users knows which attributes known users have
   * @param ratings knows what they rated
   * @throws IllegalArgumentException when a tensor is missing, of another shape or not a number
   */
  RankingForm(
      FeatureEncoder encoder, ServingForm users, UserRatings ratings, Map<String, Tensor> tensors) {
    Tensor.require(expected(encoder, tensors), tensors);
    this.encoder = encoder;
    this.users = users;
    this.userRatings = ratings;
    this.tensors = new TreeMap<>(tensors);
    this.tensors.remove(RATED); // the largest, kept as rows alone
    this.items = Tensor.get(tensors, ITEMS).finiteFloats(ITEMS);
    this.weights = Tensor.get(tensors, WEIGHTS).finiteFloats(WEIGHTS);
    List<String> names = new ArrayList<>(List.of(EVERYBODY));
    encoder.schema().userAttributes().forEach(attribute -> names.add(table(attribute.name())));
    names.add(RATED);
    this.tables = new float[names.size()][][];
    this.tables[0] = new float[][] {Tensor.get(tensors, EVERYBODY).finiteFloats(EVERYBODY)};
    for (int i = 1; i < tables.length; i++) {
      this.tables[i] = Tensor.get(tensors, names.get(i)).finiteRows(names.get(i));
    }
    this.ratings = tables.length - 1;
    this.dimension = tables[0][0].length;
    this.content = new ContentTable(encoder, dimension, tensors);
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
    Map<String, Tensor> all = new TreeMap<>(tensors);
    all.put(RATED, Tensor.ofRows(tables[ratings], dimension));
    return all;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when a rating is of an unknown item
   */
  @Override
  public void userVector(UserProfile profile, List<Rating> given, float[] into) {
    Arrays.fill(into, 0);
    addTo(into, users.rows(profile), given);
  }

  @Override
  public float[] userVector(int row) {
    float[] vector = new float[dimension];
    addTo(vector, users.rows(row), List.of());
    return vector;
  }

  private void addTo(float[] vector, int[] rows, List<Rating> given) {
    addends(
        rows, given, (table, row, weight, stars) -> Tensor.add(vector, tables[table][row], weight));
  }

  /**
   * Returns what each addend of a user's vector adds to the score of an item.
   *
   * @param item its vector
   * @param title of the item in a row, from 1
   */
  List<Contribution> explain(
      UserProfile profile, List<Rating> given, float[] item, IntFunction<String> title) {
    List<Contribution> shares = new ArrayList<>();
    addends(
        users.rows(profile),
        given,
        (table, row, weight, stars) -> {
          double score = weight * VectorSpace.innerProduct(tables[table][row], item, 1);
          shares.add(
              table == ratings
                  ? rating(row + 1, title.apply(row + 1), stars, score)
                  : attribute(table, row, score));
        });
    return shares;
  }

  private Contribution rating(int item, String title, float stars, double score) {
    String value = stars == (int) stars ? Integer.toString((int) stars) : Float.toString(stars);
    OptionalLong id = OptionalLong.of(encoder.itemId(item));
    return new Contribution(Kind.RATING, title, value, id, score);
  }

  private Contribution attribute(int table, int row, double score) {
    if (table == 0) {
      return new Contribution(Kind.EVERYBODY, "", "", OptionalLong.empty(), score);
    }
    String name = encoder.schema().userAttributes().get(table - 1).name();
    String value = row == 0 ? "" : encoder.vocabulary(name).value(row);
    return new Contribution(Kind.ATTRIBUTE, name, value, OptionalLong.empty(), score);
  }

  private void addends(int[] rows, List<Rating> given, Addend sum) {
    sum.add(0, 0, 1, 0);
    for (int slot = 1; slot < rows.length; slot++) {
      sum.add(slot, rows[slot], 1, 0);
    }
    userRatings.forEach(
        rows[0],
        given,
        (item, stars) -> sum.add(ratings, item - 1, RankingSettings.weight(weights, stars), stars));
  }

  @Override
  public float[] itemVector(int row) {
    return Arrays.copyOfRange(items, (row - 1) * dimension, row * dimension);
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

  @Override
  public double innerProduct(float[] user, int row) {
    return VectorSpace.innerProduct(user, items, row);
  }

  /** Whoever rated the item finds its like: what a rating of it adds. */
  @Override
  public float[] similarityVector(int row) {
    return tables[ratings][row - 1].clone();
  }
}
