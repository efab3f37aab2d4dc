package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.schema.MetricType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GraphTest {
  private static Graph graph(int capacity) {
    GraphCodes codes = new GraphCodes(MetricType.L2, Projection.identity(4), new byte[0][]);
    return new Graph(4, capacity, codes);
  }

  private static int[] links(Graph graph, int slot, int level) {
    int at = graph.at(slot, level);
    return Arrays.copyOfRange(graph.links(slot, level), at, at + graph.width(level));
  }

  @Test
  void linksStayWhileTheGraphGrows() {
    Graph small = graph(300);
    for (int slot = 0; slot < 300; slot++) {
      small.set(slot, 0, new int[] {slot, 299 - slot}, 2);
    }
    Graph large = small.withCapacity(700_000);
    for (int slot = 0; slot < 300; slot++) {
      assertThat(links(large, slot, 0)).containsExactly(slot, 299 - slot, -1, -1, -1, -1, -1, -1);
    }
    assertThat(large.count(699_999, 0)).isZero();
    assertThat(large.level(699_999)).isZero();
  }

  @Test
  void levelsHaveLinksOfTheirOwn() {
    Graph graph = graph(10);
    graph.raise(3, 2);
    graph.set(3, 0, new int[] {1}, 1);
    graph.set(3, 1, new int[] {4, 5}, 2);
    graph.set(3, 2, new int[] {6, 7, 8, 9}, 4);
    assertThat(graph.level(3)).isEqualTo(2);
    assertThat(graph.count(3, 0)).isEqualTo(1);
    assertThat(links(graph, 3, 1)).containsExactly(4, 5, -1, -1);
    assertThat(links(graph, 3, 2)).containsExactly(6, 7, 8, 9);
    assertThat(graph.count(3, 2)).isEqualTo(4);
    graph.clear(3);
    assertThat(graph.level(3)).isEqualTo(2);
    for (int level = 0; level <= 2; level++) {
      assertThat(graph.count(3, level)).isZero();
    }
    assertThat(graph.count(2, 0)).isZero();
  }

  @Test
  void aShorterListLeavesNothingOfTheLonger() {
    Graph graph = graph(5);
    graph.set(1, 0, new int[] {0, 2, 3, 4}, 4);
    graph.set(1, 0, new int[] {3}, 1);
    assertThat(links(graph, 1, 0)).containsExactly(3, -1, -1, -1, -1, -1, -1, -1);
  }
}
