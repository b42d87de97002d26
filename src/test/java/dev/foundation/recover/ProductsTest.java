package dev.foundation.recover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.bundle.Seal.Product;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProductsTest {
    private static final Map<String, Product> POINT = Map.of(
            "postgres", new Product("postgres", "15.18"),
            "s3", new Product("rustfs", "1.0.1"),
            "forgejo", new Product("gitea", "1.26.0"));

    @Test
    void theSameOrNewerServersTakeThePoint() {
        assertThat(Products.against(POINT, POINT)).isEmpty();
        assertThat(Products.against(POINT, with("postgres", "postgres", "16.1")))
                .isEmpty();
        assertThat(Products.against(POINT, with("s3", "versitygw", "0.9"))).isEmpty();
    }

    @Test
    void anotherProductAnOlderServerOrNoneIsRefusedByName() {
        assertThat(Products.against(POINT, with("forgejo", "forgejo", "15.0.9")))
                .singleElement()
                .asString()
                .contains("forgejo is gitea, and here it is forgejo");
        assertThat(Products.against(POINT, with("postgres", "postgres", "15.9")))
                .singleElement()
                .asString()
                .contains("postgres 15.18, newer than 15.9");
        assertThat(Products.against(POINT, Map.of())).hasSize(3);
    }

    private static Map<String, Product> with(String service, String product, String version) {
        var here = new java.util.HashMap<>(POINT);
        here.put(service, new Product(product, version));
        return Map.copyOf(here);
    }
}
