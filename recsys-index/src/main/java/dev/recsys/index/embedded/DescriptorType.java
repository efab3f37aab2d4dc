package dev.recsys.index.embedded;

import com.google.common.io.ByteArrayDataOutput;
import dev.recsys.index.StoreException;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.IndexType;
import dev.recsys.index.schema.MetricType;
import java.nio.ByteBuffer;

/**
 * The descriptor of a collection as a record: format version (1 byte), name, number of fields (1
 * byte), for each its name, type, element type, dimension (4 bytes) and whether it is the primary
 * key (1 byte); then index type, metric, {@code m} and {@code efConstruction} (4 bytes each). Types
 * and metrics stand by name, an absent one as the empty name, so that their order may change.
 */
final class DescriptorType extends RecordType<CollectionDescriptor> {
  /** The format that is written, and the newest that is read. */
  static final int VERSION = 1;

  private static final int OVERHEAD = 256;
  private static final int PER_FIELD = 128;

  @Override
  void encode(CollectionDescriptor value, ByteArrayDataOutput out) {
    CollectionSchema schema = value.schema();
    out.writeByte(VERSION);
    Text.write(schema.name(), out);
    out.writeByte(schema.fields().size());
    for (FieldSchema field : schema.fields()) {
      DataType elementType = field.elementType();
      Text.write(field.name(), out);
      Text.write(field.dataType().name(), out);
      Text.write(elementType == null ? "" : elementType.name(), out);
      out.writeInt(field.dimension());
      out.writeBoolean(field.primaryKey());
    }
    IndexParams params = value.indexParams();
    Text.write(params.type().name(), out);
    Text.write(params.metric().name(), out);
    out.writeInt(params.m());
    out.writeInt(params.efConstruction());
  }

  /** Refuses what this format has no place for, so that it is not lost in silence. */
  static void checkKept(CollectionSchema schema) {
    for (FieldSchema field : schema.fields()) {
      FieldSchema plain =
          new FieldSchema(
              field.name(),
              field.dataType(),
              field.elementType(),
              field.dimension(),
              field.primaryKey());
      boolean kept = field.dataType() != DataType.JSON && field.equals(plain);
      if (!kept || schema.dynamicField() || schema.primaryKey().dataType() != DataType.INT64) {
        throw new IllegalArgumentException(
            "collection \""
                + schema.name()
                + "\": format "
                + VERSION
                + " keeps no JSON, dynamic field, VARCHAR primary key, max length, null or default,"
                + " received "
                + schema);
      }
    }
  }

  @Override
  CollectionDescriptor decode(ByteBuffer in) {
    int version = in.get();
    if (version > VERSION) {
      throw new StoreException(
          StoreException.Reason.NEWER_VERSION,
          null,
          what() + " is of format " + version + "; this version reads formats up to " + VERSION,
          null);
    }
    CollectionSchema.Builder schema = CollectionSchema.builder(Text.read(in));
    for (int left = in.get(); left > 0; left--) {
      schema.add(field(in));
    }
    return new CollectionDescriptor(schema.build(), params(in));
  }

  private static FieldSchema field(ByteBuffer in) {
    String name = Text.read(in);
    DataType dataType = DataType.valueOf(Text.read(in));
    String elementType = Text.read(in);
    return new FieldSchema(
        name,
        dataType,
        elementType.isEmpty() ? null : DataType.valueOf(elementType),
        in.getInt(),
        in.get() != 0);
  }

  private static IndexParams params(ByteBuffer in) {
    IndexType type = IndexType.valueOf(Text.read(in));
    MetricType metric = MetricType.valueOf(Text.read(in));
    int m = in.getInt();
    int efConstruction = in.getInt();
    return switch (type) {
      case FLAT -> IndexParams.flat(metric);
      case HNSW -> IndexParams.hnsw(metric).m(m).efConstruction(efConstruction);
      case AUTOINDEX -> IndexParams.auto(metric).m(m).efConstruction(efConstruction);
      case HNSWLIB -> IndexParams.hnswlib(metric).m(m).efConstruction(efConstruction);
    };
  }

  @Override
  String what() {
    return "the description of a collection";
  }

  @Override
  public int getMemory(CollectionDescriptor value) {
    return OVERHEAD + PER_FIELD * value.schema().fields().size();
  }

  @Override
  public CollectionDescriptor[] createStorage(int size) {
    return new CollectionDescriptor[size];
  }
}
