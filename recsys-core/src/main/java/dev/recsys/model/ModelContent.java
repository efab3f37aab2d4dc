package dev.recsys.model;

import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.Item;
import java.util.List;

/**
 * What a model is made of, beside the weights of its towers.
 *
 * @param items the catalogue in the order of the items' rows, from row 1
 */
record ModelContent(
    TrainingSettings settings,
    FeatureEncoder encoder,
    List<Item> items,
    ServingForm serving,
    History history,
    TrainingSummary training) {

  TowerSettings towers() {
    return settings.towers();
  }
}
