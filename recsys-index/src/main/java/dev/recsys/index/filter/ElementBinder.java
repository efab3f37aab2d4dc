package dev.recsys.index.filter;

import dev.recsys.index.filter.Expr.Constant;
import dev.recsys.index.filter.Expr.Contains;
import dev.recsys.index.filter.Expr.Wanted;
import dev.recsys.index.filter.Scope.Place;
import dev.recsys.index.schema.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks conditions on the elements of arrays, of fields and in JSON. */
final class ElementBinder {
  private final Scope scope;

  ElementBinder(Scope scope) {
    this.scope = scope;
  }

  Condition bind(Contains contains) {
    Place place = scope.resolve(contains.array());
    boolean array = place.type() == DataType.ARRAY && place.steps().isEmpty();
    if (!array && place.type() != DataType.JSON) {
      throw scope.refused(contains.array(), "an array or JSON", place.described());
    }
    List<Object> wanted = wanted(contains);
    if (!array) {
      Value.Plan json = ValueBinder.json(place);
      return new Leaf.Rows(
          columns -> Tests.contains(json.open(columns), contains.wanted(), wanted),
          Set.of(place.column()),
          Leaf.SLOW);
    }
    if (!fit(place, wanted)) {
      throw scope.refused(
          contains.elements(),
          "elements for " + place.described(),
          ExprWriter.write(contains.elements()));
    }
    DataType type = Objects.requireNonNull(place.elementType());
    List<@Nullable Object> elements = new ArrayList<>(wanted.size());
    wanted.forEach(constant -> elements.add(element(type, constant)));
    return new Leaf.Elements(place.column(), contains.wanted(), elements);
  }

  private List<Object> wanted(Contains contains) {
    boolean one = contains.wanted() == Wanted.ONE;
    if (!(contains.elements() instanceof Constant constant)) {
      Object folded = one ? Folding.constant(contains.elements()) : null;
      if (folded != null) {
        return List.of(folded);
      }
      throw scope.refused(
          contains.elements(),
          one ? "a constant" : "a list of constants",
          ExprWriter.write(contains.elements()));
    }
    if (one) {
      return List.of(constant.value());
    }
    if (!(constant.value() instanceof List<?> list)) {
      throw scope.refused(constant, "a list", Constants.describe(constant.value()));
    }
    return List.copyOf(list);
  }

  /** Returns whether constants can be compared with the elements of an array. */
  static boolean fit(Place array, List<?> constants) {
    ValueType type = ValueType.of(Objects.requireNonNull(array.elementType()));
    for (Object constant : constants) {
      if (!type.comparable(ValueType.of(constant))) {
        return false;
      }
    }
    return true;
  }

  /** Returns the constant in the class of the elements, null if no element can equal it. */
  static @Nullable Object element(DataType type, Object constant) {
    if (!(constant instanceof Number number)) {
      return constant;
    }
    if (ValueType.of(type) == ValueType.INTEGER) {
      long whole = number.longValue();
      return Scalars.same(whole, number) ? whole : null;
    }
    double real = type == DataType.FLOAT ? number.floatValue() : number.doubleValue();
    // the zeros are equal, and this is the one that columns keep
    real += 0.0;
    return type == DataType.FLOAT || Scalars.same(real, number) ? (Object) real : null;
  }
}
