package dev.recsys.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FeatureEncoderPropertyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final FeatureSchema SCHEMA =
      FeatureSchema.builder("any")
          .user(Attribute.bucketed("age", 1, 18, 56))
          .user(Attribute.categorical("job", Map.of("0", "other", "1", "a/b")))
          .user(Attribute.categorical("town"))
          .item(Attribute.multiValued("tags"))
          .item(Attribute.text("title", 4).ignoring("\\d+$"))
          .item(Attribute.numeric("price"))
          .item(Attribute.categorical("brand"))
          .build();

  @Provide
  Arbitrary<List<UserProfile>> users() {
    return Combinators.combine(
            Arbitraries.longs(),
            Arbitraries.integers().between(0, 99),
            Arbitraries.of("0", "other", "A"),
            words())
        .as(
            (id, age, job, town) ->
                UserProfile.builder()
                    .id(id)
                    .set("age", age)
                    .set("job", job)
                    .set("town", town)
                    .build())
        .list()
        .uniqueElements(user -> user.id().orElseThrow());
  }

  @Provide
  Arbitrary<List<Item>> items() {
    return Combinators.combine(
            Arbitraries.longs(),
            words().list().ofMaxSize(3),
            Arbitraries.strings(),
            Arbitraries.doubles().between(-1e6, 1e6))
        .as(
            (id, tags, title, price) ->
                Item.builder(id).set("tags", tags).set("title", title).set("price", price).build())
        .list()
        .uniqueElements(Item::id);
  }

  private static Arbitrary<String> words() {
    return Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(2);
  }

  @Property(tries = 200)
  void orderOfTheDataIsNoMatter(
      @ForAll("users") List<UserProfile> users,
      @ForAll("items") List<Item> items,
      @ForAll long seed) {
    List<UserProfile> otherUsers = new ArrayList<>(users);
    List<Item> otherItems = new ArrayList<>(items);
    Collections.shuffle(otherUsers, new Random(seed));
    Collections.shuffle(otherItems, new Random(seed));
    assertThat(FeatureEncoder.fit(SCHEMA, otherUsers, otherItems).toMap())
        .isEqualTo(FeatureEncoder.fit(SCHEMA, users, items).toMap());
  }

  @Property(tries = 200)
  void readBackFromJsonItEncodesTheSame(
      @ForAll("users") List<UserProfile> users, @ForAll("items") List<Item> items)
      throws JsonProcessingException {
    FeatureEncoder encoder = FeatureEncoder.fit(SCHEMA, users, items);
    FeatureEncoder read = FeatureEncoder.fromMap(throughJson(encoder.toMap()));
    assertThat(read.schema()).isEqualTo(SCHEMA);
    assertThat(read.toMap()).isEqualTo(encoder.toMap());
    users.forEach(user -> assertThat(read.encode(user)).isEqualTo(encoder.encode(user)));
    for (Item item : items) {
      assertThat(read.encode(item)).usingRecursiveComparison().isEqualTo(encoder.encode(item));
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> throughJson(Map<String, Object> map)
      throws JsonProcessingException {
    return JSON.readValue(JSON.writeValueAsString(map), Map.class);
  }

  @Property(tries = 200)
  void everyRowOfTheDataIsKnownAndNamesItsOwnValue(
      @ForAll("users") List<UserProfile> users, @ForAll("items") List<Item> items) {
    FeatureEncoder encoder = FeatureEncoder.fit(SCHEMA, users, items);
    for (UserProfile user : users) {
      int[] rows = encoder.encode(user);
      assertThat(encoder.userIds()[rows[0] - 1]).isEqualTo(user.id().orElseThrow());
      for (int a = 0; a < SCHEMA.userAttributes().size(); a++) {
        Attribute attribute = SCHEMA.userAttributes().get(a);
        Object value = Objects.requireNonNull(user.get(attribute.name()));
        assertThat(encoder.vocabulary(attribute.name()).value(rows[1 + a]))
            .isEqualTo(attribute.canonical(value));
      }
    }
    for (Item item : items) {
      assertThat(encoder.itemId(encoder.encode(item).idRow())).isEqualTo(item.id());
    }
  }

  @Property(tries = 200)
  void numbersOfTheDataHaveMeanZeroAndDeviationOneOrZero(@ForAll("items") List<Item> items) {
    FeatureEncoder encoder = FeatureEncoder.fit(SCHEMA, List.of(), items);
    double sum = 0;
    double squares = 0;
    for (Item item : items) {
      float number = encoder.encode(item).numbers()[2];
      sum += number;
      squares += number * number;
    }
    int n = Math.max(1, items.size());
    assertThat(Math.abs(sum / n)).isLessThan(1e-4);
    assertThat(squares / n)
        .satisfiesAnyOf(
            v -> assertThat(v).isBetween(0.999, 1.001), v -> assertThat(v).isLessThan(1e-4));
  }
}
