package dev.recsys.model;

import dev.recsys.features.Attribute;
import dev.recsys.features.FeatureEncoder;
import java.util.Arrays;
import java.util.List;

/**
 * What an item is, as columns of a regression: one that every item has, one for each value of an
 * attribute and each word of a text, and for a number the two nearest of some knots, each by how
 * near it is. Immutable and safe for many threads.
 */
final class ContentColumns {
  /** Knots stand half a deviation apart, up to this many on each side of the mean. */
  private static final int KNOTS = 6;

  private static final int PER_DEVIATION = 2;

  /** Takes the columns of an item. */
  interface Sink {
    void add(int column, float value);
  }

  private final List<Attribute> attributes;
  private final int[] first;

  ContentColumns(FeatureEncoder encoder) {
    this.attributes = encoder.schema().itemAttributes();
    this.first = new int[attributes.size() + 1];
    first[0] = 1;
    for (int a = 0; a < attributes.size(); a++) {
      Attribute attribute = attributes.get(a);
      int values =
          attribute.kind() == Attribute.Kind.NUMERIC
              ? 2 * KNOTS + 1
              : encoder.vocabulary(attribute.name()).size();
      first[a + 1] = first[a] + values;
    }
  }

  /** The number of columns. Column 0 is the one that every item has. */
  int count() {
    return first[attributes.size()];
  }

  /** Tells the columns of an item that are not 0, each once. */
  void of(FeatureEncoder.ItemFeatures item, Sink sink) {
    sink.add(0, 1);
    for (int a = 0; a < attributes.size(); a++) {
      if (attributes.get(a).kind() == Attribute.Kind.NUMERIC) {
        number(first[a], item.numbers()[a], sink);
      } else {
        int from = first[a];
        Arrays.stream(item.rows()[a])
            .filter(row -> row > 0)
            .distinct()
            .forEach(row -> sink.add(from + row, 1));
      }
    }
  }

  private static void number(int from, float standardised, Sink sink) {
    float place = Math.max(-KNOTS, Math.min(KNOTS, PER_DEVIATION * standardised)) + KNOTS;
    int below = Math.min((int) place, 2 * KNOTS - 1);
    float share = place - below;
    sink.add(from + below, 1 - share);
    sink.add(from + below + 1, share);
  }
}
