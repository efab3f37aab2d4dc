package dev.recsys.model;

import dev.recsys.data.Dataset;
import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.UserProfile;

/**
 * The user tower in PyTorch, called through DJL for one user at a time: what serving would cost
 * without folding. It lives in the model's package because serving has no use for it. Its weights
 * are the initial ones, which take as long as any.
 */
public final class DjlUserTower implements AutoCloseable {
  private final FeatureEncoder encoder;
  private final FrozenTower tower;

  /** Builds the tower for the users and items of a data set. */
  public DjlUserTower(Dataset data) {
    encoder = FeatureEncoder.fit(data.schema(), data.users(), data.items());
    TowerSettings settings = TowerSettings.FUSION;
    tower =
        new FrozenTower(
            Architecture.users(encoder, settings),
            Architecture.block(encoder, settings).initialWeights(1));
  }

  /** Returns the unit vector of a user. */
  public float[] vector(UserProfile profile) {
    int[][] rows = {encoder.encode(profile)};
    return tower.forward(FeatureTable.ofUsers(rows, rows[0].length)).units();
  }

  @Override
  public void close() {
    tower.close();
  }
}
