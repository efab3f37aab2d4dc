package dev.recsys.cli;

import dev.recsys.model.TrainingListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How well the epochs of a training rank; those before a resumed training are not in it. */
final class TrainingCurve implements TrainingListener {
  private final List<String> epochs = new ArrayList<>();
  private final List<Double> byStars = new ArrayList<>();
  private double ranking = Double.NaN;

  @Override
  public void epoch(Epoch epoch) {
    epochs.add(Integer.toString(epoch.epoch()));
    byStars.add(epoch.validationNdcg());
  }

  @Override
  public void ranking(Ranking trained) {
    ranking = trained.validationNdcg();
  }

  LinePlot plot() {
    return new LinePlot("Epoch", "NDCG@10 on the validation part", epochs)
        .line("by predicted stars", byStars)
        .line("ranking, without epochs", Collections.nCopies(epochs.size(), ranking));
  }
}
