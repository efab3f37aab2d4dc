package dev.recsys.model;

import dev.recsys.data.Rating;
import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.FeatureSchema;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A trained two-tower model: vectors of users and items whose inner products order the items, and
 * predicted stars of any pair. Immutable and safe for many threads.
 *
 * <p>A model is trained for one {@link Objective} or both; {@link #objective} tells which one the
 * vectors are of, and {@link #rankingBy} gives the same model with those of the other one:
 *
 * <ul>
 *   <li>{@link Objective#RANKING}: a user's vector is a sum of rows for attributes and ratings; the
 *       inner product is the score.
 *   <li>{@link Objective#RATING}: the fusion model. The inner product, times 5, is a score on the
 *       scale of its labels, {@code 2 x stars - 5}, from -3 to 5 for 1 to 5 stars; see {@link
 *       #score} and {@link #stars}. In the plain form vectors are unit vectors of 200 dimensions;
 *       else two more carry the biases of user and item.
 * </ul>
 *
 * <p>Stars are predicted by the fusion model in either case. Everything runs in plain Java, without
 * PyTorch. An application makes a model with {@link FusionTrainer} or {@link #load}.
 */
public final class FusionModel {
  private final ModelContent content;
  private final Objective objective;
  private final VectorSpace space;
  private final String fingerprint;
  private final NewItems newItems;

  /** A user's vector for predicted stars, of each thread. */
  private final ThreadLocal<float[]> users;

  FusionModel(ModelContent content) {
    this(content, best(content));
  }

  private FusionModel(ModelContent content, Objective objective) {
    this(content, objective, ModelFiles.fingerprint(content.space(objective)));
  }

  /** Makes a model whose fingerprint is known. */
  FusionModel(ModelContent content, String fingerprint) {
    this(content, best(content), fingerprint);
  }

  private FusionModel(ModelContent content, Objective objective, String fingerprint) {
    this.content = content;
    this.objective = objective;
    this.space = content.space(objective);
    this.newItems = new NewItems(content);
    this.users =
        ThreadLocal.withInitial(() -> new float[content.space(Objective.RATING).dimension()]);
    this.fingerprint = fingerprint;
  }

  private static Objective best(ModelContent content) {
    return content.objectives().contains(Objective.RANKING) ? Objective.RANKING : Objective.RATING;
  }

  /**
   * Opens a saved model. Its files are checked against their checksums, and against each other.
   *
   * @throws ModelFormatException when the directory is not a model, was written by a newer version,
   *     or is damaged
   */
  public static FusionModel load(Path directory) {
    return new ModelFiles(directory).load();
  }

  /**
   * Opens towers that were trained elsewhere and exported as TorchScript, in PyTorch for Python
   * say. PyTorch runs the user tower at every request, which takes some hundred times as long as
   * the towers that are trained here.
   *
   * <p><b>TorchScript is code.</b> Loading and running it can do whatever the JVM may do: take it
   * only from whom you would take a program from. {@link #load} never runs any.
   *
   * @param directory with {@code vocabulary.json} and {@code items.json} as in a saved model's
   *     directory, but under these names, and the towers {@code users.pt} and {@code items.pt};
   *     what they are given stands in the documents, under own towers
   * @param objective what an inner product of their vectors is: a score, or predicted stars as a
   *     fifth of {@code 2 x stars - 5}
   * @throws ModelFormatException when a file is missing or damaged, or a tower fails or gives
   *     vectors of another length than the other one
   * @throws IllegalStateException when PyTorch does not start
   */
  public static FusionModel ofTorchScript(Path directory, Objective objective) {
    return new FusionModel(ScriptedContent.load(directory, objective));
  }

  /**
   * Saves the model, replacing one that is there already. Files are written beside the old ones and
   * the manifest is replaced last: when this fails or is cut short, the old model is still whole.
   *
   * @throws java.io.UncheckedIOException when the files cannot be written
   * @throws ModelFormatException when this model was loaded and its weights' file is gone or
   *     damaged
   * @throws UnsupportedOperationException when it is of TorchScript towers
   */
  public void save(Path directory) {
    content.save(new ModelFiles(directory));
  }

  /** Returns what the vectors order items by. */
  public Objective objective() {
    return objective;
  }

  /** Returns what the model was trained for. */
  public Set<Objective> objectives() {
    return EnumSet.copyOf(content.objectives());
  }

  /**
   * Returns this model with the vectors of an objective. Both are parts of one model: saving either
   * saves all of it.
   *
   * @throws IllegalArgumentException when the model was not trained for it
   */
  public FusionModel rankingBy(Objective wanted) {
    return wanted == objective ? this : new FusionModel(content, wanted);
  }

  /** Returns the schema of users and items. */
  public FeatureSchema schema() {
    return content.encoder().schema();
  }

  /** Returns the vocabularies: which ids and values the model knows. */
  public FeatureEncoder encoder() {
    return content.encoder();
  }

  /** Returns the length of the vectors of users and items. */
  public int dimension() {
    return space.dimension();
  }

  /** Returns whether this is the article's form, without biases. */
  public boolean plain() {
    return content.plain();
  }

  /**
   * Returns whether users' vectors take ratings given since the training: all do but those of
   * predicted stars in the plain form, and of TorchScript towers.
   */
  public boolean takesRatings() {
    return content.takesRatings(objective);
  }

  /**
   * Returns the vector of a user. A user who was in the training data has the attributes of then
   * where the profile leaves them open. Without an id, or with one that was not trained, the
   * attributes alone count, beside what was learned for the unknown user. The ratings that a known
   * user gave in the training and validation parts count too, but in the plain form.
   *
   * @return {@link #dimension} components, the caller's own
   * @throws IllegalArgumentException when an attribute is not in the schema or its value not
   *     allowed
   */
  public float[] userVector(UserProfile profile) {
    return space.userVector(profile, List.of());
  }

  /**
   * Returns the vector of a user who has given more ratings. They count as those of the training
   * data do; a rating of an item that the user had rated already takes the older one's place.
   *
   * @param given in the order in which they were given
   * @return {@link #dimension} components, the caller's own
   * @throws IllegalArgumentException when a rated item was not in the training data, the profile
   *     does not fit the schema, or there are ratings and the model does not {@link #takesRatings}
   */
  public float[] userVector(UserProfile profile, List<Rating> given) {
    float[] vector = new float[dimension()];
    userVector(profile, given, vector);
    return vector;
  }

  /**
   * Writes the vector of a user, as {@link #userVector(UserProfile, List)} returns it: for whoever
   * asks very often and keeps the array.
   *
   * @param into {@link #dimension} components, over what is there
   * @throws IllegalArgumentException as there, and when the array is of another length
   */
  public void userVector(UserProfile profile, List<Rating> given, float[] into) {
    if (!takesRatings() && !given.isEmpty()) {
      throw new IllegalArgumentException(
          "this model takes no ratings when it ranks by predicted stars; it got " + given.size());
    }
    if (into.length != dimension()) {
      throw new IllegalArgumentException(
          "expected an array of " + dimension() + " components, received " + into.length);
    }
    space.userVector(profile, given, into);
  }

  /**
   * Tells why an item suits a user: what each thing known of the user adds to the score, the
   * greatest first. Exact, as the user's vector is a sum: the contributions' sum is the inner
   * product of the two vectors.
   *
   * @param given ratings besides those of the training data, as {@link #userVector(UserProfile,
   *     List)} takes them
   * @throws IllegalArgumentException when the model ranks by predicted stars or is of TorchScript
   *     towers, which are no sums, when the item or a rated one was not in the training data, or
   *     the profile does not fit the schema
   */
  public List<Contribution> explain(UserProfile profile, List<Rating> given, long item) {
    return explain(profile, given, space.itemVector(row(item)));
  }

  /**
   * Tells why an item that was not in the training data suits a user, as {@link
   * #explain(UserProfile, List, long)} does.
   *
   * @param item its vector, as {@link #encode} gives it
   */
  public List<Contribution> explain(UserProfile profile, List<Rating> given, float[] item) {
    if (!(space instanceof RankingForm form)) {
      throw new IllegalArgumentException(
          "this model does not explain: its user tower is not a sum");
    }
    List<Contribution> all =
        form.explain(profile, given, item, row -> content.items().get(row - 1).title());
    return all.stream().sorted(Comparator.comparingDouble(Contribution::score).reversed()).toList();
  }

  /** Returns the items of the training data in the order of their ids; unmodifiable. */
  public List<Item> items() {
    return content.items();
  }

  /** Returns whether the item was in the training data. */
  public boolean hasItem(long id) {
    return content.encoder().itemRow(id) > 0;
  }

  /**
   * Returns an item of the training data.
   *
   * @throws IllegalArgumentException when it was not there
   */
  public Item item(long id) {
    return content.items().get(row(id) - 1);
  }

  /**
   * Returns the vector of an item of the training data.
   *
   * @return {@link #dimension} components, the caller's own
   * @throws IllegalArgumentException when it was not there
   */
  public float[] itemVector(long id) {
    return space.itemVector(row(id));
  }

  /**
   * Returns the query whose inner products with the items' vectors tell how alike they are. When
   * ranking: how much a liking for this item speaks for each other one. By predicted stars: cosines
   * of the item's tower output with theirs.
   *
   * @return {@link #dimension} components, the caller's own
   * @throws IllegalArgumentException when the item was not in the training data
   */
  public float[] similarityVector(long id) {
    return space.similarityVector(row(id));
  }

  private int row(long id) {
    int row = content.encoder().itemRow(id);
    if (row == 0) {
      throw new IllegalArgumentException(
          "item " + id + " is not one of the model's " + content.items().size() + " items");
    }
    return row;
  }

  /** Returns the fusion model's score of a pair, given the inner product of its two vectors. */
  public static double score(double innerProduct) {
    return TowerSettings.RANGE * innerProduct;
  }

  /** Returns a score of the fusion model as stars, from 1 to 5. */
  public static double stars(double score) {
    return Math.max(1, Math.min(5, (score + 5) / 2));
  }

  /**
   * Predicts what a user would give an item of the training data.
   *
   * @return stars, from 1 to 5
   * @throws IllegalArgumentException when the item was not there, or the profile does not fit the
   *     schema
   */
  public double predictStars(UserProfile profile, long item) {
    return predictStars(profile, List.of(), List.of(item(item)))[0];
  }

  /**
   * Predicts what a user would give several items. One that was not in the training data is judged
   * by its attributes.
   *
   * @param given ratings besides those of the training data, as {@link #userVector(UserProfile,
   *     List)} takes them; the plain form takes no notice of them
   * @return stars, from 1 to 5, in the order of the items; NaN for a new item when the file of the
   *     weights is gone since the model was loaded, and for all from TorchScript towers that rank
   * @throws IllegalArgumentException when a rated item was not in the training data, or profile or
   *     item do not fit the schema
   */
  public double[] predictStars(UserProfile profile, List<Rating> given, List<Item> items) {
    double[] stars = new double[items.size()];
    if (!content.objectives().contains(Objective.RATING)) {
      Arrays.fill(stars, Double.NaN);
      return stars;
    }
    VectorSpace rating = content.space(Objective.RATING);
    float[] user = users.get();
    rating.userVector(profile, given, user);
    for (int i = 0; i < stars.length; i++) {
      Item item = items.get(i);
      int row = content.encoder().itemRow(item.id());
      double product = row > 0 ? rating.innerProduct(user, row) : newItems.innerProduct(user, item);
      stars[i] = stars(score(product));
    }
    return stars;
  }

  /**
   * Encodes items, known or new.
   *
   * <p>When ranking, an item of the training data has its vector of then, whatever its attributes,
   * and another one the vector that its attributes give. By predicted stars, items are encoded by
   * the item tower of the fusion model: an id that was not trained counts as the unknown, the
   * attributes as they are given.
   *
   * @return a vector for each item, in their order
   * @throws IllegalArgumentException when an attribute is not in the schema or its value not
   *     allowed
   * @throws ModelFormatException when the weights' file is gone, damaged or not this model's
   */
  public List<float[]> encode(List<Item> items) {
    return items.stream().map(item -> content.encode(objective, item)).toList();
  }

  /**
   * Returns the ids of the items that a user rated in the training and validation parts, sorted;
   * empty for an unknown user.
   */
  public long[] history(long user) {
    int row = content.encoder().userRow(user);
    History history = content.history();
    long[] items = new long[history.count(row)];
    for (int i = 0; i < items.length; i++) {
      items[i] = content.encoder().itemId(history.item(history.start(row) + i));
    }
    return items;
  }

  /**
   * Returns the ids of the items that were rated most in the training and validation parts, the
   * most rated first, those of equal number in the order of their ids.
   *
   * @param count how many at most
   */
  public long[] mostRated(int count) {
    long[] ratings = new long[content.encoder().itemRows()];
    History history = content.history();
    for (int i = 0; i < history.size(); i++) {
      ratings[history.item(i)]++;
    }
    return IntStream.range(1, ratings.length)
        .boxed()
        .sorted(Comparator.comparingLong((Integer row) -> -ratings[row]))
        .limit(count)
        .mapToLong(row -> content.encoder().itemId(row))
        .toArray();
  }

  /** Returns a short name of what the model serves, from the checksum of its vectors. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Returns how the model was trained. */
  public TrainingSummary training() {
    return content.training();
  }

  @Override
  public String toString() {
    return "model " + fingerprint + " of " + schema().name() + ", " + items().size() + " items";
  }
}
