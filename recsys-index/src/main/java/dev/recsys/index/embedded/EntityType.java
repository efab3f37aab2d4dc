package dev.recsys.index.embedded;

import com.google.common.io.ByteArrayDataOutput;
import dev.recsys.index.Entity;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An entity as a record: format version (1 byte), id (8 bytes), the components of the vector (4
 * bytes each), then the other fields in the order of the schema. Numbers take as many bytes as
 * their type says, a BOOL one, an array is its length (2 bytes) and its elements. Nothing but the
 * types of the schema can be written or read.
 */
final class EntityType extends RecordType<Entity> {
  private static final int VERSION = 1;
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
    out.writeLong(entity.id());
    for (float component : entity.vector()) {
      out.writeFloat(component);
    }
    Map<String, Object> fields = entity.fields();
    for (FieldSchema field : schema.payload()) {
      Object value = fields.get(field.name());
      if (value == null) {
        throw new IllegalArgumentException(what() + " has no field \"" + field.name() + "\"");
      }
      DataType elementType = field.elementType();
      if (elementType == null) {
        encode(field.dataType(), value, out);
      } else {
        List<?> elements = (List<?>) value;
        out.writeShort(elements.size());
        for (Object element : elements) {
          encode(elementType, element, out);
        }
      }
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
      case ARRAY, JSON, FLOAT_VECTOR ->
          throw new IllegalArgumentException(type + " is not a scalar");
    }
  }

  @Override
  Entity decode(ByteBuffer in) {
    int version = in.get();
    if (version != VERSION) {
      throw new IllegalArgumentException("format " + version + ", expected " + VERSION);
    }
    long id = in.getLong();
    float[] vector = new float[schema.vector().dimension()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = in.getFloat();
    }
    Entity entity = Entity.of(id, vector);
    for (FieldSchema field : schema.payload()) {
      DataType elementType = field.elementType();
      entity =
          entity.with(
              field.name(),
              elementType == null ? decode(field.dataType(), in) : list(elementType, in));
    }
    // what is read is held to the same rules as what is written
    return entity.conformingTo(schema);
  }

  private static List<Object> list(DataType elementType, ByteBuffer in) {
    int length = Short.toUnsignedInt(in.getShort());
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    List<Object> elements = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      elements.add(decode(elementType, in));
    }
    return elements;
  }

  private static Object decode(DataType type, ByteBuffer in) {
    return switch (type) {
      case BOOL -> in.get() != 0;
      case INT8 -> (int) in.get();
      case INT16 -> (int) in.getShort();
      case INT32 -> in.getInt();
      case INT64 -> in.getLong();
      case FLOAT -> in.getFloat();
      case DOUBLE -> in.getDouble();
      case VARCHAR -> Text.read(in);
      case ARRAY, JSON, FLOAT_VECTOR ->
          throw new IllegalArgumentException(type + " is not a scalar");
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
    int bytes = OVERHEAD + Float.BYTES * schema.vector().dimension();
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
