package dev.recsys.model;

/** Scores of rows of ratings; a user's vector is made once. For one thread. */
final class ScoreColumn {
  private final VectorSpace space;
  private final float[][] users;

  ScoreColumn(VectorSpace space, int userRows) {
    this.space = space;
    this.users = new float[userRows][];
  }

  double score(TrainingData.Rows rows, int row) {
    int user = rows.users()[row];
    if (users[user] == null) {
      users[user] = space.userVector(user);
    }
    return FusionModel.score(space.innerProduct(users[user], rows.items()[row]));
  }
}
