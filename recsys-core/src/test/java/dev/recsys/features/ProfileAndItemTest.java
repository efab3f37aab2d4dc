package dev.recsys.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProfileAndItemTest {
  @Test
  void profileMayHaveAnIdAttributesOrNeither() {
    assertThat(UserProfile.ofId(-3).id()).hasValue(-3);
    assertThat(UserProfile.ofId(0)).isNotEqualTo(UserProfile.builder().build());
    assertThat(UserProfile.builder().build().id()).isEmpty();
    UserProfile profile = UserProfile.builder().id(7).set("age", 25).set("gender", "F").build();
    assertThat(profile.id()).hasValue(7);
    assertThat(profile.get("age")).isEqualTo(25);
    assertThat(profile.get("job")).isNull();
    assertThat(profile.values()).containsOnlyKeys("age", "gender");
    assertThat(profile).hasToString("user 7 {age=25, gender=F}");
  }

  @Test
  void laterValueReplacesAnEarlierOne() {
    assertThat(UserProfile.builder().set("age", 1).set("age", 2).build().get("age")).isEqualTo(2);
  }

  @Test
  void valuesAreCopiedAndCannotBeChanged() {
    List<String> genres = new ArrayList<>(List.of("Comedy"));
    Item.Builder builder = Item.builder(1).set("genres", genres);
    Item item = builder.build();
    genres.add("War");
    builder.set("year", 1995);
    assertThat(item.values()).hasSize(1).containsEntry("genres", List.of("Comedy"));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> item.values().put("year", 1));
  }

  @Test
  void collectionsAndArraysAreLists() {
    Item item =
        Item.builder(1)
            .set("a", new Object[] {"x", 2})
            .set("b", Set.of("y"))
            .set("c", CharBuffer.wrap("z"))
            .build();
    assertThat(item.get("a")).isEqualTo(List.of("x", 2));
    assertThat(item.get("b")).isEqualTo(List.of("y"));
    assertThat(item.get("c")).isEqualTo("z");
  }

  @Test
  void refusesValuesThatNoSchemaCouldHold() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Item.builder(1).set("at", new Thread("t")))
        .withMessageStartingWith(
            "attribute \"at\": allowed is text, a number, a boolean or a collection of these");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UserProfile.builder().set("age", List.of(List.of(1))));
  }

  @Test
  void titleIsTheValueOfThatNameOrEmpty() {
    assertThat(Item.builder(1).set("title", "Brass Ferry (1980)").build().title())
        .isEqualTo("Brass Ferry (1980)");
    assertThat(Item.builder(1).build().title()).isEmpty();
  }

  @Test
  void equalWhenIdAndValuesAre() {
    Item item = Item.builder(1).set("a", 1).build();
    assertThat(item).isEqualTo(Item.builder(1).set("a", 1).build());
    assertThat(item).hasSameHashCodeAs(Item.builder(1).set("a", 1).build());
    assertThat(item).isNotEqualTo(Item.builder(2).set("a", 1).build());
    assertThat(item).hasToString("item 1 {a=1}");
    assertThat(UserProfile.ofId(1)).isEqualTo(UserProfile.builder().id(1).build());
    assertThat(UserProfile.ofId(1)).hasSameHashCodeAs(UserProfile.builder().id(1).build());
  }
}
