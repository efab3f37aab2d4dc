package dev.recsys.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.features.UserProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovieLensSampleTest {
  @TempDir private static Path shared;
  @TempDir private Path directory;
  private static Dataset data;

  @BeforeAll
  static void writeSample() {
    data = MovieLens.read(MovieLens.sample().write(shared.resolve("sample")));
  }

  @Test
  void hasTheSizesPromised() {
    assertThat(data).hasToString("ml-1m: 600 users, 400 items, 40000 ratings");
    assertThat(data.skippedLines()).isZero();
  }

  @Test
  void isTheSameOnEveryJvm() {
    assertThat(data.fingerprint()).isEqualTo("f980d31fa508ab6f");
  }

  @Test
  void seedDecidesAll() throws IOException {
    MovieLens.Sample sample = MovieLens.sample().users(20).movies(10).ratings(50).seed(5);
    Path one = sample.write(directory.resolve("one"));
    Path two = sample.write(directory.resolve("two"));
    Path other = sample.seed(6).write(directory.resolve("other"));
    for (String name : MovieLensFiles.ALL) {
      assertThat(two.resolve(name)).hasSameBinaryContentAs(one.resolve(name));
      assertThat(Files.readAllBytes(other.resolve(name)))
          .isNotEqualTo(Files.readAllBytes(one.resolve(name)));
    }
  }

  @Property(tries = 30)
  void anySizesAreReadBack(
      @ForAll @IntRange(min = 1, max = 30) int users,
      @ForAll @IntRange(min = 1, max = 30) int movies,
      @ForAll @IntRange(max = 100) int percent,
      @ForAll long seed)
      throws IOException {
    Path root = Files.createTempDirectory("sample");
    int ratings = users * movies * percent / 100;
    MovieLens.sample().users(users).movies(movies).ratings(ratings).seed(seed).write(root);
    Dataset read = MovieLens.read(root);
    assertThat(read.users()).hasSize(users);
    assertThat(read.items()).hasSize(movies);
    assertThat(read.ratings().size()).isEqualTo(ratings);
    Set<List<Long>> pairs = new HashSet<>();
    for (int i = 0; i < ratings; i++) {
      pairs.add(List.of(read.ratings().user(i), read.ratings().item(i)));
    }
    assertThat(pairs).as("nobody rates a movie twice").hasSize(ratings);
    for (String name : MovieLensFiles.ALL) {
      Files.delete(root.resolve(name));
    }
    Files.delete(root);
  }

  @Test
  void sizesMustBeInRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MovieLens.sample().users(0).write(directory))
        .withMessageStartingWith("sample: users must be in [1, ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MovieLens.sample().movies(1601).write(directory))
        .withMessage("sample: movies must be in [1, 1600], not 1601");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MovieLens.sample().users(2).movies(3).ratings(7).write(directory))
        .withMessage("sample: ratings must be in [0, 6], not 7");
  }

  @Test
  void neverOverwritesAFile() throws IOException {
    Path precious = Files.writeString(directory.resolve("users.dat"), "precious");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> MovieLens.sample().write(directory))
        .withMessageContaining(precious.toString());
    assertThat(precious).hasContent("precious");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(precious);
    }
  }

  @Test
  void directoryThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> MovieLens.sample().write(file.resolve("sample")))
        .withMessage("cannot write the sample to " + file.resolve("sample"));
  }

  @Test
  void titlesAreDifferentAndNeverOfRealFilms() {
    List<String> titles =
        data.items().stream().map(item -> bare(item.title())).collect(Collectors.toList());
    assertThat(titles).doesNotHaveDuplicates();
    Set<String> real =
        MovieLens.read(Files1m.real()).items().stream()
            .map(item -> bare(item.title()))
            .collect(Collectors.toSet());
    assertThat(titles).doesNotContainAnyElementsOf(real);
  }

  private static String bare(String title) {
    return title.replaceAll(" \\(\\d{4}\\)$", "").replaceAll("^The |, The$", "");
  }

  @Test
  void popularityIsSkewed() {
    Map<Long, Integer> counts = new HashMap<>();
    for (int i = 0; i < data.ratings().size(); i++) {
      counts.merge(data.ratings().item(i), 1, Integer::sum);
    }
    int top = counts.values().stream().sorted((a, b) -> b - a).limit(40).mapToInt(c -> c).sum();
    assertThat(top).as("ratings of the most popular tenth").isGreaterThan(40_000 / 5);
    assertThat(counts.size()).as("movies that somebody rated").isGreaterThan(360);
  }

  @Test
  void everyStarIsGivenAndTheMeanIsThatOfMovies() {
    Map<Float, Long> counts =
        stars()
            .boxed()
            .collect(Collectors.groupingBy(s -> (float) (double) s, Collectors.counting()));
    assertThat(counts.keySet()).containsExactlyInAnyOrder(1f, 2f, 3f, 4f, 5f);
    assertThat(counts.values()).allMatch(count -> count > 400);
    assertThat(stars().average().orElseThrow()).isBetween(3.3, 4.1);
  }

  private static DoubleStream stars() {
    return IntStream.range(0, data.ratings().size()).mapToDouble(i -> data.ratings().stars(i));
  }

  @Test
  void tasteIsPlantedInAttributesAndInUsersThemselves() {
    Split split = data.split(0.8, 0, 0.2, 3);
    double byMovie = new GenreTastes(split, user -> List.of()).squaredError();
    double byAttributes = new GenreTastes(split, MovieLensSampleTest::attributes).squaredError();
    double byUser = new GenreTastes(split, MovieLensSampleTest::attributesAndId).squaredError();
    assertThat(byAttributes).as("attributes explain some").isLessThan(0.97 * byMovie);
    assertThat(byUser).as("the user explains more").isLessThan(0.97 * byAttributes);
  }

  private static List<Object> attributes(UserProfile user) {
    return List.of("g" + user.get("gender"), "a" + user.get("age"), "o" + user.get("occupation"));
  }

  private static List<Object> attributesAndId(UserProfile user) {
    List<Object> keys = new ArrayList<>(attributes(user));
    keys.add(user.id());
    return keys;
  }
}
