package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.Recommendation;
import dev.recsys.Recommender;
import dev.recsys.data.Rating;
import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.FeatureEncoder.ItemFeatures;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The towers of src/test/torchscript/towers.py, computed here once more. */
class TorchScriptModelTest {
  private static final int DIMENSION = 8;
  private static final Path TOWERS = Path.of("src", "test", "resources", "torchscript");
  private static final UserProfile USER = SmallData.user(5);

  @TempDir Path directory;

  private FeatureEncoder encoder;

  @BeforeEach
  void write() throws IOException {
    Path saved = directory.resolve("saved");
    SmallData.rankingModel().save(saved);
    try (Stream<Path> files = Files.list(saved)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith("vocabulary") || name.startsWith("items")) {
          Files.copy(file, directory.resolve(name.replaceAll("-[0-9a-f]+", "")));
        }
      }
    }
    Files.copy(TOWERS.resolve("users.pt"), directory.resolve("users.pt"));
    Files.copy(TOWERS.resolve("items.pt"), directory.resolve("items.pt"));
    encoder = SmallData.rankingModel().encoder();
  }

  private FusionModel load() {
    return FusionModel.ofTorchScript(directory, Objective.RANKING);
  }

  private static void add(double[] sum, int table, int row, double factor) {
    for (int c = 0; c < DIMENSION; c++) {
      sum[c] += factor * Math.sin(13 * table + 7 * row + c);
    }
  }

  private static float[] unit(double[] sum) {
    double squares = 0;
    for (double component : sum) {
      squares += component * component;
    }
    float[] unit = new float[DIMENSION];
    for (int c = 0; c < DIMENSION; c++) {
      unit[c] = (float) (sum[c] / Math.sqrt(squares));
    }
    return unit;
  }

  private float[] expected(UserProfile user) {
    double[] sum = new double[DIMENSION];
    int[] rows = encoder.encode(user);
    for (int slot = 0; slot < rows.length; slot++) {
      add(sum, slot, rows[slot], 1);
    }
    return unit(sum);
  }

  private float[] expected(Item item) {
    ItemFeatures features = encoder.encode(item);
    double[] sum = new double[DIMENSION];
    add(sum, 3, features.idRow(), 1);
    for (int style : features.rows()[0]) {
      add(sum, 4, style, 1);
    }
    for (int word : features.rows()[1]) {
      add(sum, 5, word, 1);
    }
    add(sum, 6, features.rows()[2].length == 0 ? 0 : features.rows()[2][0], 1);
    add(sum, 7, 0, features.numbers()[3]);
    return unit(sum);
  }

  @Test
  void vectorsAreThoseOfTheTowers() {
    FusionModel model = load();
    assertThat(model.dimension()).isEqualTo(DIMENSION);
    for (int user = 1; user <= SmallData.USERS; user++) {
      assertThat(model.userVector(SmallData.user(user)))
          .containsExactly(expected(SmallData.user(user)), within(1e-5f));
    }
    for (Item item : model.items()) {
      assertThat(model.itemVector(item.id())).containsExactly(expected(item), within(1e-5f));
    }
    Item fresh = SmallData.withId(4711, SmallData.item(8));
    Item bare = Item.builder(4712).build();
    List<float[]> encoded = model.encode(List.of(fresh, bare));
    assertThat(encoded.get(0)).containsExactly(expected(fresh), within(1e-5f));
    assertThat(encoded.get(1)).containsExactly(expected(bare), within(1e-5f));
  }

  @Test
  void aRecommenderServesThem() {
    FusionModel model = load();
    try (VectorStore store = EmbeddedVectorStore.inMemory();
        Recommender recommender = Recommender.of(model, store)) {
      List<Recommendation> found = recommender.forUser(USER).topK(SmallData.ITEMS);
      assertThat(found).hasSize(SmallData.ITEMS);
      for (Recommendation each : found) {
        double score = Vectors.dot(expected(USER), expected(model.item(each.id())));
        assertThat(each.score()).isCloseTo(score, within(1e-4));
        assertThat(each.predictedRating()).isNaN();
      }
      assertThat(recommender.similarTo(3).topK(5)).hasSize(5);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> recommender.forUser(USER).withHistory(Rating.of(1, 5)));
    }
  }

  @Test
  void innerProductsOfStarsAreStars() {
    FusionModel model = FusionModel.ofTorchScript(directory, Objective.RATING);
    double inner = Vectors.dot(expected(USER), expected(model.item(3)));
    assertThat(model.predictStars(USER, 3))
        .isCloseTo(FusionModel.stars(FusionModel.score(inner)), within(1e-4));
    assertThat(model.objectives()).containsExactly(Objective.RATING);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.rankingBy(Objective.RANKING))
        .withMessageContaining("RATING objective alone");
  }

  @Test
  void theSameTowersAreTheSameModel() {
    String fingerprint = load().fingerprint();
    assertThat(load().fingerprint())
        .isEqualTo(fingerprint)
        .isNotEqualTo(SmallData.rankingModel().fingerprint());
  }

  @Test
  void itIsNotSavedAgain() {
    FusionModel model = load();
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> model.save(directory.resolve("copy")))
        .withMessageContaining(directory.toString());
    assertThat(directory.resolve("copy")).doesNotExist();
  }

  @Test
  void whatIsNoTowerIsRefusedByItsFile() throws IOException {
    Path items = directory.resolve("items.pt");
    Files.copy(directory.resolve("users.pt"), items, StandardCopyOption.REPLACE_EXISTING);
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(this::load)
        .withMessageContaining("items.pt");
    Files.write(items, new byte[] {1, 2, 3});
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(this::load)
        .withMessageContaining("items.pt");
    Files.delete(items);
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(this::load)
        .withMessageContaining("items.pt");
    Files.delete(directory.resolve("vocabulary.json"));
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(this::load)
        .withMessageContaining("vocabulary.json");
  }
}
