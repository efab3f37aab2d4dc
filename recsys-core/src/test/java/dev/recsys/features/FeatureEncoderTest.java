package dev.recsys.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatureEncoderTest {
  private static final FeatureSchema SCHEMA =
      FeatureSchema.builder("shop")
          .user(Attribute.categorical("gender", Map.of("F", "female", "M", "male")))
          .user(Attribute.categorical("country"))
          .item(Attribute.categorical("brand"))
          .item(Attribute.multiValued("tags"))
          .item(Attribute.text("title", 3))
          .item(Attribute.numeric("price"))
          .build();

  private static final List<UserProfile> USERS =
      List.of(
          UserProfile.builder().id(30).set("gender", "F").set("country", "pt").build(),
          UserProfile.builder().id(-5).set("country", "at").build());

  private static final List<Item> ITEMS =
      List.of(
          Item.builder(9)
              .set("brand", "zeta")
              .set("tags", List.of("wool", "blue"))
              .set("title", "Blue scarf")
              .set("price", 10)
              .build(),
          Item.builder(4).set("brand", "alpha").set("title", "Red scarf").set("price", 30).build());

  private final FeatureEncoder encoder = FeatureEncoder.fit(SCHEMA, USERS, ITEMS);

  @Test
  void idsHaveRowsInAscendingOrderFromOne() {
    assertThat(encoder.userRows()).isEqualTo(3);
    assertThat(encoder.userRow(-5)).isEqualTo(1);
    assertThat(encoder.userRow(30)).isEqualTo(2);
    assertThat(encoder.itemRows()).isEqualTo(3);
    assertThat(encoder.itemRow(4)).isEqualTo(1);
    assertThat(encoder.itemId(1)).isEqualTo(4);
    assertThat(encoder.itemId(2)).isEqualTo(9);
  }

  @Test
  void unknownIdIsRowZeroAndNobodyElse() {
    for (long id : new long[] {-6, 0, 29, 31, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThat(encoder.userRow(id)).isZero();
      assertThat(encoder.itemRow(id)).isZero();
    }
    assertThatIllegalArgumentException().isThrownBy(() -> encoder.itemId(0));
    assertThatIllegalArgumentException().isThrownBy(() -> encoder.itemId(3));
  }

  @Test
  void closedSetHasAllItsRowsWhetherSeenOrNot() {
    assertThat(encoder.vocabulary("gender").values()).containsExactly("F", "M");
    assertThat(encoder.vocabulary("country").values()).containsExactly("at", "pt");
    assertThat(encoder.vocabulary("title").values()).containsExactly("blue", "red", "scarf");
  }

  @Test
  void vocabularyOfNumbersAndOfStrangersIsRefused() {
    for (String name : List.of("price", "size")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> encoder.vocabulary(name))
          .withMessageContaining("\"" + name + "\"")
          .withMessageContaining("[gender, country, brand, tags, title]");
    }
  }

  @Test
  void userIsIdRowThenARowPerAttributeInSchemaOrder() {
    assertThat(encoder.encode(USERS.get(0))).containsExactly(2, 1, 2);
    assertThat(
            encoder.encode(
                UserProfile.builder().set("country", "at").set("gender", "Male").build()))
        .containsExactly(0, 2, 1);
  }

  @Test
  void absentAndUnseenOpenValuesOfAUserAreRowZero() {
    assertThat(encoder.encode(UserProfile.ofId(30))).containsExactly(2, 0, 0);
    assertThat(encoder.encode(UserProfile.builder().id(99).set("country", "nz").build()))
        .containsExactly(0, 0, 0);
  }

  @Test
  void attributeOutsideTheSchemaIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> encoder.encode(UserProfile.builder().set("gender", "F").set("sex", "F").build()))
        .withMessage("schema \"shop\": attribute must be one of [gender, country], not [sex]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.encode(Item.builder(1).set("country", "pt").build()))
        .withMessage(
            "schema \"shop\": attribute must be one of [brand, tags, title, price], not [country]");
  }

  @Test
  void valueOutsideAClosedSetIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.encode(UserProfile.builder().set("gender", "x").build()))
        .withMessageContaining("attribute \"gender\"")
        .withMessageEndingWith("not \"x\"");
  }

  @Test
  void itemHasASlotPerAttribute() {
    FeatureEncoder.ItemFeatures features = encoder.encode(ITEMS.get(0));
    assertThat(features.idRow()).isEqualTo(2);
    assertThat(features.rows()).isDeepEqualTo(new int[][] {{2}, {2, 1}, {1, 3}, {}});
    assertThat(features.numbers()).containsExactly(0, 0, 0, -1);
  }

  @Test
  void newItemKeepsWhatIsKnownAndMapsTheRestToRowZero() {
    Item item =
        Item.builder(77)
            .set("brand", "omega")
            .set("tags", List.of("silk", "blue", "silk"))
            .set("title", "Green scarf, red, blue")
            .set("price", "40")
            .build();
    FeatureEncoder.ItemFeatures features = encoder.encode(item);
    assertThat(features.idRow()).isZero();
    assertThat(features.rows()).isDeepEqualTo(new int[][] {{0}, {0, 1}, {0, 3, 2}, {}});
    assertThat(features.numbers()[3]).isEqualTo(2);
  }

  @Test
  void absentAttributesOfAnItemAreNeutral() {
    FeatureEncoder.ItemFeatures features = encoder.encode(Item.builder(4).build());
    assertThat(features.rows()).isDeepEqualTo(new int[][] {{0}, {}, {}, {}});
    assertThat(features.numbers()).containsOnly(0);
  }

  @Test
  void singleValueOfAMultiValuedAttributeNeedsNoList() {
    assertThat(encoder.encode(Item.builder(1).set("tags", "wool").build()).rows()[1])
        .containsExactly(2);
  }

  @Test
  void numbersThatAreAllEqualBecomeZero() {
    Scale scale = Scale.of(new double[] {7, 7, 7});
    assertThat(scale.standardised(7)).isZero();
    assertThat(scale.standardised(8)).isEqualTo(1, within(1e-6f));
    assertThat(Scale.of(new double[0])).isEqualTo(new Scale(0, 1));
  }

  @Test
  void fitRefusesIdsThatOccurTwiceAndUsersWithoutId() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> FeatureEncoder.fit(SCHEMA, List.of(USERS.get(0), UserProfile.ofId(30)), ITEMS))
        .withMessage("user id 30 occurs twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeatureEncoder.fit(SCHEMA, USERS, List.of(ITEMS.get(1), ITEMS.get(1))))
        .withMessage("item id 4 occurs twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeatureEncoder.fit(SCHEMA, List.of(UserProfile.builder().build()), ITEMS))
        .withMessageContaining("must have an id");
  }

  @Test
  void fitRefusesWhatEncodeWould() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                FeatureEncoder.fit(SCHEMA, USERS, List.of(Item.builder(1).set("size", 3).build())));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                FeatureEncoder.fit(
                    SCHEMA, List.of(UserProfile.builder().id(1).set("gender", 3).build()), ITEMS));
  }
}
