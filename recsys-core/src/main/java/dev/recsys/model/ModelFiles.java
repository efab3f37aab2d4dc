package dev.recsys.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Throwables;
import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.Item;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** A model's directory. Knows nothing of DJL. */
final class ModelFiles {
  private static final String VOCABULARY = "vocabulary.json";
  private static final String ITEMS = "items.json";
  private static final String SERVING = "serving.safetensors";
  private static final String WEIGHTS = "weights.safetensors";
  private static final String HISTORY = "history.safetensors";
  private static final String RESIDUAL = "residual.safetensors";
  private static final String RANKING = "ranking.safetensors";
  private static final Set<String> PARTS =
      Set.of(VOCABULARY, ITEMS, SERVING, WEIGHTS, HISTORY, RESIDUAL, RANKING);
  private static final int FINGERPRINT_DIGITS = 12;

  private final ManifestDirectory directory;

  ModelFiles(Path directory) {
    this.directory = new ManifestDirectory(directory, "model.json", "recsys-fusion-model", 4);
  }

  /** The fingerprint of what is served: that of its file. */
  static String fingerprint(VectorSpace served) {
    try {
      return Checksum.of(Safetensors.content(served.tensors())).substring(0, FINGERPRINT_DIGITS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void save(TrainedContent content) {
    ObjectNode manifest = JsonWriting.object().put("schema", content.encoder().schema().name());
    manifest.set("settings", JsonWriting.tree(content.settings()));
    manifest.set("training", JsonWriting.tree(content.training()));
    Map<String, DurableFiles.Content> files = new LinkedHashMap<>();
    files.put(VOCABULARY, JsonWriting.content(content.encoder().toMap()));
    files.put(ITEMS, JsonWriting.content(Map.of("items", catalogue(content.items()))));
    files.put(SERVING, Safetensors.content(content.serving().tensors()));
    files.put(WEIGHTS, Safetensors.content(content.tower().weights().get()));
    files.put(HISTORY, Safetensors.content(content.history().tensors()));
    if (content.stars() != null) {
      files.put(RESIDUAL, Safetensors.content(content.stars().ownTensors()));
    }
    if (content.ranking() != null) {
      files.put(RANKING, Safetensors.content(content.ranking().tensors()));
    }
    DirectoryLock.holding(directory.directory(), () -> directory.write(manifest, files, PARTS));
  }

  private static List<Map<String, Object>> catalogue(List<Item> items) {
    List<Map<String, Object>> catalogue = new ArrayList<>();
    for (Item item : items) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("id", item.id());
      entry.put("values", item.values());
      catalogue.add(entry);
    }
    return catalogue;
  }

  /** Loads the model; once more when it was replaced meanwhile. */
  FusionModel load() {
    while (true) {
      JsonNode manifest = directory.read();
      try {
        return load(manifest);
      } catch (ModelFormatException e) {
        if (directory.read().equals(manifest)) {
          throw e;
        }
      }
    }
  }

  private FusionModel load(JsonNode manifest) {
    Path file = directory.manifest();
    TrainingSettings settings = Json.convert(file, "settings", manifest, TrainingSettings::of);
    TrainingSummary training = Json.convert(file, "training", manifest, TrainingSummary::of);
    Tensors served = tensors(manifest, SERVING);
    Tensors rated = tensors(manifest, HISTORY);
    Tensors residual = settings.residual() == null ? null : tensors(manifest, RESIDUAL);
    Tensors ranked = settings.ranking() == null ? null : tensors(manifest, RANKING);
    FeatureEncoder encoder = read(manifest, VOCABULARY, ModelFiles::encoder);
    List<Item> items = read(manifest, ITEMS, path -> items(path, encoder));
    ServingForm serving = served.make(found -> new ServingForm(encoder, settings.towers(), found));
    History history = rated.make(found -> History.of(found, encoder));
    UserRatings ratings = new UserRatings(encoder, history);
    RatingForm stars =
        residual == null
            ? null
            : residual.make(found -> new RatingForm(encoder, serving, ratings, found));
    RankingForm ranking =
        ranked == null
            ? null
            : ranked.make(found -> new RankingForm(encoder, serving, ratings, found));
    Weights weights = read(manifest, WEIGHTS, Weights::in);
    TrainedContent content =
        new TrainedContent(
            settings,
            encoder,
            items,
            serving,
            stars,
            history,
            ranking,
            training,
            new KeptItemTower(encoder, settings.towers(), weights));
    return ranking == null && stars != null
        ? new FusionModel(content)
        : new FusionModel(content, fingerprint(manifest, ranking == null ? SERVING : RANKING));
  }

  private String fingerprint(JsonNode manifest, String served) {
    return directory.sha256(manifest, served, FINGERPRINT_DIGITS);
  }

  /** Begins to read a file of tensors, beside others. */
  private Tensors tensors(JsonNode manifest, String file) {
    return new Tensors(
        CompletableFuture.supplyAsync(() -> directory.verified(manifest, file))
            .thenApply(path -> Map.entry(path, Safetensors.read(path))));
  }

  /** A file of tensors that is being read. */
  private record Tensors(CompletableFuture<Map.Entry<Path, Map<String, Tensor>>> file) {
    /** Makes something of the tensors; what does not fit is the file's fault. */
    <T> T make(Function<Map<String, Tensor>, T> maker) {
      try {
        Map.Entry<Path, Map<String, Tensor>> read = file.join();
        return reading(read.getKey(), path -> maker.apply(read.getValue()));
      } catch (CompletionException e) {
        Throwables.throwIfUnchecked(Objects.requireNonNullElse(e.getCause(), e));
        throw e;
      }
    }
  }

  /** Reads a file; what does not fit the rest of the model is the file's fault. */
  private <T> T read(JsonNode manifest, String file, Function<Path, T> reader) {
    return reading(directory.verified(manifest, file), reader);
  }

  /** Reads a file; what does not fit is the file's fault. */
  static <T> T reading(Path path, Function<Path, T> reader) {
    try {
      return reader.apply(path);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(path, String.valueOf(e.getMessage()), e);
    }
  }

  static FeatureEncoder encoder(Path path) {
    return FeatureEncoder.fromMap(Json.map(path));
  }

  static List<Item> items(Path path, FeatureEncoder encoder) {
    List<?> entries = Json.map(path).get("items") instanceof List<?> list ? list : List.of();
    if (entries.size() != encoder.itemRows() - 1) {
      throw new ModelFormatException(
          path, encoder.itemRows() - 1 + " items, as in the vocabulary", entries.size());
    }
    List<Item> items = new ArrayList<>();
    for (Object entry : entries) {
      Item item = item(entry);
      if (item.id() != encoder.itemId(items.size() + 1)) {
        throw new ModelFormatException(
            path, "item " + encoder.itemId(items.size() + 1), "item " + item.id());
      }
      items.add(item);
    }
    return List.copyOf(items);
  }

  private static Item item(Object entry) {
    Map<?, ?> values = entry instanceof Map<?, ?> map ? map : Map.of();
    Object id = values.get("id");
    if (!(id instanceof Integer || id instanceof Long)) {
      throw new IllegalArgumentException(
          "expected an item with a whole number as id, found "
              + (id == null ? "none" : Json.shown(JsonWriting.tree(id))));
    }
    Item.Builder builder = Item.builder(((Number) id).longValue());
    if (values.get("values") instanceof Map<?, ?> attributes) {
      attributes.forEach((name, value) -> builder.set((String) name, value));
    }
    return builder.build();
  }
}
