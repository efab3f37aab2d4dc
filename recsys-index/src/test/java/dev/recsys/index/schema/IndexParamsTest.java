package dev.recsys.index.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class IndexParamsTest {
  @Test
  void changesGiveCopies() {
    IndexParams first = IndexParams.hnswlib(MetricType.IP);
    IndexParams second = first.m(32).efConstruction(400);

    assertThat(first.m()).isEqualTo(16);
    assertThat(first.efConstruction()).isEqualTo(200);
    assertThat(second.m()).isEqualTo(32);
    assertThat(second.efConstruction()).isEqualTo(400);
    assertThat(second.type()).isEqualTo(IndexType.HNSWLIB);
    assertThat(second).isNotEqualTo(first).isEqualTo(first.efConstruction(400).m(32));
    assertThat(second).hasSameHashCodeAs(first.efConstruction(400).m(32));
    assertThat(second).hasToString("HNSWLIB(IP, m 32, efConstruction 400)");
    assertThat(IndexParams.flat(MetricType.L2)).hasToString("FLAT(L2)");
    assertThat(IndexParams.auto(MetricType.L2).m(8))
        .hasToString("AUTOINDEX(L2, m 8, efConstruction 200)");
  }

  @Test
  void graphParametersOfAnExactIndexAreAConflict() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IndexParams.flat(MetricType.IP).m(16))
        .withMessage("m is for graphs; the index type is FLAT");
  }

  @Test
  void parametersOutsideTheirRangesAreRefused() {
    IndexParams graph = IndexParams.hnswlib(MetricType.IP);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph.m(2_049))
        .withMessage("m: must lie in 2..2048, received 2049");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph.efConstruction(0))
        .withMessage("efConstruction: must lie in 1..65536, received 0");
  }

  @Test
  void onlyDistancesAreNearerWhenSmaller() {
    assertThat(MetricType.IP.largerIsNearer()).isTrue();
    assertThat(MetricType.COSINE.largerIsNearer()).isTrue();
    assertThat(MetricType.L2.largerIsNearer()).isFalse();
  }

  @Test
  void listsAreForInvertedFiles() {
    IndexParams lists = IndexParams.ivfFlat(MetricType.IP);
    assertThat(lists.nlist()).isEqualTo(128);
    assertThat(lists.nlist(7)).isNotEqualTo(lists).hasToString("IVF_FLAT(IP, nlist 7)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lists.nlist(65_537))
        .withMessageContaining("1..65536");
    assertThatIllegalArgumentException().isThrownBy(() -> lists.m(3)).withMessageContaining("m is");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IndexParams.hnsw(MetricType.IP).nlist(3))
        .withMessageContaining("HNSW");
  }
}
