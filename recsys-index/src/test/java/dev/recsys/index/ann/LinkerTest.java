package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.schema.MetricType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links and repairs of small graphs over random vectors, against what the paper's words say. */
class LinkerTest {
  private static final int DIMENSION = 6;
  private static final int COUNT = 120;
  private static final int M = 4;

  private final float[][] vectors = new float[COUNT][];
  private final Slots slots = new Slots(DIMENSION);
  private final Linker linker = new Linker(M, new Object[] {new Object(), new Object()});
  private Graph graph = graph(0);

  private static Graph graph(int capacity) {
    return new Graph(
        M, capacity, new GraphCodes(MetricType.L2, Projection.identity(DIMENSION), new byte[0][]));
  }

  private void fill(Random random) {
    graph = graph(COUNT);
    for (int i = 0; i < COUNT; i++) {
      vectors[i] = AnnIndexContract.gaussian(random, DIMENSION);
      int slot = slots.take(i, COUNT);
      slots.write(slot, vectors[i]);
      graph.raise(slot, random.nextInt(M) == 0 ? 1 : 0);
      graph.codes.encode(slot, vectors[i], new float[DIMENSION]);
      slots.mark(slot, true, i);
      slots.bind(i, slot);
    }
  }

  /** Half the negated squared distance of two codes. */
  private float nearness(int a, int b) {
    GraphQuery query = new GraphQuery();
    graph.codes.query(a, query);
    float[] out = new float[1];
    graph.codes.score(query, new int[] {b}, 1, out);
    return out[0] + graph.codes.bias(a);
  }

  /** Algorithm 4: nearest first, those that are nearer to the slot than to any one chosen. */
  private List<Integer> chosen(int slot, List<Integer> candidates, int most) {
    List<Integer> sorted = new ArrayList<>(candidates);
    sorted.sort(Comparator.comparingDouble(c -> -nearness(slot, c)));
    List<Integer> chosen = new ArrayList<>();
    for (int candidate : sorted) {
      float near = nearness(slot, candidate);
      if (chosen.size() < most
          && chosen.stream().allMatch(c -> nearness(candidate, c) <= near + 1e-5f)) {
        chosen.add(candidate);
      }
    }
    return chosen;
  }

  private List<Integer> linksOf(int slot, int level) {
    int at = graph.at(slot, level);
    return Arrays.stream(graph.links(slot, level), at, at + graph.count(slot, level))
        .boxed()
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aSlotIsLinkedBothWaysWithWhatTheAlgorithmChooses(long seed) {
    Random random = new Random(seed);
    fill(random);
    Candidates candidates = new Candidates();
    candidates.reset(60);
    int slot = random.nextInt(COUNT);
    List<Integer> offered = new ArrayList<>();
    for (int other = 0; other < 60; other++) {
      if (other != slot) {
        candidates.offer(nearness(slot, other) - graph.codes.bias(slot), other);
        if (other != 11) {
          offered.add(other);
        }
      }
    }
    linker.linkFrom(graph, slots, slot, 0, candidates, 11);
    assertThat(linksOf(slot, 0)).isEqualTo(chosen(slot, offered, 2 * M));
    assertThat(offered).allMatch(other -> linksOf(other, 0).isEmpty());
    linker.linkTo(graph, slot, 0);
    for (int neighbour : linksOf(slot, 0)) {
      assertThat(linksOf(neighbour, 0)).containsExactly(slot);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7, 8})
  void aFullListIsChosenAnewAmongItsLinksAndTheNewOne(long seed) {
    Random random = new Random(seed);
    fill(random);
    List<Integer> before = new ArrayList<>();
    for (int other = 1; other <= 2 * M; other++) {
      linker.link(graph, 0, other, 0);
      linker.link(graph, 0, other, 0);
      before.add(other);
    }
    assertThat(linksOf(0, 0)).isEqualTo(before);
    linker.link(graph, 0, 50, 0);
    before.add(50);
    assertThat(linksOf(0, 0)).isEqualTo(chosen(0, before, 2 * M));
  }

  @ParameterizedTest
  @ValueSource(longs = {9, 10, 11, 12})
  void afterARepairNothingLinksToTheDeadAndTheirSlotsAreFree(long seed) {
    Random random = new Random(seed);
    fill(random);
    for (int i = 0; i < 2_000; i++) {
      int from = random.nextInt(COUNT);
      int to = random.nextInt(COUNT);
      if (from != to) {
        linker.link(graph, from, to, 0);
        if (graph.level(from) > 0 && graph.level(to) > 0) {
          linker.link(graph, from, to, 1);
        }
      }
    }
    BitSet dead = new BitSet();
    for (int i = 0; i < COUNT / 3; i++) {
      int slot = random.nextInt(COUNT);
      if (!dead.get(slot)) {
        slots.mark(slot, false, 1_000 + i);
        slots.unbind(slot);
        dead.set(slot);
      }
    }
    new Repair(graph, slots, linker, dead).run();
    for (int slot = 0; slot < COUNT; slot++) {
      for (int level = graph.level(slot); level >= 0; level--) {
        List<Integer> links = linksOf(slot, level);
        assertThat(links).doesNotContain(slot).doesNotHaveDuplicates();
        assertThat(links).noneMatch(dead::get);
        int reached = level;
        assertThat(links).allMatch(link -> graph.level(link) >= reached);
        assertThat(level > 0 || links.isEmpty() == dead.get(slot)).isTrue();
      }
    }
    TreeSet<Integer> free = new TreeSet<>();
    for (int i = 0; i < dead.cardinality(); i++) {
      free.add(slots.take(1_000 + i, COUNT));
    }
    assertThat(free).containsExactlyElementsOf(dead.stream().boxed().toList());
    assertThat(slots.take(9_999, COUNT)).isEqualTo(-1);
  }
}
