package dev.foundation.cli;

import dev.foundation.cli.BeforeApplyCommand.Service;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.ServiceName;
import java.nio.file.Path;

/** How what {@code before-apply} took goes back over a running foundation, with standard tools alone. {@code IDENTITY} names the identity's file. */
final class BeforeApplyRestore {
    /**
     * Makes a whole dump fit a cluster that is in use: roles are there, and each database goes before it comes anew. The data itself is passed over.
     */
    static final String OVER_LIVE =
            "awk '/^\\\\connect /{d=1} /^COPY .* FROM stdin;$/{c=1} /^\\\\\\.$/{c=0} !d&&/^CREATE ROLE /{next}"
                    + " !c&&/^CREATE DATABASE /{n=$0; sub(/^CREATE DATABASE /,\"\",n); sub(/ WITH .*/,\"\",n);"
                    + " print \"DROP DATABASE IF EXISTS \" n \" WITH (FORCE);\"} {print}'";

    private BeforeApplyRestore() {}

    /** To be run in bash, as one who may use Docker. */
    static String command(Service service, FoundationSpec spec, Path file) {
        String opened = "set -o pipefail; age -d -i \"$IDENTITY\" " + quoted(file.toString());
        return switch (service) {
            case vault ->
                "umask 077; age -d -i \"$IDENTITY\" -o /dev/shm/v.snap " + quoted(file.toString())
                        + " && vault operator raft snapshot restore /dev/shm/v.snap; shred -u /dev/shm/v.snap";
            case postgres ->
                opened + " | gzip -d | " + OVER_LIVE + " | docker exec -i " + name(spec, ServiceName.POSTGRES)
                        + " sh -c 'psql -X -q -v ON_ERROR_STOP=1 -U \"$POSTGRES_USER\" -d postgres'";
            case s3 ->
                "umask 077; mkdir s3-restore && (" + opened
                        + " | zstd -d | tar x -C s3-restore) && for b in s3-restore/*/; do"
                        + " aws --endpoint-url http://127.0.0.1:" + spec.s3().port()
                        + " s3 sync \"$b\" \"s3://$(basename \"$b\")\"; done; rm -r s3-restore";
            case forgejo ->
                "docker stop " + name(spec, ServiceName.FORGEJO) + " && (" + opened
                        + " | zstd -d | tar x --numeric-owner -C \"$(docker volume inspect -f '{{.Mountpoint}}' "
                        + spec.instance().named("forgejo-data") + ")\"); docker start "
                        + name(spec, ServiceName.FORGEJO);
        };
    }

    private static String name(FoundationSpec spec, ServiceName service) {
        return spec.instance().named(service.container());
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
