package dev.recsys.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.index.filter.Filter;
import dev.recsys.index.filter.FilterException;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import org.junit.jupiter.api.Test;

class QueryRequestTest {
  private static final QueryRequest REQUEST = QueryRequest.where("n == 1");

  private static CollectionSchema.Builder schema() {
    return CollectionSchema.builder("c")
        .primaryKey("k", DataType.INT64)
        .vector("v", 1)
        .field("n", DataType.INT32);
  }

  @Test
  void changesGiveCopiesThatKeepTheRest() {
    QueryRequest changed = REQUEST.limit(3).offset(4).outputFields("n").limit(5);

    assertThat(changed.filter()).isEqualTo(Filter.field("n").eq(1));
    assertThat(changed.limit()).isEqualTo(5);
    assertThat(changed.offset()).isEqualTo(4);
    assertThat(changed.outputFields()).containsExactly("n");
    assertThat(changed).hasToString("where n == 1, limit 5, offset 4");
    assertThat(REQUEST.limit()).isZero();
    assertThat(QueryRequest.all().filter().everything()).isTrue();
  }

  @Test
  void theKeyIsAlwaysAmongTheOutputFieldsAndEachComesOnce() {
    assertThat(REQUEST.conformingTo(schema().build()).outputFields()).containsExactly("k");
    assertThat(REQUEST.outputFields("n", "n", "k").conformingTo(schema().build()).outputFields())
        .containsExactly("k", "n");
    assertThat(REQUEST.outputFields("*", "n").conformingTo(schema().build()).outputFields())
        .containsExactly("k", "v", "n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> REQUEST.outputFields("m").conformingTo(schema().build()))
        .withMessageContaining("no field \"m\"");
    assertThat(
            REQUEST.outputFields("m").conformingTo(schema().dynamicField().build()).outputFields())
        .containsExactly("k", "m");
  }

  @Test
  void windowsAreThoseOfMilvus() {
    assertThat(REQUEST.limit(16_384).limit()).isEqualTo(16_384);
    assertThatIllegalArgumentException().isThrownBy(() -> REQUEST.limit(0));
    assertThatIllegalArgumentException().isThrownBy(() -> REQUEST.limit(16_385));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> REQUEST.limit(10).offset(16_375))
        .withMessageContaining("0..16374");
    assertThatIllegalArgumentException().isThrownBy(() -> REQUEST.offset(-1));
  }

  @Test
  void aTextThatIsNoFilterIsRefusedAtOnce() {
    assertThatExceptionOfType(FilterException.class).isThrownBy(() -> QueryRequest.where("n =="));
  }
}
