package dev.recsys.features;

import java.util.LinkedHashMap;
import java.util.Map;

/** A schema as maps, lists, strings and numbers. */
final class SchemaFormat {
  private static final int MAX_TOKENS = 16;

  private SchemaFormat() {}

  static Map<String, Object> toMap(FeatureSchema schema) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", schema.name());
    map.put("user", schema.userAttributes().stream().map(SchemaFormat::toMap).toList());
    map.put("item", schema.itemAttributes().stream().map(SchemaFormat::toMap).toList());
    return map;
  }

  private static Map<String, Object> toMap(Attribute attribute) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", attribute.name());
    map.put("kind", attribute.kind().name());
    Domain domain = attribute.domain();
    if (domain instanceof ClosedDomain closed) {
      map.put("labels", closed.labels());
    } else if (domain instanceof BucketDomain buckets) {
      map.put("lowerBounds", buckets.codes().stream().map(Integer::valueOf).toList());
    } else if (domain instanceof TextDomain text) {
      map.put("maxTokens", text.maxTokens());
      map.put("ignoring", text.ignored());
    }
    return map;
  }

  static FeatureSchema fromMap(MapReader map) {
    FeatureSchema.Builder builder = FeatureSchema.builder(map.string("name"));
    map.readers("user").forEach(attribute -> builder.user(attribute(attribute)));
    map.readers("item").forEach(attribute -> builder.item(attribute(attribute)));
    return builder.build();
  }

  private static Attribute attribute(MapReader map) {
    String name = map.string("name");
    return switch (map.oneOf("kind", Attribute.Kind.class)) {
      case CATEGORICAL -> categorical(name, map);
      case MULTI_VALUED -> Attribute.multiValued(name);
      case TEXT -> text(name, map);
      case NUMERIC -> Attribute.numeric(name);
    };
  }

  private static Attribute text(String name, MapReader map) {
    int maxTokens = map.has("maxTokens") ? map.int32("maxTokens") : MAX_TOKENS;
    return Attribute.text(name, maxTokens)
        .ignoring(map.has("ignoring") ? map.string("ignoring") : "");
  }

  private static Attribute categorical(String name, MapReader map) {
    if (map.has("labels")) {
      MapReader labels = map.reader("labels");
      Map<String, String> byCode = new LinkedHashMap<>();
      labels.keys().forEach(code -> byCode.put(code, labels.string(code)));
      return Attribute.categorical(name, byCode);
    }
    if (map.has("lowerBounds")) {
      return Attribute.bucketed(name, map.int32s("lowerBounds"));
    }
    return Attribute.categorical(name);
  }
}
