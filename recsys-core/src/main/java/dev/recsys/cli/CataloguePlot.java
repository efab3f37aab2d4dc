package dev.recsys.cli;

import dev.recsys.features.Attribute;
import dev.recsys.features.Item;
import dev.recsys.model.FusionModel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The items that were rated most, each where its like are, coloured by a category of theirs, as an
 * SVG picture.
 */
final class CataloguePlot {
  private static final int ITEMS = 1_500;
  private static final int WIDTH = 820;
  private static final int HEIGHT = 560;
  private static final int PLOT = 640;
  private static final int MARGIN = 12;
  private static final int LINE = 20;
  private static final String OTHER = "#cccccc";

  private final FusionModel model;
  private final List<Item> items;

  CataloguePlot(FusionModel model) {
    this.model = model;
    this.items = Arrays.stream(model.mostRated(ITEMS)).mapToObj(model::item).toList();
  }

  String svg() {
    double[][] places =
        PlaneMap.of(items.stream().map(item -> model.similarityVector(item.id())).toList());
    List<String> groups = groups();
    StringBuilder svg = new StringBuilder();
    double[] x = range(places, 0);
    double[] y = range(places, 1);
    for (int i = 0; i < places.length; i++) {
      Item item = items.get(i);
      svg.append(
          Svg.dot(
              scaled(places[i][0], x, PLOT),
              scaled(places[i][1], y, HEIGHT),
              color(groups.indexOf(group(item))),
              item.title() + " (" + group(item) + ")"));
    }
    for (int g = 0; g < groups.size(); g++) {
      double line = 2.0 * MARGIN + g * LINE;
      svg.append(Svg.dot(PLOT + MARGIN, line, color(g), groups.get(g)));
      svg.append(Svg.text(PLOT + 2.0 * MARGIN, line + 4, "start", groups.get(g)));
    }
    return Svg.picture(WIDTH, HEIGHT, svg.toString());
  }

  /** The first value of the first attribute that has values of a set, "" without. */
  private String group(Item item) {
    for (Attribute attribute : model.schema().itemAttributes()) {
      boolean of =
          attribute.kind() == Attribute.Kind.MULTI_VALUED
              || attribute.kind() == Attribute.Kind.CATEGORICAL;
      Object value = item.get(attribute.name());
      if (of && value != null) {
        return value instanceof List<?> list
            ? list.stream().findFirst().map(String::valueOf).orElse("")
            : value.toString();
      }
    }
    return "";
  }

  /** The groups that have a colour of their own: the largest. */
  private List<String> groups() {
    Map<String, Integer> sizes = new TreeMap<>();
    items.forEach(item -> sizes.merge(group(item), 1, Integer::sum));
    return sizes.entrySet().stream()
        .sorted(Comparator.comparingInt((Map.Entry<String, Integer> each) -> -each.getValue()))
        .map(Map.Entry::getKey)
        .filter(name -> !name.isEmpty())
        .limit(Svg.COLORS.size())
        .toList();
  }

  private static String color(int group) {
    return group < 0 ? OTHER : Svg.COLORS.get(group);
  }

  private static double[] range(double[][] places, int axis) {
    double[] values = Arrays.stream(places).mapToDouble(place -> place[axis]).sorted().toArray();
    return values.length == 0
        ? new double[] {0, 1}
        : new double[] {values[0], Math.max(values[values.length - 1], values[0] + 1e-9)};
  }

  private static double scaled(double value, double[] range, int size) {
    return MARGIN + (size - 2 * MARGIN) * (value - range[0]) / (range[1] - range[0]);
  }
}
