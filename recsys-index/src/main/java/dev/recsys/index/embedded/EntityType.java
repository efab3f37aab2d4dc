package dev.recsys.index.embedded;

import com.google.common.io.ByteArrayDataOutput;
import dev.recsys.index.Entity;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entity as a record: format version (1 byte), key (8 bytes, or a text), the components of the
 * vectors in the order of the schema (4 bytes each), then the other fields in the order of the
 * schema, each behind a byte that says whether it is there; last, where the schema has a dynamic
 * field, what is in it, as a JSON object. Numbers take as many bytes as their type says, a BOOL
 * one, an array is its length (2 bytes) and its elements. Nothing but the types of the schema can
 * be written or read.
 *
 * <p>Format 1, which is still read, has no bytes before the fields, no texts as keys and neither
 * JSON nor a dynamic field.
 */
final class EntityType extends RecordType<Entity> {
  private static final int VERSION = 2;
  private static final int OVERHEAD = 160;
  private static final int PER_FIELD = 64;
  private static final int PER_ELEMENT = 24;

  private final CollectionSchema schema;

  EntityType(CollectionSchema schema) {
    this.schema = schema;
  }

  @Override
  void encode(Entity entity, ByteArrayDataOutput out) {
    out.writeByte(VERSION);
    encode(schema.primaryKey().dataType(), entity.key(), out);
    for (FieldSchema field : schema.vectors()) {
      for (float component : entity.vector(schema, field.name())) {
        out.writeFloat(component);
      }
    }
    Map<String, Object> dynamic = new LinkedHashMap<>(entity.fields());
    for (FieldSchema field : schema.payload()) {
      Object value = dynamic.remove(field.name());
      out.writeBoolean(value != null);
      if (value != null) {
        encode(field, value, out);
      }
    }
    if (schema.dynamicField()) {
      JsonRecord.write(dynamic, out);
    }
  }

  private static void encode(FieldSchema field, Object value, ByteArrayDataOutput out) {
    DataType elementType = field.elementType();
    if (elementType == null) {
      encode(field.dataType(), value, out);
      return;
    }
    List<?> elements = (List<?>) value;
    out.writeShort(elements.size());
    for (Object element : elements) {
      encode(elementType, element, out);
    }
  }

  private static void encode(DataType type, Object value, ByteArrayDataOutput out) {
    switch (type) {
      case BOOL -> out.writeBoolean((Boolean) value);
      case INT8 -> out.writeByte((Integer) value);
      case INT16 -> out.writeShort((Integer) value);
      case INT32 -> out.writeInt((Integer) value);
      case INT64 -> out.writeLong((Long) value);
      case FLOAT -> out.writeFloat((Float) value);
      case DOUBLE -> out.writeDouble((Double) value);
      case VARCHAR -> Text.write((String) value, out);
      case JSON -> JsonRecord.write(value, out);
      case ARRAY, FLOAT_VECTOR -> throw new IllegalArgumentException(type + " is not a value");
    }
  }

  @Override
  Entity decode(ByteBuffer in) {
    int version = in.get();
    if (version != 1 && version != VERSION) {
      throw new IllegalArgumentException("format " + version + ", expected 1.." + VERSION);
    }
    Object key = Objects.requireNonNull(decode(schema.primaryKey().dataType(), in));
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    float[] vector = vector(schema.vector(), in);
    for (FieldSchema field : schema.vectors().subList(1, schema.vectors().size())) {
      values.put(field.name(), vector(field, in));
    }
    for (FieldSchema field : schema.payload()) {
      if (version == 1 || in.get() != 0) {
        values.put(field.name(), decode(field, in));
      }
    }
    if (version > 1 && schema.dynamicField() && JsonRecord.read(in) instanceof Map<?, ?> dynamic) {
      dynamic.forEach((name, value) -> values.put((String) name, value));
    }
    Entity entity =
        key instanceof Long id ? Entity.of(id, vector) : Entity.of((String) key, vector);
    // what is read is held to the same rules as what is written
    return entity.with(values).conformingTo(schema);
  }

  private static float[] vector(FieldSchema field, ByteBuffer in) {
    float[] vector = new float[field.dimension()];
    in.asFloatBuffer().get(vector);
    in.position(in.position() + vector.length * Float.BYTES);
    return vector;
  }

  private static @Nullable Object decode(FieldSchema field, ByteBuffer in) {
    DataType elementType = field.elementType();
    return elementType == null ? decode(field.dataType(), in) : list(elementType, in);
  }

  private static List<Object> list(DataType elementType, ByteBuffer in) {
    int length = Short.toUnsignedInt(in.getShort());
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    List<Object> elements = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      elements.add(Objects.requireNonNull(decode(elementType, in)));
    }
    return elements;
  }

  private static @Nullable Object decode(DataType type, ByteBuffer in) {
    return switch (type) {
      case BOOL -> in.get() != 0;
      case INT8 -> (int) in.get();
      case INT16 -> (int) in.getShort();
      case INT32 -> in.getInt();
      case INT64 -> in.getLong();
      case FLOAT -> in.getFloat();
      case DOUBLE -> in.getDouble();
      case VARCHAR -> Text.read(in);
      case JSON -> JsonRecord.read(in);
      case ARRAY, FLOAT_VECTOR -> throw new IllegalArgumentException(type + " is not a value");
    };
  }

  @Override
  String what() {
    return "an entity of collection \"" + schema.name() + "\"";
  }

  @Override
  String collection() {
    return schema.name();
  }

  @Override
  public int getMemory(Entity entity) {
    int bytes = OVERHEAD;
    for (FieldSchema field : schema.vectors()) {
      bytes += Float.BYTES * field.dimension();
    }
    for (Object value : entity.fields().values()) {
      bytes += PER_FIELD;
      if (value instanceof String text) {
        bytes += text.length();
      } else if (value instanceof List<?> list) {
        bytes += PER_ELEMENT * list.size();
      }
    }
    return bytes;
  }

  @Override
  public Entity[] createStorage(int size) {
    return new Entity[size];
  }
}
