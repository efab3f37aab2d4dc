package dev.recsys.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.data.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The state of a training after its last epoch, in a directory. */
final class Checkpoint {
  private static final String WEIGHTS = "weights.";
  private static final String OPTIMIZER = "optimizer.";
  private static final String BEST = "best.";

  /** All that going on depends on; what is random depends on the settings and the epoch alone. */
  record State(
      Progress progress,
      Map<String, Tensor> weights,
      Map<String, Tensor> optimizer,
      Map<String, Tensor> best) {}

  private final ManifestDirectory files;
  private final ObjectNode purpose;

  /** A checkpoint for training with these settings on this split, no other. */
  Checkpoint(CheckpointFiles directory, TrainingSettings settings, Split split) {
    this.files = directory.files();
    this.purpose = JsonWriting.object();
    purpose.set("settings", JsonWriting.tree(settings));
    purpose
        .put("dataset", split.dataset().fingerprint())
        .put("splitSeed", split.seed())
        .put("trainFraction", split.trainFraction())
        .put("validationFraction", split.validationFraction());
  }

  Path directory() {
    return files.directory();
  }

  void write(State state) {
    Map<String, Tensor> tensors = new TreeMap<>();
    state.weights.forEach((name, tensor) -> tensors.put(WEIGHTS + name, tensor));
    state.optimizer.forEach((name, tensor) -> tensors.put(OPTIMIZER + name, tensor));
    state.best.forEach((name, tensor) -> tensors.put(BEST + name, tensor));
    ObjectNode manifest = JsonWriting.object();
    manifest.set("purpose", purpose);
    manifest.set("progress", JsonWriting.tree(state.progress));
    files.write(manifest, Map.of(CheckpointFiles.TENSORS, Safetensors.content(tensors)));
  }

  /**
   * Reads the last state; null when there is none.
   *
   * @throws ModelFormatException when it is damaged, or was made with other settings or on other
   *     data
   */
  @Nullable State read() {
    if (!files.exists()) {
      return null;
    }
    JsonNode manifest = files.read();
    List<String> differences = new ArrayList<>();
    compare("", purpose, manifest.path("purpose"), differences);
    if (!differences.isEmpty()) {
      throw new ModelFormatException(
          files.manifest(),
          "a checkpoint of another training; delete it or choose another directory: expected "
              + String.join("; ", differences.subList(0, Math.min(3, differences.size()))),
          (Throwable) null);
    }
    Map<String, Tensor> tensors =
        Safetensors.read(files.verified(manifest, CheckpointFiles.TENSORS));
    return new State(
        Json.convert(files.manifest(), "progress", manifest, Progress::of),
        part(tensors, WEIGHTS),
        part(tensors, OPTIMIZER),
        part(tensors, BEST));
  }

  /** Adds each single value that is not the expected one. */
  private static void compare(
      String key, JsonNode expected, JsonNode found, List<String> differences) {
    if (expected.isObject()) {
      String prefix = key.isEmpty() ? "" : key + ".";
      expected
          .properties()
          .forEach(
              entry ->
                  compare(
                      prefix + entry.getKey(),
                      entry.getValue(),
                      found.path(entry.getKey()),
                      differences));
    } else if (!expected.toString().equals(found.toString())) {
      differences.add(key + " " + expected + ", found " + Json.shown(found));
    }
  }

  private static Map<String, Tensor> part(Map<String, Tensor> tensors, String prefix) {
    Map<String, Tensor> part = new TreeMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            part.put(name.substring(prefix.length()), tensor);
          }
        });
    return part;
  }
}
