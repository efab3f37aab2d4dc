/**
 * Collections on a Milvus server, behind the same interfaces as those in process. The entry type is
 * {@link dev.recsys.index.milvus.MilvusVectorStore}. Needs {@code io.milvus:milvus-sdk-java} on the
 * class path, which the application adds; nothing outside this package refers to it. How vectors
 * are searched does not belong here: the server does that.
 */
@NullMarked
package dev.recsys.index.milvus;

import org.jspecify.annotations.NullMarked;
