package dev.recsys.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress bars on standard error, the way all commands show them. */
final class ProgressBars {
  private static final int REDRAW_MILLIS = 200;
  private static final int REDRAW_MILLIS_IN_A_FILE = 5_000;
  private static final int WIDTH = 110;

  private ProgressBars() {}

  /** A bar over rows of data. */
  static ProgressBar rows(String task, long total) {
    return builder(task, total).setUnit(" rows", 1).showSpeed().build();
  }

  /** A bar over bytes. */
  static ProgressBar bytes(String task, long total) {
    return builder(task, total).setUnit(" KiB", 1_024).build();
  }

  private static ProgressBarBuilder builder(String task, long total) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(Terminal.isInteractive() ? REDRAW_MILLIS : REDRAW_MILLIS_IN_A_FILE)
        .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH));
  }
}
