package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.Recommender;
import dev.recsys.SampleModel;
import dev.recsys.features.UserProfile;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Model directories made by somebody else: any file changed in any way, with checksums that fit.
 * They are refused, or loaded and served from; nothing else happens, and not for long.
 */
class FuzzedModelTest {
  private static final int TRIES = 150;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String[] TOKENS = {
    "0",
    "-1",
    "1e99",
    "999999999999",
    "NaN",
    "null",
    "true",
    "{}",
    "[]",
    "\"\"",
    "\"a\"",
    ",",
    "]",
    "}"
  };

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vocabulary.json",
        "items.json",
        "serving.safetensors",
        "history.safetensors",
        "ranking.safetensors",
        "weights.safetensors"
      })
  void changedFilesAreRefusedOrServedFrom(String file) throws IOException {
    Path whole = directory.resolve("whole");
    SampleModel.model().save(whole);
    Random random = new Random(file.hashCode());
    int refused = 0;
    for (int i = 0; i < TRIES; i++) {
      Path changed = copy(whole, directory.resolve("changed-" + i));
      Path manifest = changed.resolve("model.json");
      ObjectNode content = Json.read(manifest);
      ObjectNode entry = (ObjectNode) content.path("files").path(file);
      Path old = changed.resolve(entry.path("name").asText());
      byte[] bytes = change(Files.readAllBytes(old), file, random);
      Files.delete(old);
      String sha256 = Checksum.of(new ByteArrayInputStream(bytes));
      int dot = file.lastIndexOf('.');
      String name = file.substring(0, dot) + "-" + sha256.substring(0, 8) + file.substring(dot);
      Files.write(changed.resolve(name), bytes);
      entry.put("name", name).put("bytes", bytes.length).put("sha256", sha256);
      entry.put("crc32c", Checksum.crc32c(new ByteArrayInputStream(bytes)));
      JsonWriting.MAPPER.writeValue(manifest.toFile(), ManifestDirectory.sealed(content));
      refused += isRefused(changed) ? 1 : 0;
    }
    assertThat(refused).isPositive();
  }

  @Test
  void changedManifestsAreRefusedOrServedFrom() throws IOException {
    Path whole = directory.resolve("whole");
    SampleModel.model().save(whole);
    Random random = new Random(5);
    for (int i = 0; i < TRIES; i++) {
      Path changed = copy(whole, directory.resolve("changed-" + i));
      Path manifest = changed.resolve("model.json");
      byte[] bytes = change(Files.readAllBytes(manifest), "model.json", random);
      try {
        if (JsonWriting.MAPPER.readTree(bytes) instanceof ObjectNode content) {
          bytes = JsonWriting.MAPPER.writeValueAsBytes(ManifestDirectory.sealed(content));
        }
      } catch (IOException malformed) {
        // as it is, then
      }
      Files.write(manifest, bytes);
      isRefused(changed);
    }
  }

  /** A model that names files outside of its directory is refused. */
  @Test
  void namesLeadNowhereElse() throws IOException {
    Path whole = directory.resolve("whole");
    SampleModel.model().save(whole);
    Path manifest = whole.resolve("model.json");
    ObjectNode content = Json.read(manifest);
    ObjectNode entry = (ObjectNode) content.path("files").path("items.json");
    entry.put("name", "../" + entry.path("name").asText());
    JsonWriting.MAPPER.writeValue(manifest.toFile(), ManifestDirectory.sealed(content));
    assertThat(isRefused(whole)).isTrue();
  }

  private static boolean isRefused(Path model) {
    return Assertions.assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          try (VectorStore store = EmbeddedVectorStore.inMemory();
              Recommender recommender = Recommender.of(FusionModel.load(model), store)) {
            recommender.forUser(UserProfile.ofId(1)).topK(5);
            FusionModel byStars = recommender.model().rankingBy(Objective.RATING);
            byStars.encode(byStars.items().subList(0, 1)); // the only one that reads the weights
            return false;
          } catch (ModelFormatException | IllegalArgumentException e) {
            return true;
          }
        });
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    Map<String, Path> files = new TreeMap<>();
    try (var paths = Files.newDirectoryStream(from)) {
      for (Iterator<Path> each = paths.iterator(); each.hasNext(); ) {
        Path path = each.next();
        files.put(path.getFileName().toString(), path);
      }
    }
    for (Map.Entry<String, Path> file : files.entrySet()) {
      if (Files.isRegularFile(file.getValue())) {
        Files.copy(file.getValue(), to.resolve(file.getKey()));
      }
    }
    return to;
  }

  private static byte[] change(byte[] bytes, String file, Random random) {
    boolean json = file.endsWith(".json");
    int header = json ? bytes.length : Math.min(bytes.length, 1_000);
    return switch (random.nextInt(json ? 5 : 4)) {
      case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> flipped(bytes, random.nextInt(bytes.length), random);
      case 2 -> flipped(bytes, random.nextInt(header), random);
      case 3 -> spliced(bytes, random.nextInt(header), random);
      default -> withToken(bytes, random);
    };
  }

  private static byte[] flipped(byte[] bytes, int at, Random random) {
    byte[] changed = bytes.clone();
    for (int i = 0; i <= random.nextInt(4); i++) {
      changed[Math.min(at + i, changed.length - 1)] = (byte) random.nextInt(256);
    }
    return changed;
  }

  /** With some bytes left out or doubled. */
  private static byte[] spliced(byte[] bytes, int at, Random random) {
    int length = Math.min(1 + random.nextInt(8), bytes.length - at);
    boolean twice = random.nextBoolean();
    byte[] changed = new byte[bytes.length + (twice ? length : -length)];
    System.arraycopy(bytes, 0, changed, 0, at);
    int from = twice ? at : at + length;
    if (twice) {
      System.arraycopy(bytes, at, changed, at, length);
    }
    int to = twice ? at + length : at;
    System.arraycopy(bytes, from, changed, to, bytes.length - from);
    return changed;
  }

  /** With another value in the place of a number or a text. */
  private static byte[] withToken(byte[] bytes, Random random) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int from = random.nextInt(text.length());
    while (from < text.length() && ":,[".indexOf(text.charAt(from)) < 0) {
      from++;
    }
    int to = Math.min(from + 1, text.length());
    while (to < text.length() && ",]}".indexOf(text.charAt(to)) < 0) {
      to++;
    }
    String token = TOKENS[random.nextInt(TOKENS.length)];
    String start = text.substring(0, Math.min(from + 1, text.length()));
    return (start + token + text.substring(to)).getBytes(StandardCharsets.UTF_8);
  }
}
