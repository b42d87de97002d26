package dev.foundation.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.TestTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/bundle-format.md, on the golden bundle, with the real tools and without a line of this program. */
@Timeout(60)
final class BundleFormatPageIT {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/v1").toAbsolutePath();

    @TempDir
    Path work;

    private TestTool run(String commands, Path store) throws Exception {
        String script = "set -euo pipefail\nexport STORE=" + store + " POINT=20261122T030000Z WORK=" + work + " KEY="
                + GOLDEN.resolve("keys/seal.pub") + " IDENTITY=" + GOLDEN.resolve("keys/identity") + "\n" + commands;
        return TestTool.run(work, script, "bash", "-s");
    }

    private static List<String> commands() throws Exception {
        String page = Files.readString(Path.of("docs/bundle-format.md"));
        return Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map((MatchResult each) -> each.group(1))
                .toList();
    }

    @Test
    void aStrangerChecksAndOpensAPoint() throws Exception {
        for (String each : commands()) {
            TestTool ran = run(each, GOLDEN.resolve("store"));
            assertThat(ran.exitCode()).as(ran.output()).isZero();
        }
        assertThat(work.resolve("postgres.sql")).content().contains("COPY t FROM stdin;\n2\n");
        assertThat(work.resolve("forgejo/git/repositories/a/b.git/HEAD"))
                .content()
                .isEqualTo("ref: refs/heads/main\n");
        assertThat(work.resolve("content")).content().isEqualTo("three");
    }

    @Test
    void aStrangerSeesThatAByteWasChangedWhereverItIs() throws Exception {
        for (String name : List.of(
                "SEAL.json", "SEAL.json.sig", "VERSIONS", "postgres.sql.gz.age", "rustfs-blobs/inventory.txt.zst")) {
            Path copy = Files.createTempDirectory(work, "store");
            assertThat(TestTool.run(work, "", "cp", "-r", GOLDEN.resolve("store") + "/.", copy.toString())
                            .exitCode())
                    .isZero();
            Path file = copy.resolve("20261122T030000Z").resolve(name);
            byte[] content = Files.readAllBytes(file);
            content[content.length / 2] ^= 1;
            Files.write(file, content);
            assertThat(run(commands().getFirst(), copy).exitCode()).as(name).isNotZero();
        }
    }

    @Test
    void theCanonicalFormIsWhatJqPrints() throws Exception {
        Path seal = GOLDEN.resolve("store/20261122T030000Z/SEAL.json");
        assertThat(TestTool.run(work, Files.readString(seal), "jq", "-S", ".").output())
                .isEqualTo(Files.readString(seal));
    }
}
