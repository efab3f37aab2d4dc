package dev.recsys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.features.UserProfile;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.model.FusionModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiversifiedQueryTest {
  private static final UserProfile USER = UserProfile.ofId(7);
  private final FusionModel model = SampleModel.model();
  private final VectorStore store = EmbeddedVectorStore.inMemory();
  private final Recommender recommender = Recommender.of(model, store);

  @AfterEach
  void close() {
    recommender.close();
    store.close();
  }

  /** The mean cosine of two items of a list. */
  private double alikeness(List<Recommendation> list) {
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < list.size(); i++) {
      for (int j = 0; j < i; j++, pairs++) {
        float[] a = model.similarityVector(list.get(i).id());
        float[] b = model.similarityVector(list.get(j).id());
        sum += dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
      }
    }
    return sum / pairs;
  }

  private double year(Recommendation each) {
    return ((Number) Objects.requireNonNull(model.item(each.id()).get("year"))).doubleValue();
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void noDiversityIsTheSearchItself() {
    UserQuery query = recommender.forUser(USER).excludeSeen();
    assertThat(query.diversify(0).topK(10)).isEqualTo(query.topK(10));
  }

  @Test
  void aDiverseListVariesMoreAndBeginsWithTheBest() {
    UserQuery query = recommender.forUser(USER);
    List<Recommendation> best = query.topK(10);
    List<Recommendation> diverse = query.diversify(0.5).topK(10);
    assertThat(diverse).hasSize(10).doesNotHaveDuplicates();
    assertThat(diverse.get(0)).isEqualTo(best.get(0));
    assertThat(alikeness(diverse)).isLessThan(alikeness(best));
    assertThat(query.topK(50)).containsAll(diverse);
  }

  @Test
  void filtersAndExclusionsHoldForADiverseListToo() {
    UserQuery query = recommender.forUser(USER).where("year >= 1990").diversify(0.5);
    long first = query.topK(1).get(0).id();
    assertThat(query.excluding(first).topK(10))
        .hasSize(10)
        .allSatisfy(each -> assertThat(each.id()).isNotEqualTo(first))
        .allSatisfy(each -> assertThat(year(each)).isGreaterThanOrEqualTo(1990));
  }

  @Test
  void pagesOfADiverseListFollowEachOther() {
    UserQuery query = recommender.forUser(USER).diversify(0.3);
    List<Recommendation> pages = new ArrayList<>(query.topK(8));
    pages.addAll(query.offset(8).topK(2));
    assertThat(pages).isEqualTo(query.topK(10));
  }

  @Test
  void pagesOfADiverseListNeitherRepeatNorMissAnItem() {
    int all = model.items().size();
    for (int size : new int[] {7, 10, 40}) {
      UserQuery query = recommender.forUser(USER).diversify(0.4);
      List<Long> seen = new ArrayList<>();
      for (int from = 0; from < all; from += size) {
        query.offset(from).topK(size).forEach(each -> seen.add(each.id()));
      }
      assertThat(seen).hasSize(all).doesNotHaveDuplicates();
    }
  }

  @Test
  void severalUsersGetDiverseListsToo() {
    List<UserProfile> users = List.of(USER, UserProfile.ofId(8));
    List<List<Recommendation>> lists = recommender.forUsers(users).diversify(0.4).topK(5);
    for (int i = 0; i < users.size(); i++) {
      assertThat(lists.get(i)).isEqualTo(recommender.forUser(users.get(i)).diversify(0.4).topK(5));
    }
  }

  @Test
  void aCatalogueSmallerThanAskedForIsGivenWhole() {
    int all = model.items().size();
    assertThat(recommender.forUser(USER).diversify(0.3).topK(all + 10)).hasSize(all);
    assertThat(recommender.forUser(USER).diversify(0.3).offset(all).topK(3)).isEmpty();
  }

  @Test
  void sharesOutsideOfZeroToOneAreRefused() {
    UserQuery query = recommender.forUser(USER);
    for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> query.diversify(share))
          .withMessageContaining("[0, 1]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> recommender.forUsers(List.of(USER)).diversify(share));
    }
  }
}
