package dev.recsys.eval;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * A model's results, user by user: of every measure that is a mean, a sum and the weight that it
 * counts with. A measure over any group of users, some of them perhaps several times, is the ratio
 * of the two totals.
 */
final class UserResults {
  @SuppressWarnings("ArrayRecordComponent") // written and read row by row, never compared
  private record Column(double[] sums, double[] weights) {}

  private final int users;
  private final Map<Measure, Column> columns = new EnumMap<>(Measure.class);

  UserResults(int users) {
    this.users = users;
    for (Measure measure : Measure.values()) {
      columns.put(measure, new Column(new double[users], new double[users]));
    }
  }

  int users() {
    return users;
  }

  /** Safe for many threads as long as each has users of its own. */
  void set(int user, Measure measure, double sum, double weight) {
    column(measure).sums[user] = sum;
    column(measure).weights[user] = weight;
  }

  /** Returns whether the measure says anything of the user. */
  boolean has(int user, Measure measure) {
    return column(measure).weights[user] > 0;
  }

  /** Returns the measure over the users, each as often as the array says; NaN for nobody. */
  double value(Measure measure, byte[] times) {
    double[] sums = column(measure).sums;
    double[] weights = column(measure).weights;
    double sum = 0;
    double weight = 0;
    for (int u = 0; u < users; u++) {
      sum += times[u] * sums[u];
      weight += times[u] * weights[u];
    }
    return measure == Measure.RMSE ? Math.sqrt(sum / weight) : sum / weight;
  }

  private Column column(Measure measure) {
    return Objects.requireNonNull(columns.get(measure));
  }
}
