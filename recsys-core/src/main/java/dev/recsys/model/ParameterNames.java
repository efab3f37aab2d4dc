package dev.recsys.model;

import dev.recsys.features.FeatureEncoder;
import java.util.ArrayList;
import java.util.List;

/** Names of the model's parameters, which are their tensors' names in files. */
final class ParameterNames {
  /** The towers, and in each the branch of the id. */
  static final String USER = "user";

  static final String ITEM = "item";

  static final String SCALE = "score.scale";
  static final String MEAN = "score.mean";

  private static final String BIAS = ".bias";
  private static final String EMBEDDING = ".embedding";

  private ParameterNames() {}

  /** The branch of an attribute. */
  static String branch(String tower, String attribute) {
    return tower + "." + attribute;
  }

  /** The branches of the user tower, in the order of its inputs. */
  static List<String> userBranches(FeatureEncoder encoder) {
    List<String> names = new ArrayList<>(List.of(USER));
    encoder.schema().userAttributes().forEach(a -> names.add(branch(USER, a.name())));
    return names;
  }

  static String embedding(String branch) {
    return branch + EMBEDDING;
  }

  static String layer(String branch) {
    return branch + ".layer";
  }

  static String bias(String branch) {
    return branch + BIAS;
  }

  static String convolution(String branch) {
    return branch + ".convolution";
  }

  static String convolutionShift(String branch) {
    return branch + ".convolution.shift";
  }

  /** What a tower adds to its branches' shares. */
  static String shift(String tower) {
    return tower + ".shift";
  }

  static boolean isBias(String parameter) {
    return parameter.endsWith(BIAS);
  }

  static boolean isId(String parameter) {
    return parameter.equals(embedding(USER)) || parameter.equals(embedding(ITEM));
  }

  static boolean isEmbedding(String parameter) {
    return parameter.endsWith(EMBEDDING);
  }

  static boolean isScore(String parameter) {
    return parameter.equals(SCALE) || parameter.equals(MEAN);
  }
}
