package dev.recsys.model;

/** How far predicted stars are off. */
final class StarError {
  private StarError() {}

  /** The root mean squared error of rows of ratings, in stars; NaN when there are none. */
  static double rmse(VectorSpace space, TrainingData.Rows rows, int userRows) {
    ScoreColumn scores = new ScoreColumn(space, userRows);
    double sum = 0;
    for (int row = 0; row < rows.size(); row++) {
      double error =
          FusionModel.stars(scores.score(rows, row)) - FusionModel.stars(rows.labels()[row]);
      sum += error * error;
    }
    return Math.sqrt(sum / rows.size());
  }
}
