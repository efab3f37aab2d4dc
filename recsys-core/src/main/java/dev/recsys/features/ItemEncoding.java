package dev.recsys.features;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How an item becomes rows, and what is not in the schema an error. */
final class ItemEncoding {
  private static final int[] NONE = {};

  private ItemEncoding() {}

  static FeatureEncoder.ItemFeatures encode(FeatureEncoder encoder, Item item) {
    List<Attribute> attributes = encoder.schema().itemAttributes();
    requireKnown(encoder.schema(), attributes, item.values());
    int[][] rows = new int[attributes.size()][];
    float[] numbers = new float[attributes.size()];
    for (int a = 0; a < rows.length; a++) {
      Attribute attribute = attributes.get(a);
      Object value = item.get(attribute.name());
      if (attribute.kind() == Attribute.Kind.NUMERIC) {
        rows[a] = NONE;
        numbers[a] = value == null ? 0 : number(encoder, attribute, value);
      } else if (value == null) {
        rows[a] = attribute.kind() == Attribute.Kind.CATEGORICAL ? new int[1] : NONE;
      } else {
        rows[a] = rows(encoder.vocabulary(attribute.name()), words(attribute, value));
      }
    }
    return new FeatureEncoder.ItemFeatures(encoder.itemRow(item.id()), rows, numbers);
  }

  private static float number(FeatureEncoder encoder, Attribute attribute, Object value) {
    Scale scale = Objects.requireNonNull(encoder.scales().get(attribute.name()));
    return scale.standardised(NumberDomain.number(attribute.name(), value));
  }

  private static int[] rows(Vocabulary vocabulary, List<String> words) {
    return words.stream().mapToInt(vocabulary::row).toArray();
  }

  /** Returns what of a value has rows: the value itself, its elements, or its tokens. */
  static List<String> words(Attribute attribute, Object value) {
    if (attribute.kind() == Attribute.Kind.MULTI_VALUED) {
      return AttributeValues.list(value).stream().map(attribute::canonical).distinct().toList();
    }
    String canonical = attribute.canonical(value);
    return attribute.domain() instanceof TextDomain text
        ? text.tokens(canonical)
        : List.of(canonical);
  }

  static void requireKnown(
      FeatureSchema schema, List<Attribute> attributes, Map<String, Object> values) {
    long known = attributes.stream().filter(a -> values.containsKey(a.name())).count();
    if (known != values.size()) {
      throw unknownAttribute(schema, attributes, values);
    }
  }

  static IllegalArgumentException unknownAttribute(
      FeatureSchema schema, List<Attribute> attributes, Map<String, Object> values) {
    List<String> names = attributes.stream().map(Attribute::name).toList();
    List<String> unknown = values.keySet().stream().filter(v -> !names.contains(v)).toList();
    return new IllegalArgumentException(
        "schema \"%s\": attribute must be one of %s, not %s"
            .formatted(schema.name(), names, unknown));
  }
}
