package dev.recsys.index.filter;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Random rows and expressions as {@link Samples} makes them, within what a Milvus server of version
 * 2.3 takes and evaluates as later versions do; {@code src/docs/milvus.md} lists the rest.
 */
public final class ServerSamples extends Samples {
  /** The fields of the samples without nulls. */
  public static final CollectionSchema SERVER_SCHEMA =
      CollectionSchema.builder("samples")
          .primaryKey("id", DataType.INT64)
          .vector("v", 2)
          .field("tiny", DataType.INT8)
          .field("n", DataType.INT64)
          .field("f", DataType.FLOAT)
          .field("d", DataType.DOUBLE)
          .field("s", DataType.VARCHAR)
          .field("t", DataType.VARCHAR)
          .field("b", DataType.BOOL)
          .arrayField("ints", DataType.INT32)
          .arrayField("floats", DataType.FLOAT)
          .arrayField("texts", DataType.VARCHAR)
          .field("j", DataType.JSON)
          .dynamicField()
          .build();

  /** Makes samples from a source of numbers. */
  public ServerSamples(Random random) {
    super(random);
  }

  /** Returns the fields of an entity but the primary key and the vector. */
  public Map<String, Object> fields() {
    Map<String, @Nullable Object> row = row();
    Map<String, Object> fields = new LinkedHashMap<>();
    row.forEach((name, value) -> fields.put(name, value == null ? object(1) : value));
    return fields;
  }

  /** Returns the text of a random condition; a few do not bind. */
  public String expression() {
    return condition(random.nextInt(4));
  }

  @Override
  @Nullable Object orNull(Object value) {
    return value;
  }

  @Override
  long integer() {
    long number = super.integer();
    // the server reads a sign and a number apart, and the number alone would be too large
    return number == Long.MIN_VALUE ? Long.MIN_VALUE + 1 : number;
  }

  private String small() {
    return "" + (random.nextInt(9) - 4);
  }

  @Override
  String leaf() {
    return switch (random.nextInt(13)) {
      case 0 -> one("tiny", "n", "id", "ints[0]", "ints[1]") + comparison() + integer();
      case 1 ->
          random.nextInt(3) == 0
              ? "floats[0]" + comparison() + one("0.5", "0.0", small())
              : one("f", "d") + comparison() + one("" + real(), small());
      case 2 -> one("s", "t", "texts[0]") + comparison() + text();
      case 3 -> "b" + one(" == ", " != ") + one("true", "FALSE");
      case 4 -> chain();
      case 5 -> membership();
      case 6 -> one("s", "t", "texts[1]", "j['k']") + one(" like ", " LIKE ") + prefix();
      case 7 -> "exists " + one("x", "y", "$meta['x']", "nowhere");
      case 8 -> contains();
      case 9 -> arithmetic();
      case 10 ->
          "array_length(" + one("ints", "texts", "floats") + ")" + one(" == ", " != ") + small();
      case 11 -> key() + comparison() + one(text(), small(), "0.5", "2.5");
      default -> key() + one(" == ", " != ") + one("true", "false", text(), small());
    };
  }

  private String key() {
    return one("j['k']", "j['l']['k']", "x", "y", "x['k']", "$meta['x']", "nowhere");
  }

  private String prefix() {
    return one("'a%'", "'ab%'", "'é%'", "'line\\n%'", "'\"%'");
  }

  private String chain() {
    return String.format(one("-2 < %s <= 3", "3 > %s >= -1"), one("tiny", "n", "f", "d"));
  }

  private String membership() {
    String in = one(" in ", " not in ", " NOT IN ");
    return switch (random.nextInt(4)) {
      case 0 -> one("s", "t", "texts[0]") + in + some(this::text);
      case 1 -> one("f", "d") + in + some(() -> "" + real());
      case 2 ->
          one("j['k']", "x") + in + some(one("a", "b").equals("a") ? this::text : this::small);
      default -> one("tiny", "n", "id", "ints[0]") + in + some(() -> "" + integer());
    };
  }

  private List<String> some(Supplier<String> element) {
    List<String> all = new ArrayList<>(list(element));
    all.add(element.get());
    return all;
  }

  private String arithmetic() {
    String field = one("tiny", "id", "ints[0]");
    String operator = one(" + ", " - ", " * ", " / ", " % ");
    boolean divides = operator.equals(" / ") || operator.equals(" % ");
    String operand = divides ? "" + (1 + random.nextInt(4)) : small();
    return field + operator + operand + one(" == ", " != ") + small();
  }

  private String contains() {
    String suffix = one("", "_all", "_any");
    String array = one("ints", "floats", "texts", "j['k']", "x");
    Supplier<String> element =
        switch (array) {
          case "ints" -> this::small;
          case "floats" -> () -> one("0.0", "0.5");
          default -> this::text;
        };
    String function =
        (array.length() > 3 && !array.startsWith("j") ? "array" : "json") + "_contains";
    if (random.nextInt(3) == 0) {
      function = function.toUpperCase(Locale.ROOT);
      suffix = suffix.toUpperCase(Locale.ROOT);
    }
    return function
        + suffix
        + "("
        + array
        + ", "
        + (suffix.isEmpty() ? element.get() : some(element))
        + ")";
  }
}
