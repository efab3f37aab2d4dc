package dev.recsys.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * JSON files and headers as they are read: strictly, and token by token, since a mapper takes a
 * third of a second of a JVM that has just started.
 */
final class Json {
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int SHOWN = 80;

  private Json() {}

  /** Reads the JSON object that the file holds. */
  static ObjectNode read(Path file) {
    try {
      return parse(file, Files.readAllBytes(file));
    } catch (IOException e) {
      throw ModelFormatException.unreadable(file, e);
    }
  }

  /** Parses one JSON object found in the file. */
  static ObjectNode parse(Path file, byte[] bytes) {
    if (parsed(file, bytes, Json::node) instanceof ObjectNode object) {
      return object;
    }
    throw new ModelFormatException(file, "a JSON object", shown(parsed(file, bytes, Json::node)));
  }

  /** Reads the JSON object that the file holds as maps, lists, texts and numbers. */
  static Map<String, Object> map(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw ModelFormatException.unreadable(file, e);
    }
    if (parsed(file, bytes, Json::plain) instanceof Map<?, ?> map) {
      Map<String, Object> result = new LinkedHashMap<>();
      map.forEach((key, value) -> result.put((String) key, value));
      return result;
    }
    throw new ModelFormatException(file, "a JSON object", shown(parsed(file, bytes, Json::node)));
  }

  /** What one value is read as; the parser stands at its first token, and then at its last. */
  @FunctionalInterface
  private interface Value<T> {
    T read(JsonParser parser) throws IOException;
  }

  private static <T> @Nullable T parsed(Path file, byte[] bytes, Value<T> value) {
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      T result = parser.nextToken() == null ? null : value.read(parser);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "something follows after the value");
      }
      return result;
    } catch (JsonProcessingException e) {
      throw new ModelFormatException(file, malformed(e), e);
    } catch (IOException e) {
      throw ModelFormatException.unreadable(file, e);
    }
  }

  private static JsonNode node(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          object.set(name, node(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(node(parser));
        }
        yield array;
      }
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT -> whole(parser);
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      default -> throw new JsonParseException(parser, "no value: " + parser.currentToken());
    };
  }

  private static JsonNode whole(JsonParser parser) throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  /** A value as maps, lists, texts and numbers; null is left as it is. */
  @SuppressWarnings("NullAway") // JSON has nulls
  private static Object plain(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, plain(parser));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(plain(parser));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new JsonParseException(parser, "no value: " + parser.currentToken());
    };
  }

  /** Why the text is not JSON, and where. */
  private static String malformed(JsonProcessingException e) {
    var at = e.getLocation();
    String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    String message = String.valueOf(e.getOriginalMessage());
    boolean technical = message.contains("`") || message.contains("[Source");
    return "not well-formed JSON" + place + (technical ? "" : ": " + message);
  }

  /** Converts a node to a record of ours, every component of which must be there. */
  static <T> T convert(Path file, String key, JsonNode parent, Function<JsonRecord, T> maker) {
    if (!parent.has(key)) {
      throw new ModelFormatException(file, "\"" + key + "\"", "none");
    }
    try {
      return JsonRecord.make(key, parent.get(key), maker);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(file, String.valueOf(e.getMessage()), e);
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
    return checksum(value, Checksum::of);
  }

  /** The CRC-32C of a value's content, whatever the order of its keys and the white space. */
  static String crc32c(JsonNode value) {
    return checksum(value, Checksum::crc32c);
  }

  private interface Sum {
    String of(DurableFiles.Content content) throws IOException;
  }

  private static String checksum(JsonNode value, Sum sum) {
    try {
      return sum.of(out -> writeCanonical(value, out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeCanonical(JsonNode value, OutputStream out) throws IOException {
    try (JsonGenerator generator = FACTORY.createGenerator(out)) {
      writeCanonical(value, generator);
    }
  }

  private static Set<String> names(ObjectNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void writeCanonical(JsonNode value, JsonGenerator out) throws IOException {
    if (value instanceof ObjectNode object) {
      out.writeStartObject();
      for (String name : names(object)) {
        out.writeFieldName(name);
        writeCanonical(object.get(name), out);
      }
      out.writeEndObject();
    } else if (value instanceof ArrayNode array) {
      out.writeStartArray();
      for (JsonNode element : array) {
        writeCanonical(element, out);
      }
      out.writeEndArray();
    } else if (value.isFloatingPointNumber()) {
      out.writeNumber(value.doubleValue());
    } else if (value.isNumber()) {
      out.writeNumber(value.asText());
    } else if (value.isBoolean()) {
      out.writeBoolean(value.booleanValue());
    } else if (value.isNull()) {
      out.writeNull();
    } else {
      out.writeString(value.asText());
    }
  }
}
