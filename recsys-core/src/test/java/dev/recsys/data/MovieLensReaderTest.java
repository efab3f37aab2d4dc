package dev.recsys.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovieLensReaderTest {
  @TempDir private Path directory;

  private Dataset read(String users, String movies, String ratings) throws IOException {
    return MovieLens.read(Files1m.write(directory, users, movies, ratings));
  }

  private void malformed(String file, long line, String expected, String found) {
    assertThatExceptionOfType(MalformedDataException.class)
        .isThrownBy(() -> MovieLens.read(directory))
        .satisfies(
            e -> {
              assertThat(e.file()).isEqualTo(directory.resolve(file));
              assertThat(e.line()).isEqualTo(line);
              assertThat(e.expected()).startsWith(expected);
              assertThat(e.found()).isEqualTo(found);
              assertThat(e)
                  .hasMessage(
                      "%s, line %d: expected %s, found \"%s\"",
                      e.file(), line, e.expected(), found);
            });
  }

  @Test
  void readsTheThreeFiles() throws IOException {
    Dataset data = read(Files1m.USERS, Files1m.MOVIES, Files1m.RATINGS);
    assertThat(data.schema()).isSameAs(MovieLens.SCHEMA);
    assertThat(data.users())
        .containsExactly(
            UserProfile.builder()
                .id(1)
                .set("gender", "F")
                .set("age", 1)
                .set("occupation", 10)
                .build(),
            UserProfile.builder()
                .id(2)
                .set("gender", "M")
                .set("age", 56)
                .set("occupation", 16)
                .build());
    assertThat(data.items())
        .containsExactly(
            Item.builder(10)
                .set("title", "Brass Ferry (1995)")
                .set("genres", List.of("Animation", "Comedy"))
                .set("year", 1995)
                .build(),
            Item.builder(25)
                .set("title", "Piñata (1987)")
                .set("genres", List.of("Drama"))
                .set("year", 1987)
                .build());
    assertThat(data.ratings())
        .isEqualTo(
            Ratings.of(
                new long[] {1, 2},
                new long[] {10, 25},
                new float[] {5, 1},
                new long[] {978300760, 978302109}));
    assertThat(data.skippedLines()).isZero();
  }

  @Test
  void acceptsCrLfAndALastLineWithoutEnd() throws IOException {
    Dataset unix = read(Files1m.USERS, Files1m.MOVIES, Files1m.RATINGS);
    Dataset windows =
        read(
            Files1m.USERS.replace("\n", "\r\n"),
            Files1m.MOVIES.replace("\n", "\r\n"),
            Files1m.RATINGS.replace("\n", "\r\n").stripTrailing());
    assertThat(windows.fingerprint()).isEqualTo(unix.fingerprint());
    Dataset open =
        read(
            Files1m.USERS.stripTrailing(),
            Files1m.MOVIES.stripTrailing(),
            Files1m.RATINGS.stripTrailing());
    assertThat(open.fingerprint()).isEqualTo(unix.fingerprint());
  }

  @Test
  void emptyFilesAreAnEmptyDataSet() throws IOException {
    assertThat(read("", "", "")).hasToString("ml-1m: 0 users, 0 items, 0 ratings");
  }

  @Test
  void titleMayHoldTheSeparatorAndLackTheYear() throws IOException {
    Dataset data = read("", "1::A::B: C (1990s)::Drama\n2::(1999)::War\n3:::x::War\n", "");
    assertThat(data.items())
        .extracting(Item::title)
        .containsExactly("A::B: C (1990s)", "(1999)", ":x");
    assertThat(data.items().get(0).get("year")).isNull();
    assertThat(data.items().get(1).get("year")).isEqualTo(1999);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "x::F::1::10::48067; a UserID first",
        "1:F::1::10::48067; UserID::Gender::Age::Occupation::Zip-code",
        "3::X::1::10::48067; a code of the attribute gender",
        "3::female::1::10::48067; a code of the attribute gender",
        "3::F::2::10::48067; a code of the attribute age",
        "3::F::1::21::48067; a code of the attribute occupation",
        "3::F::1::other::48067; a code of the attribute occupation",
        "3::F::1::10; UserID::Gender::Age::Occupation::Zip-code",
        "3::F::1::10::; a zip code fifth",
        "3::F::1::10::1::2; UserID::Gender::Age::Occupation::Zip-code",
        "1::F::1::10::48067; a UserID that no line before has",
        "1234567890123456789::F::1::10::48067; a UserID first",
        "''; a UserID first",
      })
  void malformedUserIsNamed(String line, String expected) throws IOException {
    Files1m.write(directory, Files1m.USERS + line + "\n", Files1m.MOVIES, Files1m.RATINGS);
    malformed("users.dat", 3, expected, line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "::A (1990)::War; a MovieID first",
        "-1::A (1990)::War; a MovieID first",
        "30::A (1990); MovieID::Title (Year)::Genre|Genre",
        "30::A (1990)::; genres third",
        "30::A (1990)::War||Drama; genres that are not empty",
        "30:: ::War; a title second",
        "30; MovieID::Title (Year)::Genre|Genre",
        "10::A (1990)::War; a MovieID that no line before has",
      })
  void malformedMovieIsNamed(String line, String expected) throws IOException {
    Files1m.write(directory, Files1m.USERS, Files1m.MOVIES + line, Files1m.RATINGS);
    malformed("movies.dat", 3, expected, line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a::10::5::1; a UserID first",
        "1::::5::1; a MovieID second",
        "1::10::five::1; a rating third",
        "1::10::4.5::1; UserID::MovieID::Rating::Timestamp",
        "1::10::0::1; a rating from 1 to 5",
        "1::10::6::1; a rating from 1 to 5",
        "1::10::5; UserID::MovieID::Rating::Timestamp",
        "1::10::5::; a timestamp fourth",
        "1::10::5::1::2; UserID::MovieID::Rating::Timestamp",
        "'1::10::5::1 '; UserID::MovieID::Rating::Timestamp",
        "3::10::5::1; a UserID of users.dat",
        "1::11::5::1; a MovieID of movies.dat",
      })
  void malformedRatingIsNamed(String line, String expected) throws IOException {
    Files1m.write(directory, Files1m.USERS, Files1m.MOVIES, line + "\n" + Files1m.RATINGS);
    malformed("ratings.dat", 1, expected, line);
  }

  @Test
  void longLinesAreShortenedAndControlCharactersShownAsQuestionMarks() throws IOException {
    Files1m.write(directory, "\u001b[2J" + "x".repeat(500), "", "");
    malformed("users.dat", 1, "a UserID first", "?[2J" + "x".repeat(73) + "...");
  }

  @Test
  void badLinesAreCountedAndSkippedWhenAsked() throws IOException {
    Files1m.write(
        directory,
        "junk\n" + Files1m.USERS + "2::F::1::1::1\n",
        Files1m.MOVIES + "\n",
        "1::10::9::1\n" + Files1m.RATINGS + "7::10::3::1\n1::10::3::1");
    Dataset data = MovieLens.reader().skipBadLines().read(directory);
    assertThat(data.skippedLines()).isEqualTo(5);
    assertThat(data).hasToString("ml-1m: 2 users, 2 items, 3 ratings");
    assertThat(data.users().get(1).get("gender")).isEqualTo("M");
  }

  @Test
  void ratingsOfASkippedUserAreSkippedToo() throws IOException {
    Files1m.write(directory, "1::F::1::10::1\nbad\n", Files1m.MOVIES, Files1m.RATINGS);
    Dataset data = MovieLens.reader().skipBadLines().read(directory);
    assertThat(data.skippedLines()).isEqualTo(2);
    assertThat(data.ratings().size()).isEqualTo(1);
  }

  @Test
  void missingFilesAreNamedInOneError() throws IOException {
    Files1m.write(directory, "", "", "");
    Files.delete(directory.resolve("users.dat"));
    Files.delete(directory.resolve("ratings.dat"));
    assertThatExceptionOfType(MovieLens.UnavailableException.class)
        .isThrownBy(() -> MovieLens.read(directory))
        .withMessage(
            "%s: expected movies.dat, users.dat, ratings.dat of MovieLens 1M,"
                + " missing users.dat, ratings.dat",
            directory)
        .satisfies(e -> assertThat(e.directory()).isEqualTo(directory));
  }
}
