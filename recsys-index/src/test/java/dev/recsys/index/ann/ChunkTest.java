package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class ChunkTest {
  private static final int DIMENSION = 3;

  private static float[] read(Chunk chunk, int row) {
    float[] scratch = new float[DIMENSION];
    float[] vectors = chunk.vectors(row, scratch);
    float[] out = new float[DIMENSION];
    System.arraycopy(vectors, Chunk.at(vectors, row, scratch), out, 0, DIMENSION);
    return out;
  }

  /** Of 20 floats, the chunk's begin at the sixth and end early. */
  private static Chunk mapped(FloatBuffer floats) {
    return new Chunk(new int[8], floats.asReadOnlyBuffer(), 6);
  }

  private static FloatBuffer floats() {
    FloatBuffer floats = FloatBuffer.allocate(20);
    for (int i = 0; i < 20; i++) {
      floats.put(i, i);
    }
    return floats;
  }

  @Test
  void mappedVectorsAreReadFromWhereTheChunkBegins() {
    Chunk chunk = mapped(floats());
    assertThat(read(chunk, 0)).containsExactly(6, 7, 8);
    assertThat(read(chunk, 3)).containsExactly(15, 16, 17);
  }

  @Test
  void theFirstOverwriteKeepsAllOtherVectorsOfAMappedChunk() {
    FloatBuffer floats = floats();
    Chunk chunk = mapped(floats);
    chunk.write(1, new float[] {-1, -2, -3});
    chunk.write(7, new float[] {-4, -5, -6});
    assertThat(read(chunk, 0)).containsExactly(6, 7, 8);
    assertThat(read(chunk, 1)).containsExactly(-1, -2, -3);
    assertThat(read(chunk, 3)).containsExactly(15, 16, 17);
    assertThat(read(chunk, 7)).containsExactly(-4, -5, -6);
    assertThat(floats.get(9)).isEqualTo(9);
  }

  @Test
  void aVersionIsOddWhileLiveAndTellsTheChange() {
    Chunk chunk = new Chunk(4, DIMENSION);
    assertThat(chunk.version(2)).isZero();
    chunk.mark(2, true, 5);
    int version = chunk.version(2);
    assertThat(version & 1).isOne();
    assertThat(version >> 1).isEqualTo(5);
    assertThat(chunk.still(2, version)).isTrue();
    chunk.mark(2, false, 6);
    assertThat(chunk.version(2) & 1).isZero();
    assertThat(chunk.still(2, version)).isFalse();
    assertThat(chunk.version(1)).isZero();
  }
}
