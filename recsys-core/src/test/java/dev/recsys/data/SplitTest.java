package dev.recsys.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.features.FeatureSchema;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {
  /** One user who rated items 0 to n - 1, in this order: an item tells its row. */
  private static Dataset rows(int n) {
    long[] users = new long[n];
    long[] items = LongStream.range(0, n).toArray();
    float[] stars = new float[n];
    Arrays.fill(stars, 3);
    return Dataset.of(
        FeatureSchema.builder("rows").build(),
        List.of(UserProfile.ofId(0)),
        LongStream.range(0, n).mapToObj(id -> Item.builder(id).build()).toList(),
        Ratings.of(users, items, stars));
  }

  private static List<Long> items(Ratings ratings) {
    return IntStream.range(0, ratings.size()).mapToObj(ratings::item).toList();
  }

  @Property(tries = 200)
  void partsAreDisjointCoverAllRowsAndKeepTheirOrder(
      @ForAll @IntRange(max = 300) int n,
      @ForAll @IntRange(max = 100) int test,
      @ForAll @IntRange(max = 100) int ofTheRest,
      @ForAll long seed) {
    double testFraction = test / 100.0;
    double validation = (1 - testFraction) * ofTheRest / 100;
    Split split = rows(n).split(1 - testFraction - validation, validation, testFraction, seed);
    List<Long> all = new ArrayList<>();
    for (Ratings part : List.of(split.train(), split.validation(), split.test())) {
      assertThat(items(part)).isSorted();
      all.addAll(items(part));
    }
    assertThat(all).doesNotHaveDuplicates().hasSize(n);
    assertThat((double) split.test().size()).isBetween(n * testFraction - 1, n * testFraction + 1);
    assertThat((double) split.validation().size())
        .isBetween(n * validation - 1, n * validation + 1);
  }

  @Property(tries = 50)
  void sameSeedSameParts(@ForAll @IntRange(min = 50, max = 300) int n, @ForAll long seed) {
    Split split = rows(n).split(0.8, 0.1, 0.1, seed);
    Split again = rows(n).split(0.8, 0.1, 0.1, seed);
    assertThat(again.test()).isEqualTo(split.test());
    assertThat(again.validation()).isEqualTo(split.validation());
    assertThat(rows(n).split(0.8, 0.1, 0.1, seed + 1).train()).isNotEqualTo(split.train());
  }

  @Test
  void partsAreTheSameOnEveryJvm() {
    Split split = rows(20).split(0.7, 0.1, 0.2, 42);
    assertThat(items(split.test())).containsExactly(13L, 14L, 15L, 16L);
    assertThat(items(split.validation())).containsExactly(5L, 11L);
  }

  @Test
  void everyRowIsAsLikelyAsAnyOtherToBeTested() {
    int[] tested = new int[20];
    Dataset data = rows(20);
    for (int seed = 0; seed < 2000; seed++) {
      items(data.split(0.75, 0, 0.25, seed).test()).forEach(item -> tested[item.intValue()]++);
    }
    // 500 expected; the standard deviation is 19.4
    assertThat(Arrays.stream(tested).boxed()).allMatch(count -> count > 400 && count < 600);
  }

  @Test
  void partMayBeEmpty() {
    Split all = rows(10).split(1, 0, 0, 1);
    assertThat(all.train().size()).isEqualTo(10);
    assertThat(all.test().size() + all.validation().size()).isZero();
    assertThat(rows(10).split(0, 0, 1, 1).test().size()).isEqualTo(10);
    assertThat(rows(0).split(0.8, 0.1, 0.1, 1).train().size()).isZero();
  }

  @Test
  void remembersHowItWasMade() {
    Dataset data = rows(10);
    Split split = data.split(0.7, 0.1, 0.2, 9);
    assertThat(split.dataset()).isSameAs(data);
    assertThat(split.kind()).isEqualTo(Split.Kind.RANDOM);
    assertThat(split.seed()).isEqualTo(9);
    assertThat(split.trainFraction()).isEqualTo(0.7);
    assertThat(split.validationFraction()).isEqualTo(0.1);
    assertThat(split.testFraction()).isEqualTo(0.2);
    assertThat(split)
        .hasToString(
            "rows: 1 users, 10 items, 10 ratings;"
                + " random, 7 train, 1 validation, 2 test, seed 9");
  }

  @Test
  void roundingOfAComputedFractionIsForgiven() {
    double train = 1 - 0.93 - 0.07;
    assertThat(train).isNegative();
    Split split = rows(100).split(train, 0.93, 0.07, 1);
    assertThat(split.trainFraction()).isZero();
    assertThat(split.validation().size()).isEqualTo(93);
  }

  @ParameterizedTest
  @CsvSource({"0.8,0.1,0.2", "1.1,-0.1,0", "NaN,0,1", "0,0,0", "0.5,0.5,1e-6"})
  void fractionsMustBeInRangeAndAddUpToOne(double train, double validation, double test) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rows(10).split(train, validation, test, 1))
        .withMessage(
            "fractions of train, validation and test must be in [0, 1] and add up to 1, not "
                + Arrays.toString(new double[] {train, validation, test}));
  }
}
