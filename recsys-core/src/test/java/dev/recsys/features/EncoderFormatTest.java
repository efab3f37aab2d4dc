package dev.recsys.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EncoderFormatTest {
  private final Map<String, Object> map = new HashMap<>();

  @BeforeEach
  void validMap() {
    FeatureSchema schema =
        FeatureSchema.builder("s")
            .user(Attribute.categorical("town"))
            .item(Attribute.numeric("price"))
            .build();
    List<UserProfile> users =
        List.of(
            UserProfile.builder().id(1).set("town", "a").build(),
            UserProfile.builder().id(2).set("town", "b").build());
    List<Item> items = List.of(Item.builder(1).set("price", 3).build());
    map.putAll(FeatureEncoder.fit(schema, users, items).toMap());
  }

  private void refused(String key, String rest) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeatureEncoder.fromMap(map))
        .withMessage("encoder, key \"" + key + "\": expected " + rest);
  }

  private static Map<String, Object> attribute(String name, @Nullable Object kind) {
    Map<String, Object> attribute = new HashMap<>(Map.of("name", name));
    attribute.put("kind", kind);
    return attribute;
  }

  private void schema(Map<String, Object> userAttribute) {
    map.put("schema", Map.of("name", "s", "user", List.of(userAttribute), "item", List.of()));
  }

  @Test
  void validMapIsRead() {
    FeatureEncoder encoder = FeatureEncoder.fromMap(map);
    assertThat(encoder.userRow(2)).isEqualTo(2);
    assertThat(encoder.toMap()).isEqualTo(map);
  }

  @Test
  void theOrderOfLabelsWasLostWhenAnEncoderWasReadBack() {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String label : List.of("zoologist", "artist", "farmer", "clerk", "baker", "tailor")) {
      labels.put("code of " + label, label);
    }
    FeatureSchema schema =
        FeatureSchema.builder("s")
            .user(Attribute.categorical("work", labels))
            .item(Attribute.numeric("price"))
            .build();
    FeatureEncoder encoder =
        FeatureEncoder.fromMap(FeatureEncoder.fit(schema, List.of(), List.of()).toMap());
    Domain domain = encoder.schema().userAttributes().get(0).domain();
    assertThat(domain.codes()).containsExactlyElementsOf(labels.keySet());
    assertThat(((ClosedDomain) domain).labels()).containsExactlyEntriesOf(labels);
  }

  @Test
  void versionMustBeThere() {
    map.remove("version");
    refused("version", "a whole number, found null");
  }

  @Test
  void versionOfTheFutureIsRefused() {
    map.put("version", 2);
    refused("version", "1, found 2");
  }

  @Test
  void schemaMustBeAMap() {
    map.put("schema", "s");
    refused("schema", "a map, found s");
  }

  @Test
  void errorInsideAListNamesThePathToIt() {
    schema(attribute("town", "ROUGHLY"));
    refused(
        "schema.user[].kind", "one of [CATEGORICAL, MULTI_VALUED, TEXT, NUMERIC], found ROUGHLY");
    schema(attribute("town", null));
    refused("schema.user[].kind", "text, found null");
  }

  @Test
  void labelsAndBoundsMustBeWellFormed() {
    Map<String, Object> labels = attribute("town", "CATEGORICAL");
    labels.put("labels", Map.of("1", 5));
    schema(labels);
    refused("schema.user[].labels.1", "text, found 5");
    Map<String, Object> bounds = attribute("town", "CATEGORICAL");
    bounds.put("lowerBounds", List.of(1, 2.5));
    schema(bounds);
    refused("schema.user[].lowerBounds", "a whole number, found 2.5");
  }

  @Test
  void numbersBeyondTheirRangeAreRefusedNotCut() {
    Map<String, Object> bounds = attribute("town", "CATEGORICAL");
    bounds.put("lowerBounds", List.of(1, 1L << 32));
    schema(bounds);
    refused("schema.user[].lowerBounds", "a whole number of 32 bits, found 4294967296");
    Map<String, Object> text = attribute("town", "TEXT");
    text.put("maxTokens", (1L << 32) + 1);
    schema(text);
    refused("schema.user[].maxTokens", "a whole number of 32 bits, found 4294967297");
  }

  @Test
  void idsMustAscend() {
    map.put("userIds", List.of(5, 5));
    refused("userIds", "ids in ascending order, found 5, 5");
    map.put("userIds", Arrays.asList(1, null));
    refused("userIds", "a whole number, found null");
    map.put("userIds", 7);
    refused("userIds", "a list, found 7");
  }

  @Test
  void vocabularyMustBeSortedAndDistinct() {
    map.put("vocabularies", Map.of("town", List.of("b", "a")));
    refused("vocabularies.town", "values in ascending order, found [b, a]");
    map.put("vocabularies", Map.of("town", List.of("a", "a")));
    refused("vocabularies.town", "values in ascending order, found [a, a]");
    map.put("vocabularies", Map.of());
    refused("vocabularies.town", "a list, found null");
  }

  @Test
  void scaleMustBePositiveAndFinite() {
    map.put("scales", Map.of("price", Map.of("mean", 0, "deviation", 0)));
    refused("scales.price.deviation", "a positive number, found 0.0");
    map.put("scales", Map.of("price", Map.of("mean", Double.NaN, "deviation", 1)));
    refused("scales.price.mean", "a finite number, found NaN");
  }
}
