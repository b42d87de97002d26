package dev.foundation.cli;

import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.ServiceName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks, before anything is touched, whether the ports are free that this foundation will bind. */
final class Ports {
    private final Containers containers;

    Ports(Containers containers) {
        this.containers = containers;
    }

    /** @throws IOException that names every port that is taken, by whom if that is known, and the key to change */
    void mustBeFree(FoundationSpec spec) throws IOException, InterruptedException {
        Set<Integer> ours = containers
                .inspect(Stream.of(ServiceName.values())
                        .map(service -> spec.instance().named(service.container()))
                        .toList())
                .values()
                .stream()
                .filter(container -> container.status().equals("running"))
                .flatMap(container -> container.ports().stream())
                .collect(Collectors.toSet());
        List<String> taken = new ArrayList<>();
        for (var wanted : wanted(spec).entrySet()) {
            int port = wanted.getValue();
            Optional<String> refusal = ours.contains(port) ? Optional.empty() : refusal(spec.bindAddress(), port);
            if (refusal.isPresent()) {
                String holder = containers
                        .publisherOf(port)
                        .map(name -> "the container " + name)
                        .orElse("another process (ss -ltnp 'sport = :" + port + "')");
                taken.add("port " + port + " on " + spec.bindAddress() + " cannot be bound (" + refusal.get()
                        + "), held by " + holder + ": free it, or give another in foundation:" + wanted.getKey());
            }
        }
        if (!taken.isEmpty()) {
            throw new IOException(String.join("\n", taken) + "\nNothing was touched.");
        }
    }

    static Map<String, Integer> wanted(FoundationSpec spec) {
        Map<String, Integer> wanted = new LinkedHashMap<>();
        if (spec.vault().enabled()) {
            wanted.put("vault.port", spec.vault().port());
        }
        if (spec.postgres().enabled()) {
            wanted.put("postgres.port", spec.postgres().port());
        }
        if (spec.s3().enabled()) {
            wanted.put("s3.port", spec.s3().port());
            if (spec.s3().engine() == FoundationSpec.S3Spec.Engine.RUSTFS) {
                wanted.put("s3.consolePort", spec.s3().consolePort());
            }
        }
        if (spec.forgejo().enabled()) {
            wanted.put("forgejo.port", spec.forgejo().port());
            wanted.put("forgejo.sshPort", spec.forgejo().sshPort());
        }
        if (spec.backup().enabled()) {
            wanted.put("backup.port", spec.backup().port());
        }
        return wanted;
    }

    /** Why it cannot be bound; empty if it can. */
    static Optional<String> refusal(String address, int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
