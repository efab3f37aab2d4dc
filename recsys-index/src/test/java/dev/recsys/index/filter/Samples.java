package dev.recsys.index.filter;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A schema with fields of all types, random rows of it, and random expressions over it. */
class Samples {
  static final CollectionSchema SCHEMA =
      CollectionSchema.builder("samples")
          .primaryKey("id", DataType.INT64)
          .vector("v", 2)
          .field("tiny", DataType.INT8)
          .add(FieldSchema.scalar("n", DataType.INT64).asNullable())
          .add(FieldSchema.scalar("f", DataType.FLOAT).asNullable())
          .field("d", DataType.DOUBLE)
          .add(FieldSchema.scalar("s", DataType.VARCHAR).asNullable())
          .field("t", DataType.VARCHAR)
          .add(FieldSchema.scalar("b", DataType.BOOL).asNullable())
          .add(FieldSchema.array("ints", DataType.INT32).asNullable())
          .arrayField("floats", DataType.FLOAT)
          .arrayField("texts", DataType.VARCHAR)
          .add(FieldSchema.scalar("j", DataType.JSON).asNullable())
          .dynamicField()
          .build();

  private static final long[] INTEGERS = {
    0, 1, 2, 3, -1, -7, 100, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE
  };
  private static final double[] REALS = {
    0, -0.0, 0.1, 0.5, 1, 2.5, -3, 1e18, 0x1p53, 0x1p63, -0x1p63, 1e300
  };
  private static final String[] TEXTS = {
    "", "a", "ab", "abc", "b%", "a_c", "\\", "é", "\uFFFD", "\uD83C\uDFAC", "line\nbreak", "\""
  };

  final Random random;

  Samples(Random random) {
    this.random = random;
  }

  long integer() {
    return random.nextInt(4) == 0
        ? INTEGERS[random.nextInt(INTEGERS.length)]
        : random.nextInt(7) - 3;
  }

  double real() {
    return random.nextInt(3) == 0
        ? (random.nextInt(41) - 20) / 4.0
        : REALS[random.nextInt(REALS.length)];
  }

  String string() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  <T> List<T> list(Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int left = random.nextInt(4); left > 0; left--) {
      list.add(element.get());
    }
    return list;
  }

  /** Returns the fields of an entity but the primary key. */
  Map<String, @Nullable Object> row() {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("tiny", random.nextInt(7) - 3);
    row.put("n", orNull(integer()));
    row.put("f", orNull((float) (real() % 1e30)));
    row.put("d", real());
    row.put("s", orNull(string()));
    row.put("t", string() + random.nextInt(3));
    row.put("b", orNull(random.nextBoolean()));
    row.put("ints", orNull(list(() -> random.nextInt(5) - 2)));
    row.put("floats", list(() -> (float) (random.nextInt(5) / 10.0)));
    row.put("texts", list(this::string));
    row.put("j", random.nextInt(5) == 0 ? null : object(2));
    for (String name : List.of("x", "y")) {
      if (random.nextInt(3) > 0) {
        row.put(name, json(2));
      }
    }
    return row;
  }

  @Nullable Object orNull(Object value) {
    return random.nextInt(5) == 0 ? null : value;
  }

  Map<String, @Nullable Object> object(int depth) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (String key : List.of("k", "0", "l")) {
      if (random.nextInt(3) > 0) {
        object.put(key, random.nextInt(6) == 0 ? null : json(depth - 1));
      }
    }
    return object;
  }

  Object json(int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0 -> integer();
      case 1 -> real();
      case 2 -> string();
      case 3 -> random.nextBoolean();
      case 4 -> list(() -> json(depth - 1));
      default -> object(depth);
    };
  }

  String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String literal() {
    return switch (random.nextInt(4)) {
      case 0 -> text();
      case 1 -> one("true", "False");
      case 2 -> "" + real();
      default -> "" + integer();
    };
  }

  String text() {
    StringBuilder out = new StringBuilder();
    Literals.quote(string(), out);
    return out.toString();
  }

  private String pattern() {
    return one(
        "'a%'",
        "'%c'", "'_'", "'%'", "''", "'a_c'", "'a\\_c'", "'b\\%'", "'%b%'", "'\\\\'", "'%\\n%'",
        "'_%_'", "'a%%c'", "'%0'", "'a_'");
  }

  String path() {
    return one(
        "j['k']",
        "j['l']['k']",
        "j[0]",
        "j['l'][0]",
        "x",
        "y",
        "x[0]",
        "x['k']",
        "y[1]['0']",
        "$meta['x']",
        "nowhere",
        "$meta['y'][0]");
  }

  private String number(int depth) {
    if (depth == 0) {
      return switch (random.nextInt(5)) {
        case 0 -> "" + integer();
        case 1 -> "" + real();
        default -> one("id", "tiny", "n", "f", "d", "ints[1]", "floats[0]", path());
      };
    }
    return switch (random.nextInt(8)) {
      case 0 -> "array_length(" + one("ints", "texts", "x", "j['l']") + ")";
      case 1 -> one("-", "+") + "(" + number(depth - 1) + ")";
      case 2, 3 -> whole(depth);
      default ->
          "("
              + number(depth - 1)
              + one(" + ", " - ", " * ", " ** ", " / ")
              + number(depth - 1)
              + ")";
    };
  }

  private String whole(int depth) {
    String field = one("id", "tiny", "n", "ints[0]", "ints[2]", path(), "" + integer());
    if (depth == 0 || random.nextInt(4) == 0) {
      return random.nextInt(3) == 0 ? "~" + field : field;
    }
    String operator = one(" % ", " & ", " | ", " ^ ", " << ", " >> ", " + ", " * ", " / ");
    return "(" + whole(depth - 1) + operator + whole(depth - 1) + ")";
  }

  String comparison() {
    return one(" == ", " != ", " < ", " <= ", " > ", " >= ");
  }

  /** Returns the text of a random condition; a few do not bind, such as a division by zero. */
  String condition(int depth) {
    if (depth == 0 || random.nextInt(5) == 0) {
      return leaf();
    }
    return switch (random.nextInt(3)) {
      case 0 -> one("not (", "!(", "NOT (") + condition(depth - 1) + ")";
      case 1 -> "(" + condition(depth - 1) + one(" and ", " && ") + condition(depth - 1) + ")";
      default -> "(" + condition(depth - 1) + one(" or ", " || ") + condition(depth - 1) + ")";
    };
  }

  String leaf() {
    return switch (random.nextInt(12)) {
      case 0, 1 -> number(random.nextInt(3)) + comparison() + number(random.nextInt(2));
      case 2 -> one("tiny", "n", "id", "f", "d") + comparison() + one("" + integer(), "" + real());
      case 3 -> one("s", "t", "texts[0]", path()) + comparison() + text();
      case 4 -> one("b", path()) + one(" == ", " != ") + one("true", "FALSE");
      case 5 -> chain();
      case 6 -> membership();
      case 7 -> one("s", "t", "texts[1]", path()) + one(" like ", " LIKE ") + pattern();
      case 8 -> one("n", "s", "b", "ints", "j", "tiny", path()) + one(" is null", " IS NOT NULL");
      case 9 -> "exists " + path();
      case 10 -> contains();
      default -> path() + one(" == ", " != ") + one(literal(), "[1, 2]", "[]", "['a']");
    };
  }

  private String chain() {
    String bounds = one("-2 < %s <= 3", "0.1 <= %s < 2", "3 > %s >= -1", "1e18 >= %s > 0.5");
    return String.format(bounds, one("tiny", "n", "f", "d", "ints[0]", "(n + tiny)", path()));
  }

  private String membership() {
    String in = one(" in ", " not in ", " NOT IN ");
    return switch (random.nextInt(4)) {
      case 0 -> one("s", "t", "texts[0]") + in + list(this::text);
      case 1 -> one("b") + in + one("[true]", "[]", "[true, false]");
      case 2 -> path() + in + list(this::literal);
      default ->
          one("tiny", "n", "f", "d", "ints[0]", "floats[1]", "(tiny * 2)")
              + in
              + list(() -> one("" + integer(), "" + real(), "0.1"));
    };
  }

  private String contains() {
    String suffix = one("_all", "_any", "_any", "");
    String function = one("array_contains", "json_contains", "ARRAY_CONTAINS") + suffix;
    if (!function.startsWith("a") && !suffix.isEmpty()) {
      function = "json_contains" + suffix;
    }
    if (function.startsWith("ARRAY")) {
      function = "ARRAY_CONTAINS" + suffix.toUpperCase(Locale.ROOT);
    }
    Supplier<String> element;
    String array = one("ints", "floats", "texts", path(), "j");
    if (array.equals("texts")) {
      element = this::text;
    } else if (array.equals("ints") || array.equals("floats")) {
      element = () -> one("0", "1", "-1", "0.1", "0.2", "1.0", "5");
    } else {
      element = this::literal;
    }
    return function + "(" + array + ", " + (suffix.isEmpty() ? element.get() : list(element)) + ")";
  }
}
