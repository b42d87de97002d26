package dev.foundation.cli;

import dev.foundation.docker.DockerCli;
import dev.foundation.pulumi.Pulumi;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run of Pulumi that was killed has left on Docker: a container or a network that it was just making has its name, and the state does not know it, so
 * the next run could not make it. Volumes are another matter: Docker gives the one that is there.
 */
final class KilledRun {
    private final Pulumi stack;
    private final DockerCli docker;
    private final PrintStream err;

    KilledRun(Pulumi stack, DockerCli docker, PrintStream err) {
        this.stack = stack;
        this.docker = docker;
        this.err = err;
    }

    /** Frees the stack, and removes what was left. No container holds data. Does nothing where no run was killed. */
    void clear() throws IOException, InterruptedException {
        Optional<List<Pulumi.Unfinished>> unfinished = stack.freeOfTheDead();
        if (unfinished.isPresent()) {
            remove(unfinished.get(), "docker:index/container:Container", "container", List.of("rm", "--force"));
            remove(unfinished.get(), "docker:index/network:Network", "network", List.of("network", "rm"));
            stack.settle();
        }
    }

    private void remove(List<Pulumi.Unfinished> unfinished, String type, String word, List<String> command)
            throws IOException, InterruptedException {
        for (Pulumi.Unfinished each : unfinished) {
            if (each.type().equals(type) && docker.inspect(word, each.name()).isPresent()) {
                docker.run(
                        "remove the unfinished " + word + " " + each.name(),
                        Stream.concat(command.stream(), Stream.of(each.name())).toList());
                err.println("The run that was killed had left the " + word + " " + each.name() + ": removed.");
            }
        }
    }
}
