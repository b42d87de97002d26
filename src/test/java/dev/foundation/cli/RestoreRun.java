package dev.foundation.cli;

import dev.foundation.store.local.LocalStore;
import dev.foundation.testing.PointFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** {@code restore} over services that a test has, with points in a folder. */
final class RestoreRun {
    private static final String PASSPHRASE = "wafer outing skinny jovial cobalt tidbit unrest molar gecko spleen";

    final CliRun cli;
    final PointFixture points;
    final Path store;
    final PlayedServices live;
    Clock clock = Clock.systemUTC();

    RestoreRun(Path folder) throws Exception {
        cli = new CliRun(folder);
        Files.copy(Path.of("VERSIONS"), cli.repository.resolve("VERSIONS"));
        store = Files.createDirectory(folder.resolve("store"));
        points = new PointFixture(folder, List.of(new LocalStore("local", store)));
        cli.with("""
                foundation:instanceId: %s
                foundation:site: sealed
                foundation:s3: {engine: versitygw}
                foundation:forgejo: {product: gitea}
                foundation:sealPublicKey: %s
                """.formatted(points.trust().instance(), points.sealKey().publicLine()));
        SealedStack.write(
                cli,
                PASSPHRASE,
                Map.of("backupAgeIdentity", points.age().identity().expose()));
        cli.environment.put("PULUMI_CONFIG_PASSPHRASE", PASSPHRASE);
        live = new PlayedServices(folder);
    }

    int restore(String... arguments) {
        cli.forget();
        Workspace workspace = cli.workspace();
        var command = new CommandLine(new RestoreCommand(workspace, (w, d, s) -> live, clock));
        var errors = new ErrorMessages(workspace.terminal(), false);
        command.setExecutionExceptionHandler(errors).setParameterExceptionHandler(errors);
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        if (!all.contains("--undo")) {
            all.addAll(List.of("--from", store.toString()));
        }
        return command.execute(all.toArray(String[]::new));
    }
}
