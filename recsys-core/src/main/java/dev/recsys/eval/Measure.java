package dev.recsys.eval;

/** What is measured of a model. Ranking measures are means over the users with a relevant item. */
public enum Measure {
  /** Root of the mean squared error of predicted stars; less is better. */
  RMSE("rmse", false),
  /** Mean absolute error of predicted stars; less is better. */
  MAE("mae", false),
  /** Normalised discounted cumulative gain (Jarvelin and Kekalainen, ACM TOIS 20 (4), 2002). */
  NDCG("ndcg", true),
  /** Share of users with a relevant item among the first k. */
  HIT_RATE("hr", true),
  /** Share of a user's relevant items that is among the first k. */
  RECALL("recall", true),
  /** Recall over all users together: share of the users' relevant items among their first k. */
  REACH("reach", true),
  /** Share of the first k that is relevant. */
  PRECISION("precision", true),
  /** Reciprocal of the rank of the first relevant item (Voorhees, TREC-8, 1999). */
  MRR("mrr", true),
  /** Average precision, over all relevant items (as {@code map_cut} of trec_eval). */
  MAP("map", true),
  /** Share of the catalogue that is among the first k of anybody. */
  COVERAGE("coverage", true),
  /**
   * Mean surprise of the first k, in bits: -log2 of the share of users who rated the item (Zhou et
   * al., PNAS 107 (10), 2010; Vargas and Castells, RecSys 2011).
   */
  NOVELTY("novelty", true),
  /**
   * Mean distance between two of the first k: 1 - cosine of the sets of users who rated them
   * (intra-list diversity; Ziegler et al., WWW 2005).
   */
  DIVERSITY("diversity", true);

  private final String label;
  private final boolean atK;

  Measure(String label, boolean atK) {
    this.label = label;
    this.atK = atK;
  }

  /** Returns its usual name, such as {@code ndcg@10}; of measures of stars without the k. */
  public String label(int k) {
    return atK ? label + "@" + k : label;
  }
}
