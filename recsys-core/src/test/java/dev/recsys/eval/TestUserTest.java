package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.data.Dataset;
import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import dev.recsys.features.FeatureSchema;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TestUserTest {
  private static Dataset ratings(long[] users, long[] items, float[] stars) {
    return Dataset.of(
        FeatureSchema.builder("test").build(),
        LongStream.range(0, 10).mapToObj(UserProfile::ofId).toList(),
        LongStream.range(0, 20).mapToObj(id -> Item.builder(id).build()).toList(),
        Ratings.of(users, items, stars));
  }

  private static Dataset random(int size, long seed) {
    Random random = new Random(seed);
    float[] stars = new float[size];
    for (int i = 0; i < size; i++) {
      stars[i] = 1 + random.nextInt(5);
    }
    return ratings(random.longs(size, 0, 10).toArray(), random.longs(size, 0, 20).toArray(), stars);
  }

  @Test
  void onlyUsersWhoLikedSomethingInTheTestPartAreMeasured() {
    Dataset data =
        ratings(new long[] {5, 3, 3, 7}, new long[] {1, 9, 2, 4}, new float[] {4, 5, 4, 3.5f});
    List<TestUser> users = TestUser.of(data.split(0, 0, 1, 1));
    assertThat(users).extracting(TestUser::id).containsExactly(3L, 5L);
    assertThat(users.get(0).relevant()).containsExactly(2, 9);
    assertThat(users.get(0).excluded()).isEmpty();
    assertThat(TestUser.of(data.split(1, 0, 0, 1))).isEmpty();
  }

  @Test
  void hitsAreTheRanksOfRelevantItems() {
    TestUser user = new TestUser(1, new long[] {2, 9}, new long[] {4});
    assertThat(user.hits(new long[] {9, 5, 2, 1})).containsExactly(true, false, true, false);
    assertThat(user.hits(new long[0])).isEmpty();
  }

  @Test
  void everythingIsACandidateButWhatIsExcluded() {
    TestUser user = new TestUser(1, new long[] {2}, new long[] {4, 6});
    assertThat(user.isCandidate(4)).isFalse();
    assertThat(user.isCandidate(6)).isFalse();
    assertThat(user.isCandidate(5)).isTrue();
    assertThat(user.isCandidate(2)).isTrue();
  }

  @Property(tries = 200)
  void agreesWithAScanOfAllRatings(@ForAll @IntRange(max = 100) int size, @ForAll long seed) {
    Split split = random(size, seed).split(0.4, 0.2, 0.4, seed);
    List<String> expected = new ArrayList<>();
    for (long user = 0; user < 10; user++) {
      Set<Long> relevant = items(split.test(), user, 4);
      Set<Long> excluded = items(split.train(), user, 1);
      excluded.addAll(items(split.validation(), user, 1));
      if (!relevant.isEmpty()) {
        expected.add(user + " " + relevant + " " + excluded);
      }
    }
    List<String> actual = new ArrayList<>();
    for (TestUser user : TestUser.of(split)) {
      actual.add(user.id() + " " + boxed(user.relevant()) + " " + boxed(user.excluded()));
    }
    assertThat(actual).isEqualTo(expected);
  }

  private static Set<Long> items(Ratings ratings, long user, float leastStars) {
    Set<Long> items = new TreeSet<>();
    for (int i = 0; i < ratings.size(); i++) {
      if (ratings.user(i) == user && ratings.stars(i) >= leastStars) {
        items.add(ratings.item(i));
      }
    }
    return items;
  }

  private static List<Long> boxed(long[] ids) {
    return LongStream.of(ids).boxed().toList();
  }
}
