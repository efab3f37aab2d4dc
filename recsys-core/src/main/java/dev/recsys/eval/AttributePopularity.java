package dev.recsys.eval;

import dev.recsys.features.Item;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Scores an item by how popular the items are that share its values, such as its genres. */
final class AttributePopularity extends HistoryModel {
  /** One value of an attribute that has several. */
  private record Value(String attribute, Object value) {}

  private final float[] scores;

  private AttributePopularity(Interactions data, float[] scores) {
    super(Baseline.ATTRIBUTE_POPULARITY, data);
    this.scores = scores;
  }

  static AttributePopularity fit(Interactions data, List<Item> items) {
    Map<Long, List<Value>> values = new HashMap<>();
    items.forEach(item -> values.put(item.id(), values(item)));
    Map<Value, Integer> likes = new HashMap<>();
    Map<Value, Integer> counts = new HashMap<>();
    for (int number = 0; number < data.likedItems(); number++) {
      for (Value value : values.getOrDefault(data.id(number), List.of())) {
        likes.merge(value, data.byItem()[number].length, Integer::sum);
        counts.merge(value, 1, Integer::sum);
      }
    }
    float[] scores = new float[data.items()];
    for (int number = 0; number < scores.length; number++) {
      scores[number] =
          (float)
              values.getOrDefault(data.id(number), List.of()).stream()
                  .mapToDouble(v -> likes.getOrDefault(v, 0) / (double) counts.getOrDefault(v, 1))
                  .average()
                  .orElse(0);
    }
    return new AttributePopularity(data, scores);
  }

  private static List<Value> values(Item item) {
    List<Value> values = new ArrayList<>();
    item.values()
        .forEach(
            (attribute, value) -> {
              if (value instanceof Collection<?> several) {
                several.forEach(each -> values.add(new Value(attribute, each)));
              }
            });
    return values;
  }

  @Override
  void score(int[] liked, float[] scores) {
    System.arraycopy(this.scores, 0, scores, 0, scores.length);
  }
}
