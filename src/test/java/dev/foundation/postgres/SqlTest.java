package dev.foundation.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SqlTest {
    @Test
    void namesAndTextsCannotEscapeTheirQuotes() {
        assertThat(Sql.name("a\"; drop")).isEqualTo("\"a\"\"; drop\"");
        assertThat(Sql.text("it's")).isEqualTo("'it''s'");
        assertThat(Sql.text("\\'")).isEqualTo(" E'\\\\'''");
        assertThatThrownBy(() -> Sql.text("\0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sql.name("")).isInstanceOf(IllegalArgumentException.class);
    }
}
