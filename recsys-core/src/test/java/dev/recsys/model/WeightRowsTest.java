package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WeightRowsTest {
  private final TrainingData data = new TrainingData(SmallData.split(), false);
  private final WeightRows rows = new WeightRows(data);
  private final TrainingSettings settings = SmallData.settings();

  private Map<String, Tensor> initialised() {
    Map<String, Tensor> weights = new TreeMap<>();
    rows.initialiseBiases(weights, settings);
    return weights;
  }

  private static float[] values(Map<String, Tensor> weights, String name) {
    return Tensor.get(weights, name).floats();
  }

  @Test
  void biasesStartFromDampedMeansOfTheTrainingRatings() {
    Map<String, Tensor> weights = initialised();
    TrainingData.Rows train = data.train();
    double mean = 0;
    for (float label : train.labels()) {
      mean += label / (double) train.size();
    }
    assertThat((double) values(weights, "score.mean")[0]).isCloseTo(mean, within(1e-5));
    assertThat(values(weights, "score.scale")).containsExactly(3);
    float[] items = values(weights, "item.bias");
    double sum = 0;
    int count = 0;
    for (int i = 0; i < train.size(); i++) {
      if (train.items()[i] == 7) {
        sum += train.labels()[i] - mean;
        count++;
      }
    }
    assertThat((double) items[7]).isCloseTo(sum / (count + 5), within(1e-5));
    sum = 0;
    count = 0;
    for (int i = 0; i < train.size(); i++) {
      if (train.users()[i] == 9) {
        sum += train.labels()[i] - mean - items[train.items()[i]];
        count++;
      }
    }
    assertThat((double) values(weights, "user.bias")[9]).isCloseTo(sum / (count + 5), within(1e-5));
  }

  @Test
  void theUnknownAndTheUnratedStartWithoutBias() {
    Map<String, Tensor> weights = initialised();
    assertThat(values(weights, "user.bias")[0]).isZero();
    assertThat(values(weights, "user.bias")[SmallData.USERS]).isZero();
    assertThat(values(weights, "item.bias")[SmallData.ITEMS]).isZero();
  }

  @Test
  void idsWithoutRatingsGetTheRowOfTheUnknownAndAllOthersKeepTheirs() {
    Map<String, Tensor> weights =
        Architecture.block(data.encoder(), settings.towers()).initialWeights(1);
    float[] users = values(weights, "user.embedding");
    users[0] = 42;
    Map<String, Tensor> shared = rows.withoutUntrained(weights);
    int width = settings.towers().idDimension();
    float[] sharedUsers = values(shared, "user.embedding");
    assertThat(sharedUsers[SmallData.USERS * width]).isEqualTo(42);
    for (int i = 0; i < SmallData.USERS * width; i++) {
      assertThat(sharedUsers[i]).isEqualTo(users[i]);
    }
    assertThat(users[SmallData.USERS * width]).isNotEqualTo(42);
    assertThat(shared.keySet()).isEqualTo(weights.keySet());
    assertThat(shared.get("item.title.layer")).isSameAs(weights.get("item.title.layer"));
  }

  @Test
  void initialWeightsFollowTheSeedAndLeaveTheReservedRowAtZero() {
    FusionBlock block = Architecture.block(data.encoder(), settings.towers());
    Map<String, Tensor> weights = block.initialWeights(1);
    assertThat(block.initialWeights(1)).isEqualTo(weights);
    assertThat(block.initialWeights(2)).isNotEqualTo(weights);
    assertThat(values(weights, "user.embedding")).startsWith(new float[12]);
    double squares = 0;
    float[] layer = values(weights, "user.layer");
    for (float value : layer) {
      squares += value * value;
    }
    assertThat(squares / layer.length).isCloseTo(1 / 36.0, within(0.01));
  }
}
