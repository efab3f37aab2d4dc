package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFilesTest {
  private static final FusionModel MODEL = SmallData.model();

  @TempDir Path temporary;
  private Path directory;

  @BeforeEach
  void save() {
    directory = temporary.resolve("deep/model");
    MODEL.save(directory);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Path file(String start) throws IOException {
    return directory.resolve(
        names().stream().filter(name -> name.startsWith(start)).findFirst().get());
  }

  private void edit(Consumer<ObjectNode> change) throws IOException {
    Path file = directory.resolve("model.json");
    ObjectNode manifest = Json.read(file);
    change.accept(manifest);
    Files.writeString(file, ManifestDirectory.sealed(manifest).toString());
  }

  private void tamper(String from, String to) throws IOException {
    Path file = directory.resolve("model.json");
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  private void editTraining(String key, double value) throws IOException {
    edit(manifest -> ((ObjectNode) manifest.path("training")).put(key, value));
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(() -> FusionModel.load(directory))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void aLoadedModelIsTheSavedOne() {
    FusionModel loaded = FusionModel.load(directory);
    assertThat(loaded.fingerprint()).isEqualTo(MODEL.fingerprint()).matches("[0-9a-f]{12}");
    assertThat(loaded.training()).isEqualTo(MODEL.training());
    assertThat(loaded.schema()).isEqualTo(MODEL.schema());
    assertThat(loaded.items()).isEqualTo(MODEL.items());
    assertThat(loaded.dimension()).isEqualTo(MODEL.dimension());
    for (int user = 0; user <= SmallData.USERS + 1; user++) {
      assertThat(loaded.userVector(UserProfile.ofId(user)))
          .isEqualTo(MODEL.userVector(UserProfile.ofId(user)));
      assertThat(loaded.history(user)).isEqualTo(MODEL.history(user));
    }
    for (Item item : MODEL.items()) {
      assertThat(loaded.itemVector(item.id())).isEqualTo(MODEL.itemVector(item.id()));
    }
    Item fresh = Item.builder(900).set("title", "old moon").set("year", 1970).build();
    assertThat(loaded.encode(List.of(fresh)).get(0))
        .containsExactly(MODEL.encode(List.of(fresh)).get(0), within(1e-6f));
  }

  @Test
  void savingALoadedModelElsewhereCopiesIt() {
    Path copy = temporary.resolve("copy");
    FusionModel.load(directory).save(copy);
    FusionModel loaded = FusionModel.load(copy);
    assertThat(loaded.fingerprint()).isEqualTo(MODEL.fingerprint());
    assertThat(loaded.encode(MODEL.items())).hasSize(SmallData.ITEMS);
  }

  @Test
  void fingerprintIsTheChecksumOfTheServingFile() throws IOException {
    assertThat(Json.read(directory.resolve("model.json")).at("/files/serving.safetensors/sha256"))
        .asString()
        .contains(MODEL.fingerprint());
    assertThat(file("serving").getFileName().toString())
        .isEqualTo("serving-" + MODEL.fingerprint().substring(0, 8) + ".safetensors");
  }

  @Test
  void savingAgainReplacesTheFilesAndLeavesStrangersAlone() throws IOException {
    Files.writeString(directory.resolve("notes.txt"), "mine");
    Files.writeString(directory.resolve("serving-old.safetensors"), "mine");
    List<String> before = names();
    SmallData.trainer().seed(8).epochs(1).build().fit(SmallData.split()).save(directory);
    assertThat(names()).hasSameSizeAs(before).contains("notes.txt", "serving-old.safetensors");
    assertThat(FusionModel.load(directory).training().seed()).isEqualTo(8);
  }

  @Test
  void whatEndsASaveEarlyLeavesTheOldModelWhole() throws IOException {
    Map<String, DurableFiles.Content> files = new TreeMap<>();
    files.put("items.json", JsonWriting.content(Map.of("items", List.of())));
    files.put(
        "serving.safetensors",
        out -> {
          out.write(new byte[100]);
          throw new IOException("No space left on device");
        });
    ManifestDirectory manifest =
        new ManifestDirectory(directory, "model.json", "recsys-fusion-model", 1);
    assertThatThrownBy(() -> manifest.write(JsonWriting.object(), files))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("No space left");
    assertThat(names()).noneMatch(name -> name.endsWith(".tmp"));
    assertThat(FusionModel.load(directory).fingerprint()).isEqualTo(MODEL.fingerprint());
    MODEL.save(directory);
    assertThat(names()).hasSize(6);
  }

  @Test
  void savingWhereAFileStandsSaysSo() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "x");
    assertThatThrownBy(() -> MODEL.save(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString());
    assertThat(file).hasContent("x");
  }

  @Test
  void aDirectoryWithoutAModelIsRefused() {
    assertThatThrownBy(() -> FusionModel.load(temporary))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("expected a directory with model.json, found none in it");
    assertThatThrownBy(() -> FusionModel.load(temporary.resolve("no")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("no such directory");
  }

  @Test
  void aNewerVersionIsRefusedByName() throws IOException {
    edit(manifest -> manifest.put("version", 5));
    assertRefused("written by a newer recsys", "version 4", "found 5");
  }

  @Test
  void aModelFromBeforeRankingIsRefusedByItsVersion() throws IOException {
    edit(manifest -> manifest.put("version", 1));
    assertRefused("model.json", "written by an older recsys", "version 4", "found 1");
  }

  @Test
  void anotherFormatIsRefused() throws IOException {
    edit(manifest -> manifest.put("format", "something"));
    assertRefused("recsys-fusion-model", "\"something\"");
  }

  @Test
  void aNameThatLeavesTheDirectoryIsRefused() throws IOException {
    edit(
        manifest ->
            ((ObjectNode) manifest.at("/files/items.json")).put("name", "../../etc/passwd"));
    assertRefused("items.json", "../../etc/passwd");
  }

  @Test
  void settingsThatAreMissingOrNotNumbersAreRefused() throws IOException {
    edit(manifest -> ((ObjectNode) manifest.at("/settings/towers")).put("dimension", "wide"));
    assertRefused("\"settings.towers.dimension\": expected a value of type int, found \"wide\"");
    edit(manifest -> ((ObjectNode) manifest.at("/settings/towers")).remove("dimension"));
    assertRefused("\"settings.towers.dimension\": expected a value of the right kind, found none");
    edit(manifest -> manifest.remove("settings"));
    assertRefused("expected \"settings\", found none");
  }

  @Test
  void aChangedSplitSeedWasLoadedSilently() throws IOException {
    tamper("\"splitSeed\" : 5", "\"splitSeed\" : 6");
    assertRefused("model.json: expected content with the CRC-32C ", " that it names, found ");
  }

  @Test
  void orderAndWhiteSpaceOfTheManifestDoNotMatter() throws IOException {
    tamper("\n", "\n\n ");
    ObjectNode manifest = Json.read(directory.resolve("model.json"));
    manifest.set("format", manifest.remove("format"));
    Files.writeString(directory.resolve("model.json"), manifest.toString());
    assertThat(FusionModel.load(directory).fingerprint()).isEqualTo(MODEL.fingerprint());
  }

  @Test
  void aManifestWithoutItsChecksumIsRefused() throws IOException {
    ObjectNode manifest = Json.read(directory.resolve("model.json"));
    manifest.remove("crc32c");
    Files.writeString(directory.resolve("model.json"), manifest.toString());
    assertRefused("\"model.json\" with a \"sha256\" of 64 digits");
  }

  @Test
  void aManifestWithoutCrcIsCheckedByItsSha256() throws IOException {
    ObjectNode manifest = Json.read(directory.resolve("model.json"));
    manifest.remove("crc32c");
    manifest.put("sha256", Json.sha256(manifest));
    Files.writeString(directory.resolve("model.json"), manifest.toString());
    assertThat(FusionModel.load(directory).fingerprint()).isEqualTo(MODEL.fingerprint());
    tamper("\"splitSeed\":5", "\"splitSeed\":6");
    assertRefused("model.json: expected content with the SHA-256 ", " that it names, found ");
  }

  @Test
  void negativeEpochsWereLoadedSilently() throws IOException {
    edit(manifest -> ((ObjectNode) manifest.path("training")).put("epochs", -4));
    assertRefused("model.json: \"training\": epochs must be at least 0, not -4");
  }

  @Test
  void valuesThatNoTrainingCanHaveHadAreRefused() throws IOException {
    editTraining("seconds", -1);
    assertRefused("seconds must be at least 0, not -1.0");
    editTraining("seconds", 1);
    editTraining("validationRmse", -0.5);
    assertRefused("validationRmse must be at least 0, or NaN, not -0.5");
    editTraining("validationRmse", 0.9);
    editTraining("trainFraction", 0.6);
    assertRefused("fractions must add up to 1, not 0.");
    editTraining("trainFraction", 1.8);
    assertRefused("fractions must be 0 to 1, not 1.8");
    edit(manifest -> ((ObjectNode) manifest.path("training")).put("bestEpoch", 4));
    assertRefused("bestEpoch must be 0 to epochs, not 4");
  }

  @Test
  void aModelWithoutValidationErrorIsLoadedAsItWasSaved() {
    FusionModel model =
        SmallData.trainer().epochs(1).build().fit(SmallData.dataset().split(0.9, 0, 0.1, 1));
    model.save(directory);
    assertThat(FusionModel.load(directory).training()).isEqualTo(model.training());
  }

  @Test
  void settingsThatDoNotFitTheTensorsAreRefused() throws IOException {
    edit(manifest -> ((ObjectNode) manifest.at("/settings/towers")).put("dimension", 9));
    assertRefused("serving", "expected tensor fold.shift as F32[9], found F32[8]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vocabulary", "items", "serving", "weights", "history"})
  void aFileThatIsMissingIsNamed(String start) throws IOException {
    Files.delete(file(start));
    assertRefused(start, ": cannot be read: no such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vocabulary", "items", "serving", "weights", "history"})
  void aFileThatIsCutShortOrChangedIsNamed(String start) throws IOException {
    Path file = file(start);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused(file.toString(), bytes.length + " bytes", "found " + (bytes.length - 1));
    bytes[new Random(1).nextInt(bytes.length)] ^= 4;
    Files.write(file, bytes);
    assertRefused(file.toString(), "CRC-32C");
  }

  @Test
  void aFileWithoutCrcIsCheckedByItsSha256() throws IOException {
    edit(
        manifest -> manifest.path("files").forEach(entry -> ((ObjectNode) entry).remove("crc32c")));
    assertThat(FusionModel.load(directory).fingerprint()).isEqualTo(MODEL.fingerprint());
    Path file = file("serving");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
    assertRefused(file.toString(), "SHA-256");
  }

  @Test
  void weightsOfAnotherModelAreNoticedWhenTheyAreFirstUsed() throws IOException {
    FusionModel other = SmallData.trainer().seed(8).epochs(1).build().fit(SmallData.split());
    Path elsewhere = temporary.resolve("other");
    other.save(elsewhere);
    FusionModel loaded = FusionModel.load(directory);
    Path swapped = file("weights");
    directory = elsewhere;
    Files.copy(file("weights"), swapped, StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> loaded.encode(List.of(SmallData.item(1))))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("the weights that the served vectors were made with");
  }

  @Test
  void aHistoryWhoseOffsetsDoNotAscendIsRefused() throws IOException {
    Map<String, Tensor> tensors = new TreeMap<>(Safetensors.read(file("history")));
    int[] offsets = Tensor.get(tensors, "history.offsets").ints().clone();
    offsets[3] = offsets[4] + 1;
    tensors.put("history.offsets", Tensor.of(offsets, offsets.length));
    assertThatThrownBy(() -> History.of(tensors, MODEL.encoder()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("to ascend");
    tensors.remove("history.offsets");
    assertThatThrownBy(() -> History.of(tensors, MODEL.encoder()))
        .hasMessageContaining("expected a tensor history.offsets, found none");
  }
}
