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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The descriptor of a collection as a record: format version (1 byte), name, number of fields (1
 * byte), for each its name, type, element type, dimension (4 bytes), whether it is the primary key
 * (1 byte), most bytes of a text (4 bytes), whether it may be null (1 byte) and default value (as
 * JSON); whether there is a dynamic field (1 byte); the name of the partition key; then index type,
 * metric, {@code m}, {@code efConstruction} and {@code nlist} (4 bytes each); the number of
 * partitions (4 bytes) and their names. Types and metrics stand by name, an absent one as the empty
 * name, so that their order may change.
 *
 * <p>Formats 1 and 2 are still read. Both have nothing of partitions and no {@code nlist}; format 1
 * has no more of a field than whether it is the primary key, and nothing of a dynamic field.
 */
final class DescriptorType extends RecordType<CollectionDescriptor> {
  /** The format that is written, and the newest that is read. */
  static final int VERSION = 4;

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
      out.writeInt(field.maxLength());
      out.writeBoolean(field.nullable());
      JsonRecord.write(json(field.defaultValue()), out);
    }
    out.writeBoolean(schema.dynamicField());
    FieldSchema partitionKey = schema.partitionKey();
    Text.write(partitionKey == null ? "" : partitionKey.name(), out);
    value.indexes().values().forEach(params -> encode(params, out));
    out.writeInt(value.partitions().size());
    value.partitions().forEach(name -> Text.write(name, out));
  }

  private static void encode(IndexParams params, ByteArrayDataOutput out) {
    Text.write(params.type().name(), out);
    Text.write(params.metric().name(), out);
    out.writeInt(params.m());
    out.writeInt(params.efConstruction());
    out.writeInt(params.nlist());
  }

  /** Returns a default value as JSON has it. */
  private static @Nullable Object json(@Nullable Object value) {
    if (value instanceof Integer number) {
      return number.longValue();
    }
    return value instanceof Float number ? (Object) number.doubleValue() : value;
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
      schema.add(version == 1 ? firstField(in) : field(in));
    }
    if (version > 1 && in.get() != 0) {
      schema.dynamicField();
    }
    String partitionKey = version > 2 ? Text.read(in) : "";
    if (!partitionKey.isEmpty()) {
      schema.partitionKey(partitionKey);
    }
    CollectionSchema fields = schema.build();
    Map<String, IndexParams> indexes = new LinkedHashMap<>();
    fields.vectors().forEach(field -> indexes.put(field.name(), params(in, version)));
    return new CollectionDescriptor(fields, indexes, version > 2 ? names(in) : List.of());
  }

  private static List<String> names(ByteBuffer in) {
    List<String> names = new ArrayList<>();
    for (int left = in.getInt(); left > 0; left--) {
      names.add(CollectionSchema.checkPartition(Text.read(in)));
    }
    return names;
  }

  private static FieldSchema field(ByteBuffer in) {
    FieldSchema field = firstField(in);
    int maxLength = in.getInt();
    if (maxLength > 0) {
      field = field.withMaxLength(maxLength);
    }
    if (in.get() != 0) {
      field = field.asNullable();
    }
    Object defaultValue = JsonRecord.read(in);
    return defaultValue == null ? field : field.withDefault(defaultValue);
  }

  private static FieldSchema firstField(ByteBuffer in) {
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

  private static IndexParams params(ByteBuffer in, int version) {
    IndexType type = IndexType.valueOf(Text.read(in));
    MetricType metric = MetricType.valueOf(Text.read(in));
    int m = in.getInt();
    int efConstruction = in.getInt();
    int nlist = version > 2 ? in.getInt() : 0;
    return switch (type) {
      case FLAT -> IndexParams.flat(metric);
      case HNSW -> IndexParams.hnsw(metric).m(m).efConstruction(efConstruction);
      case AUTOINDEX -> IndexParams.auto(metric).m(m).efConstruction(efConstruction);
      case IVF_FLAT -> IndexParams.ivfFlat(metric).nlist(nlist);
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
