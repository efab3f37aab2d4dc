package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  private static final String ONE =
      "{'a':{'dtype':'I32','shape':[2],'data_offsets':[0,8]}}".replace('\'', '"');

  @TempDir Path directory;

  @Property(tries = 60)
  void readsWhatItWrote(@ForAll long seed, @ForAll @IntRange(min = 0, max = 5) int count)
      throws IOException {
    Map<String, Tensor> tensors = random(new Random(seed), count);
    Path file = Files.createTempFile("tensors", ".safetensors");
    try {
      Files.write(file, bytes(tensors));
      assertThat(Safetensors.read(file)).isEqualTo(tensors);
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 400)
  void changedBytesGiveTensorsOfTheSameSizeOrAModelFormatException(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int changes) throws IOException {
    Random random = new Random(seed);
    Path file = Files.createTempFile("tensors", ".safetensors");
    try {
      byte[] bytes = bytes(random(random, 3));
      int header = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
      for (int i = 0; i < changes; i++) {
        bytes[random.nextInt(header + 8)] = (byte) random.nextInt(256);
      }
      Files.write(file, bytes);
      long total = 0;
      for (Tensor tensor : Safetensors.read(file).values()) {
        total += (long) tensor.size() * tensor.type().bytes;
      }
      assertThat(total).isLessThan(bytes.length);
    } catch (ModelFormatException e) {
      assertThat(e.path()).isEqualTo(file);
      assertThat(e).hasMessageContaining(file.toString());
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 100)
  void aFileCutShortIsRefused(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Path file = Files.createTempFile("tensors", ".safetensors");
    try {
      byte[] bytes = bytes(random(random, 3));
      Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(ModelFormatException.class);
    } finally {
      Files.delete(file);
    }
  }

  private static byte[] bytes(Map<String, Tensor> tensors) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Safetensors.content(tensors).writeTo(bytes);
    return bytes.toByteArray();
  }

  private static Map<String, Tensor> random(Random random, int count) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      int rows = random.nextInt(4);
      int columns = 1 + random.nextInt(300);
      int size = rows * columns;
      tensors.put(
          "tensor \"" + i + "\" \u00e9",
          switch (random.nextInt(3)) {
            case 0 -> {
              float[] values = new float[size];
              for (int k = 0; k < size; k++) {
                values[k] = random.nextFloat();
              }
              yield Tensor.of(values, rows, columns);
            }
            case 1 -> Tensor.of(random.longs(size).toArray(), size);
            default -> Tensor.of(random.ints(size).toArray(), rows, columns);
          });
    }
    return tensors;
  }

  @Test
  void tensorsLargerThanABufferAreWhole() throws IOException {
    float[] values = new float[200_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Path file = directory.resolve("large");
    Map<String, Tensor> tensors = Map.of("values", Tensor.of(values, values.length));
    DurableFiles.replace(file, Safetensors.content(tensors));
    assertThat(Safetensors.read(file)).isEqualTo(tensors);
  }

  @Test
  void bytesAreThoseOfTheFormat() throws IOException {
    Path file = directory.resolve("one");
    DurableFiles.replace(file, Safetensors.content(Map.of("a", Tensor.of(new int[] {1, 258}, 2))));
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) bytes.getLong()];
    bytes.get(header);
    assertThat(header.length % 8).isZero();
    assertThat(new String(header, StandardCharsets.UTF_8).strip()).isEqualTo(ONE);
    assertThat(bytes.getInt()).isEqualTo(1);
    assertThat(bytes.getInt()).isEqualTo(258);
    assertThat(bytes.remaining()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "not json; not well-formed JSON at line 1",
        "[]; a JSON object",
        "{\"a\":1}; tensor a of dtype",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}; of dtype [F32, I64, I32]",
        "{\"a\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[0,4]}}; 8 bytes for tensor a",
        "{\"a\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[0,4]}}; 4 bytes of data",
        "{\"a\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[4,8]}}; to start at byte 0",
        "{\"a\":{\"dtype\":\"I32\",\"shape\":[-2],\"data_offsets\":[0,8]}}; shape an array of whole",
        "{\"a\":{\"dtype\":\"I32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}; shape an array of whole",
        "{\"a\":{\"dtype\":\"I32\",\"shape\":2,\"data_offsets\":[0,8]}}; shape an array of whole",
        "{\"a\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[8]}}; data_offsets [start, end]",
        "{\"a\":{\"dtype\":\"I32\",\"shape\":[2000000000,2],\"data_offsets\":[0,8]}}; is too large",
        "{\"a\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":{}}; not well-formed JSON at line 1",
      })
  void refusesWhatIsNotAsItMustBe(String header, String reason) throws IOException {
    Path file = write(header, 8);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void overlappingTensorsAreRefused() throws IOException {
    Path file =
        write(
            "{\"a\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
            8);
    assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("to start at byte 8");
  }

  @Test
  void metadataOfOtherWritersIsPassedOver() throws IOException {
    Path file = write(ONE.replace("{\"a\"", "{\"__metadata__\":{\"by\":\"x\"},\"a\""), 8);
    assertThat(Safetensors.read(file)).containsOnlyKeys("a");
  }

  @Test
  void aHeaderLongerThanTheFileIsNotAllocated() throws IOException {
    Path file = directory.resolve("long");
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(Long.MAX_VALUE).array());
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("found " + Long.MAX_VALUE);
  }

  @Test
  void aMissingFileIsAModelFormatException() {
    assertThatThrownBy(() -> Safetensors.read(directory.resolve("none")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("none");
  }

  private Path write(String header, int dataBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    Path file = directory.resolve("file");
    Files.write(file, bytes.putLong(json.length).put(json).array());
    return file;
  }
}
