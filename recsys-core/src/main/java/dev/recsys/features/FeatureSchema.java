package dev.recsys.features;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The attributes that describe users and items, in order. Immutable and safe for many threads.
 *
 * <p>Names are unique across users and items. Ids are not attributes: every user and item may have
 * one.
 */
public final class FeatureSchema {
  private final String name;
  private final List<Attribute> userAttributes;
  private final List<Attribute> itemAttributes;

  private FeatureSchema(Builder builder) {
    this.name = builder.name;
    this.userAttributes = List.copyOf(builder.userAttributes);
    this.itemAttributes = List.copyOf(builder.itemAttributes);
  }

  /** Returns a builder of a schema with that name, which appears in messages and files. */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /**
   * Returns the schema that maps, lists, strings and numbers describe, such as JSON becomes: {@code
   * name}, and lists {@code user} and {@code item} of attributes, each with {@code name}, {@code
   * kind} (one of {@link Attribute.Kind}) and, where they apply, {@code labels} (a map from code to
   * label) or {@code lowerBounds} of a categorical, {@code maxTokens} (16) and {@code ignoring} of
   * a text.
   *
   * @throws IllegalArgumentException naming the key, what is allowed there and what was found
   */
  public static FeatureSchema fromMap(Map<String, ?> map) {
    return SchemaFormat.fromMap(MapReader.of("schema", map));
  }

  /** Returns what {@link #fromMap} reads: maps, lists, strings and numbers. */
  public Map<String, Object> toMap() {
    return SchemaFormat.toMap(this);
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns the attributes of users, in order. */
  public List<Attribute> userAttributes() {
    return userAttributes;
  }

  /** Returns the attributes of items, in order. */
  public List<Attribute> itemAttributes() {
    return itemAttributes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureSchema that
        && name.equals(that.name)
        && userAttributes.equals(that.userAttributes)
        && itemAttributes.equals(that.itemAttributes);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * name.hashCode() + userAttributes.hashCode()) + itemAttributes.hashCode();
  }

  @Override
  public String toString() {
    return name + ": users " + userAttributes + ", items " + itemAttributes;
  }

  /** Collects attributes; checks each as it comes. Not safe for many threads. */
  public static final class Builder {
    private final String name;
    private final List<Attribute> userAttributes = new ArrayList<>();
    private final List<Attribute> itemAttributes = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private Builder(String name) {
      this.name = name;
    }

    /**
     * Adds an attribute of users.
     *
     * @throws IllegalArgumentException when it is not categorical, or its name is taken
     */
    public Builder user(Attribute attribute) {
      if (attribute.kind() != Attribute.Kind.CATEGORICAL) {
        throw new IllegalArgumentException(
            "schema \"%s\": an attribute of users must be CATEGORICAL, not %s"
                .formatted(name, attribute));
      }
      userAttributes.add(unique(attribute));
      return this;
    }

    /**
     * Adds an attribute of items.
     *
     * @throws IllegalArgumentException when its name is taken
     */
    public Builder item(Attribute attribute) {
      itemAttributes.add(unique(attribute));
      return this;
    }

    private Attribute unique(Attribute attribute) {
      if (!names.add(attribute.name())) {
        throw new IllegalArgumentException(
            "schema \"%s\": a second attribute named \"%s\"".formatted(name, attribute.name()));
      }
      return attribute;
    }

    /** Returns the schema. */
    public FeatureSchema build() {
      return new FeatureSchema(this);
    }
  }
}
