package dev.recsys.index.embedded;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.IndexParams;

/** What is kept of a collection besides its entities. */
record CollectionDescriptor(CollectionSchema schema, IndexParams indexParams) {}
