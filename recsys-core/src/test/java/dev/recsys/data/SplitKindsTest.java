package dev.recsys.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.features.FeatureSchema;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The splits other than the random one. The time of a rating tells its row. */
class SplitKindsTest {
  private static Dataset data(long[] users, long[] items, long[] times) {
    float[] stars = new float[users.length];
    Arrays.fill(stars, 3);
    return Dataset.of(
        FeatureSchema.builder("rows").build(),
        LongStream.range(0, 10).mapToObj(UserProfile::ofId).toList(),
        LongStream.range(0, 12).mapToObj(id -> Item.builder(id).build()).toList(),
        Ratings.of(users, items, stars, times));
  }

  private static Dataset random(int rows, long seed) {
    Random random = new Random(seed);
    return data(
        random.longs(rows, 0, 10).toArray(),
        random.longs(rows, 0, 12).toArray(),
        LongStream.range(0, rows).toArray());
  }

  private static List<Long> rows(Ratings ratings) {
    return IntStream.range(0, ratings.size()).mapToObj(ratings::time).toList();
  }

  private static Set<Long> distinct(Ratings ratings, IntToLongFunction id) {
    return IntStream.range(0, ratings.size())
        .mapToLong(id)
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Integer> rowsOf(Ratings ratings, long user) {
    return IntStream.range(0, ratings.size()).filter(i -> ratings.user(i) == user).boxed().toList();
  }

  @Property(tries = 100)
  void partsAreDisjointCoverAllRowsAndKeepTheirOrder(
      @ForAll @IntRange(max = 150) int n, @ForAll long seed) {
    Dataset data = random(n, seed);
    int users = distinct(data.ratings(), data.ratings()::user).size();
    int items = distinct(data.ratings(), data.ratings()::item).size();
    for (Split split :
        List.of(
            data.splitPerUser(0.7, 0.1, 0.2, seed),
            data.splitLeaveOneOut(),
            data.splitColdUsers(users / 2, 0.1, seed),
            data.splitColdItems(items / 3, 0.1, seed))) {
      List<Long> all = new ArrayList<>();
      for (Ratings part : List.of(split.train(), split.validation(), split.test())) {
        assertThat(rows(part)).isSorted();
        all.addAll(rows(part));
      }
      assertThat(all).doesNotHaveDuplicates().hasSize(n);
      assertThat(split.trainFraction() + split.validationFraction() + split.testFraction())
          .isEqualTo(1, within(1e-9));
      assertThat(split.toString()).contains("; " + split.kind() + ", ");
    }
  }

  @Property(tries = 100)
  void everyUserIsSplitByTheFractions(@ForAll @IntRange(max = 150) int n, @ForAll long seed) {
    Dataset data = random(n, seed);
    Split split = data.splitPerUser(0.7, 0.1, 0.2, seed);
    for (long user = 0; user < 10; user++) {
      int all = rowsOf(data.ratings(), user).size();
      assertThat(rowsOf(split.test(), user)).hasSize((int) Math.round(0.2 * all));
      assertThat((double) rowsOf(split.validation(), user).size())
          .isEqualTo(0.1 * all, within(1.0));
    }
    assertThat(split.kind()).isEqualTo(Split.Kind.PER_USER);
    assertThat(split.testFraction()).isEqualTo(0.2);
    assertThat(data.splitPerUser(0.7, 0.1, 0.2, seed).test()).isEqualTo(split.test());
  }

  @Test
  void lastRatingIsTestedTheOneBeforeValidates() {
    long[] users = {1, 1, 1, 2, 2, 1, 3};
    long[] items = {0, 1, 2, 3, 4, 5, 6};
    long[] times = {40, 10, 30, 70, 80, 20, 90};
    Split split = data(users, items, times).splitLeaveOneOut();
    assertThat(rows(split.test())).containsExactly(40L);
    assertThat(rows(split.validation())).containsExactly(30L);
    assertThat(rows(split.train())).containsExactly(10L, 70L, 80L, 20L, 90L);
    assertThat(split.testFraction()).isEqualTo(1 / 7.0, within(1e-12));
  }

  @Test
  void amongRatingsOfOneTimeTheLastRowIsTheLast() {
    long[] users = {1, 1, 1, 1};
    long[] items = {0, 1, 2, 3};
    for (long[] times : List.of(new long[4], new long[] {5, 5, 5, 1})) {
      Split split = data(users, items, times).splitLeaveOneOut();
      long last = times[3] == 0 ? 3 : 2;
      assertThat(split.test().item(0)).isEqualTo(last);
      assertThat(split.validation().item(0)).isEqualTo(last - 1);
    }
  }

  @Property(tries = 100)
  void heldOutUsersAndItemsAreInTheTestPartAlone(
      @ForAll @IntRange(min = 20, max = 150) int n,
      @ForAll @IntRange(max = 4) int held,
      @ForAll long seed) {
    Dataset data = random(n, seed);
    Split users = data.splitColdUsers(held, 0.2, seed);
    assertThat(distinct(users.test(), users.test()::user))
        .hasSize(held)
        .doesNotContainAnyElementsOf(distinct(users.train(), users.train()::user))
        .doesNotContainAnyElementsOf(distinct(users.validation(), users.validation()::user));
    Split items = data.splitColdItems(held, 0.2, seed);
    assertThat(distinct(items.test(), items.test()::item))
        .hasSize(held)
        .doesNotContainAnyElementsOf(distinct(items.train(), items.train()::item));
    assertThat((double) items.validation().size())
        .isEqualTo(0.2 * (n - items.test().size()), within(0.51));
    assertThat(data.splitColdItems(held, 0.2, seed).train()).isEqualTo(items.train());
  }

  @Test
  void everyUserIsAsLikelyAsAnyOtherToBeHeldOut() {
    int[] held = new int[10];
    Dataset data = random(200, 1);
    for (int seed = 0; seed < 1000; seed++) {
      Ratings test = data.splitColdUsers(3, 0, seed).test();
      distinct(test, test::user).forEach(user -> held[user.intValue()]++);
    }
    // 300 expected; the standard deviation is 14.5
    assertThat(Arrays.stream(held).boxed()).allMatch(count -> count > 225 && count < 375);
  }

  @Test
  void moreThanThereAreCannotBeHeldOut() {
    Dataset data = data(new long[] {1, 2}, new long[] {3, 3}, new long[2]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> data.splitColdUsers(3, 0, 1))
        .withMessage("users to hold out must be from 0 to the 2 that have ratings, not 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> data.splitColdItems(-1, 0, 1))
        .withMessage("items to hold out must be from 0 to the 1 that have ratings, not -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> data.splitColdItems(1, 1.5, 1))
        .withMessageStartingWith("fractions of train, validation and test must be in [0, 1]");
  }
}
