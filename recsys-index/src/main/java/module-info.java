/** A vector collection with Milvus's contract, in process or on a Milvus server. */
module dev.recsys.index {
  requires com.google.common;
  requires com.h2database.mvstore;
  requires hnswlib.core;
  requires org.antlr.antlr4.runtime;
  requires org.slf4j;
  requires static com.google.gson;
  requires static milvus.sdk.java;
  requires transitive roaringbitmap;
  requires static transitive org.jspecify;

  exports dev.recsys.index;
  exports dev.recsys.index.ann;
  exports dev.recsys.index.embedded;
  exports dev.recsys.index.milvus;
  exports dev.recsys.index.filter;
  exports dev.recsys.index.schema;
}
