package dev.recsys.features;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something to recommend: an id and attributes. Whether they fit a schema is checked when the item
 * is encoded. Immutable and safe for many threads.
 */
public final class Item {
  private final long id;
  private final Map<String, Object> values;

  private Item(long id, Map<String, Object> values) {
    this.id = id;
    this.values = values;
  }

  /** Returns a builder of an item with that id. */
  public static Builder builder(long id) {
    return new Builder(id);
  }

  /** Returns the id. */
  public long id() {
    return id;
  }

  /** Returns the value of an attribute, null when it was not set. */
  public @Nullable Object get(String name) {
    return values.get(name);
  }

  /** Returns the attributes that were set, in that order; unmodifiable. */
  public Map<String, Object> values() {
    return values;
  }

  /** Returns the value of the attribute "title" as text, "" when it was not set. */
  public String title() {
    Object title = values.get("title");
    return title == null ? "" : title.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Item that && id == that.id && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, values);
  }

  @Override
  public String toString() {
    return "item " + id + " " + values;
  }

  /** Collects attributes. Not safe for many threads. */
  public static final class Builder {
    private final long id;
    private final Map<String, Object> values = new LinkedHashMap<>();

    private Builder(long id) {
      this.id = id;
    }

    /**
     * Sets an attribute, replacing a value set before.
     *
     * @param value text, a number, a boolean, or a collection or array of these; copied
     * @throws IllegalArgumentException when the value is something else
     */
    public Builder set(String name, Object value) {
      values.put(name, AttributeValues.frozen(name, value));
      return this;
    }

    /** Returns the item. */
    public Item build() {
      return new Item(id, AttributeValues.copyOf(values));
    }
  }
}
