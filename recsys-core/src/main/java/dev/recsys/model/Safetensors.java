package dev.recsys.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    return channel -> write(channel, new TreeMap<>(tensors));
  }

  private static void write(WritableByteChannel channel, SortedMap<String, Tensor> tensors)
      throws IOException {
    ObjectNode header = Json.MAPPER.createObjectNode();
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      long end = offset + (long) tensor.size() * tensor.type().bytes;
      ObjectNode node = header.putObject(entry.getKey()).put("dtype", tensor.type().name());
      Arrays.stream(tensor.shape()).forEach(node.putArray("shape")::add);
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    Json.writeFully(channel, length.putLong(padded.length).flip());
    Json.writeFully(channel, ByteBuffer.wrap(padded));
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (Tensor tensor : tensors.values()) {
      int step = CHUNK / tensor.type().bytes;
      for (int at = 0; at < tensor.size(); at += step) {
        tensor.copyTo(chunk.clear(), at, Math.min(step, tensor.size() - at));
        Json.writeFully(channel, chunk.flip());
      }
    }
  }

  /**
   * Reads every tensor of the file.
   *
   * @throws ModelFormatException if the file is missing or anything in it is not as it must be
   */
  static Map<String, Tensor> read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      ByteBuffer prefix = readFully(channel, buffer(8));
      long length = prefix.getLong();
      if (length < 2 || length > HEADER_LIMIT || length > size - 8) {
        throw new ModelFormatException(
            file,
            "a header of 2 to " + Math.min(HEADER_LIMIT, Math.max(2, size - 8)) + " bytes",
            length);
      }
      byte[] header = new byte[(int) length];
      readFully(channel, ByteBuffer.wrap(header));
      List<Entry> entries = entries(file, Json.parse(file, header), size - 8 - length);
      Map<String, Tensor> tensors = new TreeMap<>();
      for (Entry entry : entries) {
        tensors.put(entry.name, read(channel, entry));
      }
      return tensors;
    } catch (IOException e) {
      throw new ModelFormatException(file, "cannot be read: " + e, e);
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
                        node.path("dtype")));
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
          file, "tensor " + name + " with " + key + " an array of whole numbers", array);
    }
    return numbers;
  }

  private static Tensor read(FileChannel channel, Entry entry) throws IOException {
    int size = Tensor.size(entry.shape);
    Tensor tensor = new Tensor(entry.type, entry.type.allocate(size), entry.shape);
    ByteBuffer chunk = buffer((int) Math.min(CHUNK, entry.end - entry.start));
    int step = CHUNK / entry.type.bytes;
    for (int at = 0; at < size; at += step) {
      int count = Math.min(step, size - at);
      chunk.clear().limit(count * entry.type.bytes);
      tensor.copyFrom(readFully(channel, chunk), at, count);
    }
    return tensor;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer readFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("ends " + buffer.remaining() + " bytes early");
      }
    }
    return buffer.flip();
  }
}
