package dev.recsys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class MarginalRelevanceTest {
  private static double cosine(float[] a, float[] b) {
    double inner = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < a.length; i++) {
      inner += a[i] * b[i];
      first += a[i] * a[i];
      second += b[i] * b[i];
    }
    return first * second > 0 ? inner / (Math.sqrt(first) * Math.sqrt(second)) : 0;
  }

  /** The definition, with every similarity computed where it is needed. */
  private static List<Integer> plain(
      double[] scores, List<float[]> vectors, int count, double diversity) {
    double most = Arrays.stream(scores).max().orElse(0);
    double least = Arrays.stream(scores).min().orElse(0);
    List<Integer> rest = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      rest.add(i);
    }
    List<Integer> order = new ArrayList<>(List.of(rest.remove(0)));
    while (order.size() < count) {
      Comparator<Integer> byValue =
          Comparator.comparingDouble(
              i ->
                  (1 - diversity) * (scores[i] - least) / (most - least)
                      - diversity
                          * order.stream()
                              .mapToDouble(j -> cosine(vectors.get(i), vectors.get(j)))
                              .max()
                              .orElseThrow());
      Integer next = rest.stream().max(byValue).orElseThrow();
      rest.remove(next);
      order.add(next);
    }
    return order;
  }

  @RepeatedTest(40)
  void ordersAsTheDefinitionDoes(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int items = 2 + random.nextInt(60);
    double[] scores = random.doubles(items, -3, 3).map(s -> -s).sorted().map(s -> -s).toArray();
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      float[] vector = new float[5];
      for (int c = 0; c < 5 && i != 3; c++) {
        vector[c] = (float) random.nextGaussian();
      }
      vectors.add(vector);
    }
    int count = 1 + random.nextInt(items);
    double diversity = 0.05 + 0.9 * random.nextDouble();
    assertThat(MarginalRelevance.order(scores, vectors, count, diversity))
        .containsExactly(
            plain(scores, vectors, count, diversity).stream().mapToInt(i -> i).toArray());
  }

  @Test
  void ofTwoAlikeOneWaits() {
    List<float[]> vectors =
        List.of(new float[] {1, 0}, new float[] {2, 0}, new float[] {0, 1}, new float[] {-1, 1});
    double[] scores = {4, 3.9, 3.8, 0};
    assertThat(MarginalRelevance.order(scores, vectors, 3, 0)).containsExactly(0, 1, 2);
    assertThat(MarginalRelevance.order(scores, vectors, 3, 0.3)).containsExactly(0, 2, 1);
    assertThat(MarginalRelevance.order(scores, vectors, 4, 1)).startsWith(0, 3);
  }

  @Test
  void equalScoresAndNoItemsAreOrderedToo() {
    List<float[]> same = List.of(new float[] {1}, new float[] {1});
    assertThat(MarginalRelevance.order(new double[] {2, 2}, same, 2, 0.5)).containsExactly(0, 1);
    assertThat(MarginalRelevance.order(new double[0], List.of(), 0, 0.5)).isEmpty();
  }
}
