package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RestoreSelectorTest {
    @ParameterizedTest
    @CsvSource({
        "postgres,postgres,'',''",
        "postgres:we ird=x,postgres,we ird=x,''",
        "forgejo,forgejo,'',''",
        "forgejo:Team/app.js,forgejo,Team/app.js,''",
        "bucket,buckets,'',''",
        "bucket:forgejo-lfs,buckets,forgejo-lfs,''",
        "bucket:media/a/b c,buckets,media,a/b c",
        "vault,vault,'',''",
        "state,state,'',''",
    })
    void whatIsTypedIsOnePartAndOneThingOfIt(String typed, String part, String name, String prefix) {
        var selector = RestoreSelector.of(typed);
        assertThat(selector).isEqualTo(new RestoreSelector(Unpacking.Part.valueOf(part), name, prefix));
        assertThat(selector).hasToString(typed);
        assertThat(selector.whole()).isEqualTo(name.isEmpty());
    }

    @Test
    void bucketsIsAnotherWordForBucket() {
        assertThat(RestoreSelector.of("buckets")).isEqualTo(RestoreSelector.of("bucket"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mysql",
                "postgres:",
                "vault:kv",
                "forgejo:app",
                "forgejo:a/b/c",
                "forgejo:../x",
                "forgejo:a/..",
                "forgejo:a/b;rm",
                "bucket:",
                "bucket:/x",
                "bucket:UPPER"
            })
    void whatNamesNothingIsSaid(String typed) {
        assertThatThrownBy(() -> RestoreSelector.of(typed)).isInstanceOf(IllegalArgumentException.class);
    }
}
