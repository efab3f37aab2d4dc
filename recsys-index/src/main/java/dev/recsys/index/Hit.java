package dev.recsys.index;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One entity found by a search. Immutable. */
public final class Hit {
  private final long id;
  private final @Nullable String text;
  private final float score;
  private final Map<String, Object> fields;

  private Hit(long id, @Nullable String text, float score, Map<String, Object> fields) {
    this.id = id;
    this.text = text;
    this.score = score;
    this.fields =
        fields.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /**
   * Makes a hit of a collection whose primary key is INT64; see {@link #score} and {@link #fields}.
   */
  public Hit(long id, float score, Map<String, Object> fields) {
    this(id, null, score, fields);
  }

  /** Makes a hit of a collection whose primary key is VARCHAR. */
  public Hit(String key, float score, Map<String, Object> fields) {
    this(0, Objects.requireNonNull(key, "key"), score, fields);
  }

  /**
   * Returns the primary key where that is INT64.
   *
   * @throws IllegalStateException if it is VARCHAR
   */
  public long id() {
    if (text != null) {
      throw new IllegalStateException("the primary key is VARCHAR: \"" + text + "\"");
    }
    return id;
  }

  /** Returns the primary key, a Long or a String. */
  public Object key() {
    return text == null ? (Object) id : text;
  }

  /**
   * Returns the raw score in the metric of the index: inner product, cosine in [-1, 1] or squared
   * Euclidean distance.
   */
  public float score() {
    return score;
  }

  /**
   * Returns the output fields that the request named, in its order and without those that are null;
   * unmodifiable.
   */
  public Map<String, Object> fields() {
    return fields;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Hit other
        && id == other.id
        && Objects.equals(text, other.text)
        && Float.compare(score, other.score) == 0
        && fields.equals(other.fields);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, text, score, fields);
  }

  @Override
  public String toString() {
    return "Hit " + key() + " (" + score + ") " + fields;
  }
}
