package dev.recsys.index.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.io.ByteArrayDataOutput;
import com.google.common.io.ByteStreams;
import dev.recsys.index.Entity;
import dev.recsys.index.StoreException;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.h2.mvstore.WriteBuffer;

class RecordTypeTest {
  private static final CollectionSchema SCHEMA = schema();

  private static CollectionSchema schema() {
    CollectionSchema.Builder builder =
        CollectionSchema.builder("all").primaryKey("k", DataType.INT64).vector("v", 3);
    for (DataType type : DataType.values()) {
      if (type.isScalar()) {
        builder.field("one_" + type, type).arrayField("many_" + type, type);
      }
    }
    return builder.build();
  }

  private static Arbitrary<Object> values(DataType type) {
    return switch (type) {
      case BOOL -> Arbitraries.of(true, false).asGeneric();
      case INT8 -> Arbitraries.integers().between(-128, 127).asGeneric();
      case INT16 -> Arbitraries.integers().between(-32_768, 32_767).asGeneric();
      case INT32 -> Arbitraries.integers().asGeneric();
      case INT64 -> Arbitraries.longs().asGeneric();
      case FLOAT -> Arbitraries.floats().asGeneric();
      case DOUBLE -> Arbitraries.doubles().asGeneric();
      case VARCHAR -> Arbitraries.of("", "a", "ü\u0000\uD83C\uDFAC", "x".repeat(300)).asGeneric();
      case ARRAY, JSON, FLOAT_VECTOR -> throw new AssertionError(type);
    };
  }

  @Provide
  Arbitrary<Entity> entities() {
    Arbitrary<float[]> vectors =
        Arbitraries.floats().array(float[].class).ofSize(SCHEMA.vector().dimension());
    Arbitrary<Entity> entities = Combinators.combine(Arbitraries.longs(), vectors).as(Entity::of);
    for (FieldSchema field : SCHEMA.payload()) {
      DataType elementType = field.elementType();
      Arbitrary<Object> values =
          elementType == null
              ? values(field.dataType())
              : values(elementType).list().ofMaxSize(4).asGeneric();
      entities =
          Combinators.combine(entities, values).as((e, value) -> e.with(field.name(), value));
    }
    return entities;
  }

  private static <T> ByteBuffer written(RecordType<T> type, T value) {
    WriteBuffer buffer = new WriteBuffer();
    type.write(buffer, value);
    ByteBuffer bytes = buffer.getBuffer();
    bytes.flip();
    return bytes;
  }

  @Property(tries = 300, seed = "1")
  void entitiesComeBackEqual(@ForAll("entities") Entity entity) {
    EntityType type = new EntityType(SCHEMA);
    ByteBuffer bytes = written(type, entity.conformingTo(SCHEMA));

    assertThat(type.read(bytes)).isEqualTo(entity);
    assertThat(bytes.hasRemaining()).isFalse();
  }

  @Property(tries = 300, seed = "2")
  void anyMutationOfARecordIsRefused(
      @ForAll("entities") Entity entity, @ForAll int position, @ForAll byte difference) {
    EntityType type = new EntityType(SCHEMA);
    ByteBuffer bytes = written(type, entity.conformingTo(SCHEMA));
    int at = Math.floorMod(position, bytes.limit());
    bytes.put(at, (byte) (bytes.get(at) ^ (difference == 0 ? 1 : difference)));

    assertThat(catchThrowable(() -> type.read(bytes))).isInstanceOf(StoreException.class);
  }

  @Property(tries = 300, seed = "3")
  void anyBeginningOfARecordIsRefused(@ForAll("entities") Entity entity, @ForAll int length) {
    EntityType type = new EntityType(SCHEMA);
    ByteBuffer bytes = written(type, entity.conformingTo(SCHEMA));
    bytes.limit(Math.floorMod(length, bytes.limit()));

    assertThat(catchThrowable(() -> type.read(bytes)))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.CORRUPT));
  }

  @Property(tries = 1_000, seed = "4")
  void arbitraryBytesGiveAValueOrTheOneException(@ForAll byte[] payload) {
    List<RecordType<?>> types =
        new ArrayList<>(List.of(new EntityType(SCHEMA), new DescriptorType()));
    for (RecordType<?> type : types) {
      for (ByteBuffer bytes : List.of(ByteBuffer.wrap(payload), written(new RawType(), payload))) {
        Throwable thrown = catchThrowable(() -> type.read(bytes));
        assertThat(thrown == null || thrown instanceof StoreException).isTrue();
      }
    }
  }

  @Property(tries = 1_000, seed = "5")
  void bytesThatAreNearlyARecordGiveAValueOrTheOneException(
      @ForAll("entities") Entity entity, @ForAll int position, @ForAll byte value) {
    EntityType type = new EntityType(SCHEMA);
    ByteBuffer record = written(type, entity.conformingTo(SCHEMA));
    byte[] payload = new byte[record.getInt()];
    record.get(payload);
    payload[Math.floorMod(position, payload.length)] = value;

    Throwable thrown = catchThrowable(() -> type.read(written(new RawType(), payload)));
    assertThat(thrown == null || thrown instanceof StoreException).isTrue();
  }

  @Provide
  Arbitrary<IndexParams> params() {
    return Combinators.combine(
            Arbitraries.of(MetricType.class),
            Arbitraries.integers().between(1, 2_048),
            Arbitraries.integers().between(1, 65_536))
        .as(
            (metric, m, ef) ->
                m == 1 ? IndexParams.flat(metric) : graph(metric, m).m(m).efConstruction(ef));
  }

  private static IndexParams graph(MetricType metric, int m) {
    return switch (m % 3) {
      case 0 -> IndexParams.hnsw(metric);
      case 1 -> IndexParams.hnswlib(metric);
      default -> IndexParams.auto(metric);
    };
  }

  @Property(tries = 100, seed = "6")
  void descriptorsComeBackEqual(@ForAll("params") IndexParams params) {
    DescriptorType type = new DescriptorType();
    CollectionDescriptor descriptor =
        new CollectionDescriptor(SCHEMA, Map.of("v", params), List.of("p", "q_" + params.m()));
    ByteBuffer bytes = written(type, descriptor);

    assertThat(type.read(bytes)).isEqualTo(descriptor);
    assertThat(bytes.hasRemaining()).isFalse();
  }

  @Example
  void severalVectorsComeBack() {
    CollectionSchema schema =
        CollectionSchema.builder("several")
            .primaryKey("k", DataType.INT64)
            .vector("v", 2)
            .field("n", DataType.INT64)
            .vector("w", 3)
            .build();
    Map<String, IndexParams> indexes =
        Map.of("v", IndexParams.flat(MetricType.L2), "w", IndexParams.hnsw(MetricType.IP).m(8));
    CollectionDescriptor descriptor = new CollectionDescriptor(schema, indexes);
    DescriptorType descriptors = new DescriptorType();
    Entity entity = Entity.of(1, new float[] {1, 2}).with("n", 3L).with("w", new float[] {4, 5, 6});
    EntityType entities = new EntityType(schema);

    assertThat(descriptors.read(written(descriptors, descriptor))).isEqualTo(descriptor);
    assertThat(entities.read(written(entities, entity))).isEqualTo(entity);
  }

  @Example
  void partitionKeysAndListsComeBack() {
    CollectionSchema schema =
        CollectionSchema.builder("keyed")
            .primaryKey("k", DataType.INT64)
            .vector("v", 3)
            .field("n", DataType.INT64)
            .partitionKey("n")
            .build();
    CollectionDescriptor descriptor =
        new CollectionDescriptor(schema, Map.of("v", IndexParams.ivfFlat(MetricType.IP).nlist(7)));
    DescriptorType type = new DescriptorType();

    assertThat(type.read(written(type, descriptor))).isEqualTo(descriptor);
  }

  @Property(tries = 50, seed = "7")
  void memoryIsEstimatedAtNoLessThanTheVector(@ForAll("entities") Entity entity) {
    assertThat(new EntityType(SCHEMA).getMemory(entity.conformingTo(SCHEMA)))
        .isGreaterThan(SCHEMA.vector().dimension() * Float.BYTES);
  }

  /** A JSON value, at most so deep. */
  private static Arbitrary<Object> json(int depth) {
    Arbitrary<Object> simple =
        Arbitraries.of("", "\uD83C\uDFAC", true, false, 7L, Long.MIN_VALUE, 0.5, -0.0);
    if (depth == 0) {
      return simple;
    }
    Arbitrary<Object> inner = json(depth - 1).injectNull(0.2);
    Arbitrary<String> keys = Arbitraries.of("a", "b", "");
    return Arbitraries.oneOf(
        simple,
        inner.list().ofMaxSize(3).asGeneric(),
        Arbitraries.maps(keys, inner).ofMaxSize(3).asGeneric());
  }

  @Provide
  Arbitrary<Object> json() {
    return json(3);
  }

  @Property(tries = 500, seed = "8")
  void jsonTextKeysAndAbsentFieldsComeBackEqual(
      @ForAll("json") Object value, @ForAll("json") Object other, @ForAll boolean absent) {
    CollectionSchema schema =
        CollectionSchema.builder("j")
            .primaryKey("k", DataType.VARCHAR)
            .vector("v", 1)
            .add(FieldSchema.scalar("j", DataType.JSON).asNullable())
            .add(FieldSchema.scalar("n", DataType.INT32).asNullable())
            .dynamicField()
            .build();
    Entity entity =
        Entity.of("k\u00e9", new float[] {1})
            .with("j", absent ? null : value)
            .with("other", other)
            .conformingTo(schema);
    ByteBuffer bytes = written(new EntityType(schema), entity);

    assertThat(new EntityType(schema).read(bytes)).isEqualTo(entity);
    assertThat(bytes.hasRemaining()).isFalse();
  }

  @Example
  void entitiesOfTheFirstFormatAreRead() {
    CollectionSchema schema =
        CollectionSchema.builder("old")
            .primaryKey("k", DataType.INT64)
            .vector("v", 2)
            .field("n", DataType.INT32)
            .arrayField("a", DataType.VARCHAR)
            .build();
    ByteArrayDataOutput out = ByteStreams.newDataOutput();
    out.writeByte(1);
    out.writeLong(-9);
    out.writeFloat(1.5f);
    out.writeFloat(2);
    out.writeInt(77);
    out.writeShort(1);
    Text.write("x", out);

    assertThat(new EntityType(schema).read(written(new RawType(), out.toByteArray())))
        .isEqualTo(Entity.of(-9, new float[] {1.5f, 2}).with("n", 77).with("a", List.of("x")));
  }

  @Example
  void descriptorsOfTheFirstFormatAreRead() {
    ByteArrayDataOutput out = ByteStreams.newDataOutput();
    out.writeByte(1);
    Text.write("old", out);
    out.writeByte(2);
    firstField(out, "k", "INT64", "", 0, true);
    firstField(out, "v", "FLOAT_VECTOR", "", 4, false);
    Text.write("HNSW", out);
    Text.write("IP", out);
    out.writeInt(8);
    out.writeInt(99);

    assertThat(new DescriptorType().read(written(new RawType(), out.toByteArray())))
        .isEqualTo(
            new CollectionDescriptor(
                CollectionSchema.builder("old")
                    .primaryKey("k", DataType.INT64)
                    .vector("v", 4)
                    .build(),
                Map.of("v", IndexParams.hnsw(MetricType.IP).m(8).efConstruction(99))));
  }

  @Example
  void descriptorsOfTheSecondFormatAreRead() {
    ByteArrayDataOutput out = ByteStreams.newDataOutput();
    out.writeByte(2);
    Text.write("old", out);
    out.writeByte(2);
    secondField(out, "k", "INT64", 0, true);
    secondField(out, "v", "FLOAT_VECTOR", 4, false);
    out.writeBoolean(true);
    Text.write("FLAT", out);
    Text.write("L2", out);
    out.writeInt(0);
    out.writeInt(0);

    assertThat(new DescriptorType().read(written(new RawType(), out.toByteArray())))
        .isEqualTo(
            new CollectionDescriptor(
                CollectionSchema.builder("old")
                    .primaryKey("k", DataType.INT64)
                    .vector("v", 4)
                    .dynamicField()
                    .build(),
                Map.of("v", IndexParams.flat(MetricType.L2))));
  }

  private static void secondField(
      ByteArrayDataOutput out, String name, String type, int dimension, boolean key) {
    firstField(out, name, type, "", dimension, key);
    out.writeInt(0);
    out.writeBoolean(false);
    JsonRecord.write(null, out);
  }

  private static void firstField(
      ByteArrayDataOutput out,
      String name,
      String type,
      String element,
      int dimension,
      boolean key) {
    Text.write(name, out);
    Text.write(type, out);
    Text.write(element, out);
    out.writeInt(dimension);
    out.writeBoolean(key);
  }
}
