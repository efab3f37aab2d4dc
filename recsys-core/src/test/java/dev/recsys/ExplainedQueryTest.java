package dev.recsys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.data.Rating;
import dev.recsys.features.UserProfile;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.model.Contribution;
import dev.recsys.model.Contribution.Kind;
import dev.recsys.model.FusionModel;
import dev.recsys.model.Objective;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExplainedQueryTest {
  private static final UserProfile STRANGER =
      UserProfile.builder().set("gender", "F").set("age", 25).build();

  private final FusionModel model = SampleModel.model();
  private final VectorStore store = EmbeddedVectorStore.inMemory();
  private final Recommender recommender = Recommender.of(model, store);

  @AfterEach
  void close() {
    recommender.close();
    store.close();
  }

  private static double sum(Recommendation each) {
    return each.contributions().stream().mapToDouble(Contribution::score).sum();
  }

  @Test
  void theContributionsAreTheScore() {
    for (UserProfile user : SampleModel.dataset().users().subList(0, 20)) {
      List<Recommendation> found = recommender.forUser(user).explain().excludeSeen().topK(10);
      assertThat(found).hasSize(10);
      for (Recommendation each : found) {
        assertThat(sum(each)).isCloseTo(each.score(), within(1e-4));
      }
    }
  }

  @Test
  void everythingThatIsKnownOfAUserIsNamedOnce() {
    long user = SampleModel.dataset().users().get(3).id().getAsLong();
    Recommendation best = recommender.forUser(UserProfile.ofId(user)).explain().topK(1).get(0);

    List<Contribution> all = best.contributions();
    assertThat(all.stream().filter(each -> each.kind() == Kind.EVERYBODY)).hasSize(1);
    assertThat(all.stream().filter(each -> each.kind() == Kind.ATTRIBUTE))
        .extracting(Contribution::name)
        .containsExactlyInAnyOrder("gender", "age", "occupation");
    assertThat(all.stream().filter(each -> each.kind() == Kind.RATING))
        .extracting(each -> each.item().getAsLong())
        .containsExactlyInAnyOrder(boxed(model.history(user)));
    assertThat(all).extracting(Contribution::score).isSortedAccordingTo((a, b) -> -a.compareTo(b));
  }

  private static Long[] boxed(long[] ids) {
    Long[] boxed = new Long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      boxed[i] = ids[i];
    }
    return boxed;
  }

  @Test
  void aStrangersAttributesAndRatingsAreNamed() {
    Recommendation best =
        recommender.forUser(STRANGER).withHistory(Rating.of(7, 5)).explain().topK(1).get(0);

    assertThat(best.contributions())
        .extracting(each -> each.name() + "=" + each.value())
        .containsExactlyInAnyOrder(
            "=", "gender=F", "age=25", "occupation=", model.item(7).title() + "=5");
    assertThat(sum(best)).isCloseTo(best.score(), within(1e-4));
  }

  @Test
  void aLaterRatingTakesTheEarlierOnesPlace() {
    Recommendation best =
        recommender
            .forUser(STRANGER)
            .withHistory(Rating.of(7, 5), Rating.of(7, 1))
            .explain()
            .topK(1)
            .get(0);
    assertThat(best.contributions().stream().filter(each -> each.kind() == Kind.RATING))
        .extracting(Contribution::value)
        .containsExactly("1");
  }

  @Test
  void nothingIsToldUnlessAskedFor() {
    List<Recommendation> plain = recommender.forUser(STRANGER).topK(3);
    assertThat(plain).allMatch(each -> each.contributions().isEmpty());
    assertThat(recommender.forUsers(List.of(STRANGER)).explain().topK(3).get(0))
        .allMatch(each -> each.contributions().size() == 4)
        .extracting(Recommendation::id)
        .containsExactlyElementsOf(plain.stream().map(Recommendation::id).toList());
  }

  @Test
  void aModelThatRanksByPredictedStarsDoesNotExplain() {
    FusionModel stars = model.rankingBy(Objective.RATING);
    try (Recommender byStars = Recommender.of(stars, store)) {
      UserQuery query = byStars.forUser(STRANGER);
      assertThatIllegalArgumentException()
          .isThrownBy(query::explain)
          .withMessageContaining("predicted stars");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stars.explain(STRANGER, List.of(), 7))
        .withMessageContaining("not a sum");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.explain(STRANGER, List.of(), 999_999))
        .withMessageContaining("999999");
  }
}
