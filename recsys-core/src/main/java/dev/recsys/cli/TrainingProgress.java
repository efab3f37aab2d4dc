package dev.recsys.cli;

import dev.recsys.model.TrainingListener;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/**
 * Shows training: a line for each epoch that has ended and, to a person who watches, a bar over all
 * of it.
 */
final class TrainingProgress implements TrainingListener, AutoCloseable {
  private final PrintWriter err;
  private final boolean watched = Terminal.isInteractive();
  private @Nullable ProgressBar bar;
  private String validation = "";
  private double rowsPerSecond;

  TrainingProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void batch(Batch batch) {
    rowsPerSecond = batch.rowsPerSecond();
    if (!watched) {
      return;
    }
    long before = (long) (batch.epoch() - 1) * batch.totalRows();
    if (bar == null) {
      bar = ProgressBars.rows("Training", before, (long) batch.epochs() * batch.totalRows());
    }
    bar.stepTo(before + batch.rows());
    bar.setExtraMessage(
        String.format(
            Locale.ROOT,
            " epoch %d/%d, loss %.3f%s",
            batch.epoch(),
            batch.epochs(),
            batch.loss(),
            validation));
  }

  @Override
  public void epoch(Epoch epoch) {
    if (!Double.isNaN(epoch.validationRmse())) {
      validation = String.format(Locale.ROOT, ", validation RMSE %.4f", epoch.validationRmse());
    }
    String line =
        String.format(
            Locale.ROOT,
            "Epoch %d/%d: loss %.3f%s%s, %.1f s (%,.0f rows/s), at most %.0f s left",
            epoch.epoch(),
            epoch.epochs(),
            epoch.loss(),
            validation,
            epoch.best() ? ", best so far" : "",
            epoch.seconds(),
            rowsPerSecond,
            epoch.seconds() * (epoch.epochs() - epoch.epoch()));
    err.println(bar == null ? line : ProgressBars.overBar(line));
  }

  @Override
  public void rating(Rating rating) {
    print(
        "Predicted stars with what users rated", "RMSE", rating.validationRmse(), rating.seconds());
  }

  @Override
  public void ranking(Ranking ranking) {
    print("Ranking", "NDCG@10", ranking.validationNdcg(), ranking.seconds());
  }

  private void print(String what, String measure, double value, double seconds) {
    String measured =
        Double.isNaN(value)
            ? ""
            : String.format(Locale.ROOT, "validation %s %.4f, ", measure, value);
    String line = String.format(Locale.ROOT, "%s: %s%.1f s", what, measured, seconds);
    err.println(bar == null ? line : ProgressBars.overBar(line));
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
