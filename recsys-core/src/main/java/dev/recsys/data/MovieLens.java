package dev.recsys.data;

import dev.recsys.features.FeatureSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The MovieLens 1M data set (ml-1m): its schema, where it is found, its reader, and a generated
 * sample in the same format for when it cannot be had.
 *
 * <p>Source: F. Maxwell Harper and Joseph A. Konstan, The MovieLens Datasets: History and Context,
 * ACM TiiS 5 (4), 2015; https://files.grouplens.org/datasets/movielens/ml-1m-README.txt.
 */
public final class MovieLens {
  /**
   * Users have gender (F or M), age (a bucket from 1, 18, 25, 35, 45, 50, 56; any real age goes
   * into its bucket) and occupation (0 to 20, or its name). Items have genres, title and year. The
   * value of the title is the whole title of the file, "Toy Story (1995)"; its tokens are without
   * the year.
   */
  public static final FeatureSchema SCHEMA = MovieLensSchema.SCHEMA;

  private MovieLens() {}

  /**
   * Reads movies.dat, users.dat and ratings.dat of a directory. The first malformed line ends it.
   *
   * @throws UnavailableException naming the files that are not there
   * @throws MalformedDataException naming file and line, what was expected and what stood there
   * @throws UncheckedIOException when a file cannot be read
   */
  public static Dataset read(Path directory) {
    return reader().read(directory);
  }

  /** Returns a reader that can be told to pass over malformed lines. */
  public static Reader reader() {
    return new Reader(false);
  }

  /** Returns what finds the data set, or downloads it. */
  public static Source source() {
    return new Source();
  }

  /** Returns what writes a generated sample: 600 users, 400 movies, 40,000 ratings unless told. */
  public static Sample sample() {
    return new Sample();
  }

  /** Reads a directory. Immutable. */
  public static final class Reader {
    private final boolean skipBadLines;

    private Reader(boolean skipBadLines) {
      this.skipBadLines = skipBadLines;
    }

    /** Returns a reader that counts malformed lines ({@link Dataset#skippedLines}) and goes on. */
    public Reader skipBadLines() {
      return new Reader(true);
    }

    /**
     * Reads movies.dat, users.dat and ratings.dat of a directory. A rating of an unknown user or
     * movie, and a second line for the same user or movie, are malformed too.
     *
     * @throws UnavailableException naming the files that are not there
     * @throws MalformedDataException when a line is malformed and such lines are not passed over
     * @throws UncheckedIOException when a file cannot be read
     */
    public Dataset read(Path directory) {
      MovieLensFiles.requireAll(directory);
      return new MovieLensParser(directory, skipBadLines).read();
    }
  }

  /** Hears how a download gets on; called in the thread that waits for it. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Takes note of what has come so far.
     *
     * @param total bytes in all, -1 when the server does not say
     */
    void received(long bytes, long total);
  }

  /** Finds ml-1m on this machine, else downloads it. Not safe for many threads. */
  public static final class Source {
    private Path cache = CacheDirectory.ofThisUser().resolve("ml-1m");
    private URI uri = URI.create("https://files.grouplens.org/datasets/movielens/ml-1m.zip");
    private String sha256 = "a6898adb50b9ca05aa231689da44c217cb524e7ebd39d264c56e2832f2c54e20";
    private Duration limit = Duration.ofMinutes(10);
    private Progress progress = (bytes, total) -> {};

    private Source() {}

    /** Sets the directory that keeps a download; by default one in the user's cache. */
    public Source cache(Path directory) {
      this.cache = directory;
      return this;
    }

    /** Sets where the archive is fetched from, such as a mirror, and its SHA-256 in hexadecimal. */
    public Source archive(URI uri, String sha256) {
      this.uri = uri;
      this.sha256 = sha256;
      return this;
    }

    /** Sets after how long a download is given up; 10 minutes by default. */
    public Source limit(Duration limit) {
      if (limit.isNegative() || limit.isZero()) {
        throw new IllegalArgumentException("limit must be positive, not " + limit);
      }
      this.limit = limit;
      return this;
    }

    /** Sets who hears of a download's progress. */
    public Source progress(Progress progress) {
      this.progress = progress;
      return this;
    }

    /**
     * Returns the directory that holds the three files: the cache, filled first when a file is
     * missing there. Nothing is unpacked before the archive's checksum is right.
     *
     * @throws UnavailableException when they are not there and cannot be downloaded
     */
    public Path locate() {
      if (!MovieLensFiles.missing(cache).isEmpty()) {
        MovieLensDownload.into(cache, new Download(uri, sha256, limit, progress));
      }
      return cache;
    }

    /**
     * Returns the directory given, when it holds the three files; null stands for {@link
     * #locate()}.
     *
     * @throws UnavailableException when files are missing
     */
    public Path locate(@Nullable Path directory) {
      if (directory == null) {
        return locate();
      }
      MovieLensFiles.requireAll(directory);
      return directory;
    }
  }

  /**
   * Writes an invented data set in the format of ml-1m; nothing in it comes from ml-1m but the
   * names of the genres. Tastes are planted in it: what users like depends on their attributes and
   * on themselves, so that there is something to learn from both. The same sizes and seed give the
   * same bytes on every JVM. Not safe for many threads.
   */
  public static final class Sample {
    private int users = 600;
    private int movies = 400;
    private int ratings = 40_000;
    private long seed = 1;

    private Sample() {}

    /** Sets the number of users, at least 1. */
    public Sample users(int users) {
      this.users = users;
      return this;
    }

    /** Sets the number of movies, from 1 to {@value SampleTitles#MOST}. */
    public Sample movies(int movies) {
      this.movies = movies;
      return this;
    }

    /** Sets the number of ratings, at most one for each user and movie. */
    public Sample ratings(int ratings) {
      this.ratings = ratings;
      return this;
    }

    /** Sets the seed of everything random. */
    public Sample seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Writes the three files, which must not be there yet.
     *
     * @return the directory
     * @throws IllegalArgumentException when a size is out of its range
     * @throws UncheckedIOException when a file is already there, or cannot be written
     */
    public Path write(Path directory) {
      SampleGenerator generator = new SampleGenerator(users, movies, ratings, seed);
      MovieLensFiles.requireNone(directory);
      try {
        MovieLensFiles.publish(directory, generator::write);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write the sample to " + directory, e);
      }
      return directory;
    }
  }

  /** MovieLens 1M is not where it was looked for, and could not be fetched. */
  public static final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Path directory;

    UnavailableException(Path directory, String message, @Nullable Throwable cause) {
      super(message, cause);
      this.directory = directory;
    }

    /** Returns the directory that should hold the files. */
    public Path directory() {
      return directory;
    }
  }
}
