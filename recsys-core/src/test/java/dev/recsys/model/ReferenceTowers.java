package dev.recsys.model;

import dev.recsys.features.Attribute;
import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.FeatureEncoder.ItemFeatures;
import java.util.List;
import java.util.Map;

/** The towers in plain Java and double, written from their definition. */
final class ReferenceTowers {
  /** A unit vector and a bias. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Output(double[] unit, double bias) {}

  private final FeatureEncoder encoder;
  private final TowerSettings settings;
  private final Map<String, Tensor> weights;
  private double[] sum = {};
  private double bias;

  ReferenceTowers(FeatureEncoder encoder, TowerSettings settings, Map<String, Tensor> weights) {
    this.encoder = encoder;
    this.settings = settings;
    this.weights = weights;
  }

  Output user(int[] rows) {
    begin("user");
    category("user", rows[0]);
    List<Attribute> attributes = encoder.schema().userAttributes();
    for (int a = 0; a < attributes.size(); a++) {
      category("user." + attributes.get(a).name(), rows[1 + a]);
    }
    return end();
  }

  Output item(ItemFeatures item) {
    begin("item");
    category("item", item.idRow());
    List<Attribute> attributes = encoder.schema().itemAttributes();
    for (int a = 0; a < attributes.size(); a++) {
      String name = "item." + attributes.get(a).name();
      int[] rows = item.rows()[a];
      switch (attributes.get(a).kind()) {
        case CATEGORICAL -> category(name, rows[0]);
        case MULTI_VALUED -> values(name, rows);
        case TEXT -> text(name, rows);
        case NUMERIC -> {
          if (!settings.plain()) {
            layer(name, new double[] {item.numbers()[a]});
          }
        }
      }
    }
    return end();
  }

  private void begin(String tower) {
    sum = row(tower + ".shift", 0);
    bias = 0;
  }

  private Output end() {
    double squares = 0;
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.tanh(sum[i]);
      squares += sum[i] * sum[i];
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= Math.sqrt(squares);
    }
    return new Output(sum, bias);
  }

  private void category(String name, int row) {
    layer(name, row(name + ".embedding", row));
    bias += settings.plain() ? 0 : row(name + ".bias", row)[0];
  }

  private void values(String name, int[] rows) {
    double[] mean = new double[settings.valueDimension()];
    for (int row : rows) {
      add(mean, row(name + ".embedding", row), 1.0 / rows.length);
      bias += settings.plain() ? 0 : row(name + ".bias", row)[0] / rows.length;
    }
    layer(name, mean);
  }

  private void text(String name, int[] tokens) {
    int outside = Tensor.get(weights, name + ".embedding").shape()[0] - 1;
    double[] mean = new double[settings.textDimension()];
    for (int at = 0; at < tokens.length; at++) {
      double[] filtered = row(name + ".convolution.shift", 0);
      for (int k = -1; k <= 1; k++) {
        boolean inside = at + k >= 0 && at + k < tokens.length;
        double[] token = row(name + ".embedding", inside ? tokens[at + k] : outside);
        for (int i = 0; i < token.length; i++) {
          add(filtered, row(name + ".convolution", (k + 1) * token.length + i), token[i]);
        }
      }
      for (int i = 0; i < filtered.length; i++) {
        mean[i] += Math.tanh(filtered[i]) / tokens.length;
      }
    }
    layer(name, mean);
  }

  private void layer(String name, double[] features) {
    for (int i = 0; i < features.length; i++) {
      add(sum, row(name + ".layer", i), features[i]);
    }
  }

  private static void add(double[] sum, double[] values, double factor) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i] * factor;
    }
  }

  private double[] row(String name, int row) {
    Tensor table = Tensor.get(weights, name);
    int width = table.shape()[1];
    double[] values = new double[width];
    for (int i = 0; i < width; i++) {
      values[i] = table.floats()[row * width + i];
    }
    return values;
  }
}
