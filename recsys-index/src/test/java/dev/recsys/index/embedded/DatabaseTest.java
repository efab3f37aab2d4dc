package dev.recsys.index.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.index.Entity;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
  private static final CollectionSchema SCHEMA =
      CollectionSchema.builder("songs").primaryKey("id", DataType.INT64).vector("v", 2).build();

  @TempDir Path directory;

  private static Entity song(long id) {
    return Entity.of(id, new float[] {(float) id, 1});
  }

  @ParameterizedTest
  @ValueSource(classes = {OutOfMemoryError.class, AssertionError.class, StackOverflowError.class})
  void halfABatchThatEndedInAnErrorWentInWithTheNextCommit(Class<? extends Error> kind)
      throws ReflectiveOperationException {
    Error error = kind.getConstructor().newInstance();
    Database database = Database.open(directory, Durability.FLUSH);
    MVMap<Object, Entity> map = database.entities(SCHEMA);
    database.write(() -> map.put(1L, song(1)));
    Runnable failing =
        () -> {
          map.put(2L, song(2));
          map.remove(1L);
          throw error;
        };

    assertThatThrownBy(() -> database.write(failing)).isSameAs(error);
    assertThat(map.keySet()).containsExactly(1L);
    database.write(() -> map.put(3L, song(3)));
    database.close();

    Database again = Database.open(directory, Durability.FLUSH);
    assertThat(again.entities(SCHEMA).keySet()).containsExactly(1L, 3L);
    again.close();
  }

  @Test
  void aDatabaseInMemoryIsFlushedAndClosedWithoutAFile() {
    Database database = Database.inMemory();
    database.write(() -> database.entities(SCHEMA).put(1L, song(1)));
    database.flush();
    database.close();
    assertThat(directory).isEmptyDirectory();
  }
}
