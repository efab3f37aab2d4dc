package dev.recsys.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The reader against a plain one that uses regular expressions, on lines good and bad. */
class MovieLensReaderPropertyTest {
  private static final Pattern USER =
      Pattern.compile(
          "(\\d{1,18})::([FM])::(1|18|25|35|45|50|56)::(\\d|1\\d|20)::((?:(?!::).)*[^: ](?:(?!::).)*)");
  private static final Pattern MOVIE =
      Pattern.compile(
          "(\\d{1,18})::(.*\\S.*)::((?!.*::)GENRE(?:\\|GENRE)*)"
              .replace("GENRE", "[^|]*[^|\\s][^|]*"));
  private static final Pattern RATING =
      Pattern.compile("(\\d{1,18})::(\\d{1,18})::0*([1-5])::\\d{1,18}");

  private static Path directory = Path.of("");

  @BeforeContainer
  static void createDirectory() throws IOException {
    directory = Files.createTempDirectory("reader");
  }

  @AfterContainer
  static void deleteDirectory() throws IOException {
    for (String name : MovieLensFiles.ALL) {
      Files.deleteIfExists(directory.resolve(name));
    }
    Files.delete(directory);
  }

  private static Arbitrary<String> ids() {
    return Arbitraries.of("1", "2", "3", "007", "", "x", "9999999999999999999");
  }

  private static Arbitrary<String> lines(Arbitrary<String> good) {
    Arbitrary<String> cut =
        Combinators.combine(good, Arbitraries.integers().between(0, 30))
            .as((line, length) -> line.substring(0, Math.min(length, line.length())));
    return Arbitraries.frequencyOf(
        Tuple.of(8, good),
        Tuple.of(1, cut),
        Tuple.of(1, Arbitraries.strings().withChars("1:FM|\u00e9").ofMaxLength(12)));
  }

  @Provide
  Arbitrary<List<String>> users() {
    return lines(
            Combinators.combine(
                    ids(),
                    Arbitraries.of("F", "M", "f"),
                    Arbitraries.of("1", "18", "25", "56", "17"),
                    Arbitraries.of("0", "9", "20", "21", "01"))
                .as((id, gender, age, job) -> id + "::" + gender + "::" + age + "::" + job + "::9"))
        .list()
        .ofMaxSize(8);
  }

  @Provide
  Arbitrary<List<String>> movies() {
    return lines(
            Combinators.combine(
                    ids(),
                    Arbitraries.of("A (1990)", "B", "C::D (19)", "\u00c9", ":"),
                    Arbitraries.of("War", "War|Drama", "War|"))
                .as((id, title, genres) -> id + "::" + title + "::" + genres))
        .list()
        .ofMaxSize(8);
  }

  @Provide
  Arbitrary<List<String>> ratings() {
    return lines(
            Combinators.combine(ids(), ids(), Arbitraries.of("1", "5", "3", "6", "0", "05"))
                .as((user, item, stars) -> user + "::" + item + "::" + stars + "::978300760"))
        .list()
        .ofMaxSize(12);
  }

  @Property(tries = 500)
  void readsWhatThePlainReaderReads(
      @ForAll("users") List<String> users,
      @ForAll("movies") List<String> movies,
      @ForAll("ratings") List<String> ratings)
      throws IOException {
    Files1m.write(directory, text(users), text(movies), text(ratings));
    Dataset data = MovieLens.reader().skipBadLines().read(directory);
    Plain plain = new Plain(users, movies, ratings);
    assertThat(data.users().stream().map(MovieLensReaderPropertyTest::line)).isEqualTo(plain.users);
    assertThat(data.items().stream().map(MovieLensReaderPropertyTest::line))
        .isEqualTo(plain.movies);
    List<String> read = new ArrayList<>();
    for (int i = 0; i < data.ratings().size(); i++) {
      Ratings r = data.ratings();
      read.add(r.user(i) + " " + r.item(i) + " " + (int) r.stars(i));
    }
    assertThat(read).isEqualTo(plain.ratings);
    assertThat(data.skippedLines()).isEqualTo(plain.skipped);
  }

  private static String text(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static String line(UserProfile u) {
    return u.id().orElseThrow()
        + " "
        + u.get("gender")
        + " "
        + u.get("age")
        + " "
        + u.get("occupation");
  }

  private static String line(Item item) {
    return item.id() + " " + item.title() + " " + item.get("genres");
  }

  private static final class Plain {
    final List<String> users = new ArrayList<>();
    final List<String> movies = new ArrayList<>();
    final List<String> ratings = new ArrayList<>();
    int skipped;

    Plain(List<String> userLines, List<String> movieLines, List<String> ratingLines) {
      Set<Long> userIds = new HashSet<>();
      Set<Long> movieIds = new HashSet<>();
      for (String line : userLines) {
        Matcher m = USER.matcher(line);
        if (m.matches() && userIds.add(Long.valueOf(m.group(1)))) {
          users.add(
              Long.valueOf(m.group(1)) + " " + m.group(2) + " " + m.group(3) + " " + m.group(4));
        } else {
          skipped++;
        }
      }
      for (String line : movieLines) {
        Matcher m = MOVIE.matcher(line);
        if (m.matches() && movieIds.add(Long.valueOf(m.group(1)))) {
          movies.add(
              Long.valueOf(m.group(1)) + " " + m.group(2) + " " + List.of(m.group(3).split("\\|")));
        } else {
          skipped++;
        }
      }
      for (String line : ratingLines) {
        Matcher m = RATING.matcher(line);
        if (m.matches()
            && userIds.contains(Long.valueOf(m.group(1)))
            && movieIds.contains(Long.valueOf(m.group(2)))) {
          ratings.add(Long.valueOf(m.group(1)) + " " + Long.valueOf(m.group(2)) + " " + m.group(3));
        } else {
          skipped++;
        }
      }
    }
  }

  @Property(tries = 50)
  void strictReaderAcceptsExactlyWhatIsFreeOfBadLines(@ForAll("users") List<String> users)
      throws IOException {
    Files.write(directory.resolve("users.dat"), text(users).getBytes(StandardCharsets.ISO_8859_1));
    Files.write(directory.resolve("movies.dat"), new byte[0]);
    Files.write(directory.resolve("ratings.dat"), new byte[0]);
    long bad = MovieLens.reader().skipBadLines().read(directory).skippedLines();
    boolean refused = false;
    try {
      MovieLens.read(directory);
    } catch (MalformedDataException e) {
      refused = true;
    }
    assertThat(refused).isEqualTo(bad > 0);
  }
}
