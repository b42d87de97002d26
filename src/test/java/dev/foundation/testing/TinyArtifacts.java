package dev.foundation.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.artifact.Artifact;
import dev.foundation.artifact.Gzip;
import dev.foundation.artifact.forgejo.VolumeIndex;
import dev.foundation.artifact.pulumistate.StackExport;
import dev.foundation.artifact.vault.Snapshot;
import dev.foundation.bundle.Names;
import dev.foundation.stream.ParallelZstd;
import dev.foundation.stream.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** The smallest artifacts that their readers take for whole, with the facts that belong to them. Each is different for another {@code mark}. */
final class TinyArtifacts {
    private TinyArtifacts() {}

    /** One database with two tables, of {@code mark} rows and of none. */
    static Artifact postgres(int mark) {
        var script = new StringBuilder("""
                -- foundation: postgres script, format 1
                \\set ON_ERROR_STOP on

                CREATE ROLE forgejo;
                --
                -- PostgreSQL database cluster dump complete
                --

                -- foundation: database "forgejo"
                \\connect template1

                SET client_encoding = 'UTF8';
                CREATE TABLE public.repository (id int);
                CREATE TABLE public.issue (id int);
                COPY public.repository (id) FROM stdin;
                """);
        for (int i = 0; i < mark; i++) {
            script.append(i).append('\n');
        }
        script.append("""
                \\.

                COPY public.issue (id) FROM stdin;
                \\.

                --
                -- PostgreSQL database dump complete
                --

                -- foundation: end of the script, databases: 1
                """);
        ObjectNode facts = JsonNodeFactory.instance.objectNode().put("roles", 1);
        facts.putObject("databases")
                .putObject("forgejo")
                .put("encoding", "UTF8")
                .put("largeObjects", 0)
                .putObject("rows")
                .put("public.repository", mark)
                .put("public.issue", 0);
        return of(Names.POSTGRES, bytes(new Gzip(text(script.toString()))), facts);
    }

    /** A volume with one bare repository, whose head is another for another mark. */
    static Artifact volume(int mark) {
        byte[] tar = tar(
                "repos/", "",
                "repos/a.git/", "",
                "repos/a.git/HEAD", "ref: refs/heads/main\n",
                "repos/a.git/refs/heads/main", "%040x\n".formatted(mark),
                "repos/a.git/objects/", "",
                "repos/a.git/objects/pack", "x".repeat(2000));
        try {
            ObjectNode facts = VolumeIndex.read(new ByteArrayInputStream(tar)).facts();
            facts.put("vanished", 0).putArray("warnings");
            return of(Names.FORGEJO, bytes(ParallelZstd.compress(new ByteArrayInputStream(tar), 1)), facts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Artifact vault(int mark) {
        String meta = "{\"Version\":1,\"Index\":%d,\"Term\":2}".formatted(mark);
        String state = "state " + mark;
        String sums = Sha256.of(meta.getBytes(StandardCharsets.UTF_8)) + "  meta.json\n"
                + Sha256.of(state.getBytes(StandardCharsets.UTF_8)) + "  state.bin\n";
        byte[] snapshot = bytes(new Gzip(new ByteArrayInputStream(tar(
                "meta.json", meta, "state.bin", state, "SHA256SUMS", sums, "SHA256SUMS.sealed", "sealed by Vault"))));
        try {
            return of(
                    Names.VAULT,
                    snapshot,
                    Snapshot.read(new ByteArrayInputStream(snapshot)).facts().put("server", "1.19.0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Artifact state(int mark) {
        byte[] export = """
                {"version":3,"deployment":{
                "manifest":{"time":"2026-11-21T16:14:%02dZ","magic":"x","version":"v3.230.0"},
                "secrets_providers":{"type":"passphrase","state":{"salt":"v1:abc:v1:def"}},
                "resources":[{"urn":"urn:pulumi:foundation::foundation::pulumi:pulumi:Stack::foundation-foundation"}]}}
                """.formatted(mark % 60).getBytes(StandardCharsets.UTF_8);
        try {
            return of(
                    Names.PULUMI_STATE,
                    export,
                    StackExport.read(new ByteArrayInputStream(export)).facts());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Artifact configuration(int mark) {
        return clear(Names.CONFIGURATION, """
                encryptionsalt: v1:abc:v1:def
                config:
                  foundation:instance: foundation%d
                  foundation:blobNameKey:
                    secure: v1:x:y
                """.formatted(mark));
    }

    static Artifact versions() {
        return clear(Names.VERSIONS, "vault=1.19.0\npostgres=15.18\n");
    }

    private static Artifact clear(String name, String text) {
        return of(name, text.getBytes(StandardCharsets.UTF_8), JsonNodeFactory.instance.objectNode());
    }

    static Artifact of(String name, byte[] content, ObjectNode facts) {
        var stream = new ByteArrayInputStream(content);
        return new Artifact() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public InputStream content() {
                return stream;
            }

            @Override
            public ObjectNode facts() {
                return facts;
            }

            @Override
            public void close() {}
        };
    }

    /** @param content names and texts in turn; a folder's name ends with a slash */
    private static byte[] tar(String... content) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            for (int i = 0; i < content.length; i += 2) {
                byte[] text = content[i + 1].getBytes(StandardCharsets.UTF_8);
                var entry = new TarArchiveEntry(
                        content[i], content[i].endsWith("/") ? TarConstants.LF_DIR : TarConstants.LF_NORMAL);
                entry.setSize(text.length);
                entry.setModTime(0);
                tar.putArchiveEntry(entry);
                tar.write(text);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(InputStream in) {
        try (in) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
