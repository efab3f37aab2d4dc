package dev.recsys.index.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The name and the fields of a collection: exactly one primary key, 1 to 4 vector fields, at most
 * 64 fields in all. Immutable.
 *
 * <pre>{@code
 * CollectionSchema movies = CollectionSchema.builder("movies")
 *     .primaryKey("id", DataType.INT64)
 *     .vector("vector", 200)
 *     .field("title", DataType.VARCHAR)
 *     .arrayField("genres", DataType.VARCHAR)
 *     .build();
 * }</pre>
 */
public final class CollectionSchema {
  private static final int MAX_FIELDS = 64;

  /** What a Milvus server takes unless it is told otherwise. */
  private static final int MAX_VECTORS = 4;

  private final String name;
  private final Map<String, FieldSchema> fields;
  private final List<FieldSchema> payload;
  private final FieldSchema primaryKey;
  private final List<FieldSchema> vectors;
  private final boolean dynamicField;
  private final @Nullable FieldSchema partitionKey;

  private CollectionSchema(Builder builder) {
    this.name = builder.name;
    this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(builder.fields));
    this.dynamicField = builder.dynamicField;
    this.primaryKey = some("primary key", FieldSchema::primaryKey).get(0);
    this.vectors = some("vector field", FieldSchema::isVector);
    this.payload = fields.values().stream().filter(f -> !f.primaryKey() && !f.isVector()).toList();
    this.partitionKey = builder.partitionKey == null ? null : partitionKey(builder.partitionKey);
  }

  private FieldSchema partitionKey(String fieldName) {
    FieldSchema field = field(fieldName);
    boolean type = field.dataType() == DataType.INT64 || field.dataType() == DataType.VARCHAR;
    if (!type || field.primaryKey() || field.nullable()) {
      throw new IllegalArgumentException(
          "collection \""
              + name
              + "\", partition key: must be an INT64 or VARCHAR that is never null, and not the"
              + " primary key, received "
              + field);
    }
    return field;
  }

  private List<FieldSchema> some(String what, Predicate<FieldSchema> is) {
    List<FieldSchema> found = fields.values().stream().filter(is).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "collection \""
              + name
              + "\": needs a "
              + what
              + ", received the fields "
              + fields.keySet());
    }
    return found;
  }

  /**
   * Starts a schema.
   *
   * @throws IllegalArgumentException if the name is not {@code [A-Za-z_][A-Za-z0-9_]*} of at most
   *     255 characters
   */
  public static Builder builder(String name) {
    return new Builder(Names.check("collection", name));
  }

  /**
   * Checks a name that is to stand for a collection.
   *
   * @return the name
   * @throws IllegalArgumentException as {@link #builder}
   */
  public static String checkAlias(String alias) {
    return Names.check("alias", alias);
  }

  /**
   * Checks a name that is to stand for a partition.
   *
   * @return the name
   * @throws IllegalArgumentException as {@link #builder}
   */
  public static String checkPartition(String partition) {
    return Names.check("partition", partition);
  }

  /**
   * Returns the same fields under another name.
   *
   * @throws IllegalArgumentException as {@link #builder}
   */
  public CollectionSchema named(String other) {
    Builder renamed = builder(other);
    renamed.fields.putAll(fields);
    renamed.dynamicField = dynamicField;
    renamed.partitionKey = partitionKey == null ? null : partitionKey.name();
    return renamed.build();
  }

  /** Returns the name of the collection. */
  public String name() {
    return name;
  }

  /** Returns all fields, in the order in which they were declared. */
  public List<FieldSchema> fields() {
    return List.copyOf(fields.values());
  }

  /** Returns the field that identifies an entity. */
  public FieldSchema primaryKey() {
    return primaryKey;
  }

  /**
   * Checks that primary keys are of a type, which the caller has keys of.
   *
   * @throws IllegalArgumentException if they are not
   */
  public void checkKeyType(DataType received) {
    if (primaryKey.dataType() != received) {
      throw new IllegalArgumentException(
          "collection \""
              + name
              + "\": the primary key is "
              + primaryKey.dataType()
              + ", received keys of "
              + received);
    }
  }

  /** Returns the vector field, the one declared first where there are several. */
  public FieldSchema vector() {
    return vectors.get(0);
  }

  /** Returns all vector fields, in the order in which they were declared. */
  public List<FieldSchema> vectors() {
    return vectors;
  }

  /**
   * Returns the vector field of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public FieldSchema vector(String fieldName) {
    for (FieldSchema field : vectors) {
      if (field.name().equals(fieldName)) {
        return field;
      }
    }
    List<String> names = vectors.stream().map(FieldSchema::name).toList();
    throw new IllegalArgumentException(
        "collection \"" + name + "\": no vector field \"" + fieldName + "\"; it has " + names);
  }

  /**
   * Checks that indexes are named for the vector fields, for each and for nothing else.
   *
   * @throws IllegalArgumentException if they are not
   */
  public void checkIndexed(Set<String> fieldNames) {
    Set<String> names = vectors.stream().map(FieldSchema::name).collect(Collectors.toSet());
    if (!names.equals(fieldNames)) {
      throw new IllegalArgumentException(
          "collection \""
              + name
              + "\": an index is needed for each of the vector fields "
              + new TreeSet<>(names)
              + ", received those of "
              + new TreeSet<>(fieldNames));
    }
  }

  /** Returns the fields that are neither the primary key nor vectors, in order. */
  public List<FieldSchema> payload() {
    return payload;
  }

  /**
   * Returns whether entities may have fields that are not declared; they are kept as JSON, in the
   * field {@code $meta}.
   */
  public boolean dynamicField() {
    return dynamicField;
  }

  /**
   * Returns the field whose values decide which partition an entity is in, null where partitions
   * are named by the application, if there are any.
   */
  public @Nullable FieldSchema partitionKey() {
    return partitionKey;
  }

  /**
   * Checks that partitions may be named.
   *
   * @throws IllegalArgumentException if there is a partition key
   */
  public void checkNamesPartitions() {
    if (partitionKey != null) {
      throw new IllegalArgumentException(
          "collection \""
              + name
              + "\": its partitions follow from the partition key \""
              + partitionKey.name()
              + "\" and are not named; a filter on it finds in one partition");
    }
  }

  /**
   * Returns the field of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public FieldSchema field(String fieldName) {
    FieldSchema field = fields.get(fieldName);
    if (field == null) {
      throw new IllegalArgumentException(
          "collection \"" + name + "\": no field \"" + fieldName + "\"; it has " + fields.keySet());
    }
    return field;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    // the order of the fields is part of what a schema is
    return o instanceof CollectionSchema other
        && name.equals(other.name)
        && dynamicField == other.dynamicField
        && Objects.equals(partitionKey, other.partitionKey)
        && fields().equals(other.fields());
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, dynamicField, partitionKey, fields());
  }

  @Override
  public String toString() {
    return name
        + fields.values()
        + (dynamicField ? " and a dynamic field" : "")
        + (partitionKey == null ? "" : ", partition key \"" + partitionKey.name() + "\"");
  }

  /** Collects the fields of a schema; every call checks at once what it is given. */
  public static final class Builder {
    private final String name;
    private final Map<String, FieldSchema> fields = new LinkedHashMap<>();
    private boolean dynamicField;
    private @Nullable String partitionKey;

    private Builder(String name) {
      this.name = name;
    }

    /** Adds the primary key, of type {@link DataType#INT64} or {@link DataType#VARCHAR}. */
    public Builder primaryKey(String fieldName, DataType dataType) {
      return add(FieldSchema.primaryKey(fieldName, dataType));
    }

    /** Adds a vector field, of 1 to 32,768 components; the first is the one searched by default. */
    public Builder vector(String fieldName, int dimension) {
      return add(FieldSchema.vector(fieldName, dimension));
    }

    /** Adds a field of a scalar type, or of JSON. */
    public Builder field(String fieldName, DataType dataType) {
      return add(FieldSchema.scalar(fieldName, dataType));
    }

    /** Adds a field of lists of a scalar type. */
    public Builder arrayField(String fieldName, DataType elementType) {
      return add(FieldSchema.array(fieldName, elementType));
    }

    /**
     * Adds a field.
     *
     * @throws IllegalArgumentException if its name is taken, if it is a second primary key or a
     *     fifth vector, or if there are 64 already
     */
    public Builder add(FieldSchema field) {
      for (FieldSchema earlier : fields.values()) {
        if (earlier.name().equals(field.name())) {
          throw refused("field \"" + field.name() + "\" is declared twice");
        }
        if (earlier.primaryKey() && field.primaryKey()) {
          throw refused(
              "at most one primary key, received \""
                  + earlier.name()
                  + "\" and \""
                  + field.name()
                  + "\"");
        }
      }
      long vectors = fields.values().stream().filter(FieldSchema::isVector).count();
      if (vectors == MAX_VECTORS && field.isVector()) {
        throw refused(
            "at most " + MAX_VECTORS + " vector fields, received one more: " + field.name());
      }
      if (fields.size() == MAX_FIELDS) {
        throw refused("at most " + MAX_FIELDS + " fields, received one more: " + field.name());
      }
      fields.put(field.name(), field);
      return this;
    }

    /** Lets entities have fields that are not declared. */
    public Builder dynamicField() {
      this.dynamicField = true;
      return this;
    }

    /**
     * Makes a field the partition key: a server keeps entities of one value together, and a filter
     * on it looks through those only. In process every field is indexed as well as that.
     *
     * @throws IllegalArgumentException if there is another partition key; {@link #build} checks
     *     that the field is there, an INT64 or VARCHAR that is never null, and not the primary key
     */
    public Builder partitionKey(String fieldName) {
      if (partitionKey != null) {
        throw refused(
            "at most one partition key, received \""
                + partitionKey
                + "\" and \""
                + fieldName
                + "\"");
      }
      partitionKey = Objects.requireNonNull(fieldName, "fieldName");
      return this;
    }

    private IllegalArgumentException refused(String why) {
      return new IllegalArgumentException("collection \"" + name + "\": " + why);
    }

    /**
     * Returns the schema.
     *
     * @throws IllegalArgumentException if the primary key or the vector field is missing, or the
     *     partition key is not a field that can be one
     */
    public CollectionSchema build() {
      return new CollectionSchema(this);
    }
  }
}
