package dev.recsys.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Both towers and the score of pairs. Takes the arrays of distinct users, those of distinct items,
 * then for each pair the place of its user and of its item among them, {@code (n)} each; gives the
 * scores, {@code (n)}, in the label space.
 */
final class FusionBlock extends NamedBlock {
  private final Tower users;
  private final Tower items;
  private final @Nullable Parameter scale;
  private final @Nullable Parameter mean;

  FusionBlock(Tower users, Tower items, boolean plain) {
    this.users = add(users);
    this.items = add(items);
    this.scale = plain ? null : declare(ParameterSpec.bias(ParameterNames.SCALE, 1, 1));
    this.mean = plain ? null : declare(ParameterSpec.bias(ParameterNames.MEAN, 1, 1));
  }

  Tower users() {
    return users;
  }

  Tower items() {
    return items;
  }

  /** Initial values of every parameter, by name. */
  Map<String, Tensor> initialWeights(long seed) {
    Map<String, Tensor> weights = new TreeMap<>();
    specs().forEach((name, spec) -> weights.put(name, spec.initial(seed)));
    return weights;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    int itemsFrom = users.inputs();
    int indicesFrom = itemsFrom + items.inputs();
    NDList user = users.forward(store, new NDList(inputs.subList(0, itemsFrom)), training);
    NDList item =
        items.forward(store, new NDList(inputs.subList(itemsFrom, indicesFrom)), training);
    NDArray userAt = inputs.get(indicesFrom);
    NDArray itemAt = inputs.get(indicesFrom + 1);
    NDArray cosine =
        Branch.rows(userAt, user.head()).mul(Branch.rows(itemAt, item.head())).sum(new int[] {1});
    if (scale == null || mean == null) {
      return new NDList(cosine.mul(TowerSettings.RANGE));
    }
    NDArray offsets =
        Branch.rows(userAt, user.get(1)).add(Branch.rows(itemAt, item.get(1))).squeeze(1);
    return new NDList(
        cosine
            .mul(value(store, scale, userAt, training).squeeze(1))
            .add(offsets)
            .add(value(store, mean, userAt, training).squeeze(1)));
  }
}
