package dev.foundation.proof;

import dev.foundation.artifact.postgres.ForgejoRow;
import dev.foundation.secret.Secret;
import dev.foundation.testing.FakeBuckets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A restored environment of maps, as its point says, until a test breaks it. */
final class FakeScratch {
    static final String PATH = "git/repositories/foundation/foundation.git";
    static final String COMMIT = "1".repeat(40);

    final Map<String, Long> rows = new TreeMap<>(Map.of("public.user", 2L, "public.lfs_meta_object", 1L, "public.notice", 4L));
    final List<ForgejoRow> pointers = new ArrayList<>(List.of(new ForgejoRow.LfsObject("abcdef", 3)));
    String password = "right";
    boolean anyPassword;
    Optional<String> trouble = Optional.empty();
    Optional<Scratch.Login> login = Optional.of(new Scratch.Login("postgres", Secret.of("right")));
    final Map<String, Scratch.Repositories.Head> heads =
            new HashMap<>(Map.of(PATH, new Scratch.Repositories.Head("refs/heads/main", COMMIT)));
    final Map<String, List<String>> fsck = new HashMap<>(Map.of(PATH, List.of()));
    final Map<String, String> branches = new HashMap<>(Map.of("main", COMMIT));
    String cloned = COMMIT;
    long files = 2;
    boolean hooks = true;
    int open;
    final FakeBuckets buckets = new FakeBuckets();

    FakeScratch() {
        buckets.put("forgejo-lfs", "lfs/ab/cd/ef", "abc");
        buckets.put("media", "a", "one");
    }

    static ProofSubject subject() throws Exception {
        return ProofFixture.subject(
                ProofFixture.rows(
                        "forgejo", Map.of("public.user", 2L, "public.lfs_meta_object", 1L, "public.notice", 4L)),
                ProofFixture.repositories(Map.of(PATH, COMMIT)),
                new ObjectSamples(
                        Map.of("forgejo-lfs", 1L, "media", 1L),
                        List.of(
                                ProofFixture.object("forgejo-lfs", "lfs/ab/cd/ef", "abc", "2026-11-20T00:00:00Z"),
                                ProofFixture.object("media", "a", "one", "2026-11-20T00:00:00Z"))));
    }

    Scratch scratch() {
        return new Scratch("here", database(), repositories(), forge(), new NewestBuckets(buckets), safe());
    }

    private Scratch.Database database() {
        return new Scratch.Database() {
            @Override
            public SortedMap<String, Long> rows(String database) throws IOException {
                if (!database.equals("forgejo")) {
                    throw new IOException("there is no database " + database);
                }
                return new TreeMap<>(rows);
            }

            @Override
            public List<ForgejoRow> pointers() {
                return pointers;
            }

            @Override
            public String forgejo() {
                return "forgejo";
            }

            @Override
            public boolean accepts(String user, Secret<String> given) {
                return anyPassword || given.expose().equals(password);
            }
        };
    }

    private Scratch.Repositories repositories() {
        return new Scratch.Repositories() {
            @Override
            public Map<String, Head> heads(Collection<String> paths) {
                return heads;
            }

            @Override
            public Map<String, List<String>> fsck(Collection<String> paths) {
                return fsck;
            }
        };
    }

    private Scratch.Forge forge() {
        return new Scratch.Forge() {
            @Override
            public String repository() {
                return "foundation/foundation";
            }

            @Override
            public Optional<String> branch(String name) {
                return Optional.ofNullable(branches.get(name));
            }

            @Override
            public Scratch.Clone copy() {
                open++;
                return new FakeClone();
            }
        };
    }

    private final class FakeClone implements Scratch.Clone {
        @Override
        public String head() {
            return cloned;
        }

        @Override
        public long files() {
            return files;
        }

        @Override
        public String push(String branch) {
            if (hooks) {
                branches.put(branch, "2".repeat(40));
            }
            return "2".repeat(40);
        }

        @Override
        public void close() {
            open--;
        }
    }

    private Scratch.Safe safe() {
        return new Scratch.Safe() {
            @Override
            public Optional<String> trouble() {
                return trouble;
            }

            @Override
            public Optional<Scratch.Login> postgresAdmin() {
                return login;
            }
        };
    }
}
