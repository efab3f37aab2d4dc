package dev.recsys.model;

import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.FeatureSchema;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trained two-tower fusion model: vectors of users and items whose inner product, times 5, is the
 * predicted score of the pair. Immutable and safe for many threads.
 *
 * <p>Scores are on the scale of the labels it was trained on, {@code 2 x stars - 5}, from -3 to 5
 * for 1 to 5 stars; see {@link #score} and {@link #stars}. Search vectors by inner product. In the
 * plain form they are unit vectors of 200 dimensions; else two more carry the biases of user and
 * item.
 *
 * <p>Everything but {@link #encode} runs in plain Java, without PyTorch. An application makes a
 * model with {@link FusionTrainer} or {@link #load}.
 */
public final class FusionModel {
  private final ModelContent content;
  private final Weights weights;
  private final String fingerprint;
  private volatile @Nullable ItemEncoder itemEncoder;

  FusionModel(ModelContent content, Weights weights, String fingerprint) {
    this.content = content;
    this.weights = weights;
    this.fingerprint = fingerprint;
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
   * Saves the model, replacing one that is there already. Files are written beside the old ones and
   * the manifest is replaced last: when this fails or is cut short, the old model is still whole.
   *
   * @throws java.io.UncheckedIOException when the files cannot be written
   * @throws ModelFormatException when this model was loaded and its weights' file is gone or
   *     damaged
   */
  public void save(Path directory) {
    new ModelFiles(directory).save(content, weights.get());
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
    return content.towers().servedDimension();
  }

  /** Returns whether this is the article's form, without biases. */
  public boolean plain() {
    return content.towers().plain();
  }

  /**
   * Returns the vector of a user. A user who was in the training data has the attributes of then
   * where the profile leaves them open. Without an id, or with one that was not trained, the
   * attributes alone count, beside what was learned for the unknown user.
   *
   * @return {@link #dimension} components, the caller's own
   * @throws IllegalArgumentException when an attribute is not in the schema or its value not
   *     allowed
   */
  public float[] userVector(UserProfile profile) {
    return content.serving().userVector(profile);
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
    return content.serving().itemVector(row(id));
  }

  /**
   * Returns the query whose inner products with the items' vectors are cosines of the item's tower
   * output with theirs: the item's vector without its biases.
   *
   * @return {@link #dimension} components, the caller's own
   * @throws IllegalArgumentException when the item was not in the training data
   */
  public float[] similarityVector(long id) {
    float[] vector = itemVector(id);
    Arrays.fill(vector, content.towers().dimension(), vector.length, 0);
    return vector;
  }

  private int row(long id) {
    int row = content.encoder().itemRow(id);
    if (row == 0) {
      throw new IllegalArgumentException(
          "item " + id + " is not one of the model's " + content.items().size() + " items");
    }
    return row;
  }

  /** Returns the score of a pair, given the inner product of the two vectors. */
  public static double score(double innerProduct) {
    return TowerSettings.RANGE * innerProduct;
  }

  /** Returns a score as stars, from 1 to 5. */
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
    int row = row(item);
    return stars(score(content.serving().innerProduct(userVector(profile), row)));
  }

  /**
   * Encodes items, known or new, with the item tower. Starts PyTorch. An id that was not trained
   * counts as the unknown, the attributes as they are given.
   *
   * @return a vector for each item, in their order
   * @throws IllegalArgumentException when an attribute is not in the schema or its value not
   *     allowed
   * @throws IllegalStateException when PyTorch does not start
   * @throws ModelFormatException when the weights' file is gone, damaged or not this model's
   */
  public List<float[]> encode(List<Item> items) {
    ItemEncoder encoder = itemEncoder;
    if (encoder == null) {
      encoder = new ItemEncoder(content, weights);
      itemEncoder = encoder;
    }
    return encoder.encode(items);
  }

  /**
   * Returns the ids of the items that a user rated in the training and validation parts, sorted;
   * empty for an unknown user.
   */
  public long[] history(long user) {
    return content.history().items(content.encoder().userRow(user));
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
