package dev.recsys.cli;

import dev.recsys.model.TrainingListener;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Shows training: a bar for the epoch that runs, a line for each that has ended. */
final class TrainingProgress implements TrainingListener, AutoCloseable {
  private final PrintWriter err;
  private @Nullable ProgressBar bar;

  TrainingProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void batch(Batch batch) {
    if (bar == null) {
      bar = ProgressBars.rows("Epoch " + batch.epoch() + "/" + batch.epochs(), batch.totalRows());
    }
    bar.stepTo(batch.rows());
    bar.setExtraMessage(String.format(Locale.ROOT, " loss %.3f", batch.loss()));
  }

  @Override
  public void epoch(Epoch epoch) {
    close();
    String measured =
        Double.isNaN(epoch.validationRmse())
            ? ""
            : String.format(Locale.ROOT, ", validation RMSE %.4f stars", epoch.validationRmse());
    err.printf(
        Locale.ROOT,
        "Epoch %d/%d: loss %.3f%s, %.1f s%s%n",
        epoch.epoch(),
        epoch.epochs(),
        epoch.loss(),
        measured,
        epoch.seconds(),
        epoch.best() ? ", best so far" : "");
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
