package dev.recsys.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Invents users, movies and ratings in the format of ml-1m. Only {@link Random} and {@link
 * StrictMath} decide, whose results are the same on every JVM. One use, one thread.
 */
final class SampleGenerator {
  static final List<String> GENRES =
      List.of(
          ("Action Adventure Animation Children's Comedy Crime Documentary Drama Fantasy Film-Noir"
                  + " Horror Musical Mystery Romance Sci-Fi Thriller War Western")
              .split(" "));

  private static final int MOST_GENRES = 3;
  private static final long FIRST_TIMESTAMP = 975_000_000;
  private static final List<String> AGES = MovieLensSchema.AGES;
  private static final int OCCUPATIONS = MovieLensSchema.OCCUPATIONS.size();

  private final Random random;
  private final int ratings;
  private final int[][] users;
  private final int[][] movies;

  SampleGenerator(int users, int movies, int ratings, long seed) {
    require("users", users, 1, Integer.MAX_VALUE / SampleTitles.MOST);
    require("movies", movies, 1, SampleTitles.MOST);
    require("ratings", ratings, 0, users * movies);
    this.random = new Random(seed);
    this.ratings = ratings;
    this.users = new int[users][];
    this.movies = new int[movies][];
  }

  private static void require(String what, int count, int least, int most) {
    if (count < least || count > most) {
      throw new IllegalArgumentException(
          "sample: %s must be in [%d, %d], not %d".formatted(what, least, most, count));
    }
  }

  void write(Path directory) throws IOException {
    Arrays.setAll(users, u -> attributes());
    Arrays.setAll(movies, m -> genres());
    try (BufferedWriter out = writer(directory, MovieLensFiles.USERS)) {
      writeUsers(out);
    }
    try (BufferedWriter out = writer(directory, MovieLensFiles.MOVIES)) {
      writeMovies(out);
    }
    try (BufferedWriter out = writer(directory, MovieLensFiles.RATINGS)) {
      writeRatings(out);
    }
  }

  private static BufferedWriter writer(Path directory, String name) throws IOException {
    return Files.newBufferedWriter(directory.resolve(name), StandardCharsets.ISO_8859_1);
  }

  /** Draws gender, age and occupation; most users are grown up, as they are in ml-1m. */
  private int[] attributes() {
    int gender = random.nextInt(10) < 3 ? 0 : 1;
    int age = (random.nextInt(AGES.size()) + random.nextInt(AGES.size())) / 2;
    return new int[] {gender, age, random.nextInt(OCCUPATIONS)};
  }

  private int[] genres() {
    int count = 1 + random.nextInt(MOST_GENRES);
    return random.ints(0, GENRES.size()).distinct().limit(count).sorted().toArray();
  }

  private void writeUsers(BufferedWriter out) throws IOException {
    for (int u = 0; u < users.length; u++) {
      String gender = users[u][0] == 0 ? "F" : "M";
      String age = AGES.get(users[u][1]);
      int zip = 10_000 + random.nextInt(90_000);
      out.write((u + 1) + "::" + gender + "::" + age + "::" + users[u][2] + "::" + zip + "\n");
    }
  }

  private void writeMovies(BufferedWriter out) throws IOException {
    List<String> titles = SampleTitles.shuffled(random);
    for (int m = 0; m < movies.length; m++) {
      int year = 1930 + Math.max(random.nextInt(71), random.nextInt(71));
      String genres =
          Arrays.stream(movies[m]).mapToObj(GENRES::get).collect(Collectors.joining("|"));
      out.write(movieId(m) + "::" + titles.get(m) + " (" + year + ")::" + genres + "\n");
    }
  }

  /** Ids have gaps, as those of ml-1m. */
  private static int movieId(int movie) {
    return 1 + movie + movie / 9;
  }

  private void writeRatings(BufferedWriter out) throws IOException {
    SampleTastes tastes = new SampleTastes(random, users, movies);
    boolean[] rated = rated(tastes);
    long timestamp = FIRST_TIMESTAMP;
    for (int pair = 0; pair < rated.length; pair++) {
      if (rated[pair]) {
        int user = pair / movies.length;
        int movie = pair % movies.length;
        int stars = tastes.stars(user, movie);
        out.write((user + 1) + "::" + movieId(movie) + "::" + stars + "::" + timestamp++ + "\n");
      }
    }
  }

  /**
   * Draws the pairs of user and movie that are rated, without replacement and by weight: active
   * users, popular movies and what a user likes come more often. The pairs with the smallest
   * exponential variates of rate weight are such a sample (Efraimidis and Spirakis, Weighted random
   * sampling with a reservoir, Information Processing Letters 97, 2006).
   */
  private boolean[] rated(SampleTastes tastes) {
    double[] activity = logNormal(users.length, 0.8);
    double[] popularity = logNormal(movies.length, 1.2);
    double[] keys = new double[users.length * movies.length];
    for (int pair = 0; pair < keys.length; pair++) {
      int user = pair / movies.length;
      int movie = pair % movies.length;
      double liked = StrictMath.exp(0.7 * tastes.liking(user, movie));
      double weight = activity[user] * popularity[movie] * liked;
      keys[pair] = -StrictMath.log(1 - random.nextDouble()) / weight;
    }
    return smallest(keys, ratings);
  }

  private double[] logNormal(int count, double deviation) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = StrictMath.exp(deviation * random.nextGaussian());
    }
    return numbers;
  }

  private static boolean[] smallest(double[] keys, int count) {
    double[] sorted = keys.clone();
    Arrays.sort(sorted);
    boolean[] chosen = new boolean[keys.length];
    int left = count;
    for (int i = 0; i < keys.length && left > 0; i++) {
      if (keys[i] <= sorted[count - 1]) {
        chosen[i] = true;
        left--;
      }
    }
    return chosen;
  }
}
