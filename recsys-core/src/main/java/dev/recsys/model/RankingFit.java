package dev.recsys.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.recsys.features.FeatureEncoder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the tables of {@link RankingForm} from ratings, in closed form. For one thread. */
final class RankingFit {
  /*
   * Let W be users x items, the weight of each rating by its stars, and D the users' shares by
   * activity. A ridge regression predicts each column of W from all others:
   *
   *   G = W'DW,   P = (G + ridge + dropout diag G)^-1,   B = -P / diag P, with diagonal 0
   *
   * (Steck, Embarrassingly Shallow Autoencoders for Sparse Data, WWW 2019; the penalty in
   * proportion to the diagonal is what dropping ratings at random amounts to: Steck, Autoencoders
   * that don't overfit towards the identity, NeurIPS 2020.) No item predicts itself, so no rating
   * sees itself. Each column of B is then divided by a power of the item's popularity.
   *
   * W B is the score of every user and item. Its principal axes Q, items x dimension, make two
   * towers of it that lose nothing measurable: WB is nearly (W B Q) Q'. The item's vector is its
   * row of Q; the user's is the sum of the rows of B Q, times the weights of the user's ratings.
   * To it is added a little of what everybody, and people with the same attributes, rated, as its
   * share in the same axes: all there is for who has rated nothing, and lost in the sum for who has
   * rated much.
   *
   * An item without ratings has an empty column in W, and nothing of this tells it from others. Its
   * vector and its row of B Q are what a regression from attributes to those of rated items gives.
   */
  /** What is given up when the thread is interrupted. */
  static final String WHAT = "training after its last epoch";

  /** The Gram matrix is one array. */
  static final int MOST_ITEMS = 46_340;

  private final FeatureEncoder encoder;
  private final RankingSettings settings;
  private final Tensor users;
  private final long seed;
  private final int items;
  private final List<FeatureEncoder.ItemFeatures> content;

  /**
   * @param users rows of all users, from row 1
   * @param content what every item is, from row 1
   * @param seed of the axes that the search for the principal ones begins with
   * @throws IllegalArgumentException when there are too many items
   */
  RankingFit(
      FeatureEncoder encoder,
      RankingSettings settings,
      Tensor users,
      List<FeatureEncoder.ItemFeatures> content,
      long seed) {
    this.encoder = encoder;
    this.settings = settings;
    this.users = users;
    this.seed = seed;
    this.content = content;
    this.items = encoder.itemRows() - 1;
    if (items > MOST_ITEMS) {
      throw new IllegalArgumentException(
          "the ranking objective takes at most %d items, not %d: train with the rating objective"
              .formatted(MOST_ITEMS, items));
    }
  }

  /**
   * The tables for these ratings.
   *
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  Map<String, Tensor> fit(History history) {
    int dimension = Math.min(settings.dimension(), items);
    float[] axes;
    float[] rated;
    Map<String, Tensor> tensors = new TreeMap<>();
    try (NDManager manager = PyTorch.engine().newBaseManager(Device.cpu())) {
      float[] gram = CoRatings.gram(history, items, weights(history));
      Cancellation.check(WHAT);
      float[] weights =
          ItemWeights.of(
              manager,
              gram,
              items,
              settings.ridge(),
              settings.dropout(),
              settings.popularityDamping());
      NDArray rows =
          manager.create(ScoreAxes.of(manager, gram, weights, items, dimension, seed)).transpose();
      axes = rows.toFloatArray();
      rated = manager.create(weights, new Shape(items, items)).matMul(rows).toFloatArray();
      new ContentFit(encoder, content, dimension, seed)
          .fit(manager, counts(history), axes, rated, tensors);
    }
    tensors.put(RankingForm.ITEMS, Tensor.of(axes, items, dimension));
    tensors.put(RankingForm.RATED, Tensor.of(rated, items, dimension));
    tensors.put(RankingForm.WEIGHTS, Tensor.of(settings.weights(), RankingSettings.LEVELS));
    new GroupTastes(encoder, settings, history, axes, dimension).putTables(users, tensors);
    return tensors;
  }

  /** By the stars, less for a user who has rated much. */
  private CoRatings.Weights weights(History history) {
    float[] stars = settings.weights();
    float[] shares = new float[history.users()];
    for (int user = 0; user < shares.length; user++) {
      shares[user] =
          (float) Math.pow(Math.max(1, history.count(user)), -settings.activityDamping());
    }
    return (user, rating) -> shares[user] * RankingSettings.weight(stars, history.stars(rating));
  }

  private int[] counts(History history) {
    int[] counts = new int[items];
    for (int rating = 0; rating < history.size(); rating++) {
      counts[history.item(rating) - 1]++;
    }
    return counts;
  }
}
