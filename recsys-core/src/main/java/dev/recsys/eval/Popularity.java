package dev.recsys.eval;

/** Leaves all scores alike: ties go to the more popular item. */
final class Popularity extends HistoryModel {
  Popularity(Interactions data) {
    super(Baseline.POPULARITY, data);
  }

  @Override
  void score(int[] liked, float[] scores) {
    // nothing distinguishes one user from another
  }
}
