package dev.recsys.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON files as they are written: so that people can read them. */
final class JsonWriting {
  static final JsonMapper MAPPER =
      JsonMapper.builder(Json.FACTORY).enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonWriting() {}

  /** The content of a file that holds the value as indented JSON. */
  static DurableFiles.Content content(Object value) {
    return out -> MAPPER.writeValue(out, value);
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** A value of ours, as the file will hold it. */
  static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }
}
