package dev.recsys.model;

/**
 * What ratings are made of before taste: the mean of all, what each item is rated beyond it, and
 * what each user rates beyond both; in the space of the labels. Few ratings move an offset little.
 *
 * @param ofItems by row, from row 1
 * @param ofUsers by row, row 0 included
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Offsets(History history, float mean, float[] ofItems, float[] ofUsers) {

  /**
   * Finds the items' offsets first, then the users' in what they leave.
   *
   * @param damping number of ratings at the mean that are added to each
   */
  static Offsets of(History history, int items, double damping) {
    double sum = 0;
    for (int rating = 0; rating < history.size(); rating++) {
      sum += RatingForm.label(history.stars(rating));
    }
    float mean = (float) (sum / Math.max(1, history.size()));
    double[] sums = new double[items];
    int[] counts = new int[items];
    for (int rating = 0; rating < history.size(); rating++) {
      sums[history.item(rating) - 1] += RatingForm.label(history.stars(rating)) - mean;
      counts[history.item(rating) - 1]++;
    }
    float[] ofItems = new float[items];
    for (int item = 0; item < items; item++) {
      ofItems[item] = (float) (sums[item] / (counts[item] + damping));
    }
    float[] ofUsers = new float[history.users()];
    for (int user = 1; user < ofUsers.length; user++) {
      double rest = 0;
      int start = history.start(user);
      for (int rating = start; rating < start + history.count(user); rating++) {
        float label = RatingForm.label(history.stars(rating));
        rest += label - mean - ofItems[history.item(rating) - 1];
      }
      ofUsers[user] = (float) (rest / (history.count(user) + damping));
    }
    return new Offsets(history, mean, ofItems, ofUsers);
  }

  /** What is left of a user's rating. */
  float residual(int user, int rating) {
    float label = RatingForm.label(history.stars(rating));
    return label - mean - ofItems[history.item(rating) - 1] - ofUsers[user];
  }
}
