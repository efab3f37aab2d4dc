package dev.recsys.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import org.jspecify.annotations.Nullable;

/**
 * A text: token embeddings, a convolution of width 3 over them, tanh, the mean over the text.
 *
 * <p>The column hands the tokens over as windows of three, so that looking up a window's embeddings
 * side by side is already what the convolution multiplies, and it is one matrix product. What
 * stands before the first and after the last token is a token of its own, the table's last row.
 */
final class TextBranch extends Branch {
  private final Parameter embedding;
  private final Parameter filters;
  private final Parameter filterBias;
  private final int windowWidth;

  TextBranch(String name, int rows, TowerSettings settings) {
    super(2, name, settings.textDimension(), settings.dimension());
    this.windowWidth = TowerSettings.TEXT_WINDOW * settings.tokenDimension();
    this.embedding =
        declare(
            ParameterSpec.embedding(
                ParameterNames.embedding(name), rows + 1, settings.tokenDimension()));
    this.filters =
        declare(
            ParameterSpec.layer(
                ParameterNames.convolution(name), windowWidth, settings.textDimension()));
    this.filterBias =
        declare(
            ParameterSpec.bias(ParameterNames.convolutionShift(name), 1, settings.textDimension()));
  }

  @Override
  NDArray features(ParameterStore store, NDList inputs, boolean training) {
    NDArray windows = inputs.head();
    NDArray weights = inputs.get(1);
    NDArray tokens = rows(windows, value(store, embedding, windows, training));
    NDArray convolved =
        tokens
            .reshape(-1, windowWidth)
            .matMul(value(store, filters, windows, training))
            .add(value(store, filterBias, windows, training))
            .tanh();
    return pool(
        convolved.reshape(weights.getShape().get(0), weights.getShape().get(1), -1), weights);
  }

  @Override
  @Nullable NDArray offset(ParameterStore store, NDList inputs, boolean training) {
    return null;
  }
}
