package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.data.Dataset;
import dev.recsys.data.Rating;
import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import dev.recsys.features.UserProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProtocolsTest {
  private static List<Rating> of(Ratings ratings, long user) {
    List<Rating> found = new ArrayList<>();
    for (int i = 0; i < ratings.size(); i++) {
      if (ratings.user(i) == user) {
        found.add(new Rating(ratings.item(i), ratings.stars(i)));
      }
    }
    return found;
  }

  private static long[] items(List<Rating> ratings) {
    return ratings.stream().mapToLong(Rating::item).sorted().distinct().toArray();
  }

  @Property(tries = 200)
  void warmUsersAreAsAScanOfAllRatingsFindsThem(
      @ForAll @IntRange(max = 100) int size, @ForAll long seed) {
    Split split = TinyData.random(10, 20, size, seed).split(0.4, 0.2, 0.4, seed);
    List<TestUser> users = Protocols.warm(split);
    assertThat(users)
        .extracting(user -> user.profile().id().orElseThrow())
        .isEqualTo(
            LongStream.range(0, 10).boxed().filter(u -> !of(split.test(), u).isEmpty()).toList());
    for (TestUser user : users) {
      long id = user.profile().id().orElseThrow();
      assertThat(user.profile().get("town")).isEqualTo("t" + id % 3);
      assertThat(user.tested()).isEqualTo(of(split.test(), id));
      List<Rating> known = new ArrayList<>(of(split.train(), id));
      known.addAll(of(split.validation(), id));
      assertThat(user.history()).isEqualTo(known);
      assertThat(user.excluded()).isEqualTo(items(known));
    }
  }

  @Property(tries = 50)
  void coldUsersAreStrangersWhoseTestIsTheSameHoweverMuchIsGiven(
      @ForAll @IntRange(max = 8) int held, @ForAll long seed) {
    Dataset data = TinyData.twoTastes(12, 60, seed);
    Split split = data.splitColdUsers(held, 0.1, seed);
    List<TestUser> all = Protocols.cold(split, 20);
    for (int given : new int[] {0, 1, 3, 5, 10}) {
      List<TestUser> users = Protocols.cold(split, given);
      assertThat(users).hasSameSizeAs(all);
      for (int u = 0; u < users.size(); u++) {
        TestUser user = users.get(u);
        assertThat(user.profile().id()).isEmpty();
        assertThat(user.profile().get("town")).isNotNull();
        assertThat(user.history()).isEqualTo(all.get(u).history().subList(0, given));
        assertThat(user.tested()).isEqualTo(all.get(u).tested());
        assertThat(user.excluded()).isEqualTo(items(all.get(u).history()));
        assertThat(user.relevant()).doesNotContain(user.excluded());
      }
    }
  }

  @Property(tries = 50)
  void ratingsOfAColdUserAreAllUsedOnce(@ForAll long seed) {
    Dataset data = TinyData.twoTastes(6, 60, seed);
    Split split = data.splitColdUsers(6, 0, seed);
    long tested = 0;
    for (UserProfile profile : data.users()) {
      int ratings = of(data.ratings(), profile.id().orElseThrow()).size();
      tested += ratings > Protocols.POOL ? ratings - Protocols.POOL : 0;
    }
    assertThat(Protocols.cold(split, 3).stream().mapToLong(user -> user.tested().size()).sum())
        .isEqualTo(tested);
  }

  @Test
  void whoHasNoMoreRatingsThanAreSetAsideIsNotTested() {
    double[][] rows = new double[20][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {0, i, 5};
    }
    Split split = TinyData.of(1, 30, rows).splitColdUsers(1, 0, 1);
    assertThat(split.test().size()).isEqualTo(20);
    assertThat(Protocols.cold(split, 5)).isEmpty();
  }
}
