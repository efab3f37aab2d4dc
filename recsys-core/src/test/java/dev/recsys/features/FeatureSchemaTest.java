package dev.recsys.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FeatureSchemaTest {
  private static FeatureSchema.Builder shop() {
    return FeatureSchema.builder("shop")
        .user(Attribute.categorical("country"))
        .item(Attribute.text("title", 3))
        .item(Attribute.numeric("price"));
  }

  @Test
  void keepsAttributesInOrder() {
    FeatureSchema schema = shop().build();
    assertThat(schema.name()).isEqualTo("shop");
    assertThat(schema.userAttributes()).extracting(Attribute::name).containsExactly("country");
    assertThat(schema.itemAttributes())
        .extracting(Attribute::kind)
        .containsExactly(Attribute.Kind.TEXT, Attribute.Kind.NUMERIC);
  }

  @Test
  void refusesASecondAttributeOfTheSameNameEvenOfTheOtherSide() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> shop().item(Attribute.categorical("country")))
        .withMessage("schema \"shop\": a second attribute named \"country\"");
  }

  @Test
  void refusesUserAttributesThatAreNotCategorical() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> shop().user(Attribute.numeric("income")))
        .withMessage(
            "schema \"shop\": an attribute of users must be CATEGORICAL, not income (NUMERIC)");
  }

  @Test
  void schemaDoesNotFollowItsBuilder() {
    FeatureSchema.Builder builder = shop();
    FeatureSchema before = builder.build();
    FeatureSchema after = builder.item(Attribute.multiValued("tags")).build();
    assertThat(before.itemAttributes()).hasSize(2);
    assertThat(after).isNotEqualTo(before);
    assertThat(before).isEqualTo(shop().build()).hasSameHashCodeAs(shop().build());
    assertThat(before)
        .hasToString("shop: users [country (CATEGORICAL)], items [title (TEXT), price (NUMERIC)]");
  }
}
