package dev.recsys.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON files and headers: strict on reading, readable when written. */
final class Json {
  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private Json() {}

  /** The content of a file that holds the value as indented JSON. */
  static DurableFiles.Content content(Object value) {
    return out -> MAPPER.writeValue(out, value);
  }

  /** A value of ours, as the file will hold it. */
  static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** Reads the JSON object that the file holds. */
  static JsonNode read(Path file) {
    try {
      return parse(file, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new ModelFormatException(file, "cannot be read: " + e, e);
    }
  }

  /** Parses one JSON object found in the file. */
  static JsonNode parse(Path file, byte[] bytes) {
    try {
      JsonNode node = MAPPER.readTree(bytes);
      if (node == null || !node.isObject()) {
        throw new ModelFormatException(
            file, "a JSON object", node == null ? "nothing" : node.getNodeType());
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new ModelFormatException(file, "not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new ModelFormatException(file, "cannot be read: " + e, e);
    }
  }

  /** Converts a node to a record of ours, every component of which must be there. */
  static <T> T convert(Path file, String key, JsonNode parent, Class<T> type) {
    try {
      return MAPPER.treeToValue(parent.required(key), type);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      String message =
          e instanceof JsonProcessingException p ? p.getOriginalMessage() : e.getMessage();
      throw new ModelFormatException(file, "\"" + key + "\": " + message, e);
    }
  }
}
