package dev.recsys.model;

/**
 * The form of the towers: what must be known to rebuild them around saved weights.
 *
 * @param plain the article's form: no biases, no learned scale, no numeric attributes
 * @param dimension length of a tower's output
 * @param idDimension length of the embeddings of user and item ids
 * @param categoryDimension length of the embeddings of categorical values
 * @param valueDimension length of the embeddings of the values of multi-valued attributes
 * @param tokenDimension length of the embeddings of text tokens
 * @param textDimension number of the convolution's filters: the fixed length of a pooled text
 */
record TowerSettings(
    boolean plain,
    int dimension,
    int idDimension,
    int categoryDimension,
    int valueDimension,
    int tokenDimension,
    int textDimension) {

  /** The full form. */
  static final TowerSettings FUSION = new TowerSettings(false, 200, 256, 16, 32, 32, 32);

  /** The article's form, nothing added. */
  static final TowerSettings PLAIN = new TowerSettings(true, 200, 256, 16, 32, 32, 32);

  /** Factor of the cosine in the plain form, and of the inner product of served vectors. */
  static final double RANGE = 5;

  /** Norms below this are taken for it, so that a zero vector stays one. */
  static final double SMALLEST_NORM = 1e-12;

  /** Width of the convolution over a text's tokens. */
  static final int TEXT_WINDOW = 3;

  static TowerSettings of(JsonRecord in) {
    return new TowerSettings(
        in.flag("plain"),
        in.int32("dimension"),
        in.int32("idDimension"),
        in.int32("categoryDimension"),
        in.int32("valueDimension"),
        in.int32("tokenDimension"),
        in.int32("textDimension"));
  }

  /** Length of a row of the folded tables: a share of the bias takes one more. */
  int foldedDimension() {
    return plain ? dimension : dimension + 1;
  }

  /** Length of a served vector: the biases take two more dimensions. */
  int servedDimension() {
    return plain ? dimension : dimension + 2;
  }
}
