package dev.recsys.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads and writes safetensors files of F32, I64 and I32.
 *
 * <p>A file is the length of the header (8 bytes, little-endian), the header ({@code {name:
 * {"dtype", "shape", "data_offsets"}}} as JSON, padded with spaces to a multiple of 8) and the
 * data. Reading takes nothing on trust: the tensors must tile the data exactly, so no more is
 * allocated than the file is long.
 */
final class Safetensors {
  private static final int HEADER_LIMIT = 1 << 20;
  private static final int CHUNK = 1 << 18;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(String name, Tensor.Type type, int[] shape, long start, long end) {}

  private Safetensors() {}

  /** The content of a file that holds the tensors, in the order of their names. */
  static DurableFiles.Content content(Map<String, Tensor> tensors) {
    return out -> write(out, new TreeMap<>(tensors));
  }

  private static void write(OutputStream out, SortedMap<String, Tensor> tensors)
      throws IOException {
    byte[] json = header(tensors);
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    byte[] length = new byte[8];
    littleEndian(length).putLong(padded.length);
    out.write(length);
    out.write(padded);
    byte[] bytes = new byte[CHUNK];
    ByteBuffer chunk = littleEndian(bytes);
    for (Tensor tensor : tensors.values()) {
      int step = CHUNK / tensor.type().bytes;
      for (int at = 0; at < tensor.size(); at += step) {
        tensor.copyTo(chunk.clear(), at, Math.min(step, tensor.size() - at));
        out.write(bytes, 0, chunk.position());
      }
    }
  }

  private static byte[] header(SortedMap<String, Tensor> tensors) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (JsonGenerator header = Json.FACTORY.createGenerator(json)) {
      header.writeStartObject();
      long offset = 0;
      for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
        Tensor tensor = entry.getValue();
        long end = offset + (long) tensor.size() * tensor.type().bytes;
        header.writeObjectFieldStart(entry.getKey());
        header.writeStringField("dtype", tensor.type().name());
        header.writeFieldName("shape");
        header.writeArray(tensor.shape(), 0, tensor.shape().length);
        header.writeFieldName("data_offsets");
        header.writeArray(new long[] {offset, end}, 0, 2);
        header.writeEndObject();
        offset = end;
      }
      header.writeEndObject();
    }
    return json.toByteArray();
  }

  /**
   * Reads every tensor of the file.
   *
   * @throws ModelFormatException if the file is missing or anything in it is not as it must be
   */
  static Map<String, Tensor> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      long size = Files.size(file);
      long length = littleEndian(readFully(in, new byte[8], 8)).getLong();
      if (length < 2 || length > HEADER_LIMIT || length > size - 8) {
        throw new ModelFormatException(
            file,
            "a header of 2 to " + Math.min(HEADER_LIMIT, Math.max(2, size - 8)) + " bytes",
            length);
      }
      byte[] header = readFully(in, new byte[(int) length], (int) length);
      List<Entry> entries = entries(file, Json.parse(file, header), size - 8 - length);
      Map<String, Tensor> tensors = new TreeMap<>();
      for (Entry entry : entries) {
        tensors.put(entry.name, read(in, entry));
      }
      return tensors;
    } catch (IOException e) {
      throw ModelFormatException.unreadable(file, e);
    }
  }

  private static List<Entry> entries(Path file, JsonNode header, long dataLength) {
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (!field.getKey().equals("__metadata__")) {
        entries.add(entry(file, field.getKey(), field.getValue()));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::start).thenComparingLong(Entry::end));
    long end = 0;
    for (Entry entry : entries) {
      if (entry.start != end) {
        throw new ModelFormatException(
            file, "tensor " + entry.name + " to start at byte " + end, entry.start);
      }
      end = entry.end;
    }
    if (end != dataLength) {
      throw new ModelFormatException(file, end + " bytes of data", dataLength);
    }
    return entries;
  }

  private static Entry entry(Path file, String name, JsonNode node) {
    Tensor.Type type =
        Arrays.stream(Tensor.Type.values())
            .filter(t -> t.name().equals(node.path("dtype").asText()))
            .findFirst()
            .orElseThrow(
                () ->
                    new ModelFormatException(
                        file,
                        "tensor " + name + " of dtype " + Arrays.toString(Tensor.Type.values()),
                        Json.shown(node.path("dtype"))));
    long[] offsets = numbers(file, name, "data_offsets", node, Long.MAX_VALUE);
    long[] lengths = numbers(file, name, "shape", node, Integer.MAX_VALUE);
    int[] shape = Arrays.stream(lengths).mapToInt(l -> (int) l).toArray();
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw new ModelFormatException(
          file, "tensor " + name + " with data_offsets [start, end]", Arrays.toString(offsets));
    }
    long bytes;
    try {
      bytes = (long) Tensor.size(shape) * type.bytes;
    } catch (ArithmeticException e) {
      throw new ModelFormatException(file, "tensor " + name + " is too large", e);
    }
    if (bytes != offsets[1] - offsets[0]) {
      throw new ModelFormatException(
          file, bytes + " bytes for tensor " + name, offsets[1] - offsets[0]);
    }
    return new Entry(name, type, shape, offsets[0], offsets[1]);
  }

  private static long[] numbers(Path file, String name, String key, JsonNode node, long limit) {
    JsonNode array = node.path(key);
    long[] numbers = new long[array.size()];
    boolean good = array.isArray();
    for (int i = 0; good && i < numbers.length; i++) {
      numbers[i] = array.get(i).asLong(-1);
      good = array.get(i).canConvertToLong() && array.get(i).isIntegralNumber();
      good &= numbers[i] >= 0 && numbers[i] <= limit;
    }
    if (!good) {
      throw new ModelFormatException(
          file,
          "tensor " + name + " with " + key + " an array of whole numbers",
          Json.shown(array));
    }
    return numbers;
  }

  private static Tensor read(InputStream in, Entry entry) throws IOException {
    int size = Tensor.size(entry.shape);
    Tensor tensor = new Tensor(entry.type, entry.type.allocate(size), entry.shape);
    byte[] bytes = new byte[(int) Math.min(CHUNK, entry.end - entry.start)];
    ByteBuffer chunk = littleEndian(bytes);
    int step = CHUNK / entry.type.bytes;
    for (int at = 0; at < size; at += step) {
      int count = Math.min(step, size - at);
      readFully(in, bytes, count * entry.type.bytes);
      tensor.copyFrom(chunk.clear(), at, count);
    }
    return tensor;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] readFully(InputStream in, byte[] bytes, int length) throws IOException {
    int count = in.readNBytes(bytes, 0, length);
    if (count < length) {
      throw new EOFException("ends " + (length - count) + " bytes early");
    }
    return bytes;
  }
}
