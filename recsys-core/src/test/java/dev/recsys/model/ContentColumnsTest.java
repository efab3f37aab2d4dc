package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.Item;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentColumnsTest {
  private static final FeatureEncoder ENCODER =
      new TrainingData(SmallData.split(), false).encoder();
  private static final ContentColumns COLUMNS = new ContentColumns(ENCODER);

  private static Map<Integer, Float> columns(Item item) {
    Map<Integer, Float> columns = new TreeMap<>();
    COLUMNS.of(
        ENCODER.encode(item),
        (column, value) -> assertThat(columns.put(column, value)).as("told twice").isNull());
    assertThat(columns.keySet()).allMatch(column -> column >= 0 && column < COLUMNS.count());
    return columns;
  }

  @Test
  void anItemHasTheConstantItsValuesAndTwoKnots() {
    Item item =
        Item.builder(1)
            .set("styles", List.of("rock", "live"))
            .set("title", "blue moon blue")
            .set("label", "label 1")
            .set("year", 1975.3)
            .build();
    Map<Integer, Float> columns = columns(item);
    assertThat(columns).containsEntry(0, 1f).hasSize(1 + 2 + 2 + 1 + 2);
    float knots = (float) columns.values().stream().mapToDouble(v -> v).sum() - 6;
    assertThat(knots).isCloseTo(1, within(1e-6f));
  }

  @Test
  void whatIsUnknownHasNoColumn() {
    Item item = Item.builder(1).set("styles", List.of("polka")).set("label", "none").build();
    assertThat(columns(item).values().stream().filter(value -> value == 1)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e30, 0, 1960, 1980, 2026, 1e30})
  void anyNumberLiesBetweenTwoKnots(double year) {
    Map<Integer, Float> columns = columns(Item.builder(1).set("year", year).build());
    assertThat(columns).hasSize(3);
    assertThat(columns.values()).allMatch(share -> share >= 0 && share <= 1);
    assertThat(columns.values().stream().mapToDouble(v -> v).sum()).isCloseTo(2, within(1e-6));
  }

  @Test
  void nearNumbersHaveNearColumns() {
    Map<Integer, Float> one = columns(Item.builder(1).set("year", 1980.00).build());
    Map<Integer, Float> other = columns(Item.builder(1).set("year", 1980.01).build());
    for (int column = 0; column < COLUMNS.count(); column++) {
      assertThat(other.getOrDefault(column, 0f))
          .isCloseTo(one.getOrDefault(column, 0f), within(0.01f));
    }
  }
}
