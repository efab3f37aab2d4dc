package dev.recsys.model;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The towers' weights, read from their file when first needed. Safe for many threads. */
final class Weights {
  private final @Nullable Path file;
  private @Nullable Map<String, Tensor> tensors;

  private Weights(@Nullable Path file, @Nullable Map<String, Tensor> tensors) {
    this.file = file;
    this.tensors = tensors;
  }

  static Weights of(Map<String, Tensor> tensors) {
    return new Weights(null, tensors);
  }

  static Weights in(Path file) {
    return new Weights(file, null);
  }

  /** The file they come from, null when they were never in one. */
  @Nullable Path file() {
    return file;
  }

  /**
   * The weights by parameter.
   *
   * @throws ModelFormatException when the file is gone or damaged
   */
  synchronized Map<String, Tensor> get() {
    if (tensors == null && file != null) {
      tensors = Safetensors.read(file);
    }
    return tensors == null ? Map.of() : tensors;
  }
}
