package dev.recsys.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntityTest {
  private final Entity entity = Entity.of(7, new float[] {1, 2}).with("title", "Heat");

  @Test
  void aChangeGivesACopy() {
    Entity changed = entity.with("title", "Alien").with("year", 1979);

    assertThat(changed.fields()).isEqualTo(Map.of("title", "Alien", "year", 1979));
    assertThat(entity.fields()).isEqualTo(Map.of("title", "Heat"));
    assertThat(changed.id()).isEqualTo(7);
  }

  @Test
  void vectorsAndListsAreCopied() {
    List<String> genres = new ArrayList<>(List.of("Drama"));
    Entity with = entity.with("genres", genres);
    genres.clear();
    with.vector()[0] = 9;

    assertThat(with.fields()).containsEntry("genres", List.of("Drama"));
    assertThat(with.vector()).containsExactly(1, 2);
    assertThat(with.fields()).isUnmodifiable();
  }

  @Test
  void entitiesAreEqualByIdVectorAndFields() {
    assertThat(entity)
        .isEqualTo(Entity.of(7, new float[] {1, 2}).with("title", "Heat"))
        .hasSameHashCodeAs(Entity.of(7, new float[] {1, 2}).with("title", "Heat"))
        .isNotEqualTo(entity.with("title", "heat"))
        .isNotEqualTo(Entity.of(8, new float[] {1, 2}).with("title", "Heat"))
        .isNotEqualTo(Entity.of(7, new float[] {1, 3}).with("title", "Heat"))
        .hasToString("Entity 7 (2 components) {title=Heat}");
  }

  @Test
  void nullIsTheSameAsLeavingAFieldOut() {
    assertThat(entity.with("year", null)).isEqualTo(entity);
    assertThat(entity.with("title", null).fields()).isEmpty();
  }

  @Test
  void theKeyIsANumberOrAText() {
    Entity text = Entity.of("tt7", new float[1]);
    assertThat(text.key()).isEqualTo("tt7");
    assertThat(entity.key()).isEqualTo(7L);
    assertThatIllegalStateException().isThrownBy(text::id).withMessageContaining("tt7");
    assertThat(Entity.of("7", new float[] {1, 2}).with("title", "Heat")).isNotEqualTo(entity);
  }

  @Test
  void mapsAreCopied() {
    Map<String, Object> json = new HashMap<>(Map.of("k", 1));
    Entity with = entity.with("info", json);
    json.clear();
    assertThat(with.fields()).containsEntry("info", Map.of("k", 1));
  }
}
