package dev.recsys.features;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a user: perhaps an id, perhaps some attributes. Whether they fit a schema is
 * checked when the profile is encoded. Immutable and safe for many threads.
 */
public final class UserProfile {
  private final boolean hasId;
  private final long id;
  private final Map<String, Object> values;

  private UserProfile(boolean hasId, long id, Map<String, Object> values) {
    this.hasId = hasId;
    this.id = id;
    this.values = values;
  }

  /** Returns the profile of a user of whom only the id is given. */
  public static UserProfile ofId(long id) {
    return new UserProfile(true, id, Map.of());
  }

  /** Returns a builder of a profile without id and attributes. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the id, if there is one. */
  public OptionalLong id() {
    return hasId ? OptionalLong.of(id) : OptionalLong.empty();
  }

  /** Returns the value of an attribute, null when it was not set. */
  public @Nullable Object get(String name) {
    return values.get(name);
  }

  /** Returns the attributes that were set, in that order; unmodifiable. */
  public Map<String, Object> values() {
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UserProfile that
        && hasId == that.hasId
        && id == that.id
        && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(hasId, id, values);
  }

  @Override
  public String toString() {
    return hasId ? "user " + id + " " + values : "user " + values;
  }

  /** Collects id and attributes. Not safe for many threads. */
  public static final class Builder {
    private boolean hasId;
    private long id;
    private final Map<String, Object> values = new LinkedHashMap<>();

    private Builder() {}

    /** Sets the id. */
    public Builder id(long id) {
      this.hasId = true;
      this.id = id;
      return this;
    }

    /**
     * Sets an attribute, replacing a value set before.
     *
     * @param value text, a number or a boolean
     * @throws IllegalArgumentException when the value is something else
     */
    public Builder set(String name, Object value) {
      values.put(name, AttributeValues.frozen(name, value));
      return this;
    }

    /** Returns the profile. */
    public UserProfile build() {
      return new UserProfile(hasId, id, AttributeValues.copyOf(values));
    }
  }
}
