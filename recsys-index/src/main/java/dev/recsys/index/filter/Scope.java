package dev.recsys.index.filter;

import dev.recsys.index.filter.Expr.Path;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names that an expression may use, and the text it stands in. */
final class Scope {
  /** The name of the dynamic field. */
  static final String META = "$meta";

  private final CollectionSchema schema;
  private final String text;
  private final boolean parsed;

  Scope(CollectionSchema schema, String text, boolean parsed) {
    this.schema = schema;
    this.text = text;
    this.parsed = parsed;
  }

  /**
   * A field, and the place in it that is meant.
   *
   * @param elementType the type of the elements of an array
   */
  record Place(
      String column, DataType type, @Nullable DataType elementType, List<Object> steps, Path path) {
    /** Returns the field and its type, for a message. */
    String described() {
      String of = elementType == null ? "" : " of " + elementType;
      return "\"" + ExprWriter.write(path) + "\" (" + type + of + ")";
    }
  }

  FilterException refused(Expr where, String expected, String found) {
    return new FilterException(text, parsed ? where.at().offset() : -1, expected, found);
  }

  /** Returns what a path means: a name that is not a field's is a key of the dynamic field. */
  Place resolve(Path path) {
    FieldSchema field = field(path.field());
    if (field == null) {
      if (!schema.dynamicField()) {
        throw refused(path, "a field of " + names(), "\"" + path.field() + "\"");
      }
      List<Object> steps = new ArrayList<>();
      if (!path.field().equals(META)) {
        steps.add(path.field());
      }
      steps.addAll(path.steps());
      return new Place(META, DataType.JSON, null, List.copyOf(steps), path);
    }
    if (field.dataType() == DataType.FLOAT_VECTOR) {
      throw refused(path, "a field that is not a vector", "\"" + path.field() + "\"");
    }
    Place place =
        new Place(field.name(), field.dataType(), field.elementType(), path.steps(), path);
    checkSteps(place);
    return place;
  }

  /** Returns whether a column is that of the primary key. */
  boolean isKey(@Nullable String column) {
    return schema.primaryKey().name().equals(column);
  }

  private @Nullable FieldSchema field(String name) {
    for (FieldSchema field : schema.fields()) {
      if (field.name().equals(name)) {
        return field;
      }
    }
    return null;
  }

  private String names() {
    List<String> names = new ArrayList<>();
    for (FieldSchema field : schema.fields()) {
      if (field.dataType() != DataType.FLOAT_VECTOR) {
        names.add(field.name());
      }
    }
    return "collection \"" + schema.name() + "\", which are " + names;
  }

  private void checkSteps(Place place) {
    List<Object> steps = place.steps();
    if (place.type() == DataType.ARRAY) {
      if (steps.size() > 1 || (steps.size() == 1 && !(steps.get(0) instanceof Long))) {
        throw refused(place.path(), "one index from 0 after an array", place.described());
      }
    } else if (place.type() != DataType.JSON && !steps.isEmpty()) {
      throw refused(place.path(), "an array or JSON before [", place.described());
    }
  }
}
