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

    /**
     * To be run in bash, as one who may use Docker (for Forgejo as root); one subshell, which fails if any part of it does. Vault's wants VAULT_ADDR and
     * VAULT_TOKEN, the objects' AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_DEFAULT_REGION in the environment.
     */
    static String command(Service service, FoundationSpec spec, Path file) {
        String opened = "age -d -i \"$IDENTITY\" " + quoted(file.toString());
        return switch (service) {
            case vault ->
                "(umask 077; f=$(mktemp -p /dev/shm) && trap 'shred -u \"$f\"' EXIT && " + opened
                        + " > \"$f\" && vault operator raft snapshot restore \"$f\")";
            case postgres ->
                "(set -o pipefail; " + opened + " | gzip -d | " + OVER_LIVE + " | docker exec -i "
                        + name(spec, ServiceName.POSTGRES)
                        + " sh -c 'psql -X -q -v ON_ERROR_STOP=1 -U \"$POSTGRES_USER\" -d postgres')";
            case s3 ->
                // Not `s3 sync`: it passes over an object of the same size that was written since.
                "(set -o pipefail; umask 077; d=$(mktemp -d ./s3-restore.XXXXXX) && trap 'rm -r \"$d\"' EXIT && "
                        + opened
                        + " | zstd -d | tar x -C \"$d\" && for b in \"$d\"/*/; do aws --endpoint-url http://127.0.0.1:"
                        + spec.s3().port()
                        + " s3 cp --recursive --only-show-errors \"$b\" \"s3://$(basename \"$b\")\" || exit; done)";
            case forgejo ->
                // Unpacked beside it and whole before anything stops; what was there stays as the undo.
                "(set -o pipefail; v=$(docker volume inspect -f '{{.Mountpoint}}' "
                        + spec.instance().named("forgejo-data")
                        + ") && mkdir \"$v.new\" && chown --reference=\"$v\" \"$v.new\" && chmod --reference=\"$v\" \"$v.new\" && "
                        + opened + " | zstd -d | tar x --numeric-owner -C \"$v.new\" && docker stop "
                        + name(spec, ServiceName.FORGEJO)
                        + " && mv \"$v\" \"$v.before-$(date +%s)\" && mv \"$v.new\" \"$v\" && docker start "
                        + name(spec, ServiceName.FORGEJO) + ")";
        };
    }

    private static String name(FoundationSpec spec, ServiceName service) {
        return spec.instance().named(service.container());
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
