package dev.foundation.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class SuspicionTest {
    private static final long MIB = 1024 * 1024;

    private static RunFacts sizes(Map<String, Long> sizes) {
        return new RunFacts(sizes, Map.of(), Map.of(), OptionalLong.empty());
    }

    private static RunFacts rows(Map<String, Long> rows) {
        return new RunFacts(Map.of(), rows, Map.of(), OptionalLong.empty());
    }

    private static RunFacts objects(long count) {
        return new RunFacts(Map.of(), Map.of(), Map.of("forgejo-lfs", count), OptionalLong.empty());
    }

    private static RunFacts repositories(long count) {
        return new RunFacts(Map.of(), Map.of(), Map.of(), OptionalLong.of(count));
    }

    @Test
    void theFirstRunIsNotSuspicious() {
        assertThat(Suspicion.reasons(sizes(Map.of()), List.of())).isEmpty();
    }

    @Test
    void anArtifactBelowHalfOfTheMedianIsNamedWithItsSizes() {
        List<RunFacts> good = List.of(
                sizes(Map.of("postgres.sql.gz", 1200 * MIB)),
                sizes(Map.of("postgres.sql.gz", 1210 * MIB)),
                sizes(Map.of("postgres.sql.gz", 2 * MIB)));
        assertThat(Suspicion.reasons(sizes(Map.of("postgres.sql.gz", 150 * MIB)), good))
                .containsExactly("postgres.sql.gz is 13 % of the usual (1.2 GiB before, 150 MiB now)");
        assertThat(Suspicion.reasons(sizes(Map.of("postgres.sql.gz", 600 * MIB)), good))
                .isEmpty();
        assertThat(Suspicion.reasons(sizes(Map.of("postgres.sql.gz", 600 * MIB - 1)), good))
                .hasSize(1);
        assertThat(Suspicion.reasons(sizes(Map.of("postgres.sql.gz", 9000 * MIB)), good))
                .isEmpty();
    }

    @Test
    void onlyTheLastFiveGoodRunsCount() {
        List<RunFacts> good = new ArrayList<>(Collections.nCopies(5, sizes(Map.of("a", MIB))));
        good.addAll(Collections.nCopies(50, sizes(Map.of("a", 100 * MIB))));
        assertThat(Suspicion.reasons(sizes(Map.of("a", MIB)), good)).isEmpty();
    }

    @Test
    void whatIsTinyAnywaySaysNothing() {
        assertThat(Suspicion.reasons(sizes(Map.of("a", 1L)), List.of(sizes(Map.of("a", 65_535L)))))
                .isEmpty();
        assertThat(Suspicion.reasons(sizes(Map.of("a", 1L)), List.of(sizes(Map.of("a", 65_536L)))))
                .hasSize(1);
    }

    @Test
    void anArtifactThatIsMissingIsNamed() {
        assertThat(Suspicion.reasons(sizes(Map.of()), List.of(sizes(Map.of("vault-raft.snap", 10L)))))
                .containsExactly("vault-raft.snap is missing: the last good point has it");
    }

    @Test
    void aTableThatAlwaysHadRowsAndNowHasNoneIsNamed() {
        List<RunFacts> good = List.of(
                rows(Map.of("forgejo/public.repository", 3L, "forgejo/public.session", 2L)),
                rows(Map.of("forgejo/public.repository", 2L, "forgejo/public.session", 0L)));
        assertThat(Suspicion.reasons(rows(Map.of("forgejo/public.repository", 0L, "forgejo/public.session", 0L)), good))
                .containsExactly(
                        "table forgejo/public.repository has no rows any more: the last good point has 3 rows");
        assertThat(Suspicion.reasons(rows(Map.of()), good))
                .containsExactly("table forgejo/public.repository is gone: the last good point has 3 rows");
        assertThat(Suspicion.reasons(rows(Map.of("forgejo/public.repository", 1L)), good))
                .isEmpty();
    }

    @Test
    void bucketsAndRepositoriesAreCounted() {
        assertThat(Suspicion.reasons(objects(40), List.of(objects(100))))
                .containsExactly("bucket forgejo-lfs is 40 % of the usual (100 objects before, 40 objects now)");
        assertThat(Suspicion.reasons(objects(2), List.of(objects(9)))).isEmpty();
        assertThat(Suspicion.reasons(repositories(0), List.of(repositories(1))))
                .containsExactly("there are no repositories any more: the last good point has 1");
        assertThat(Suspicion.reasons(repositories(4), List.of(repositories(20))))
                .hasSize(1);
        assertThat(Suspicion.reasons(repositories(21), List.of(repositories(20))))
                .isEmpty();
    }
}
