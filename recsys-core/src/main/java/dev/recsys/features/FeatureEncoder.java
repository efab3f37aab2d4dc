package dev.recsys.features;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Turns profiles and items into rows of embedding tables. What the data holds is learned once, by
 * {@link #fit}: the ids, the values of open attributes, the tokens of texts, mean and deviation of
 * numbers. Everything is sorted, so that the same data in any order gives the same rows.
 *
 * <p>Row 0 of every table is the unknown: an id or value that was not in the data never gets the
 * row of another. Immutable and safe for many threads.
 */
public final class FeatureEncoder {
  /**
   * An item as rows and numbers; there is one slot per item attribute, in schema order. The arrays
   * belong to the caller.
   *
   * @param idRow the row of the id
   * @param rows the rows of each attribute: one of a categorical attribute (0 when absent), one per
   *     value of a multi-valued one, one per token of a text, none of a number
   * @param numbers the standardised value of each numeric attribute, 0 when absent or not a number
   */
  @SuppressWarnings("ArrayRecordComponent") // handed straight to tensors, never compared
  public record ItemFeatures(int idRow, int[][] rows, float[] numbers) {}

  private final FeatureSchema schema;
  private final List<Attribute> userAttributes;
  private final long[] userIds;
  private final long[] itemIds;
  private final Map<String, Vocabulary> vocabularies;
  private final Vocabulary[] userVocabularies;
  private final Map<String, Scale> scales;

  FeatureEncoder(
      FeatureSchema schema,
      long[] userIds,
      long[] itemIds,
      Map<String, Vocabulary> vocabularies,
      Map<String, Scale> scales) {
    this.schema = schema;
    this.userAttributes = schema.userAttributes();
    this.userIds = userIds;
    this.itemIds = itemIds;
    this.vocabularies = vocabularies;
    this.userVocabularies =
        userAttributes.stream()
            .map(attribute -> vocabularies.get(attribute.name()))
            .toArray(Vocabulary[]::new);
    this.scales = scales;
  }

  /**
   * Learns the rows of these users and items.
   *
   * @throws IllegalArgumentException when a user has no id, an id occurs twice, or an attribute is
   *     not in the schema or has a value that its closed set does not allow
   */
  public static FeatureEncoder fit(
      FeatureSchema schema, Collection<UserProfile> users, Collection<Item> items) {
    return new EncoderFit(schema).users(users).items(items).encoder();
  }

  /** Returns the schema. */
  public FeatureSchema schema() {
    return schema;
  }

  /** Returns the row of a user's id, 0 when it is unknown. */
  public int userRow(long id) {
    return Math.max(0, Arrays.binarySearch(userIds, id) + 1);
  }

  /** Returns the row of an item's id, 0 when it is unknown. */
  public int itemRow(long id) {
    return Math.max(0, Arrays.binarySearch(itemIds, id) + 1);
  }

  /**
   * Returns the id of the user with that row.
   *
   * @throws IllegalArgumentException when the row is not in [1, userRows)
   */
  public long userId(int row) {
    return id(userIds, row);
  }

  /** Returns the number of rows of users, including row 0. */
  public int userRows() {
    return userIds.length + 1;
  }

  /** Returns the number of rows of items, including row 0. */
  public int itemRows() {
    return itemIds.length + 1;
  }

  /**
   * Returns the id of the item with that row.
   *
   * @throws IllegalArgumentException when the row is not in [1, itemRows)
   */
  public long itemId(int row) {
    return id(itemIds, row);
  }

  private static long id(long[] ids, int row) {
    if (row < 1 || row > ids.length) {
      throw new IllegalArgumentException(
          "row must be in [1, " + (ids.length + 1) + "), not " + row);
    }
    return ids[row - 1];
  }

  /**
   * Returns the values and rows of an attribute that is not numeric.
   *
   * @throws IllegalArgumentException when the schema has no such attribute, or it is numeric
   */
  public Vocabulary vocabulary(String attribute) {
    Vocabulary vocabulary = vocabularies.get(attribute);
    if (vocabulary == null) {
      throw new IllegalArgumentException(
          "schema \"%s\": no attribute \"%s\" with a vocabulary, only %s"
              .formatted(schema.name(), attribute, vocabularies.keySet()));
    }
    return vocabulary;
  }

  /**
   * Returns the rows of a user: the row of the id, then a row per user attribute in schema order; 0
   * for what is absent or was not in the data. The array belongs to the caller.
   *
   * @throws IllegalArgumentException when an attribute is not in the schema, or has a value that
   *     its closed set does not allow
   */
  public int[] encode(UserProfile user) {
    int[] rows = new int[1 + userVocabularies.length];
    OptionalLong id = user.id();
    rows[0] = id.isPresent() ? userRow(id.getAsLong()) : 0;
    int known = 0;
    for (int a = 0; a < userVocabularies.length; a++) {
      Attribute attribute = userAttributes.get(a);
      Object value = user.get(attribute.name());
      if (value != null) {
        known++;
        rows[1 + a] = userVocabularies[a].row(attribute.canonical(value));
      }
    }
    if (known != user.values().size()) {
      throw ItemEncoding.unknownAttribute(schema, userAttributes, user.values());
    }
    return rows;
  }

  /**
   * Returns the rows and numbers of an item, which need not have been in the data.
   *
   * @throws IllegalArgumentException when an attribute is not in the schema, or has a value of the
   *     wrong kind
   */
  public ItemFeatures encode(Item item) {
    return ItemEncoding.encode(this, item);
  }

  /**
   * Returns everything learned, as maps, lists, strings and numbers that JSON can hold. {@link
   * #fromMap} is the inverse.
   */
  public Map<String, Object> toMap() {
    return EncoderFormat.toMap(this);
  }

  /**
   * Returns the encoder that {@link #toMap} described.
   *
   * @throws IllegalArgumentException naming the key that is missing or malformed
   */
  public static FeatureEncoder fromMap(Map<String, Object> map) {
    return EncoderFormat.fromMap(map);
  }

  long[] userIds() {
    return userIds;
  }

  long[] itemIds() {
    return itemIds;
  }

  Map<String, Vocabulary> vocabularies() {
    return vocabularies;
  }

  Map<String, Scale> scales() {
    return scales;
  }
}
