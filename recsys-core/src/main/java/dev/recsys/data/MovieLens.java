package dev.recsys.data;

import dev.recsys.features.Attribute;
import dev.recsys.features.FeatureSchema;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The MovieLens 1M data set (ml-1m): its schema and its reader.
 *
 * <p>Source: F. Maxwell Harper and Joseph A. Konstan, The MovieLens Datasets: History and Context,
 * ACM TiiS 5 (4), 2015; https://files.grouplens.org/datasets/movielens/ml-1m-README.txt.
 */
public final class MovieLens {
  static final Attribute GENDER =
      Attribute.categorical("gender", codes(List.of("F", "M"), List.of("female", "male")));
  static final Attribute AGE = Attribute.bucketed("age", 1, 18, 25, 35, 45, 50, 56);
  static final Attribute OCCUPATION = Attribute.categorical("occupation", occupations());

  /**
   * Users have gender (F or M), age (a bucket from 1, 18, 25, 35, 45, 50, 56; any real age goes
   * into its bucket) and occupation (0 to 20, or its name). Items have genres, title and year. The
   * value of the title is the whole title of the file, "Toy Story (1995)"; its tokens are without
   * the year.
   */
  public static final FeatureSchema SCHEMA =
      FeatureSchema.builder("ml-1m")
          .user(GENDER)
          .user(AGE)
          .user(OCCUPATION)
          .item(Attribute.multiValued("genres"))
          .item(Attribute.text("title", 16).ignoring("\\s*\\(\\d{4}\\)$"))
          .item(Attribute.numeric("year"))
          .build();

  private MovieLens() {}

  private static Map<String, String> codes(List<String> codes, List<String> labels) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < codes.size(); i++) {
      map.put(codes.get(i), labels.get(i));
    }
    return map;
  }

  private static Map<String, String> occupations() {
    List<String> labels =
        List.of(
            "other",
            "academic/educator",
            "artist",
            "clerical/admin",
            "college/grad student",
            "customer service",
            "doctor/health care",
            "executive/managerial",
            "farmer",
            "homemaker",
            "K-12 student",
            "lawyer",
            "programmer",
            "retired",
            "sales/marketing",
            "scientist",
            "self-employed",
            "technician/engineer",
            "tradesman/craftsman",
            "unemployed",
            "writer");
    Map<String, String> map = new LinkedHashMap<>();
    labels.forEach(label -> map.put(Integer.toString(map.size()), label));
    return map;
  }

  /**
   * Reads movies.dat, users.dat and ratings.dat of a directory. The first malformed line ends it.
   *
   * @throws MalformedDataException naming file and line, what was expected and what stood there
   */
  public static Dataset read(Path directory) {
    return reader().read(directory);
  }

  /** Returns a reader that can be told to pass over malformed lines. */
  public static Reader reader() {
    return new Reader(false);
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
     * Reads movies.dat, users.dat and ratings.dat of a directory.
     *
     * @throws MalformedDataException when a line is malformed and such lines are not passed over
     */
    public Dataset read(Path directory) {
      return new MovieLensParser(directory, skipBadLines).read();
    }
  }
}
