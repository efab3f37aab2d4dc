package dev.recsys.model;

import java.util.List;

/** The user tower as it is served: plain Java, safe for many threads. */
final class FoldedUserTower {
  /** Beyond it tanh is 1 as far as the approximation is exact. */
  private static final float TANH_RANGE = 8.75f;

  /*
   * The tower adds, over the attributes a, what each one's own layer makes of its embedding:
   *
   *   u = tanh(shift + sum_a E_a[v_a] W_a),   u_hat = u / |u|
   *
   * Nothing stands between embedding and layer, so the share of a value v is the constant vector
   * T_a[v] = E_a[v] W_a. Folding computes these tables once; a user vector is then a few rows
   * added, a tanh and a normalisation.
   *
   * The score of a pair, s cos(u, i) + b_u + b_i + mu, is 5 times an inner product, so that a
   * vector index serves it as it is:
   *
   *   user [s/5 u_hat ; 1 ; (mu + b_u)/5]     item [i_hat ; b_i/5 ; 1]
   *
   * b_u is a sum over the attributes too: its shares are one more column of the tables. The plain
   * form has neither biases nor scale: its vectors are u_hat and i_hat.
   */
  private final boolean plain;
  private final int dimension;
  private final float scale;
  private final float mean;
  private final float[] shift;
  private final float[][] tables;

  /**
   * @param scale of the cosine, in the label space
   * @param mean of the ratings, in the label space
   * @param shift bias of the pre-activation
   * @param tables for each attribute, row by row, its values' shares; if not plain, each row ends
   *     with the share of the bias
   */
  FoldedUserTower(boolean plain, float scale, float mean, float[] shift, List<float[]> tables) {
    this.plain = plain;
    this.dimension = shift.length;
    this.scale = scale;
    this.mean = mean;
    this.shift = shift;
    this.tables = tables.toArray(float[][]::new);
  }

  /**
   * Writes the vector of a user.
   *
   * @param rows of the id, 0 where it is unknown, and of the attributes
   * @param vector over its beginning
   */
  void vector(int[] rows, float[] vector) {
    System.arraycopy(shift, 0, vector, 0, dimension);
    int stride = plain ? dimension : dimension + 1;
    float bias = mean;
    for (int slot = 0; slot < tables.length; slot++) {
      float[] table = tables[slot];
      int from = rows[slot] * stride;
      add(vector, table, from);
      bias += plain ? 0 : table[from + dimension];
    }
    activate(vector);
    if (!plain) {
      vector[dimension] = 1;
      vector[dimension + 1] = bias / (float) TowerSettings.RANGE;
    }
  }

  private void add(float[] vector, float[] table, int from) {
    for (int i = 0; i < dimension; i++) {
      vector[i] += table[from + i];
    }
  }

  private void activate(float[] vector) {
    tanh(vector, dimension);
    double squares = 0;
    for (int i = 0; i < dimension; i++) {
      squares += vector[i] * vector[i];
    }
    double norm = Math.max(Math.sqrt(squares), TowerSettings.SMALLEST_NORM);
    float factor = (float) (plain ? 1 / norm : scale / TowerSettings.RANGE / norm);
    for (int i = 0; i < dimension; i++) {
      vector[i] *= factor;
    }
  }

  /**
   * Replaces the first values by their tanh, within 1e-7. Comparisons and two loops, because Java
   * 17 is three times slower with Math.min and Math.max, and newer ones vectorise only a loop
   * without branches.
   */
  static void tanh(float[] values, int count) {
    for (int i = 0; i < count; i++) {
      float x = values[i];
      x = x > TANH_RANGE ? TANH_RANGE : x;
      values[i] = x < -TANH_RANGE ? -TANH_RANGE : x;
    }
    for (int i = 0; i < count; i++) {
      values[i] = tanh(values[i]);
    }
  }

  /**
   * Lambert's continued fraction x / (1 + x^2 / (3 + x^2 / (5 + ...))), broken off after 13 terms
   * and written as a quotient of polynomials: within 3e-8 as far as {@link #TANH_RANGE}.
   */
  private static float tanh(double x) {
    double t = x * x;
    double p =
        7905853580625.0
            + t
                * (1159525191825.0
                    + t * (41247931725.0 + t * (523783260.0 + t * (2552550 + t * (4095 + t)))));
    double q =
        7905853580625.0
            + t
                * (3794809718700.0
                    + t
                        * (252070693875.0
                            + t * (5237832600.0 + t * (41351310 + t * (120120 + t * 91)))));
    return (float) (x * p / q);
  }
}
