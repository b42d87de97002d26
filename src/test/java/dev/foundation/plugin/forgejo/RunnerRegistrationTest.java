package dev.foundation.plugin.forgejo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.plugin.Problem;
import dev.foundation.process.Finished;
import dev.foundation.testing.RecordingRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RunnerRegistrationTest {
    private static final String SECRET = "7c31591e8b67225a116d4a4519ea8e507e08f71f";
    private final List<List<String>> calls = new ArrayList<>();
    private final RecordingRun run = new RecordingRun();

    private RunnerRegistration handler(int exit, String errors) {
        return new RunnerRegistration((container, runAs) -> (args, input, timeout) -> {
            var all = new ArrayList<>(List.of(container, runAs));
            all.addAll(args);
            calls.add(all);
            return new Finished(exit, new byte[0], errors);
        });
    }

    private static RunnerRegistration.Inputs inputs(Optional<String> scope, String secret, String file) {
        return new RunnerRegistration.Inputs(
                "f-forgejo",
                "1000:1000",
                "/usr/local/bin/forgejo",
                "/etc/forgejo/app.ini",
                "runner-1",
                scope,
                secret,
                file);
    }

    @Test
    void theCommandNamesTheFileAndNeverTheSecret() throws Exception {
        var created =
                handler(0, "").create(inputs(Optional.of("foundation/foundation"), SECRET, "/run/secrets/runner"), run);
        assertThat(calls)
                .containsExactly(List.of(
                        "f-forgejo",
                        "1000:1000",
                        "/usr/local/bin/forgejo",
                        "--config",
                        "/etc/forgejo/app.ini",
                        "forgejo-cli",
                        "actions",
                        "register",
                        "--name",
                        "runner-1",
                        "--scope",
                        "foundation/foundation",
                        "--secret-file",
                        "/run/secrets/runner",
                        "--keep-labels"));
        // "7c31591e8b67225a", each character as its ASCII byte.
        assertThat(created.id()).isEqualTo("37633331-3539-3165-3862-363732323561");
        assertThat(created.outputs().uuid()).isEqualTo(created.id());
    }

    @Test
    void withoutScopeTheRunnerServesEverybody() throws Exception {
        handler(0, "").create(inputs(Optional.empty(), SECRET, "/run/secrets/runner"), run);
        assertThat(calls.getFirst()).doesNotContain("--scope");
    }

    @Test
    void aRefusalSaysWhatForgejoSaid() {
        assertThatThrownBy(() -> handler(1, "log\nthe secret must be exactly 40 characters long")
                        .create(inputs(Optional.empty(), SECRET, "/f"), run))
                .hasMessageContaining("register runner runner-1")
                .hasMessageContaining("exactly 40 characters");
    }

    @Test
    void badSecretsAndPathsAreRefusedWithoutBeingShown() {
        for (var bad : List.of("", SECRET + "\n", SECRET.substring(1), SECRET.toUpperCase(java.util.Locale.ROOT))) {
            var problems = handler(0, "").check(inputs(Optional.empty(), bad, "relative"));
            assertThat(problems).extracting(Problem::property).containsExactly("secret", "secretFile");
            assertThat(problems.toString()).doesNotContain(SECRET.substring(2, 30));
        }
        assertThat(inputs(Optional.empty(), SECRET, "/f").toString()).doesNotContain(SECRET);
    }

    @Test
    void deletingSaysWhatStays() {
        var old = new dev.foundation.plugin.ResourceHandler.Current<>(
                inputs(Optional.empty(), SECRET, "/f"), new RunnerRegistration.Outputs("x"));
        handler(0, "").delete("x", old, run);
        assertThat(run.warnings())
                .singleElement()
                .asString()
                .contains("runner-1")
                .contains("offline");
    }
}
