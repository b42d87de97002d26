package dev.foundation.proof;

import dev.foundation.artifact.buckets.BlobSource;
import dev.foundation.artifact.postgres.ForgejoRow;
import dev.foundation.secret.Secret;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The restored environment, seen through five small doors.
 *
 * @param host where it runs, for the evidence
 */
public record Scratch(
        String host, Database database, Repositories repositories, Forge forge, BlobSource buckets, Safe safe) {

    /** The Postgres server. */
    public interface Database {
        /** Exact, by table as the manifest writes it. @throws IOException also if there is no such database */
        SortedMap<String, Long> rows(String database) throws IOException, InterruptedException;

        /** Every row of Forgejo's database that says that an object is in a bucket. */
        List<ForgejoRow> pointers() throws IOException, InterruptedException;

        /** The name of Forgejo's database. */
        String forgejo();

        /** Whether the server lets this user in over the network with this password. */
        boolean accepts(String user, Secret<String> password) throws IOException, InterruptedException;
    }

    /** Git where the repositories lie: as Forgejo's own user, beside the server. */
    public interface Repositories {
        /** What HEAD names and its commit, by path; a path that is no repository is left out. */
        Map<String, Head> heads(Collection<String> paths) throws IOException, InterruptedException;

        /** @param branch empty where HEAD holds a commit. @param commit empty where there is none */
        record Head(String branch, String commit) {}

        /** What {@code git fsck} complains of, by path; each path that was looked at has an entry, empty where it is clean. */
        Map<String, List<String>> fsck(Collection<String> paths) throws IOException, InterruptedException;
    }

    /** Forgejo over HTTP, as its administrator, for one repository that every foundation has. */
    public interface Forge {
        /** {@code owner/name}. */
        String repository();

        /** The commit of a branch as the server's own records have it; empty if they know none of that name. */
        Optional<String> branch(String name) throws IOException, InterruptedException;

        /** Clones into a new folder. The clone is closed with its folder. */
        Clone copy() throws IOException, InterruptedException;
    }

    /** A clone of {@link Forge#repository}. */
    public interface Clone extends AutoCloseable {
        String head() throws IOException, InterruptedException;

        /** How many files are checked out. */
        long files() throws IOException, InterruptedException;

        /** Makes a commit on top of the head and pushes it to a new branch. @return the commit */
        String push(String branch) throws IOException, InterruptedException;

        @Override
        void close() throws IOException;
    }

    /** Vault. */
    public interface Safe {
        /** Empty if it is unsealed and active; else what it is. */
        Optional<String> trouble() throws IOException, InterruptedException;

        /** User and password of Postgres's administrator, as Vault has them; empty if there is no such secret. */
        Optional<Login> postgresAdmin() throws IOException, InterruptedException;
    }

    /** A user's name and password. */
    public record Login(String user, Secret<String> password) {}
}
