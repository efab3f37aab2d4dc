package dev.recsys.data;

/**
 * How much somebody liked an item.
 *
 * @param item the item's id
 * @param stars from 1 to 5
 */
public record Rating(long item, float stars) {
  /**
   * Checks the stars.
   *
   * @throws IllegalArgumentException when the stars are not in [1, 5]
   */
  public Rating {
    if (!(stars >= 1 && stars <= 5)) {
      throw new IllegalArgumentException(
          "rating of item " + item + ": stars must be in [1, 5], not " + stars);
    }
  }

  /**
   * Returns a rating.
   *
   * @throws IllegalArgumentException when the stars are not in [1, 5]
   */
  public static Rating of(long item, double stars) {
    return new Rating(item, (float) stars);
  }
}
