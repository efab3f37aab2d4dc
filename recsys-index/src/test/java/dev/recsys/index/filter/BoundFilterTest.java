package dev.recsys.index.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roaringbitmap.RoaringBitmap;

class BoundFilterTest {
  private static final CollectionSchema MOVIES =
      CollectionSchema.builder("movies")
          .primaryKey("id", DataType.INT64)
          .vector("vector", 2)
          .add(FieldSchema.scalar("year", DataType.INT32).asNullable())
          .field("title", DataType.VARCHAR)
          .field("score", DataType.FLOAT)
          .field("mass", DataType.DOUBLE)
          .field("adult", DataType.BOOL)
          .arrayField("genres", DataType.VARCHAR)
          .arrayField("counts", DataType.INT64)
          .field("info", DataType.JSON)
          .build();

  private static final CollectionSchema OPEN =
      CollectionSchema.builder("open")
          .primaryKey("id", DataType.VARCHAR)
          .vector("vector", 2)
          .dynamicField()
          .build();

  private static MemoryColumns movies() {
    MemoryColumns columns = new MemoryColumns(MOVIES);
    columns.append(10, movie(1995, "Toy Story", 0.1f, 0.1, List.of("Comedy", "Animation"), 1L));
    columns.append(11, movie(1995, "Heat", 4.5f, 1e18, List.of("Action"), "x"));
    columns.append(12, movie(null, "100% Wolf", 0f, -0.0, List.of(), List.of(1, 2.0, "a")));
    columns.append(
        13, movie(-7, "a_b", -1f, 9007199254740992d, List.of("Comedy"), Map.of("k", 1.0)));
    return columns;
  }

  private static Map<String, @Nullable Object> movie(
      @Nullable Integer year,
      String title,
      float score,
      double mass,
      List<String> genres,
      Object votes) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put("year", year);
    fields.put("title", title);
    fields.put("score", score);
    fields.put("mass", mass);
    fields.put("adult", title.equals("Heat"));
    fields.put("genres", genres);
    fields.put("counts", year == null ? List.of() : List.of(year, Long.MAX_VALUE));
    fields.put("info", Map.of("votes", votes));
    return fields;
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "year == 1995 => 0 1",
        "not (year == 1995) => 3",
        "year != 1995 => 3",
        "year is null => 2",
        "year is not null => 0 1 3",
        "year not in [1995] => 3",
        "year in [] => ``",
        "not (year in []) => 0 1 3",
        "year == 1995 or title like '100%' => 0 1 2",
        "not (year == 1995 and title == 'nothing') => 0 1 2 3",
        "not (year == 1995 or title == 'nothing') => 3",
        "year / 2 == -3 => 3",
        "year % 4 == -3 => 3",
        "year / (year - 1995) >= 0 => 3",
        "not (year / (year - 1995) >= 0) => ``",
        "id * 922337203685477581 == -9223372036854775806 => 0",
        "counts[1] + 1 < 0 => 0 1 3",
        "counts[0] == 1995 => 0 1",
        "counts[0] != 1995 => 3",
        "not (counts[0] == 1995) => 2 3",
        "counts[7] in [1] => ``",
        "counts[7] not in [1] => 0 1 2 3",
        "array_length(counts) == 0 => 2",
        "year == 1995.0 and year > 1994.5 => 0 1",
        "score == 0.1 => 0",
        "mass == 0.1 => 0",
        "score in [0.1, 4.5] => 0 1",
        "score + 0.2 == 0.3 => 0",
        "mass == 0 => 2",
        "mass == 9007199254740993 => ``",
        "mass == 9007199254740992 => 3",
        "mass / 0.5 > 1e300 => ``",
        "mass / score != mass / score => 2",
        "2 ** 3 == array_length(genres) * 4 => 0",
        "adult == true => 1",
        "adult != true => 0 2 3",
        "(id & 1) == 1 => 1 3",
        "(id ^ 11) == 1 => 0",
        "(id << 1) == 20 or (id >> 2) == 3 => 0 2 3",
        "(id << 64) == 0 => ``",
        "~id == -11 => 0",
        "title like '%\\%%' => 2",
        "title like '_\\__' => 3",
        "title like '____' => 1",
        "title > 'Heat' => 0 3",
        "'100' < title < 'I' => 1 2",
        "genres == ['Comedy'] => 3",
        "genres != ['Comedy'] => 0 1 2",
        "array_contains(genres, 'Comedy') => 0 3",
        "not array_contains(genres, 'Comedy') => 1 2",
        "array_contains_all(genres, ['Comedy', 'Animation']) => 0",
        "array_contains_all(genres, []) => 0 1 2 3",
        "array_contains_any(genres, ['Action', 'Animation']) => 0 1",
        "array_contains_any(genres, []) => ``",
        "array_contains(counts, 1995.0) => 0 1",
        "array_contains(counts, 1995.5) => ``",
        "info['votes'] == 1 => 0",
        "info['votes'] != 1 => 1 2 3",
        "not (info['votes'] == 1) => 1 2 3",
        "info['votes'] > 'w' => 1",
        "info['votes']['k'] == 1 => 3",
        "info['votes'][1] == 2 and info['votes']['1'] == 2 => 2",
        "info['votes'] == [1.0, 2, 'a'] => 2",
        "info['votes'] + 1 == 2 => 0",
        "info['votes'] + 1 != 2 => 1 2 3",
        "json_contains(info['votes'], 2) => 2",
        "json_contains_all(info['votes'], [1, 'a']) => 2",
        "exists info['votes']['k'] => 3",
        "info['votes']['k'] is null => 0 1 2",
        "array_length(info['votes']) == 3 => 2",
        "1 == 1 => 0 1 2 3",
        "'a' < 'A' => ``",
        "`` => 0 1 2 3",
      })
  void findsTheRows(String text, String rows) {
    RoaringBitmap expected = new RoaringBitmap();
    Arrays.stream(rows.split(" "))
        .filter(row -> !row.isEmpty())
        .forEach(row -> expected.add(Integer.parseInt(row)));
    BoundFilter filter = Filter.parse(text).bind(MOVIES);
    MemoryColumns columns = movies();
    assertThat(filter.rows(columns)).isEqualTo(expected);
    for (int row = 0; row < 4; row++) {
      RoaringBitmap one = RoaringBitmap.bitmapOf(row);
      assertThat(filter.rows(columns, one).contains(row)).isEqualTo(expected.contains(row));
    }
    assertThat(filter.filter()).isEqualTo(Filter.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "yeer == 1 => 0 => collection \"movies\", which are [id, year, title, score, mass, adult,",
        "vector == 1 => 0 => not a vector",
        "$meta['x'] == 1 => 0 => a field of",
        "title > 5 => 8 => compare with \"title\" (VARCHAR)",
        "5 < title => 4 => compare with 5",
        "title + 1 == 2 => 0 => a number beside +",
        "1 == -title => 6 => a number after -",
        "~mass == 1 => 1 => an integer after ~",
        "mass % 2 == 1 => 0 => an integer beside %",
        "year % 2.0 == 1 => 7 => an integer beside %",
        "(score & 1) == 1 => 1 => an integer beside &",
        "year & 1 == 1 => 7 => a value",
        "year / 0 == 1 => 7 => a divisor other than 0",
        "year % (1 - 1) == 1 => 8 => a divisor other than 0",
        "adult > false => 0 => have an order",
        "adult == 1 => 9 => compare with \"adult\" (BOOL)",
        "adult => 0 => compare it, as in flag == true",
        "year == 1 and adult => 14 => compare it",
        "true => 0 => compare it",
        "not adult == true => 0 => a value",
        "not year => 4 => write not (...)",
        "(year == 1) == true => 1 => a value",
        "1995 <= year <= 1990 => 0 => something can lie",
        "1995 > year > 1995 => 0 => something can lie",
        "year in 5 => 8 => a list of constants",
        "year in [1, 'x'] => 8 => constants to compare with \"year\" (INT32)",
        "year in title => 8 => a list of constants",
        "year like 'x' => 0 => a text before like",
        "title like 5 => 11 => a constant text",
        "title like id => 11 => a constant text",
        "genres > 1 => 9 => compare with \"genres\" (ARRAY of VARCHAR)",
        "genres == [1] => 10 => compare with",
        "genres > ['x'] => 0 => have an order",
        "genres['0'] == 'x' => 0 => one index from 0",
        "genres[0][1] == 'x' => 0 => one index from 0",
        "year[0] == 1 => 0 => an array or JSON before [",
        "info == 1 => 0 => a key, as in info[\"key\"]",
        "exists info => 7 => a key in JSON",
        "exists year => 7 => a key in JSON",
        "genres[0] is null => 0 => a field or a key in JSON",
        "array_contains(title, 'x') => 15 => an array or JSON",
        "array_contains(genres, 1) => 23 => elements for \"genres\" (ARRAY of VARCHAR)",
        "array_contains(genres, year) => 23 => a constant",
        "array_contains_all(genres, 'x') => 27 => a list",
        "array_length(title) == 1 => 13 => an array or JSON",
        "2 ** 1e300 > year => 0 => a finite result",
      })
  void whatDoesNotFitTheSchemaIsRefusedWhenBound(String text, int position, String expected) {
    FilterException e =
        catchThrowableOfType(FilterException.class, () -> Filter.parse(text).bind(MOVIES));
    assertThat(e.expected()).contains(expected);
    assertThat(e.position()).isEqualTo(position);
    assertThat(e.expression()).isEqualTo(text);
  }

  @Test
  void whatWasBuiltIsRefusedWithoutAPosition() {
    FilterException e =
        catchThrowableOfType(FilterException.class, () -> Filter.field("title").gt(5).bind(MOVIES));
    assertThat(e.position()).isEqualTo(-1);
    assertThat(e)
        .hasMessage(
            """
            filter: expected something to compare with "title" (VARCHAR), found 5
              title > 5""");
  }

  @Test
  void namesThatAreNoFieldsAreKeysOfTheDynamicField() {
    MemoryColumns columns = new MemoryColumns(OPEN);
    columns.append("a", Map.of("color", "red", "n", 1));
    columns.append("b", Map.of("color", 5, "nested", Map.of("n", 1)));
    assertThat(rows(columns, "color == 'red'")).containsExactly(0);
    assertThat(rows(columns, "$meta['color'] == 5")).containsExactly(1);
    assertThat(rows(columns, "nested['n'] == n + 0 or nested['n'] == 1")).containsExactly(1);
    assertThat(rows(columns, "exists n")).containsExactly(0);
    assertThat(rows(columns, "n is null")).containsExactly(1);
    assertThat(rows(columns, "$meta is null")).isEmpty();
    assertThat(rows(columns, "id in ['b', 'c']")).containsExactly(1);
  }

  private static int[] rows(MemoryColumns columns, String text) {
    return Filter.parse(text).bind(OPEN).rows(columns).toArray();
  }

  @Test
  void theResultIsTheCallersOwn() {
    MemoryColumns columns = movies();
    for (String text : List.of("", "year == 1995", "array_contains(genres, 'Comedy')", "1 == 1")) {
      RoaringBitmap found = Filter.parse(text).bind(MOVIES).rows(columns);
      found.add(77);
      assertThat(columns.rows().contains(77)).isFalse();
      assertThat(Filter.parse(text).bind(MOVIES).rows(columns).contains(77)).isFalse();
    }
  }
}
