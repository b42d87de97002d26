package dev.foundation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.artifact.forgejo.Exclusion;
import dev.foundation.artifact.forgejo.ForgejoVolume;
import dev.foundation.bundle.Names;
import dev.foundation.bundle.SealedContent;
import dev.foundation.bundle.SignedSeal;
import dev.foundation.restore.StagedPoint;
import dev.foundation.stream.ParallelZstd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a restore in place says and refuses before it touches anything; the volume is a folder. */
@Timeout(120)
final class RestoreCommandTest {
    @TempDir
    Path folder;

    private RestoreRun run;

    @BeforeEach
    void haveAFoundation() throws Exception {
        run = new RestoreRun(folder);
    }

    private SignedSeal takeAPointOfAVolume() throws Exception {
        Path data = Files.createDirectories(run.live.volume.resolve("data"));
        Files.writeString(data.resolve("word"), "as of the point");
        run.points.spoil(each -> each.name().equals(Names.FORGEJO)
                ? new ForgejoVolume(run.live.volume, Exclusion.FORGEJO, tar -> ParallelZstd.compress(tar, 1))
                : each);
        SignedSeal point = run.points.take();
        Files.writeString(data.resolve("word"), "since");
        return point;
    }

    @Test
    void thePlanSaysWhatWhereAndWhichPointAndTouchesNothing() throws Exception {
        String point = takeAPointOfAVolume().seal().point().toString();
        assertThat(run.restore("--only", "forgejo", "--plan")).as(run.cli.err()).isZero();
        assertThat(run.cli.out())
                .contains("restore foundation (id " + run.points.trust().instance() + ") on host " + Workspace.host())
                .contains("point " + point + ", sequence 1, from folder")
                .contains("all files of Forgejo, ")
                .contains("they get 1 file, 15 B; repositories: 0")
                .contains("was planned; nothing was touched");
        assertThat(run.live.volume.resolve("data/word")).hasContent("since");
        assertThat(run.live.volume.resolve("foundation-before")).doesNotExist();
        assertThat(run.live.calls).isEmpty();
    }

    @Test
    void onlyTheInstancesNameLetsItGoOn() throws Exception {
        takeAPointOfAVolume();
        assertThat(run.restore("--only", "forgejo", "--confirm", "another")).isEqualTo(ExitCodes.REFUSED);
        run.cli.interactive = true;
        run.cli.typed = "yes\n";
        assertThat(run.restore("--only", "forgejo")).isEqualTo(ExitCodes.REFUSED);
        assertThat(run.cli.err()).contains("all files of Forgejo", "Type foundation to go on", "Nothing was touched");
        assertThat(run.live.volume.resolve("data/word")).hasContent("since");
        run.cli.typed = "foundation\n";
        assertThat(run.restore("--only", "forgejo")).as(run.cli.err()).isZero();
        assertThat(run.live.volume.resolve("data/word")).hasContent("as of the point");
    }

    @Test
    void anUndoOfAnotherFoundationIsRefused() throws Exception {
        takeAPointOfAVolume();
        assertThat(run.restore("--only", "forgejo", "--confirm", "foundation", "--json"))
                .as(run.cli.err())
                .isZero();
        assertThat(run.cli.out().lines())
                .allSatisfy(line -> assertThat(line).startsWith("{").endsWith("}"))
                .anySatisfy(line -> assertThat(line).contains("undo: ./foundation restore --undo restore-"));
        Path record;
        try (var all = Files.list(folder.resolve("state-of/foundation/before-apply"))) {
            record = all.findFirst().orElseThrow();
        }
        String text = Files.readString(record);
        Files.writeString(record, text.replace(run.points.trust().instance(), "7d3c1c5e-6f0a-4f5e-9b1a-2f9f7a1b2c3d"));
        assertThat(run.restore("--undo", record.toString(), "--confirm", "foundation"))
                .isEqualTo(ExitCodes.REFUSED);
        assertThat(run.cli.err()).contains("is of the foundation foundation (id 7d3c1c5e");
        assertThat(run.live.volume.resolve("data/word")).hasContent("as of the point");
    }

    /** As the agent gives them: by name, and no list. */
    @Test
    void aPointIsReadObjectByObject() throws Exception {
        run.points.buckets().put("media", "a", "one");
        SignedSeal point = takeAPointOfAVolume();
        var id = point.seal().point();
        var store = new PointStore(
                point,
                name -> Files.newInputStream(
                        (name.startsWith(Names.BLOBS) ? run.store : run.store.resolve(id.toString())).resolve(name)),
                "a test");
        StagedPoint staged = StagedPoint.open(
                store,
                id.toString(),
                run.points.trust().publicLines(),
                run.points.trust().instance(),
                run.points.age().identity());
        try (var whole = staged.artifact(Names.FORGEJO).open()) {
            assertThat(whole.readAllBytes()).isNotEmpty();
        }
        long[] lines = {0};
        SealedContent.inventory(store, point, line -> lines[0]++);
        assertThat(lines[0]).isEqualTo(1);
    }

    @Test
    void aPointOfAnotherProductOrOfANewerOneIsRefused() throws Exception {
        run.points.take();
        String file = Files.readString(run.cli.file());
        Files.writeString(
                run.cli.file(),
                file.replace("product: gitea", "product: forgejo").replace("site: sealed", "site: online"));
        for (String each : List.of("forgejo", "forgejo:team/app", "postgres", "postgres:forgejo")) {
            assertThat(run.restore("--only", each, "--confirm", "foundation")).isEqualTo(ExitCodes.REFUSED);
            assertThat(run.cli.err()).contains("the point's forgejo is gitea", "Nothing was touched");
        }
        Files.writeString(run.cli.file(), file);
        Path versions = run.cli.repository.resolve("VERSIONS");
        Files.writeString(versions, Files.readString(versions).replace("gitea=1.26.0", "gitea=1.25.9"));
        assertThat(run.restore("--only", "forgejo", "--confirm", "foundation")).isEqualTo(ExitCodes.REFUSED);
        assertThat(run.cli.err()).contains("newer than 1.25.9");
        assertThat(run.live.calls).isEmpty();
    }

    @Test
    void whatIsNotClearIsAskedForBeforeAnythingIsRead() throws Exception {
        assertThat(run.restore()).isEqualTo(ExitCodes.WRONG_USAGE);
        assertThat(run.cli.err()).contains("give --into FOLDER", "one --only PART");
        assertThat(run.restore("--only", "vault,postgres")).isEqualTo(ExitCodes.WRONG_USAGE);
        assertThat(run.restore("--only", "state")).isEqualTo(ExitCodes.WRONG_USAGE);
        assertThat(run.restore("--only", "mysql")).isEqualTo(ExitCodes.WRONG_USAGE);
        assertThat(run.cli.err()).contains("postgres[:database]");
        assertThat(run.restore("--into", folder.resolve("look").toString(), "--only", "postgres:forgejo"))
                .isEqualTo(ExitCodes.WRONG_USAGE);
        assertThat(run.restore("--into", folder.resolve("look").toString(), "--plan"))
                .isEqualTo(ExitCodes.WRONG_USAGE);
        assertThat(run.restore("--undo", "x", "--only", "vault")).isEqualTo(ExitCodes.WRONG_USAGE);
        assertThat(run.restore("--undo", "restore-20261121T091500Z", "--confirm", "foundation"))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(run.cli.err()).contains("there is no restore to undo");
        assertThat(folder.resolve("look")).doesNotExist();
    }
}
