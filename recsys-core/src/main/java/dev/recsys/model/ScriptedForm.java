package dev.recsys.model;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import com.google.common.collect.Lists;
import dev.recsys.data.Rating;
import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.FeatureEncoder.ItemFeatures;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Vectors of TorchScript towers: the items' are made once, a user's at every request. */
final class ScriptedForm implements VectorSpace {
  private static final int BATCH = 1024;
  private static final String ITEMS = "scripted.items";
  private static final String USERS = "scripted.users.sha256";

  private final FeatureEncoder encoder;
  private final ScriptedTower users;
  private final ScriptedTower items;
  private final Tensor vectors;
  private final Tensor usersSha256;
  private final int dimension;

  /**
   * Runs the item tower over the catalogue and the user tower once.
   *
   * @param usersSha256 tells user towers apart
   * @throws ModelFormatException when they fail, or their vectors are not of one length
   */
  ScriptedForm(
      FeatureEncoder encoder,
      ScriptedTower users,
      ScriptedTower items,
      List<Item> catalogue,
      Tensor usersSha256) {
    this.encoder = encoder;
    this.users = users;
    this.items = items;
    this.usersSha256 = usersSha256;
    this.dimension = ofRows(encoder.encode(UserProfile.builder().build())).length;
    float[] all = new float[Math.multiplyExact(catalogue.size(), dimension)];
    int from = 0;
    for (List<Item> some : Lists.partition(catalogue, BATCH)) {
      float[] encoded = items.vectors(some.size(), manager -> inputs(some).inputs(manager));
      if (encoded.length != some.size() * dimension) {
        throw new IllegalArgumentException(
            "the towers' vectors must be of one length, got %d for users and %d for items"
                .formatted(dimension, encoded.length / some.size()));
      }
      System.arraycopy(encoded, 0, all, from, encoded.length);
      from += encoded.length;
    }
    this.vectors = Tensor.of(all, catalogue.size(), dimension);
  }

  private ScriptedItems inputs(List<Item> some) {
    List<ItemFeatures> features = some.stream().map(encoder::encode).toList();
    return new ScriptedItems(encoder.schema().itemAttributes(), features);
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public void userVector(UserProfile profile, List<Rating> given, float[] into) {
    System.arraycopy(ofRows(encoder.encode(profile)), 0, into, 0, dimension);
  }

  @Override
  public float[] userVector(int row) {
    int[] rows = new int[1 + encoder.schema().userAttributes().size()];
    rows[0] = row;
    return ofRows(rows);
  }

  private float[] ofRows(int[] rows) {
    long[] given = Arrays.stream(rows).asLongStream().toArray();
    return users.vectors(
        1, manager -> new NDList(manager.create(given, new Shape(1, rows.length))));
  }

  /** The vector of any item; the caller's own. */
  float[] encode(Item item) {
    return items.vectors(1, manager -> inputs(List.of(item)).inputs(manager));
  }

  @Override
  public float[] itemVector(int row) {
    return Arrays.copyOfRange(vectors.floats(), (row - 1) * dimension, row * dimension);
  }

  @Override
  public float[] similarityVector(int row) {
    return itemVector(row);
  }

  @Override
  public double innerProduct(float[] user, int row) {
    return VectorSpace.innerProduct(user, vectors.floats(), row);
  }

  @Override
  public Map<String, Tensor> tensors() {
    return new TreeMap<>(Map.of(ITEMS, vectors, USERS, usersSha256));
  }
}
