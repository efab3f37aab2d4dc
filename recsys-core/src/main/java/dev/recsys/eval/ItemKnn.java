package dev.recsys.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Scores an item by the summed similarity of the liked items among its nearest neighbours. Similar
 * are two items by the cosine of their columns of likes.
 *
 * <p>Source: Mukund Deshpande and George Karypis, Item-based top-N recommendation algorithms, ACM
 * TOIS 22 (1), 2004.
 */
final class ItemKnn extends HistoryModel {
  private static final int NEIGHBOURS = 100;

  /** For each item the items whose neighbour it is, and how similar they are. */
  private final int[][] targets;

  private final float[][] similarities;

  private ItemKnn(Interactions data, int[][] targets, float[][] similarities) {
    super(Baseline.ITEM_KNN, data);
    this.targets = targets;
    this.similarities = similarities;
  }

  static ItemKnn fit(Interactions data) {
    return fit(data, NEIGHBOURS);
  }

  static ItemKnn fit(Interactions data, int neighbours) {
    int n = data.likedItems();
    float[][] near = new float[n][];
    IntStream.range(0, n).parallel().forEach(item -> near[item] = nearest(data, item, neighbours));
    int[][] targets = new int[n][];
    float[][] similarities = new float[n][];
    for (int item = 0; item < n; item++) {
      int source = item;
      targets[item] = IntStream.range(0, n).filter(j -> near[j][source] > 0).toArray();
      similarities[item] = new float[targets[item].length];
      for (int t = 0; t < targets[item].length; t++) {
        similarities[item][t] = near[targets[item][t]][item];
      }
    }
    return new ItemKnn(data, targets, similarities);
  }

  /** Returns the similarity of every item to this one, 0 beyond the nearest. */
  private static float[] nearest(Interactions data, int item, int neighbours) {
    int n = data.likedItems();
    double[] cosines = new double[n];
    data.addCommonLikes(item, cosines);
    double likes = cosines[item];
    for (int j = 0; j < n; j++) {
      cosines[j] /= Math.sqrt(likes * data.byItem()[j].length);
    }
    cosines[item] = 0;
    int[] order =
        IntStream.range(0, n)
            .filter(j -> cosines[j] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -cosines[j]))
            .limit(neighbours)
            .mapToInt(j -> j)
            .toArray();
    float[] nearest = new float[n];
    Arrays.stream(order).forEach(j -> nearest[j] = (float) cosines[j]);
    return nearest;
  }

  @Override
  void score(int[] liked, float[] scores) {
    for (int item : liked) {
      if (item < targets.length) {
        for (int t = 0; t < targets[item].length; t++) {
          scores[targets[item][t]] += similarities[item][t];
        }
      }
    }
  }
}
