package dev.recsys.model;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;

/** Says in plain words what is wrong with JSON, without the names of Java's classes. */
final class JsonReason {
  private JsonReason() {}

  /** Why the text is not JSON, and where. */
  static String malformed(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    String message = String.valueOf(e.getOriginalMessage());
    boolean technical = message.contains("`") || message.contains("[Source");
    return "not well-formed JSON" + place + (technical ? "" : ": " + message);
  }

  /** Why the value of the key does not make the record it should. */
  static String unfit(String key, JsonProcessingException e) {
    return "\"" + path(key, e) + "\": " + problem(e);
  }

  private static String path(String key, JsonProcessingException e) {
    StringBuilder path = new StringBuilder(key);
    if (e instanceof JsonMappingException mapping) {
      for (JsonMappingException.Reference step : mapping.getPath()) {
        path.append('.').append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static String problem(JsonProcessingException e) {
    if (e.getCause() instanceof IllegalArgumentException refusal) {
      return String.valueOf(refusal.getMessage());
    } else if (e instanceof InvalidFormatException format) {
      String type = format.getTargetType().getSimpleName();
      return "expected a value of type " + type + ", found \"" + format.getValue() + "\"";
    } else if (e instanceof PropertyBindingException) {
      return "expected no such key, found one";
    }
    return "expected a value of the right kind, found none or another kind";
  }
}
