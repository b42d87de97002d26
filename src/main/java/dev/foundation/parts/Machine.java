package dev.foundation.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What this machine offers: commands on the path (and where Go and Rust put theirs), root or not, Debian's packages or not. */
record Machine(Map<String, String> environment, boolean root) {
    Machine {
        environment = Map.copyOf(environment);
    }

    static Machine of(Map<String, String> environment) {
        return new Machine(environment, isRoot());
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    Optional<Path> find(String command) {
        return folders().stream()
                .map(folder -> folder.resolve(command))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    boolean hasApt() {
        return find("apt-get").isPresent();
    }

    /** {@code PATH} for builds: the environment's, then the folders where installers of Go and Rust put their commands. */
    String path() {
        return String.join(":", folders().stream().map(Path::toString).toList());
    }

    private List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        for (String folder : environment.getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
            if (folder.startsWith("/")) {
                folders.add(Path.of(folder));
            }
        }
        for (String further : List.of("/usr/local/go/bin", "/usr/sbin", "/sbin")) {
            folders.add(Path.of(further));
        }
        String home = environment.getOrDefault("HOME", "");
        if (!home.isEmpty()) {
            folders.add(Path.of(home, ".cargo/bin"));
        }
        return folders.stream().distinct().toList();
    }
}
