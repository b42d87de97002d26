package dev.foundation.plugin.forgejo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.docker.Exec;
import dev.foundation.docker.LocalExec;
import dev.foundation.forgejo.AdminAccount;
import dev.foundation.forgejo.ForgejoApi;
import dev.foundation.plugin.ResourceHandler.Current;
import dev.foundation.process.Command;
import dev.foundation.process.Processes;
import dev.foundation.testing.GitClone;
import dev.foundation.testing.GiteaServer;
import dev.foundation.testing.PostgresServer;
import dev.foundation.testing.RecordingRun;
import dev.foundation.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Gitea, Forgejo's ancestor, which has the same API and, but for the runner's, the same commands. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
final class ForgejoIT {
    private static final String PASSWORD = "the-admin's-pass&word";
    private final RecordingRun run = new RecordingRun();
    private final List<List<String>> commands = new ArrayList<>();
    private PostgresServer postgres;
    private GiteaServer gitea;
    private ForgejoAdmin admins;
    private final ForgejoOrganization organizations = new ForgejoOrganization();
    private final ForgejoRepository repositories = new ForgejoRepository();

    @BeforeAll
    void startServers(@TempDir Path folder, @TempDir Path data) throws Exception {
        Tools.need("gitea");
        Assumptions.assumeTrue(
                GiteaServer.available() && PostgresServer.available(), "Gitea's files or Postgres are not here");
        postgres = PostgresServer.start(data);
        gitea = GiteaServer.start(folder, postgres);
        admins = new ForgejoAdmin((container, runAs) -> beside());
        admins.create(admin(PASSWORD), run);
    }

    @AfterAll
    void stopServers() {
        if (gitea != null) {
            gitea.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    /** Where the container would be: the same program, the same user, beside the server. */
    private Exec beside() {
        var local = new LocalExec(Map.of("HOME", gitea.home().toString(), "USER", "nobody"));
        return (args, input, timeout) -> {
            commands.add(args);
            return local.run(PostgresServer.asNobody(args), input, timeout);
        };
    }

    private ForgejoAdmin.Inputs admin(String password) {
        return new ForgejoAdmin.Inputs(
                "none",
                "nobody",
                gitea.binary().toString(),
                gitea.config().toString(),
                gitea.url().toString(),
                "keeper",
                "keeper@example.org",
                password);
    }

    private ForgejoOrganization.Inputs organization(String name, Optional<String> visibility) {
        return new ForgejoOrganization.Inputs(gitea.url().toString(), "keeper", PASSWORD, name, visibility);
    }

    private ForgejoRepository.Inputs repository(String owner, String name, boolean force) {
        return new ForgejoRepository.Inputs(
                gitea.url().toString(),
                "keeper",
                PASSWORD,
                owner,
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.of(force));
    }

    @Test
    void theAdminLogsInAndNoArgumentHeldThePassword() throws Exception {
        assertThat(admins.check(admin(PASSWORD))).isEmpty();
        assertThat(AdminAccount.login(gitea.url(), "keeper", PASSWORD))
                .contains(new ForgejoApi.Account("keeper", "keeper@example.org", true));
        assertThat(commands.toString()).contains("--random-password").doesNotContain(PASSWORD);
        assertThat(gitea.log()).doesNotContain(PASSWORD);
        try (var api = ForgejoApi.withPassword(gitea.url(), "keeper", PASSWORD)) {
            assertThat(api.get("list tokens", "users/keeper/tokens"))
                    .hasValueSatisfying(tokens -> assertThat(tokens).isEmpty());
        }
    }

    @Test
    void creatingTheAdminAgainRunsNoCommand() throws Exception {
        int before = commands.size();
        assertThat(admins.create(admin(PASSWORD), run).id()).isEqualTo("keeper");
        assertThat(commands).hasSize(before);
        var known = new Current<>(admin(PASSWORD), new ForgejoAdmin.Outputs("keeper"));
        assertThat(admins.read("keeper", Optional.of(known))).contains(known);
        assertThat(admins.drift("keeper", known.inputs(), known.outputs())).isEmpty();
    }

    @Test
    void aPasswordThatSomebodyChangedIsSeenAndMended() throws Exception {
        var second = new ForgejoAdmin.Inputs(
                "none",
                "nobody",
                gitea.binary().toString(),
                gitea.config().toString(),
                gitea.url().toString(),
                "second",
                "second@example.org",
                PASSWORD);
        var known = new Current<>(second, admins.create(second, run).outputs());
        try (var api = ForgejoApi.withPassword(gitea.url(), "keeper", PASSWORD)) {
            api.patch(
                    "change",
                    "admin/users/second",
                    Map.of("login_name", "second", "source_id", 0, "password", "somebody-changed-it"));
        }
        assertThat(admins.drift("second", second, known.outputs())).contains("the password does not work any more");
        var seen = admins.read("second", Optional.of(known)).orElseThrow();
        assertThat(seen.inputs().password()).isEmpty();
        admins.update("second", seen, second, run);
        assertThat(admins.read("second", Optional.of(known))).contains(known);
        admins.delete("second", known, run);
        admins.delete("second", known, run);
        assertThat(admins.read("second", Optional.of(known))).isEmpty();
    }

    @Test
    void anOrganisationIsMadeAdoptedChangedAndDeleted() throws Exception {
        var inputs = organization("firm", Optional.empty());
        var known = new Current<>(inputs, organizations.create(inputs, run).outputs());
        organizations.create(inputs, run);
        assertThat(organizations.read("firm", Optional.of(known))).contains(known);
        organizations.update("firm", known, organization("firm", Optional.of("public")), run);
        assertThat(organizations
                        .read("firm", Optional.of(known))
                        .orElseThrow()
                        .inputs()
                        .visibility())
                .contains("public");
        organizations.delete("firm", known, run);
        organizations.delete("firm", known, run);
        assertThat(organizations.read("firm", Optional.of(known))).isEmpty();
    }

    @Test
    void theProjectIsPushedIntoAPrivateRepositoryAndComesBackWhole(@TempDir Path folder) throws Exception {
        organizations.create(organization("foundation", Optional.empty()), run);
        var inputs = repository("foundation", "foundation", false);
        var known = new Current<>(inputs, repositories.create(inputs, run).outputs());
        repositories.create(inputs, run);
        assertThat(repositories.read("foundation/foundation", Optional.of(known)))
                .contains(known);

        var clone = GitClone.init(folder.resolve("clone"));
        var lfs = Processes.run(Command.of(List.of("git", "lfs", "version"))).ok();
        if (lfs) {
            clone.git("lfs", "install", "--local");
            Files.writeString(clone.folder().resolve(".gitattributes"), "*.bin filter=lfs diff=lfs merge=lfs -text\n");
        }
        var commit = clone.commit("large.bin", "x".repeat(100_000));
        var pushes = new ForgejoPush(clone.folder());
        var push = new ForgejoPush.Inputs(
                gitea.url().toString(),
                "foundation",
                "foundation",
                "keeper",
                PASSWORD,
                Optional.empty(),
                Optional.empty());
        var pushed = pushes.create(push, run).outputs();
        assertThat(pushed).isEqualTo(new ForgejoPush.Outputs(commit, commit));
        assertThat(pushes.create(push, run).outputs()).isEqualTo(pushed);
        assertThat(clone.git("config", "--list")).doesNotContain(PASSWORD);

        var helper = "credential.helper=!f() { echo username=keeper; echo \"password=" + PASSWORD + "\"; }; f";
        var back = new GitClone(folder.resolve("back"));
        var address = gitea.url() + "/foundation/foundation.git";
        clone.git(
                "-c",
                "credential.helper=",
                "-c",
                helper,
                "clone",
                "--quiet",
                address,
                back.folder().toString());
        assertThat(back.git("rev-parse", "HEAD")).isEqualTo(commit);
        if (lfs) {
            back.git("lfs", "install", "--local");
            back.git("-c", "credential.helper=", "-c", helper, "lfs", "pull");
            assertThat(back.folder().resolve("large.bin")).hasSize(100_000);
            assertThat(back.git("show", "HEAD:large.bin")).contains("git-lfs");
        }
        assertThatThrownBy(() -> repositories.delete("foundation/foundation", known, run))
                .hasMessageContaining("was kept");
        assertThatThrownBy(() -> organizations.delete(
                        "foundation",
                        new Current<>(
                                organization("foundation", Optional.empty()),
                                new ForgejoOrganization.Outputs("foundation")),
                        run))
                .hasMessageContaining("delete organisation foundation");

        var wrong = new ForgejoPush.Inputs(
                gitea.url().toString(),
                "foundation",
                "foundation",
                "keeper",
                "not-the-pass-word",
                Optional.empty(),
                Optional.empty());
        assertThatThrownBy(() -> pushes.create(wrong, run)).hasMessageNotContaining("not-the-pass-word");
        assertThat(run.warnings()).isEmpty();
    }

    @Test
    void aUsersRepositoryIsMadeAndDeletedWhenEmptyOrForced() throws Exception {
        var inputs = repository("keeper", "scratch", false);
        var known = new Current<>(inputs, repositories.create(inputs, run).outputs());
        assertThat(repositories.read("keeper/scratch", Optional.of(known))).contains(known);
        repositories.delete("keeper/scratch", known, run);
        repositories.delete("keeper/scratch", known, run);
        assertThat(repositories.read("keeper/scratch", Optional.of(known))).isEmpty();
    }

    @Test
    void aWrongPasswordIsRefusedAndNotShown() {
        var inputs = new ForgejoOrganization.Inputs(
                gitea.url().toString(), "keeper", "not-the-pass-word", "never", Optional.empty());
        assertThatThrownBy(() -> organizations.create(inputs, run))
                .hasMessageContaining("HTTP 401")
                .hasMessageNotContaining("not-the-pass-word");
    }
}
