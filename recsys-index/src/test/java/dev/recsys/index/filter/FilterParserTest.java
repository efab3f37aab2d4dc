package dev.recsys.index.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "a==1 && b!=2 || c<3 => a == 1 and b != 2 or c < 3",
        "(a == 1 OR b == 2) AND NOT (c == 3) => (a == 1 or b == 2) and not (c == 3)",
        "!(a == 1) => not (a == 1)",
        "(a == 1 and b == 2) and c == 3 => a == 1 and b == 2 and c == 3",
        "a & 1 == 1 => a & 1 == 1",
        "(a & 1) == 1 => (a & 1) == 1",
        "a & (1 == 1) => a & 1 == 1",
        "a + b * c ** 2 == -d => a + b * c ** 2 == -d",
        "(a + b) * c == 1 => (a + b) * c == 1",
        "a - (b - c) > 0 => a - (b - c) > 0",
        "a - b - c > 0 => a - b - c > 0",
        "(2 ** 3) ** 2 == a => 2 ** 3 ** 2 == a",
        "2 ** (3 ** 2) == a => 2 ** (3 ** 2) == a",
        "2 ** -3 ** 2 == a => 2 ** -3 ** 2 == a",
        "(2 ** -3) ** 2 == a => (2 ** -3) ** 2 == a",
        "(-2) ** 2 == a => (-2) ** 2 == a",
        "-2 ** 2 == a => -2 ** 2 == a",
        "1 < a <= 5 => 1 < a <= 5",
        "(1 < a) == (b < 2) => 1 < a == b < 2",
        "(1 < a) < 2 => (1 < a) < 2",
        "a << 1 + 2 in [1] => a << 1 + 2 in [1]",
        "a not in [1, 2,] => a not in [1, 2]",
        "a NOT IN [] => a not in []",
        "a like 'x%' => a like \"x%\"",
        "not a like 'x' => not a like \"x\"",
        "a IS NULL or b is  not\tnull => a is null or b is not null",
        "EXISTS (a['b'][0]) => exists a[\"b\"][0]",
        "ARRAY_CONTAINS_ALL(a, [1,'x']) => array_contains_all(a, [1, \"x\"])",
        "array_contains($meta['k'], [1, [2]]) => json_contains($meta[\"k\"], [1, [2]])",
        "json_contains(a, 1 + 1) => array_contains(a, 1 + 1)",
        "array_length(a) == 0x1F => array_length(a) == 31",
        "a == 017 + 0b101 + 0B1 + 0XfF => a == 15 + 5 + 1 + 255",
        "a in [1 + 2, -3, 2 ** 3, .5, 5., 1e2, 0x1p4] => a in [3, -3, 8.0, 0.5, 5.0, 100.0, 16.0]",
        "a == -9223372036854775808 => a == -9223372036854775808",
        "a == - - 5 => a == 5",
        "a == ~-+5 => a == ~-+5",
        "a == True or b == FALSE => a == true or b == false",
        "is is null and null == 1 => is is null and null == 1",
      })
  void expressionsHaveOneCanonicalText(String text, String canonical) {
    Filter filter = Filter.parse(text);
    assertThat(filter).hasToString(canonical).isEqualTo(Filter.parse(canonical));
    assertThat(filter.hashCode()).isEqualTo(Filter.parse(canonical).hashCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "'it's' => no",
        "'it\\'s' => it's",
        "\"say \\\"hi\\\"\" => say \"hi\"",
        "'\\x41\\102\\u00e9\\U0001F3AC' => ABé\uD83C\uDFAC",
        "'\\303\\xa9' => é",
        "'tab\\there' => tab\there",
        "'\\\\' => \\",
        "'50\\%' => 50\\%",
        "r'\\d\\n' => \\d\\n",
        "R\"a\\\"b\" => a\\\"b",
        "'\\777' => no",
        "'\\xff' => no",
        "'\\q' => no",
        "'\\ud83c' => no",
        "'\\u12' => no",
        "'open => no",
      })
  void textsAreReadWithTheirEscapes(String literal, String value) {
    if (value.equals("no")) {
      assertThatExceptionOfType(FilterException.class)
          .isThrownBy(() -> Filter.parse("a == " + literal));
    } else {
      assertThat(Filter.parse("a == " + literal)).isEqualTo(Filter.field("a").eq(value));
    }
  }

  @Property(tries = 2_000)
  void anyTextSurvivesQuoting(@ForAll String text) {
    Filter filter = Filter.field("a").eq(text).and(Filter.field("b").key("k" + text).like(text));
    assertThat(Filter.parse(filter.toString())).isEqualTo(filter);
    assertThat(Filter.parse("a == {x} and b['k'] == 1", Map.of("x", text)))
        .isEqualTo(Filter.field("a").eq(text).and(Filter.field("b").key("k").eq(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "a == => 4 => the end",
        "a == 1 and and b == 2 => 11 => \"and\"",
        "a = 1 => 2 => \"=\"",
        "a Like 'x' => 2 => \"Like\"",
        "a == 'x => 5 => \"'\"",
        "a == 1 b == 2 => 7 => \"b\"",
        "a[b] == 1 => 2 => \"b\"",
        "a[''] == 1 => 2 => \"\"",
        "1 < a > 0 => 6 => \">\"",
        "1 < a < 2 < 3 => 10 => \"<\"",
        "a == 9223372036854775808 => 5 => 9223372036854775808",
        "a == 1e999 => 5 => 1e999",
        "a == 09 => 6 => \"9\"",
        "a in [b] => 6 => b",
        "a in [1 / 0] => 6 => 1 / 0",
        "text_match(a, 'x') => 0 => text_match",
        "a == 1 or text_match(a, 'x', minimum_should_match=2) => 10 => text_match",
        "PHRASE_MATCH(a, 'x', 1) => 0 => PHRASE_MATCH",
        "st_within(a, 'POINT (1 1)') => 0 => st_within",
        "random_sample(0.1) => 0 => random_sample",
        "Array_Contains(a, 1) => 0 => Array_Contains",
        "array_length(a, b) == 1 => 0 => 2",
        "array_contains(1, a) => 15 => 1",
        "a == {x} => 5 => {x}",
        "\uD83C\uDFAC == 1 => 0 => \"\uD83C\uDFAC\"",
        "a == '\uD83C\uDFAC' b => 10 => \"b\"",
      })
  void errorsSayWhereAndWhatWasFound(String text, int position, String found) {
    FilterException e = catchThrowableOfType(FilterException.class, () -> Filter.parse(text));
    assertThat(e.position()).isEqualTo(position);
    assertThat(e.found()).isEqualTo(found);
    assertThat(e.expression()).isEqualTo(text);
    assertThat(e.expected()).isNotBlank();
  }

  @Test
  void theMessagePointsAtThePlace() {
    assertThatExceptionOfType(FilterException.class)
        .isThrownBy(() -> Filter.parse("year > 1990\nand and b"))
        .withMessage(
            """
            filter, position 16: expected a value, a field or a condition, found "and"
              year > 1990 and and b
                              ^""");
    String longOne = "a == 1 or ".repeat(50) + "oops(1) or a == 1";
    assertThatExceptionOfType(FilterException.class)
        .isThrownBy(() -> Filter.parse(longOne))
        .withMessageContaining("position 500")
        .withMessageContaining("\n  ...")
        .withMessageEndingWith("\n  " + " ".repeat(63) + "^");
  }

  @Test
  void theEmptyExpressionIsEverything() {
    assertThat(Filter.parse(" \n")).isEqualTo(Filter.parse("")).hasToString("");
    assertThat(Filter.parse("").everything()).isTrue();
    assertThat(Filter.parse("a == 1").everything()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "[",
        "not ",
        "!",
        "-",
        "~",
        "a == (",
        "f(",
        "x[0",
        "2 ** -",
        "1 + ",
        "a in [",
        "exists (",
        "(a == 1 and not ",
        "{",
        "'",
        "\\",
        "1 < "
      })
  void noDepthExhaustsTheStack(String piece) throws InterruptedException {
    for (int count : List.of(10, 70, 300, 20_000)) {
      String open = piece.repeat(count);
      for (String text : List.of(open, open + "a", open + "1" + ")".repeat(count))) {
        parsesOrRefuses(text);
      }
    }
  }

  /** On a thread with less of a stack than any that an application is likely to have. */
  private static void parsesOrRefuses(String text) throws InterruptedException {
    Throwable[] thrown = new Throwable[1];
    Runnable parsing =
        () -> {
          try {
            Filter filter = Filter.parse(text);
            assertThat(Filter.parse(filter.toString())).isEqualTo(filter);
          } catch (FilterException e) {
            assertThat(e.position()).isBetween(0, text.length());
          }
        };
    Thread thread = new Thread(null, parsing, "parsing", 256 << 10);
    thread.setUncaughtExceptionHandler((t, e) -> thrown[0] = e);
    thread.start();
    thread.join();
    assertThat(thrown[0]).isNull();
  }

  @Test
  void garbageIsRefusedWithAFilterException() throws InterruptedException {
    String[] words = {
      "a",
      "1",
      "2.5",
      "'x'",
      "(",
      ")",
      "[",
      "]",
      "and",
      "or",
      "not",
      "in",
      "like",
      "is",
      "null",
      "==",
      "!=",
      "<",
      ">=",
      "+",
      "-",
      "**",
      "&",
      "|",
      "~",
      "{",
      "}",
      ",",
      "exists",
      "$meta",
      "r'",
      "json_contains(",
      "array_length(",
      "\"",
      "\\",
      "\uD83C",
      "=",
      "%",
      "<<",
      "\n",
      "0x",
      "true"
    };
    Random random = new Random(5);
    for (int round = 0; round < 3_000; round++) {
      String text =
          IntStream.range(0, random.nextInt(30))
              .mapToObj(
                  i -> words[random.nextInt(words.length)] + (random.nextBoolean() ? " " : ""))
              .collect(Collectors.joining());
      parsesOrRefuses(text);
    }
  }

  @Test
  void lengthAndDepthHaveLimits() {
    assertThatExceptionOfType(FilterException.class)
        .isThrownBy(() -> Filter.parse("a == 1" + " ".repeat(1 << 20)))
        .withMessageContaining("at most 1048576 characters");
    assertThat(Filter.parse("(".repeat(64) + "a == 1" + ")".repeat(64))).hasToString("a == 1");
    assertThatExceptionOfType(FilterException.class)
        .isThrownBy(() -> Filter.parse("(".repeat(65) + "a == 1" + ")".repeat(65)))
        .withMessageContaining("position 64")
        .withMessageContaining("at most 64 deep");
    assertThatExceptionOfType(FilterException.class)
        .isThrownBy(() -> Filter.parse("a" + " + 1".repeat(300) + " == 1"))
        .withMessageContaining("at most 256 operators");
  }

  @Test
  void longListsAndLongDisjunctionsAreNotDeep() {
    List<Long> ids = IntStream.range(0, 50_000).mapToObj(i -> (long) i).toList();
    assertThat(Filter.parse("id in " + ids)).isEqualTo(Filter.field("id").in(ids));
    String any =
        ids.stream().limit(5_000).map(i -> "id == " + i).collect(Collectors.joining(" or "));
    assertThat(Filter.parse(any)).hasToString(any);
  }

  @Test
  void templatesTakeValuesAndNeverText() {
    Filter filter =
        Filter.parse(
            "title == {t} and id in {ids} and year > {y}",
            Map.of("t", "\" or 1 == 1 or \"", "ids", List.of(1, 2), "y", 1.5f, "unused", 1));
    assertThat(filter)
        .hasToString("title == \"\\\" or 1 == 1 or \\\"\" and id in [1, 2] and year > 1.5")
        .isEqualTo(Filter.parse(filter.toString()));
    Map<String, Object> wrong = new HashMap<>();
    wrong.put("x", null);
    for (Object value : List.of(new Object(), Double.NaN, Float.POSITIVE_INFINITY, 'c')) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Filter.parse("a == {x}", Map.of("x", value)))
          .withMessageContaining("template {x}")
          .withMessageContaining(value.toString());
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Filter.parse("a == {x}", wrong));
  }

  @Test
  void whatIsBuiltEqualsWhatIsParsed() {
    FilterField year = Filter.field("year");
    FilterField votes = Filter.field("info").key("votes").at(0);
    assertThat(
            year.ge(1990)
                .and(Filter.field("genres").arrayContains("Comedy"))
                .or(year.isNull().not()))
        .isEqualTo(
            Filter.parse(
                "year >= 1990 and array_contains(genres, 'Comedy') or not (year is null)"));
    assertThat(votes.plus(1).times(2).minus(3).dividedBy(4).modulo(5).lt(year))
        .isEqualTo(Filter.parse("((info['votes'][0] + 1) * 2 - 3) / 4 % 5 < year"));
    assertThat(year.between(1, 2.5)).isEqualTo(Filter.parse("1 <= year <= 2.5"));
    assertThat(year.in(List.of(1, 2)).and(year.notIn(List.of())))
        .isEqualTo(Filter.parse("year in [1,2] and year not in []"));
    assertThat(year.eq(1).and(year.ne(2).and(year.gt(3))).and(year.le(4)))
        .isEqualTo(Filter.parse("year == 1 and year != 2 and year > 3 and year <= 4"));
    assertThat(Filter.field("t").startsWith("50%_\\").or(Filter.field("t").like("a%")))
        .isEqualTo(Filter.parse("t like r'50\\%\\_\\\\%' or t like 'a%'"));
    assertThat(votes.exists().and(votes.isNotNull()).and(votes.arrayLength().gt(0)))
        .isEqualTo(
            Filter.parse(
                "exists info['votes'][0] and info['votes'][0] is not null"
                    + " and array_length(info['votes'][0]) > 0"));
    assertThat(votes.arrayContainsAll(List.of(1)).or(votes.arrayContainsAny(List.of("a"))))
        .isEqualTo(
            Filter.parse(
                "json_contains_all(info['votes'][0], [1])"
                    + " or json_contains_any(info['votes'][0], ['a'])"));
  }

  @Test
  void theEmptyFilterIsNeutral() {
    Filter all = Filter.parse("");
    Filter one = Filter.parse("a == 1");
    assertThat(all.and(one)).isSameAs(one);
    assertThat(one.and(all)).isSameAs(one);
    assertThat(all.or(one)).isSameAs(all);
    assertThat(one.or(all)).isSameAs(all);
    assertThatIllegalStateException().isThrownBy(all::not);
  }

  @Test
  void theBuilderRefusesWhatCannotBeWritten() {
    for (String name : List.of("", "a b", "in", "TRUE", "a == 1 or b", "$other", "é")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Filter.field(name))
          .withMessageContaining("\"" + name + "\"");
    }
    FilterField field = Filter.field("a");
    assertThatIllegalArgumentException().isThrownBy(() -> field.key(""));
    assertThatIllegalArgumentException().isThrownBy(() -> field.at(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> field.plus(1).key("x"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> field.eq(Double.NaN))
        .withMessageContaining("filter on a");
    Filter[] deep = {field.eq(1)};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Collections.nCopies(1_000, 0).forEach(i -> deep[0] = deep[0].not()))
        .withMessageContaining("at most 64 deep");
    assertThat(Filter.parse(deep[0].toString())).isEqualTo(deep[0]);
  }
}
