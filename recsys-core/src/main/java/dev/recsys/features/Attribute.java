package dev.recsys.features;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A named property of users or of items, and the values it may take. Immutable and safe for many
 * threads.
 *
 * <p>A closed set ({@link #categorical(String, Map)}, {@link #bucketed}) refuses any other value;
 * an open one ({@link #categorical(String)}, {@link #multiValued}) accepts all, and values that
 * were not in the data share the row of the unknown.
 */
public final class Attribute {
  /** How the values of an attribute are encoded. */
  public enum Kind {
    /** One value of a set: one row. */
    CATEGORICAL,
    /** Several values of a set, such as genres: a row for each. */
    MULTI_VALUED,
    /** Free text, such as a title: a row for each of its first tokens. */
    TEXT,
    /** A number, standardised to mean 0 and deviation 1. */
    NUMERIC
  }

  private final String name;
  private final Kind kind;
  private final Domain domain;

  Attribute(String name, Kind kind, Domain domain) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("an attribute's name must not be blank");
    }
    this.name = name;
    this.kind = kind;
    this.domain = domain;
  }

  /** Returns an attribute with one value of an open set, which is learned from the data. */
  public static Attribute categorical(String name) {
    return new Attribute(name, Kind.CATEGORICAL, new OpenDomain());
  }

  /**
   * Returns an attribute with one value of a closed set. A value is given by its code or its label,
   * in any case; of a label such as "academic/educator" each part is accepted too, when no other
   * label has it.
   *
   * @param labels the label of each code, in the order in which messages list them
   * @throws IllegalArgumentException when there is no code, or a label stands for two codes
   */
  public static Attribute categorical(String name, Map<String, String> labels) {
    return new Attribute(name, Kind.CATEGORICAL, new ClosedDomain(name, labels));
  }

  /**
   * Returns an attribute whose values are numbers from 0 on, told apart only by their bucket. The
   * canonical value is the bucket's lower bound; numbers below the first bound are in the first
   * bucket.
   *
   * @throws IllegalArgumentException when there is no bound, or the bounds do not ascend from 0 on
   */
  public static Attribute bucketed(String name, int... lowerBounds) {
    return new Attribute(name, Kind.CATEGORICAL, new BucketDomain(name, lowerBounds));
  }

  /** Returns an attribute with any number of values of an open set, such as genres. */
  public static Attribute multiValued(String name) {
    return new Attribute(name, Kind.MULTI_VALUED, new OpenDomain());
  }

  /**
   * Returns an attribute of free text. Its tokens are runs of letters and digits of any script, in
   * lower case.
   *
   * @param maxTokens how many tokens count, at least 1; those after are ignored
   */
  public static Attribute text(String name, int maxTokens) {
    if (maxTokens < 1) {
      throw new IllegalArgumentException(
          "attribute \"%s\": at least 1 token must count, not %d".formatted(name, maxTokens));
    }
    return new Attribute(name, Kind.TEXT, new TextDomain(maxTokens, ""));
  }

  /** Returns an attribute that is a finite number. */
  public static Attribute numeric(String name) {
    return new Attribute(name, Kind.NUMERIC, new NumberDomain());
  }

  /**
   * Returns this text attribute with some parts of the text not seen by the encoder, such as the
   * year at the end of a title. The value itself keeps them.
   *
   * @param regex matches what is left out, as in {@link Pattern}
   * @throws IllegalStateException when this is not a text
   * @throws java.util.regex.PatternSyntaxException when the expression is malformed
   */
  public Attribute ignoring(String regex) {
    if (!(domain instanceof TextDomain text)) {
      throw new IllegalStateException("attribute \"" + name + "\" is " + kind + ", not TEXT");
    }
    Pattern.compile(regex);
    return new Attribute(name, kind, new TextDomain(text.maxTokens(), regex));
  }

  /** Returns the name, unique in a schema. */
  public String name() {
    return name;
  }

  /** Returns how the values are encoded. */
  public Kind kind() {
    return kind;
  }

  /**
   * Returns the one spelling under which a single value is known: the code in a closed set, the
   * lower bound of its bucket, else the value as text. Numbers and their text are the same value.
   *
   * @throws IllegalArgumentException naming the attribute, what is allowed and what was received
   */
  public String canonical(Object value) {
    return domain.canonical(name, value);
  }

  Domain domain() {
    return domain;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attribute that
        && name.equals(that.name)
        && kind == that.kind
        && domain.equals(that.domain);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, kind, domain);
  }

  @Override
  public String toString() {
    return name + " (" + kind + ")";
  }
}
