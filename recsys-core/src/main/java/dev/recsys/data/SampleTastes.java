package dev.recsys.data;

import java.util.Random;

/**
 * Points in a space of tastes. A user's is the sum of one for each attribute value and one of the
 * user's own; a movie's the mean of one for each genre and one of its own. How much a user likes a
 * movie is their inner product plus what the user gives to all and what the movie gets from all,
 * all in stars around the mean.
 */
final class SampleTastes {
  private static final int DIMENSIONS = 6;
  private static final double MEAN_STARS = 3.6;
  private static final double NOISE = 0.7;

  private final Random random;
  private final double[][] ofUsers;
  private final double[][] ofMovies;
  private final double[] userBias;
  private final double[] movieBias;

  /**
   * Draws everything.
   *
   * @param users for each user, the index of each attribute value
   * @param movies for each movie, the indexes of its genres
   */
  SampleTastes(Random random, int[][] users, int[][] movies) {
    this.random = random;
    double[][][] byAttribute = {points(2, 0.6), points(7, 0.6), points(21, 0.6)};
    this.ofUsers = points(users.length, 0.7);
    for (int u = 0; u < users.length; u++) {
      for (int a = 0; a < byAttribute.length; a++) {
        add(ofUsers[u], byAttribute[a][users[u][a]], 1);
      }
    }
    double[][] byGenre = points(SampleGenerator.GENRES.size(), 0.35);
    this.ofMovies = points(movies.length, 0.2);
    for (int m = 0; m < movies.length; m++) {
      for (int genre : movies[m]) {
        add(ofMovies[m], byGenre[genre], 1 / Math.sqrt(movies[m].length));
      }
    }
    this.userBias = gaussians(users.length, 0.35);
    this.movieBias = gaussians(movies.length, 0.4);
  }

  private double[][] points(int count, double deviation) {
    double[][] points = new double[count][];
    for (int i = 0; i < count; i++) {
      points[i] = gaussians(DIMENSIONS, deviation);
    }
    return points;
  }

  private double[] gaussians(int count, double deviation) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = deviation * random.nextGaussian();
    }
    return numbers;
  }

  private static void add(double[] point, double[] other, double factor) {
    for (int d = 0; d < point.length; d++) {
      point[d] += factor * other[d];
    }
  }

  /** Returns by how many stars a user likes a movie more than an average film. */
  double liking(int user, int movie) {
    double liking = movieBias[movie];
    for (int d = 0; d < DIMENSIONS; d++) {
      liking += ofUsers[user][d] * ofMovies[movie][d];
    }
    return liking;
  }

  /** Draws the stars that a user gives a movie. */
  int stars(int user, int movie) {
    double stars = MEAN_STARS + userBias[user] + liking(user, movie);
    return (int) Math.max(1, Math.min(5, Math.round(stars + NOISE * random.nextGaussian())));
  }
}
