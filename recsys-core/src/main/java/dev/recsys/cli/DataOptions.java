package dev.recsys.cli;

import dev.recsys.data.CsvFiles;
import dev.recsys.data.Dataset;
import dev.recsys.data.MovieLens;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the ratings come from. */
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Directory with ml-1m's movies.dat, users.dat and ratings.dat, or with a catalogue of"
              + " one's own: schema.json, users.csv, items.csv and ratings.csv. Without it the"
              + " user's cache is looked into, and ml-1m downloaded from GroupLens.")
  private @Nullable Path data;

  @Option(
      names = "--skip-bad-lines",
      description = "Count malformed lines of ml-1m and go on, instead of stopping at the first.")
  private boolean skipBadLines;

  /** Whether a directory was named. */
  boolean given() {
    return data != null;
  }

  /** Finds the data set, downloading it if need be, and reads it. */
  Dataset read(PrintWriter err) {
    return read(locate(), err);
  }

  /** Reads the data set from a directory. */
  Dataset read(Path directory, PrintWriter err) {
    Dataset dataset = CsvFiles.isIn(directory) ? CsvFiles.read(directory) : movieLens(directory);
    err.printf(
        Locale.ROOT,
        "%,d ratings of %,d items by %,d users read from %s%n",
        dataset.ratings().size(),
        dataset.items().size(),
        dataset.users().size(),
        directory);
    if (dataset.skippedLines() > 0) {
      err.printf(Locale.ROOT, "%,d malformed lines skipped%n", dataset.skippedLines());
    }
    return dataset;
  }

  private Dataset movieLens(Path directory) {
    MovieLens.Reader reader = MovieLens.reader();
    return (skipBadLines ? reader.skipBadLines() : reader).read(directory);
  }

  private Path locate() {
    if (data != null) {
      return CsvFiles.isIn(data) ? data : MovieLens.source().locate(data);
    }
    try (DownloadBar bar = new DownloadBar()) {
      return MovieLens.source().progress(bar).locate();
    }
  }

  /** Shows a bar once the first bytes have come. */
  private static final class DownloadBar implements MovieLens.Progress, AutoCloseable {
    private @Nullable ProgressBar bar;

    @Override
    public void received(long bytes, long total) {
      if (bar == null) {
        bar = ProgressBars.bytes("Downloading ml-1m", total);
      }
      bar.stepTo(bytes);
    }

    @Override
    public void close() {
      if (bar != null) {
        bar.close();
      }
    }
  }
}
