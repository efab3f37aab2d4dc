package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.SampleModel;
import dev.recsys.data.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TunerTest {
  @TempDir private Path directory;
  private final Split split = SampleModel.split();
  private final List<Tuner.Trial> made = new ArrayList<>();

  private Tuner.Builder tuner() {
    return Tuner.builder(directory).trials(5).rungs(3).epochs(2).listener(made::add);
  }

  @Test
  void theBetterHalfGoesOn() {
    List<Tuner.Trial> all = tuner().build().search(split);
    assertThat(all).hasSize(5 + 3 + 2).hasSameElementsAs(made);
    assertThat(all).filteredOn(each -> each.rung() == 0).hasSize(5);
    List<Integer> second = numbers(all, 1);
    assertThat(second).hasSize(3);
    double worstOfThem =
        all.stream()
            .filter(each -> each.rung() == 0 && second.contains(each.number()))
            .mapToDouble(Tuner.Trial::measure)
            .min()
            .orElseThrow();
    assertThat(all)
        .filteredOn(each -> each.rung() == 0 && !second.contains(each.number()))
        .allMatch(each -> each.measure() <= worstOfThem);
    assertThat(all.get(0).rung()).isEqualTo(2);
    assertThat(all.get(0).share()).isEqualTo(1);
    assertThat(all.get(0).measure()).isGreaterThanOrEqualTo(all.get(1).measure());
  }

  private static List<Integer> numbers(List<Tuner.Trial> all, int rung) {
    return all.stream().filter(each -> each.rung() == rung).map(Tuner.Trial::number).toList();
  }

  @Test
  void theBestSettingsAreTrainedWith() {
    Tuner.Trial best = tuner().rungs(1).build().search(split).get(0);
    FusionModel model =
        FusionTrainer.builder()
            .settings(directory.resolve("settings.json"))
            .epochs(1)
            .build()
            .fit(split);
    // At full cost the tuner's measure is that of training before it learns from both parts.
    assertThat(model.training().validationNdcg()).isEqualTo(best.measure());
  }

  @Test
  void starsAreTunedByTheirError() {
    List<Tuner.Trial> all =
        tuner().objective(Objective.RATING).trials(3).rungs(2).build().search(split);
    assertThat(all).hasSize(3 + 2);
    assertThat(all.get(0).measure()).isBetween(0.1, 2.0).isLessThanOrEqualTo(all.get(1).measure());
    FusionModel defaults =
        FusionTrainer.builder().objective(Objective.RATING).epochs(2).seed(7).build().fit(split);
    assertThat(all)
        .filteredOn(each -> each.number() == 0 && each.share() == 1)
        .allMatch(each -> each.measure() == defaults.training().validationRmse());
  }

  @Test
  void aSearchGoesOnFromWhatWasMeasured() throws Exception {
    Tuner interrupted =
        tuner()
            .listener(
                trial -> {
                  made.add(trial);
                  if (made.size() == 3) {
                    Thread.currentThread().interrupt();
                  }
                })
            .build();
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> interrupted.search(split));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Files.exists(directory.resolve("settings.json"))).isFalse();

    List<Tuner.Trial> all = tuner().build().search(split);
    assertThat(made).hasSize(10).hasSameElementsAs(all);
    assertThat(tuner().build().search(split)).isEqualTo(all);
    assertThat(made).hasSize(10);
  }

  @Test
  void anotherSearchIsNotMixedIn() throws Exception {
    tuner().rungs(1).trials(1).build().search(split);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tuner().rungs(1).trials(2).build().search(split))
        .withMessageContaining("another search");
    Files.writeString(directory.resolve("trials.json"), "{\"log\": 3}");
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> tuner().rungs(1).trials(1).build().search(split));
  }

  @Test
  void withoutAValidationPartThereIsNothingToTuneOn() {
    Split none = SampleModel.dataset().split(0.9, 0, 0.1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tuner().build().search(none))
        .withMessageContaining("validation");
    assertThatIllegalArgumentException().isThrownBy(() -> tuner().trials(0));
    assertThatIllegalArgumentException().isThrownBy(() -> tuner().rungs(11));
    assertThatIllegalArgumentException().isThrownBy(() -> tuner().epochs(0));
  }

  @ParameterizedTest
  @EnumSource
  void trialsDifferAndTheFirstIsTheDefaults(Objective objective) {
    assertThat(TrialSettings.of(objective, 0, 9)).isEqualTo(TrainingSettings.FUSION.withSeed(9));
    assertThat(TrialSettings.of(objective, 3, 9)).isEqualTo(TrialSettings.of(objective, 3, 9));
    assertThat(TrialSettings.of(objective, 3, 9)).isNotEqualTo(TrialSettings.of(objective, 4, 9));
    assertThat(TrialSettings.of(objective, 3, 9)).isNotEqualTo(TrialSettings.of(objective, 3, 8));
  }
}
