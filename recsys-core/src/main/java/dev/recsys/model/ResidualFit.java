package dev.recsys.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.recsys.data.Split;
import dev.recsys.features.FeatureEncoder;
import java.util.Map;
import java.util.TreeMap;

/** Learns what ratings tell of other ratings beyond the towers, and how much each counts. */
final class ResidualFit {
  /*
   * Let E be users x items: each rating less the mean of all, the item's offset and the user's. A
   * ridge regression predicts each column of E from all others, as RankingFit does with weights:
   *
   *   G = E'E,   P = (G + ridge)^-1,   B = -P / diag P, with diagonal 0
   *
   * Its principal axes Q make two vectors of E B, of which the user's is a sum over the ratings
   * once more: so a new user's ratings, and those given since, move the predicted stars at once.
   *
   * Predicted is mean + a (towers - mean) + b (offsets) + c (E B), whose weights are those of the
   * least squares on the validation part, drawn towards the usual ones where that is small.
   *
   * On ml-1m (seed 7, validation and test RMSE): towers alone .8399 and .8342; E B beside them
   * .8370 and .8310; the offsets too .8353 and .8289. Fewer dimensions: 64 .8299, 32 .8314; all of
   * E B: .8285. Regressing what the towers leave over, instead of E: .8369 and .8305.
   */
  private static final float[] USUAL = {0.83f, 0.17f, 0.95f};

  /** How many ratings of the validation part outweigh the usual weights. */
  private static final double DOUBT = 100;

  private final TrainingData data;
  private final FeatureEncoder encoder;
  private final ResidualSettings settings;
  private final ServingForm towers;
  private final long seed;
  private final int items;

  private double validationRmse = Double.NaN;
  private double seconds;

  /** The regression of some ratings. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Regression(float mean, float[] offsets, float[] axes, float[] rated) {}

  /**
   * @param seed of the axes that the search for the principal ones begins with
   */
  ResidualFit(TrainingData data, ResidualSettings settings, ServingForm towers, long seed) {
    this.data = data;
    this.encoder = data.encoder();
    this.settings = settings;
    this.towers = towers;
    this.seed = seed;
    this.items = encoder.itemRows() - 1;
  }

  /**
   * Learns from the training part, weighs on the validation part, then learns from both.
   *
   * @throws java.util.concurrent.CancellationException when the thread is interrupted
   */
  RatingForm fit(Split split) {
    long start = System.nanoTime();
    try (NDManager manager = PyTorch.engine().newBaseManager(Device.cpu())) {
      History train = History.of(encoder, split.train());
      Regression regression = regression(manager, train);
      float[] weights = USUAL;
      if (split.validation().size() > 0) {
        weights = weights(manager, regression, train);
        RatingForm measured = form(regression, weights, train);
        validationRmse = StarError.rmse(measured, data.validation(), encoder.userRows());
        train = History.of(encoder, split.train(), split.validation());
        regression = regression(manager, train);
      }
      return form(regression, weights, train);
    } finally {
      seconds = (System.nanoTime() - start) / 1e9;
    }
  }

  /** How long it took, measuring included. */
  double seconds() {
    return seconds;
  }

  /** The error on the validation part; NaN when there was nothing to measure. */
  double validationRmse() {
    return validationRmse;
  }

  private RatingForm form(Regression regression, float[] weights, History history) {
    int dimension = regression.axes.length / items;
    Map<String, Tensor> tensors = new TreeMap<>();
    tensors.put(RatingForm.OFFSETS, Tensor.of(regression.offsets, items));
    tensors.put(RatingForm.RATED, Tensor.of(regression.rated, items, dimension));
    tensors.put(RatingForm.ITEMS, Tensor.of(regression.axes, items, dimension));
    float damping = (float) settings.damping();
    tensors.put(
        RatingForm.BLEND,
        Tensor.of(
            new float[] {regression.mean, damping, weights[0], weights[1], weights[2]},
            2 + weights.length));
    return new RatingForm(encoder, towers, new UserRatings(encoder, history), tensors);
  }

  private Regression regression(NDManager manager, History history) {
    int dimension = Math.min(settings.dimension(), items);
    Offsets offsets = Offsets.of(history, items, settings.damping());
    float[] gram = CoRatings.gram(history, items, offsets::residual);
    Cancellation.check(RankingFit.WHAT);
    float[] weights = ItemWeights.of(manager, gram, items, settings.ridge(), 0, 0);
    try (NDManager own = manager.newSubManager()) {
      NDArray rows =
          own.create(ScoreAxes.of(own, gram, weights, items, dimension, seed)).transpose();
      return new Regression(
          offsets.mean(),
          offsets.ofItems(),
          rows.toFloatArray(),
          own.create(weights, new Shape(items, items)).matMul(rows).toFloatArray());
    }
  }

  /** The weights of towers, offsets and regression that leave the smallest squared error. */
  private float[] weights(NDManager manager, Regression regression, History history) {
    VectorSpace offsets = form(regression, new float[] {0, 1, 0}, history);
    VectorSpace residuals = form(regression, new float[] {0, 0, 1}, history);
    double[] normal = new double[USUAL.length * USUAL.length];
    double[] right = new double[USUAL.length];
    for (int i = 0; i < USUAL.length; i++) {
      normal[i * USUAL.length + i] = DOUBT;
      right[i] = DOUBT * USUAL[i];
    }
    TrainingData.Rows rows = data.validation();
    ScoreColumn tower = new ScoreColumn(towers, encoder.userRows());
    ScoreColumn offset = new ScoreColumn(offsets, encoder.userRows());
    ScoreColumn residual = new ScoreColumn(residuals, encoder.userRows());
    float mean = regression.mean;
    for (int row = 0; row < rows.size(); row++) {
      double[] parts = {
        tower.score(rows, row) - mean,
        offset.score(rows, row) - mean,
        residual.score(rows, row) - mean
      };
      for (int i = 0; i < parts.length; i++) {
        for (int j = 0; j < parts.length; j++) {
          normal[i * parts.length + j] += parts[i] * parts[j];
        }
        right[i] += parts[i] * (rows.labels()[row] - mean);
      }
    }
    try (NDArray matrix = manager.create(normal, new Shape(USUAL.length, USUAL.length));
        NDArray inverse = matrix.inverse();
        NDArray solution = inverse.matMul(manager.create(right, new Shape(USUAL.length, 1)))) {
      double[] solved = solution.toDoubleArray();
      return new float[] {(float) solved[0], (float) solved[1], (float) solved[2]};
    }
  }
}
