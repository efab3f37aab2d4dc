package dev.recsys.model;

import dev.recsys.features.Attribute;
import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.FeatureEncoder.ItemFeatures;
import java.util.List;
import java.util.Map;

/** The item tower in plain Java, for items one at a time. Immutable; knows nothing of DJL. */
final class ItemTower {
  private final FeatureEncoder encoder;
  private final TowerSettings settings;
  private final Map<String, Tensor> weights;

  /**
   * @param weights of both towers
   * @throws IllegalArgumentException when one is missing or of another shape
   */
  ItemTower(FeatureEncoder encoder, TowerSettings settings, Map<String, Tensor> weights) {
    this.encoder = encoder;
    this.settings = settings;
    this.weights = weights;
    require(ParameterNames.shift(ParameterNames.ITEM), 1, settings.dimension());
    table(ParameterNames.ITEM, encoder.itemRows(), settings.idDimension());
    encoder.schema().itemAttributes().forEach(this::require);
  }

  private void require(Attribute attribute) {
    String branch = ParameterNames.branch(ParameterNames.ITEM, attribute.name());
    switch (attribute.kind()) {
      case CATEGORICAL -> table(branch, rows(attribute), settings.categoryDimension());
      case MULTI_VALUED -> table(branch, rows(attribute), settings.valueDimension());
      case TEXT -> {
        int width = settings.tokenDimension();
        int filters = settings.textDimension();
        require(ParameterNames.embedding(branch), rows(attribute) + 1, width);
        require(ParameterNames.convolution(branch), TowerSettings.TEXT_WINDOW * width, filters);
        require(ParameterNames.convolutionShift(branch), 1, filters);
        require(ParameterNames.layer(branch), filters, settings.dimension());
      }
      case NUMERIC -> {
        if (!settings.plain()) {
          require(ParameterNames.layer(branch), 1, settings.dimension());
        }
      }
    }
  }

  private int rows(Attribute attribute) {
    return encoder.vocabulary(attribute.name()).size();
  }

  private void table(String branch, int rows, int width) {
    require(ParameterNames.embedding(branch), rows, width);
    require(ParameterNames.layer(branch), width, settings.dimension());
    if (!settings.plain()) {
      require(ParameterNames.bias(branch), rows, 1);
    }
  }

  private void require(String name, int... shape) {
    String expected = Tensor.describe(Tensor.Type.F32, shape);
    if (!weight(name).toString().equals(expected)) {
      throw new IllegalArgumentException(
          "expected tensor " + name + " as " + expected + ", found " + weight(name));
    }
  }

  /** The served vector of an item, as {@link FoldedUserTower} explains it. */
  float[] vector(ItemFeatures item) {
    Sum sum = new Sum();
    sum.category(ParameterNames.ITEM, item.idRow());
    List<Attribute> attributes = encoder.schema().itemAttributes();
    for (int slot = 0; slot < attributes.size(); slot++) {
      String branch = ParameterNames.branch(ParameterNames.ITEM, attributes.get(slot).name());
      int[] rows = item.rows()[slot];
      switch (attributes.get(slot).kind()) {
        case CATEGORICAL -> sum.category(branch, rows.length == 0 ? 0 : rows[0]);
        case MULTI_VALUED -> sum.values(branch, rows);
        case TEXT -> sum.text(branch, rows);
        case NUMERIC -> {
          if (!settings.plain()) {
            sum.layer(branch, new float[] {item.numbers()[slot]});
          }
        }
      }
    }
    return sum.vector();
  }

  private Tensor weight(String name) {
    return Tensor.get(weights, name);
  }

  /** What the branches add up to. */
  private final class Sum {
    private final float[] vector = new float[settings.servedDimension()];
    private float bias;

    Sum() {
      add(vector, weight(ParameterNames.shift(ParameterNames.ITEM)), 0, 1);
    }

    void category(String branch, int row) {
      values(branch, new int[] {row});
    }

    /** The mean of the values. */
    void values(String branch, int[] rows) {
      Tensor embedding = weight(ParameterNames.embedding(branch));
      float[] mean = new float[embedding.shape()[1]];
      for (int row : rows) {
        add(mean, embedding, row, 1f / rows.length);
        if (!settings.plain()) {
          bias += weight(ParameterNames.bias(branch)).floats()[row] / rows.length;
        }
      }
      layer(branch, mean);
    }

    /** The mean of the convolution over the tokens. */
    void text(String branch, int[] tokens) {
      Tensor embedding = weight(ParameterNames.embedding(branch));
      Tensor filters = weight(ParameterNames.convolution(branch));
      int outside = embedding.shape()[0] - 1;
      int width = embedding.shape()[1];
      float[] mean = new float[settings.textDimension()];
      for (int at = 0; at < tokens.length; at++) {
        float[] filtered = new float[mean.length];
        add(filtered, weight(ParameterNames.convolutionShift(branch)), 0, 1);
        for (int k = 0; k < TowerSettings.TEXT_WINDOW; k++) {
          int from = at + k - TowerSettings.TEXT_WINDOW / 2;
          int token = from >= 0 && from < tokens.length ? tokens[from] : outside;
          for (int i = 0; i < width; i++) {
            add(filtered, filters, k * width + i, embedding.floats()[token * width + i]);
          }
        }
        FoldedUserTower.tanh(filtered, filtered.length);
        for (int i = 0; i < mean.length; i++) {
          mean[i] += filtered[i] / tokens.length;
        }
      }
      layer(branch, mean);
    }

    void layer(String branch, float[] features) {
      Tensor layer = weight(ParameterNames.layer(branch));
      for (int i = 0; i < features.length; i++) {
        add(vector, layer, i, features[i]);
      }
    }

    float[] vector() {
      int dimension = settings.dimension();
      FoldedUserTower.tanh(vector, dimension);
      double squares = 0;
      for (int i = 0; i < dimension; i++) {
        squares += vector[i] * vector[i];
      }
      float norm = (float) Math.max(Math.sqrt(squares), TowerSettings.SMALLEST_NORM);
      for (int i = 0; i < dimension; i++) {
        vector[i] /= norm;
      }
      if (!settings.plain()) {
        vector[dimension] = bias / (float) TowerSettings.RANGE;
        vector[dimension + 1] = 1;
      }
      return vector;
    }
  }

  /** Adds a row of a table as long as its rows are. */
  private static void add(float[] sum, Tensor table, int row, float factor) {
    int width = table.shape()[1];
    float[] values = table.floats();
    for (int i = 0; i < width; i++) {
      sum[i] += factor * values[row * width + i];
    }
  }
}
