package dev.recsys.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An encoder as maps, lists, strings and numbers. */
final class EncoderFormat {
  private static final int VERSION = 1;

  private EncoderFormat() {}

  static Map<String, Object> toMap(FeatureEncoder encoder) {
    Map<String, Object> vocabularies = new LinkedHashMap<>();
    encoder.vocabularies().forEach((name, words) -> vocabularies.put(name, words.values()));
    Map<String, Object> scales = new LinkedHashMap<>();
    encoder
        .scales()
        .forEach(
            (name, scale) ->
                scales.put(name, Map.of("mean", scale.mean(), "deviation", scale.deviation())));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("version", VERSION);
    map.put("schema", SchemaFormat.toMap(encoder.schema()));
    map.put("userIds", Arrays.stream(encoder.userIds()).boxed().toList());
    map.put("itemIds", Arrays.stream(encoder.itemIds()).boxed().toList());
    map.put("vocabularies", vocabularies);
    map.put("scales", scales);
    return map;
  }

  static FeatureEncoder fromMap(Map<String, Object> source) {
    MapReader map = MapReader.of("encoder", source);
    long version = map.integer("version");
    if (version != VERSION) {
      throw map.malformed("version", String.valueOf(VERSION), version);
    }
    FeatureSchema schema = SchemaFormat.fromMap(map.reader("schema"));
    Map<String, Vocabulary> vocabularies = new LinkedHashMap<>();
    Map<String, Scale> scales = new LinkedHashMap<>();
    List<Attribute> attributes = new ArrayList<>(schema.userAttributes());
    attributes.addAll(schema.itemAttributes());
    for (Attribute attribute : attributes) {
      String name = attribute.name();
      if (attribute.kind() == Attribute.Kind.NUMERIC) {
        scales.put(name, scale(map.reader("scales").reader(name)));
      } else {
        vocabularies.put(name, vocabulary(map.reader("vocabularies"), name));
      }
    }
    return new FeatureEncoder(
        schema, ids(map, "userIds"), ids(map, "itemIds"), vocabularies, scales);
  }

  private static Vocabulary vocabulary(MapReader map, String name) {
    List<String> words = map.strings(name);
    Vocabulary vocabulary = Vocabulary.of(words);
    if (!vocabulary.values().equals(words)) {
      throw map.malformed(name, "values in ascending order", words);
    }
    return vocabulary;
  }

  private static Scale scale(MapReader map) {
    double deviation = map.number("deviation");
    if (!(deviation > 0)) {
      throw map.malformed("deviation", "a positive number", deviation);
    }
    return new Scale(map.number("mean"), deviation);
  }

  private static long[] ids(MapReader map, String key) {
    long[] ids = map.integers(key).stream().mapToLong(Long::longValue).toArray();
    for (int i = 1; i < ids.length; i++) {
      if (ids[i] <= ids[i - 1]) {
        throw map.malformed(key, "ids in ascending order", ids[i - 1] + ", " + ids[i]);
      }
    }
    return ids;
  }
}
