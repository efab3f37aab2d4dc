package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.recsys.data.Ratings;
import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ContentFitTest {
  private static final TrainingData DATA = new TrainingData(SmallData.split(), false);
  private static final FeatureEncoder ENCODER = DATA.encoder();
  private static final List<FeatureEncoder.ItemFeatures> CONTENT = SmallData.content(DATA);
  private static final int ITEMS = SmallData.ITEMS;
  private static final int DIMENSION = 3;

  /** Vectors that follow from style, label and year, and the tables that are made of them. */
  private static final class Fitted {
    final float[] truth = new float[ITEMS * DIMENSION];
    final float[] axes;
    final float[] rated;
    final Map<String, Tensor> tensors = new TreeMap<>();

    Fitted(int... counts) {
      ContentColumns columns = new ContentColumns(ENCODER);
      SplittableRandom random = new SplittableRandom(3);
      float[] table = new float[columns.count() * DIMENSION];
      int words = ENCODER.vocabulary("title").size();
      int styles = ENCODER.vocabulary("styles").size();
      for (int i = 0; i < table.length; i++) {
        int column = i / DIMENSION;
        boolean word = column > styles && column <= styles + words;
        table[i] = word ? 0 : (float) random.nextDouble(-1, 1);
      }
      for (int item = 0; item < ITEMS; item++) {
        int to = item * DIMENSION;
        columns.of(
            CONTENT.get(item),
            (column, value) -> {
              for (int i = 0; i < DIMENSION; i++) {
                truth[to + i] += value * table[column * DIMENSION + i];
              }
            });
      }
      axes = truth.clone();
      rated = truth.clone();
      for (int i = 0; i < rated.length; i++) {
        rated[i] *= -2;
        if (counts[i / DIMENSION] == 0) {
          axes[i] = 0;
          rated[i] = 0;
        }
      }
      try (NDManager manager = PyTorch.engine().newBaseManager(Device.cpu())) {
        new ContentFit(ENCODER, CONTENT, DIMENSION, 1).fit(manager, counts, axes, rated, tensors);
      }
    }

    float[] vector(float[] from, int item) {
      return Arrays.copyOfRange(from, item * DIMENSION, (item + 1) * DIMENSION);
    }
  }

  private static int[] counts(int... unrated) {
    int[] counts = new int[ITEMS];
    Arrays.setAll(counts, i -> 1 + i % 4);
    Arrays.stream(unrated).forEach(i -> counts[i] = 0);
    return counts;
  }

  @Test
  void itemsWithoutRatingsGetWhatFollowsFromTheirAttributes() {
    Fitted fitted = new Fitted(counts(7, 20, 33));
    for (int item : new int[] {7, 20, 33}) {
      float[] truth = fitted.vector(fitted.truth, item);
      float[] vector = fitted.vector(fitted.axes, item);
      double cosine =
          Vectors.dot(truth, vector)
              / Math.sqrt(Vectors.dot(truth, truth) * Vectors.dot(vector, vector));
      assertThat(cosine).as("item %d", item).isGreaterThan(0.9);
      float[] doubled = fitted.vector(fitted.rated, item);
      for (int i = 0; i < DIMENSION; i++) {
        assertThat(doubled[i]).isCloseTo(-2 * vector[i], within(1e-3f));
      }
    }
  }

  @Test
  void ratedItemsKeepTheirVectors() {
    Fitted fitted = new Fitted(counts(7));
    for (int item = 0; item < ITEMS; item++) {
      if (item != 7) {
        assertThat(fitted.vector(fitted.axes, item)).isEqualTo(fitted.vector(fitted.truth, item));
      }
    }
  }

  @Test
  void anItemCountsByItsRatings() {
    int[] counts = counts(7);
    int[] heavy = counts.clone();
    heavy[9] = 10_000;
    Fitted even = new Fitted(counts);
    Fitted uneven = new Fitted(heavy);
    float[] truth = even.vector(even.truth, 9);
    assertThat(distance(uneven, truth)).isLessThan(distance(even, truth));
  }

  /** How far the table's vector of the item in row 9 is from the truth. */
  private static double distance(Fitted fitted, float[] truth) {
    float[] vector =
        new ContentTable(ENCODER, DIMENSION, fitted.tensors).itemVector(CONTENT.get(9));
    double sum = 0;
    for (int i = 0; i < DIMENSION; i++) {
      sum += (vector[i] - truth[i]) * (vector[i] - truth[i]);
    }
    return sum;
  }

  @Test
  void withoutAnyRatingAllIsZero() {
    Fitted fitted = new Fitted(new int[ITEMS]);
    assertThat(fitted.axes).containsOnly(0);
    assertThat(fitted.rated).containsOnly(0);
  }

  @Test
  void aTableWhoseColumnsAreNoneOfTheSchemasIsRefused() {
    Fitted fitted = new Fitted(counts(7));
    List<int[]> wrong = new ArrayList<>();
    wrong.add(new int[] {-1});
    wrong.add(new int[] {2, 2});
    wrong.add(new int[] {new ContentColumns(ENCODER).count()});
    for (int[] columns : wrong) {
      Map<String, Tensor> tensors = new TreeMap<>(fitted.tensors);
      tensors.put(ContentTable.COLUMNS, Tensor.of(columns, columns.length));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ContentTable(ENCODER, DIMENSION, tensors))
          .withMessageContaining(ContentTable.COLUMNS);
    }
  }

  @Test
  void aNewItemIsTakenForAnUnratedOneWithTheSameAttributes() {
    FusionModel model = SmallData.rankingModel();
    Ratings train = SmallData.split().train();
    for (int i = 0; i < train.size(); i++) {
      assertThat(train.item(i)).isNotEqualTo(ITEMS);
    }
    Item twin = SmallData.withId(777, SmallData.item(ITEMS));
    List<float[]> encoded = model.encode(List.of(twin, SmallData.item(3)));
    assertThat(encoded.get(0)).isEqualTo(model.itemVector(ITEMS));
    assertThat(encoded.get(0)).isNotEqualTo(new float[model.dimension()]);
    assertThat(encoded.get(1)).isEqualTo(model.itemVector(3));
    assertThat(model.similarityVector(ITEMS)).isNotEqualTo(new float[model.dimension()]);
  }
}
