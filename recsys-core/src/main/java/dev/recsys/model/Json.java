package dev.recsys.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  private static final ObjectWriter CANONICAL =
      MAPPER
          .writer()
          .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .without(SerializationFeature.INDENT_OUTPUT);

  private static final int SHOWN = 80;

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
      throw ModelFormatException.unreadable(file, e);
    }
  }

  /**
   * Reads the JSON object that the file holds as maps, lists, texts and numbers, which takes a
   * quarter of the time of a tree where a JVM has just started.
   */
  static Map<String, Object> map(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      Object value = MAPPER.readValue(bytes, Object.class);
      if (!(value instanceof Map<?, ?> map)) {
        throw new ModelFormatException(file, "a JSON object", shown(MAPPER.valueToTree(value)));
      }
      Map<String, Object> result = new LinkedHashMap<>();
      map.forEach((key, each) -> result.put((String) key, each));
      return result;
    } catch (JsonProcessingException e) {
      throw new ModelFormatException(file, JsonReason.malformed(e), e);
    } catch (IOException e) {
      throw ModelFormatException.unreadable(file, e);
    }
  }

  /** Parses one JSON object found in the file. */
  static JsonNode parse(Path file, byte[] bytes) {
    try {
      JsonNode node = MAPPER.readTree(bytes);
      if (node == null || !node.isObject()) {
        throw new ModelFormatException(file, "a JSON object", shown(node));
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new ModelFormatException(file, JsonReason.malformed(e), e);
    } catch (IOException e) {
      throw ModelFormatException.unreadable(file, e);
    }
  }

  /** Converts a node to a record of ours, every component of which must be there. */
  static <T> T convert(Path file, String key, JsonNode parent, Class<T> type) {
    if (!parent.has(key)) {
      throw new ModelFormatException(file, "\"" + key + "\"", "none");
    }
    try {
      return MAPPER.treeToValue(parent.get(key), type);
    } catch (JsonProcessingException e) {
      throw new ModelFormatException(file, JsonReason.unfit(key, e), e);
    }
  }

  /** A value as an error message shows it: one line, not too long. */
  static String shown(@Nullable JsonNode node) {
    if (node == null || node.isMissingNode()) {
      return "none";
    }
    String text = node.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 3) + "...";
  }

  /** The SHA-256 of a value's content, whatever the order of its keys and the white space. */
  static String sha256(JsonNode value) {
    try {
      // Through the text, since a number that is read may be of another Java type than it was.
      Object plain = MAPPER.readValue(MAPPER.writeValueAsBytes(value), Object.class);
      return Checksum.of(out -> CANONICAL.writeValue(out, plain));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
