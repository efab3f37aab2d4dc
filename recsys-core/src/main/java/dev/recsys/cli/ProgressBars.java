package dev.recsys.cli;

import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress bars on standard error, the way all commands show them. */
final class ProgressBars {
  private static final int REDRAW_MILLIS = 200;
  private static final int WIDTH = 130;

  private ProgressBars() {}

  /** A bar over rows of data, some of which may have been done before. */
  static ProgressBar rows(String task, long done, long total) {
    return builder(task, total)
        .setUnit(" rows", 1)
        .showSpeed()
        .startsFrom(done, Duration.ZERO)
        .build();
  }

  /** A bar over bytes. */
  static ProgressBar bytes(String task, long total) {
    return builder(task, total).setUnit(" KiB", 1_024).build();
  }

  /** The line, so that it replaces the bar, which is drawn anew below it. */
  static String overBar(String line) {
    return "\r" + line + " ".repeat(Math.max(0, WIDTH - line.length()));
  }

  private static ProgressBarBuilder builder(String task, long total) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REDRAW_MILLIS)
        .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH));
  }
}
