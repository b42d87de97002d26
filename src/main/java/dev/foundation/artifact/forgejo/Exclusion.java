package dev.foundation.artifact.forgejo;

import java.util.List;

/**
 * What is left out of the volume, and why (R2.6).
 *
 * @param path of a file or folder, from the volume's top, without slashes at its ends
 */
public record Exclusion(String path, String reason) {
    /** For a volume at {@code WORK_PATH} with {@code APP_DATA_PATH = <WORK_PATH>/data}, as the stack configures it; Gitea's layout is the same. */
    public static final List<Exclusion> FORGEJO = List.of(
            new Exclusion("data/indexers", "search indexes: Forgejo builds them anew"),
            new Exclusion("data/queues", "work in progress of the lost server: Forgejo queues it again"),
            new Exclusion("data/sessions", "sessions: users log in again"),
            new Exclusion("data/repo-archive", "archives of repositories: made again when somebody asks for one"),
            new Exclusion("data/cache", "a cache"),
            new Exclusion("data/tmp", "temporary files"),
            new Exclusion("tmp", "temporary files"),
            new Exclusion("git/.cache", "a cache"),
            new Exclusion(VolumeTarget.MARK, "the mark of a restore: another one writes its own"),
            new Exclusion(VolumeSwap.KEPT, "what a restore in place has kept for its undo"),
            new Exclusion("log", "logs of the server"),
            new Exclusion("data/log", "logs of the server"),
            new Exclusion("data/gitea.db", "a database: databases are dumped, never copied"),
            new Exclusion("data/forgejo.db", "a database: databases are dumped, never copied"));

    public Exclusion {
        if (path.isEmpty() || path.startsWith("/") || path.endsWith("/") || reason.isBlank()) {
            throw new IllegalArgumentException("an exclusion needs a path within the volume and a reason");
        }
    }
}
