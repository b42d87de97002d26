package dev.foundation.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.objectstore.Grant.Action;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RightsTest {
    private static final String FOREIGN =
            "{\"Version\":\"2012-10-17\",\"Id\":\"x\",\"Statement\":[{\"Sid\":\"theirs\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:DeleteObject\","
                    + "\"Resource\":\"arn:aws:s3:::b/*\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}}]}";

    @Test
    void grantsSurviveTheWayThroughAPolicy() throws Exception {
        var grants = List.of(new Grant("a", List.of(Action.READ, Action.LIST)), new Grant("b", List.of(Action.DELETE)));
        var policy = PolicyDocument.empty();
        policy.set(Optional.of("mine"), Optional.of("me"), Rights.of(grants));
        var again = PolicyDocument.parse(policy.json(), "test");
        assertThat(again.rightsOf(Optional.of("mine")).grants()).isEqualTo(grants);
        assertThat(again.rightsOf(Optional.of("other")).grants()).isEmpty();
    }

    @Test
    void otherPeoplesStatementsStayAsTheyWere() throws Exception {
        var policy = PolicyDocument.parse(FOREIGN, "test");
        policy.set(Optional.of("mine"), Optional.of("me"), Rights.of(List.of(new Grant("b", List.of(Action.WRITE)))));
        assertThat(policy.json())
                .contains("\"theirs\"")
                .contains("SecureTransport")
                .contains("s3:PutObject");
        policy.set(Optional.of("mine"), Optional.of("me"), Rights.of(List.of()));
        assertThat(policy.json()).isEqualTo(FOREIGN);
        assertThat(policy.isEmpty()).isFalse();
    }

    @Test
    void readingNeverMeansWritingOrDeletingVersions() {
        for (var action : Action.values()) {
            var all = Rights.of(List.of(new Grant("b", List.of(action))))
                    .byResource()
                    .toString();
            assertThat(all).doesNotContain("*]").doesNotContain("s3:*");
            assertThat(all.contains("s3:PutObject")).isEqualTo(action == Action.WRITE);
            assertThat(all.contains("s3:DeleteObject]")).isEqualTo(action == Action.DELETE);
            assertThat(all.contains("s3:DeleteObjectVersion")).isEqualTo(action == Action.PURGE);
        }
    }

    @Test
    void anAccessNeverPrintsItsSecret() {
        assertThat(new S3Access(java.net.URI.create("http://h:1"), "r", "key", "hidden").toString())
                .isEqualTo("key at http://h:1");
    }
}
