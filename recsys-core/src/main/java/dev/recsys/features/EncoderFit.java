package dev.recsys.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what an encoder learns from users and items. */
final class EncoderFit {
  private final FeatureSchema schema;
  private final Map<String, Set<String>> words = new LinkedHashMap<>();
  private final Map<String, List<Double>> numbers = new LinkedHashMap<>();
  private long[] userIds = {};
  private long[] itemIds = {};

  EncoderFit(FeatureSchema schema) {
    this.schema = schema;
    schema.userAttributes().forEach(this::prepare);
    schema.itemAttributes().forEach(this::prepare);
  }

  private void prepare(Attribute attribute) {
    if (attribute.kind() == Attribute.Kind.NUMERIC) {
      numbers.put(attribute.name(), new ArrayList<>());
    } else {
      words.put(attribute.name(), new HashSet<>(attribute.domain().codes()));
    }
  }

  EncoderFit users(Collection<UserProfile> users) {
    for (UserProfile user : users) {
      if (user.id().isEmpty()) {
        throw new IllegalArgumentException("users to learn from must have an id, not " + user);
      }
      learn(schema.userAttributes(), user.values());
    }
    userIds = sorted("user", users.stream().mapToLong(u -> u.id().orElseThrow()).toArray());
    return this;
  }

  EncoderFit items(Collection<Item> items) {
    items.forEach(item -> learn(schema.itemAttributes(), item.values()));
    itemIds = sorted("item", items.stream().mapToLong(Item::id).toArray());
    return this;
  }

  private void learn(List<Attribute> attributes, Map<String, Object> values) {
    ItemEncoding.requireKnown(schema, attributes, values);
    for (Attribute attribute : attributes) {
      String name = attribute.name();
      Object value = values.get(name);
      if (value == null) {
        continue;
      }
      if (attribute.kind() == Attribute.Kind.NUMERIC) {
        numbers.getOrDefault(name, List.of()).add(NumberDomain.number(name, value));
      } else {
        words.getOrDefault(name, Set.of()).addAll(ItemEncoding.words(attribute, value));
      }
    }
  }

  private static long[] sorted(String what, long[] ids) {
    Arrays.sort(ids);
    for (int i = 1; i < ids.length; i++) {
      if (ids[i] == ids[i - 1]) {
        throw new IllegalArgumentException(what + " id " + ids[i] + " occurs twice");
      }
    }
    return ids;
  }

  FeatureEncoder encoder() {
    Map<String, Vocabulary> vocabularies = new LinkedHashMap<>();
    words.forEach((name, values) -> vocabularies.put(name, Vocabulary.of(values)));
    Map<String, Scale> scales = new LinkedHashMap<>();
    numbers.forEach(
        (name, values) ->
            scales.put(name, Scale.of(values.stream().mapToDouble(Double::doubleValue).toArray())));
    return new FeatureEncoder(schema, userIds, itemIds, vocabularies, scales);
  }
}
