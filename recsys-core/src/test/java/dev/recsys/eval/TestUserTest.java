package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.data.Rating;
import dev.recsys.features.UserProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestUserTest {
  private static final TestUser USER =
      TestUser.of(
          UserProfile.ofId(1),
          List.of(Rating.of(4, 5)),
          List.of(Rating.of(9, 5), Rating.of(2, 4), Rating.of(3, 3.5), Rating.of(9, 4)),
          List.of(Rating.of(6, 1), Rating.of(4, 5)));

  @Test
  void relevantIsWhatIsTestedWithFourStarsOrMore() {
    assertThat(USER.relevant()).containsExactly(2, 9);
    assertThat(USER.tested()).hasSize(4);
  }

  @Test
  void hitsAreTheRanksOfRelevantItems() {
    assertThat(USER.hits(new long[] {9, 5, 2, 1})).containsExactly(true, false, true, false);
    assertThat(USER.hits(new long[0])).isEmpty();
  }

  @Test
  void everythingIsACandidateButWhatIsExcluded() {
    assertThat(USER.excluded()).containsExactly(4, 6);
    assertThat(USER.isCandidate(4)).isFalse();
    assertThat(USER.isCandidate(6)).isFalse();
    assertThat(USER.isCandidate(5)).isTrue();
    assertThat(USER.isCandidate(2)).isTrue();
  }
}
