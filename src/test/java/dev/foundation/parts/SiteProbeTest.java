package dev.foundation.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.spec.FoundationSpec.Site;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SiteProbeTest {
    private static final byte[] NOTHING = {};

    private StandInServer server;

    @BeforeEach
    void start() throws IOException {
        server = new StandInServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SiteProbe.Result probe(Map<String, String> environment) throws InterruptedException {
        return new SiteProbe(new SiteProbe.Endpoints(server.uri("/plugins/"), server.uri("/v2/")), environment).probe();
    }

    @Test
    void onlineNeedsPluginServerAndRegistryThatMayWantAToken() throws InterruptedException {
        server.answer("/plugins/", 203, NOTHING).answer("/v2/", 401, NOTHING);
        assertThat(probe(Map.of()).site()).isEqualTo(Site.ONLINE);
    }

    @Test
    void aWallBeforeTheRegistryIsASealedSiteAndTheLineSaysSo() throws InterruptedException {
        server.answer("/plugins/", 200, NOTHING).answer("/v2/", 403, NOTHING);
        SiteProbe.Result result = probe(Map.of());
        assertThat(result.site()).isEqualTo(Site.SEALED);
        assertThat(result.line()).contains("no image registry answers").doesNotContain("\n");
    }

    @Test
    void aServerThatNeverAnswersCostsThreeSecondsAndNoMore() throws InterruptedException {
        server.answer("/plugins/", 200, NOTHING, Duration.ofSeconds(20))
                .answer("/v2/", 200, NOTHING, Duration.ofSeconds(20));
        long start = System.nanoTime();
        assertThat(probe(Map.of()).site()).isEqualTo(Site.SEALED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void theVariableReplacesTheLook() throws InterruptedException {
        assertThat(probe(Map.of("FOUNDATION_SITE", "online")).site()).isEqualTo(Site.ONLINE);
        assertThat(probe(Map.of("FOUNDATION_SITE", "sealed")).site()).isEqualTo(Site.SEALED);
        assertThat(server.requests).isEmpty();
        assertThatThrownBy(() -> probe(Map.of("FOUNDATION_SITE", "both")))
                .hasMessageContaining("give online or sealed");
    }
}
