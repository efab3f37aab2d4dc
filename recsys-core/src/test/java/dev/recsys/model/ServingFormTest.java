package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServingFormTest {
  private final TrainingData data = new TrainingData(SmallData.split(), false);
  private Map<String, Tensor> tensors = Map.of();

  @BeforeEach
  void fold() {
    Map<String, Tensor> weights =
        Architecture.block(data.encoder(), SmallData.TOWERS).initialWeights(4);
    tensors =
        new TreeMap<>(
            new Folding(data.encoder(), SmallData.TOWERS, weights)
                .fold(data.itemTable(), data.users())
                .tensors());
  }

  private ServingForm form() {
    return new ServingForm(data.encoder(), SmallData.TOWERS, tensors);
  }

  @Test
  void aUsersRowAndProfileGiveTheSameVector() {
    ServingForm form = form();
    for (int user = 1; user <= SmallData.USERS; user++) {
      assertThat(form.userVector(user)).isEqualTo(form.userVector(SmallData.user(user), List.of()));
    }
  }

  @Test
  void innerProductIsThatOfTheVectors() {
    ServingForm form = form();
    float[] user = form.userVector(2);
    float[] item = form.itemVector(3);
    double expected = 0;
    for (int i = 0; i < user.length; i++) {
      expected += user[i] * item[i];
    }
    assertThat(form.innerProduct(user, 3)).isCloseTo(expected, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fold.user",
        "fold.user.side",
        "fold.user.city",
        "fold.shift",
        "fold.score",
        "users.rows",
        "items.vectors"
      })
  void everyTensorMustBeThereWithItsShape(String name) {
    Tensor tensor = Tensor.get(tensors, name);
    tensors.put(name, Tensor.of(new float[1], 1));
    assertThatThrownBy(this::form)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected tensor " + name + " as " + tensor + ", found F32[1]");
    tensors.remove(name);
    assertThatThrownBy(this::form).hasMessage("expected a tensor " + name + ", found none");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3, Integer.MAX_VALUE})
  void aRowOutsideItsTableIsRefused(int row) {
    Tensor users = Tensor.get(tensors, "users.rows");
    int[] rows = users.ints().clone();
    rows[4] = row;
    tensors.put("users.rows", Tensor.of(rows, users.shape()));
    assertThatThrownBy(this::form)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected users.rows[4] in [0, 3), found " + row);
  }
}
