package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestDirectoryTest {
  @TempDir Path temporary;
  private Path directory;
  private ManifestDirectory files;

  @BeforeEach
  void create() {
    directory = temporary.resolve("files");
    files = new ManifestDirectory(directory, "manifest.json", "test-format", 3);
  }

  private static DurableFiles.Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode content(String value) {
    return JsonWriting.object().put("value", value);
  }

  private void write(String value) {
    Map<String, DurableFiles.Content> contents = new LinkedHashMap<>();
    contents.put("a.json", text("a of " + value));
    contents.put("b.bin", text("b of " + value));
    files.write(content(value), contents);
  }

  private void assertHolds(String value) throws IOException {
    JsonNode manifest = files.read();
    assertThat(manifest.path("value").asText()).isEqualTo(value);
    assertThat(files.verified(manifest, "a.json")).hasContent("a of " + value);
    assertThat(files.verified(manifest, "b.bin")).hasContent("b of " + value);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void readsWhatItWroteAndNothingOfTheVersionBefore() throws IOException {
    assertThat(files.exists()).isFalse();
    write("one");
    assertHolds("one");
    write("two");
    assertHolds("two");
    assertThat(names()).hasSize(3);
    write("two");
    assertHolds("two");
    assertThat(names()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void failingAtAnyFileLeavesTheVersionBeforeAndNoRemains(int failing) throws IOException {
    write("one");
    List<String> before = names();
    Map<String, DurableFiles.Content> contents = new LinkedHashMap<>();
    for (int i = 0; i < 3; i++) {
      int file = i;
      contents.put(
          List.of("a.json", "b.bin", "c.bin").get(i),
          out -> {
            if (file == failing) {
              throw new IOException("disk full");
            }
            text("new").writeTo(out);
          });
    }
    assertThatThrownBy(() -> files.write(content("two"), contents))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("disk full")
        .hasMessageContaining(directory.toString());
    assertHolds("one");
    assertThat(names()).containsAll(before).noneMatch(name -> name.endsWith(".tmp"));
    write("three");
    assertHolds("three");
  }

  @Test
  void aCrashBeforeTheManifestIsReplacedLeavesTheVersionBefore() throws IOException {
    write("one");
    Files.writeString(directory.resolve("a-00000000.json"), "left by a crash");
    Files.writeString(directory.resolve("b.bin.5.tmp"), "left by a crash");
    Files.writeString(directory.resolve("manifest.json.5.tmp"), "left by a crash");
    assertHolds("one");
    write("two");
    assertHolds("two");
    assertThat(names()).hasSize(3).doesNotContain("a-00000000.json");
  }

  @Test
  void filesOfOthersAreNeverDeleted() throws IOException {
    write("one");
    List<String> strangers = List.of("a-1.json", "notes.txt", "x-12345678.json", "a-12345678.txt");
    for (String name : strangers) {
      Files.writeString(directory.resolve(name), "mine");
    }
    write("two");
    assertThat(names()).containsAll(strangers).hasSize(3 + strangers.size());
    files.delete(Set.of("a.json", "b.bin"));
    assertThat(names()).containsExactlyInAnyOrderElementsOf(strangers);
  }

  @Test
  void deletingRemovesManifestAndDataFiles() {
    write("one");
    files.delete(Set.of("a.json", "b.bin"));
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "\"1\"", "1.5", "null"})
  void aVersionThatIsNoneIsRefused(String version) throws IOException {
    write("one");
    Files.writeString(files.manifest(), "{\"format\":\"test-format\",\"version\":" + version + "}");
    assertThatThrownBy(() -> files.read())
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("\"version\" from 1 to 3");
  }

  @Test
  void anotherVersionIsRefusedByWhoWroteIt() throws IOException {
    write("one");
    Files.writeString(files.manifest(), "{\"format\":\"test-format\",\"version\":2}");
    assertThatThrownBy(() -> files.read())
        .hasMessageContaining("written by an older recsys: expected version 3, found 2");
    Files.writeString(files.manifest(), "{\"format\":\"test-format\",\"version\":4}");
    assertThatThrownBy(() -> files.read())
        .hasMessageContaining("written by a newer recsys: expected version 3, found 4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1]", "{} {}", "{\"a\":1,\"a\":2}"})
  void aManifestThatIsNotOneJsonObjectIsRefused(String text) throws IOException {
    write("one");
    Files.writeString(files.manifest(), text);
    assertThatThrownBy(() -> files.read())
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("manifest.json")
        .hasMessageNotContainingAny("Source", "Deserialization", "MISSING", "`", "Exception");
  }

  @Test
  void jacksonsInnerNamesWereInTheMessage() throws IOException {
    write("one");
    Files.writeString(files.manifest(), "{\n  \"a\": [1,");
    assertThatThrownBy(() -> files.read())
        .hasMessage(
            files.manifest()
                + ": not well-formed JSON at line 2, column 11: Unexpected end-of-input within/between Array entries");
    Files.writeString(files.manifest(), "");
    assertThatThrownBy(() -> files.read())
        .hasMessage(files.manifest() + ": expected a JSON object, found none");
    Files.writeString(files.manifest(), "{}");
    assertThatThrownBy(() -> files.read())
        .hasMessageEndingWith("expected \"format\" to be \"test-format\", found none");
  }

  @Test
  void temporaryNamesAreNeverTheSame() {
    Path file = directory.resolve("a.json");
    assertThat(DurableFiles.beside(file)).isNotEqualTo(DurableFiles.beside(file));
  }

  @Test
  void anEntryWithoutAChecksumIsRefused() {
    write("one");
    JsonNode manifest = files.read();
    ((ObjectNode) manifest.path("files").path("a.json")).put("sha256", "12");
    assertThatThrownBy(() -> files.verified(manifest, "a.json"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("\"a.json\" with a \"sha256\" of 64 digits");
    assertThatThrownBy(() -> files.verified(manifest, "z.json"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("z.json");
  }
}
