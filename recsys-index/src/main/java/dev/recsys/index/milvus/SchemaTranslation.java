package dev.recsys.index.milvus;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.service.collection.request.AddFieldReq;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.index.response.DescribeIndexResp;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Schemas and index parameters in the SDK's terms, and back. */
final class SchemaTranslation {
  private static final int MAX_CAPACITY = 4_096;

  private SchemaTranslation() {}

  /** Returns the schema for a new collection. */
  static CreateCollectionReq.CollectionSchema toMilvus(CollectionSchema schema) {
    CreateCollectionReq.CollectionSchema translated =
        CreateCollectionReq.CollectionSchema.builder()
            .enableDynamicField(schema.dynamicField())
            .build();
    for (FieldSchema field : schema.fields()) {
      AddFieldReq request = toMilvus(field);
      request.setIsPartitionKey(field.equals(schema.partitionKey()));
      translated.addField(request);
    }
    return translated;
  }

  private static AddFieldReq toMilvus(FieldSchema field) {
    DataType element = field.elementType();
    AddFieldReq.AddFieldReqBuilder<?> request =
        AddFieldReq.builder()
            .fieldName(field.name())
            .dataType(toMilvus(field.dataType()))
            .isPrimaryKey(field.primaryKey())
            .isNullable(field.nullable());
    if (field.defaultValue() != null) {
      request.defaultValue(toMilvus(field.dataType(), field.defaultValue()));
    }
    if (field.dimension() > 0) {
      request.dimension(field.dimension());
    }
    if (element != null) {
      request.elementType(toMilvus(element)).maxCapacity(MAX_CAPACITY);
    }
    if (field.dataType() == DataType.VARCHAR || element == DataType.VARCHAR) {
      request.maxLength(field.maxLength());
    }
    return request.build();
  }

  /** Returns a default value in the class that the SDK has for the type. */
  private static Object toMilvus(DataType type, Object value) {
    return switch (type) {
      case INT8, INT16 -> ((Integer) value).shortValue();
      default -> value;
    };
  }

  private static io.milvus.v2.common.DataType toMilvus(DataType type) {
    return switch (type) {
      case BOOL -> io.milvus.v2.common.DataType.Bool;
      case INT8 -> io.milvus.v2.common.DataType.Int8;
      case INT16 -> io.milvus.v2.common.DataType.Int16;
      case INT32 -> io.milvus.v2.common.DataType.Int32;
      case INT64 -> io.milvus.v2.common.DataType.Int64;
      case FLOAT -> io.milvus.v2.common.DataType.Float;
      case DOUBLE -> io.milvus.v2.common.DataType.Double;
      case VARCHAR -> io.milvus.v2.common.DataType.VarChar;
      case ARRAY -> io.milvus.v2.common.DataType.Array;
      case JSON -> io.milvus.v2.common.DataType.JSON;
      case FLOAT_VECTOR -> io.milvus.v2.common.DataType.FloatVector;
    };
  }

  /**
   * Returns the schema of a collection on the server.
   *
   * @throws IllegalArgumentException if it has a field that this library has no type for
   */
  static CollectionSchema fromMilvus(String name, CreateCollectionReq.CollectionSchema translated) {
    CollectionSchema.Builder schema = CollectionSchema.builder(name);
    for (CreateCollectionReq.FieldSchema field : translated.getFieldSchemaList()) {
      schema.add(fromMilvus(name, field));
      if (Boolean.TRUE.equals(field.getIsPartitionKey())) {
        schema.partitionKey(field.getName());
      }
    }
    if (translated.isEnableDynamicField()) {
      schema.dynamicField();
    }
    return schema.build();
  }

  private static FieldSchema fromMilvus(String name, CreateCollectionReq.FieldSchema field) {
    DataType type = fromMilvus(name, field.getName(), field.getDataType());
    FieldSchema found = plainFromMilvus(name, field, type);
    if (found.maxLength() > 0 && field.getMaxLength() != null) {
      found = found.withMaxLength(field.getMaxLength());
    }
    if (Boolean.TRUE.equals(field.getIsNullable())) {
      found = found.asNullable();
    }
    Object defaultValue = field.getDefaultValue();
    return defaultValue == null ? found : found.withDefault(defaultValue);
  }

  private static FieldSchema plainFromMilvus(
      String name, CreateCollectionReq.FieldSchema field, DataType type) {
    if (field.getIsPrimaryKey()) {
      return FieldSchema.primaryKey(field.getName(), type);
    }
    return switch (type) {
      case FLOAT_VECTOR -> FieldSchema.vector(field.getName(), field.getDimension());
      case ARRAY ->
          FieldSchema.array(
              field.getName(), fromMilvus(name, field.getName(), field.getElementType()));
      default -> FieldSchema.scalar(field.getName(), type);
    };
  }

  private static DataType fromMilvus(
      String name, String field, io.milvus.v2.common.DataType translated) {
    for (DataType type : DataType.values()) {
      if (toMilvus(type) == translated) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "collection \"" + name + "\", field \"" + field + "\": no type for " + translated);
  }

  static IndexParam toMilvus(String field, IndexParams params) {
    IndexParam.IndexParamBuilder request =
        IndexParam.builder()
            .fieldName(field)
            .metricType(IndexParam.MetricType.valueOf(params.metric().name()));
    return switch (params.type()) {
      case FLAT -> request.indexType(IndexParam.IndexType.FLAT).build();
      case HNSW -> {
        Map<String, Object> extra = new HashMap<>();
        extra.put("M", params.m());
        extra.put("efConstruction", params.efConstruction());
        yield request.indexType(IndexParam.IndexType.HNSW).extraParams(extra).build();
      }
      case IVF_FLAT -> {
        Map<String, Object> extra = new HashMap<>();
        extra.put("nlist", params.nlist());
        yield request.indexType(IndexParam.IndexType.IVF_FLAT).extraParams(extra).build();
      }
      case AUTOINDEX -> request.indexType(IndexParam.IndexType.AUTOINDEX).build();
      case HNSWLIB ->
          throw new IllegalArgumentException(
              "index type: FLAT, HNSW, IVF_FLAT or AUTOINDEX on a Milvus server, received "
                  + params);
    };
  }

  /**
   * Returns the parameters of an index on the server.
   *
   * @throws IllegalArgumentException if it is of a type that this library has no name for
   */
  static IndexParams fromMilvus(String name, DescribeIndexResp.IndexDesc index) {
    MetricType metric = MetricType.valueOf(index.getMetricType().name().toUpperCase(Locale.ROOT));
    return switch (index.getIndexType()) {
      case FLAT -> IndexParams.flat(metric);
      case HNSW ->
          IndexParams.hnsw(metric)
              .m(number(index, "M"))
              .efConstruction(number(index, "efConstruction"));
      case IVF_FLAT -> IndexParams.ivfFlat(metric).nlist(number(index, "nlist"));
      case AUTOINDEX -> IndexParams.auto(metric);
      default ->
          throw new IllegalArgumentException(
              "collection \""
                  + name
                  + "\": index type FLAT, HNSW, IVF_FLAT or AUTOINDEX, found "
                  + index.getIndexType());
    };
  }

  private static int number(DescribeIndexResp.IndexDesc index, String key) {
    return Integer.parseInt(
        Objects.requireNonNull(index.getExtraParams().get(key), () -> "index parameter " + key));
  }
}
