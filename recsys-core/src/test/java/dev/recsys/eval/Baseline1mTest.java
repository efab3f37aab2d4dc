package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.recsys.data.MovieLens;
import dev.recsys.data.Split;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Baselines on the real ml-1m, against what others have measured by the same protocol. */
class Baseline1mTest {
  @Test
  void baselinesReachWhatIsKnownOfThem() {
    Split split = MovieLens.read(directory()).split(0.9, 0, 0.1, 7);
    Evaluator evaluator = Evaluator.on(split);
    Evaluation popularity = evaluator.evaluate(Baseline.POPULARITY.fit(split, 1));
    Evaluation knn = evaluator.evaluate(Baseline.ITEM_KNN.fit(split, 1));
    Evaluation ease = evaluator.evaluate(Baseline.EASE.fit(split, 1));
    Evaluation ials = evaluator.evaluate(Baseline.IALS.fit(split, 1));
    assertThat(popularity.ndcg()).isEqualTo(0.119, within(0.005));
    assertThat(popularity.hitRate()).isEqualTo(0.473, within(0.015));
    assertThat(popularity.recall()).isEqualTo(0.095, within(0.005));
    assertThat(ease.ndcg()).isEqualTo(0.296, within(0.008));
    assertThat(ease.hitRate()).isEqualTo(0.761, within(0.015));
    assertThat(ease.recall()).isEqualTo(0.245, within(0.008));
    assertThat(ials.ndcg()).isBetween(0.263, 0.30);
    assertThat(ials.recall()).isBetween(0.236, 0.26);
    assertThat(ease.minus(knn, Measure.NDCG).low()).isPositive();
    assertThat(knn.minus(popularity, Measure.NDCG).low()).isPositive();
  }

  private static Path directory() {
    String directory = System.getProperty("ml1m", "");
    if (directory.isEmpty()) {
      System.out.println("SKIPPED for lack of ml-1m; run with -Dml1m=DIR");
      return abort("needs ml-1m; run with -Dml1m=DIR");
    }
    return Path.of(directory);
  }
}
