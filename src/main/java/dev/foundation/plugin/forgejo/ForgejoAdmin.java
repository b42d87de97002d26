package dev.foundation.plugin.forgejo;

import dev.foundation.docker.ContainerExec;
import dev.foundation.docker.DockerCli;
import dev.foundation.docker.DockerException;
import dev.foundation.forgejo.AdminAccount;
import dev.foundation.forgejo.ForgejoCommand;
import dev.foundation.forgejo.ForgejoException;
import dev.foundation.plugin.Patience;
import dev.foundation.plugin.Problem;
import dev.foundation.plugin.ReplaceOnChange;
import dev.foundation.plugin.ResourceHandler;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.Secret;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The administrator of Forgejo, whose password is no process's argument. An account of that name that is there already is adopted. */
public final class ForgejoAdmin implements ResourceHandler<ForgejoAdmin.Inputs, ForgejoAdmin.Outputs> {
    private static final Pattern PASSWORD = Pattern.compile("[!-~]{16,128}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
    private final Server.Place place;

    public ForgejoAdmin(DockerCli docker) {
        this((container, runAs) -> new ContainerExec(docker, container, runAs));
    }

    ForgejoAdmin(Server.Place place) {
        this.place = place;
    }

    /**
     * @param container the running server's
     * @param runAs the user that the server runs as, such as {@code 1000:1000} or {@code git}
     * @param binary path of {@code forgejo} or {@code gitea} in the container
     * @param config path of {@code app.ini} in the container
     * @param url where the server's API is reached from here
     */
    public record Inputs(
            String container,
            String runAs,
            String binary,
            String config,
            String url,
            @ReplaceOnChange String username,
            String email,
            @Secret String password) {
        @Override
        public String toString() {
            return "admin " + username + " at " + url;
        }
    }

    /** @param login the account's name, for resources that must wait for it */
    public record Outputs(String login) {}

    @Override
    public String token() {
        return "foundation:index:ForgejoAdmin";
    }

    @Override
    public Class<Inputs> inputs() {
        return Inputs.class;
    }

    @Override
    public Class<Outputs> outputs() {
        return Outputs.class;
    }

    @Override
    public List<Problem> check(Inputs inputs) {
        return Server.check(inputs.url())
                .filled("container", inputs.container())
                .filled("runAs", inputs.runAs())
                .filled("binary", inputs.binary())
                .filled("config", inputs.config())
                .matching("username", inputs.username(), Server.NAME, Server.NAME_RULE)
                .unless(
                        !inputs.username().equalsIgnoreCase("admin"),
                        "username",
                        "\"admin\" is a name that Forgejo keeps for itself")
                .matching("email", inputs.email(), EMAIL, "an address such as admin@example.org")
                .unless(
                        PASSWORD.matcher(inputs.password()).matches(),
                        "password",
                        "must have 16 to 128 printable ASCII characters without spaces")
                .list();
    }

    @Override
    public Optional<String> drift(String id, Inputs inputs, Outputs state) throws InterruptedException {
        try {
            var found = AdminAccount.login(URI.create(inputs.url()), inputs.username(), inputs.password());
            return found.isEmpty()
                    ? Optional.of("the password does not work any more")
                    : found.get().admin() ? Optional.empty() : Optional.of("the account is no administrator any more");
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        var account = account(inputs);
        Patience.wait(Patience.USUAL, run, ForgejoException::isTransient, () -> {
            account.bring(inputs.username(), inputs.email(), inputs.password());
            return true;
        });
        return new Created<>(inputs.username(), new Outputs(inputs.username()));
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException, InterruptedException {
        if (known.isEmpty()) {
            throw new IOException(
                    "admin " + id + " needs no import: declare it and run up, which adopts an account that is there");
        }
        var was = known.get().inputs();
        var found = AdminAccount.login(URI.create(was.url()), was.username(), was.password());
        if (found.isEmpty() && !account(was).exists(was.username())) {
            return Optional.empty();
        }
        var now = new Inputs(
                was.container(),
                was.runAs(),
                was.binary(),
                was.config(),
                was.url(),
                was.username(),
                found.filter(account -> !account.email().equalsIgnoreCase(was.email()))
                        .map(account -> account.email())
                        .orElse(was.email()),
                found.isPresent() ? was.password() : "");
        return Optional.of(new Current<>(now, known.get().outputs()));
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run)
            throws IOException, InterruptedException {
        return create(inputs, run).outputs();
    }

    /** Where Forgejo refuses, because the account owns something or is the last admin, it stays, and that is said. */
    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) throws IOException, InterruptedException {
        try {
            account(old.inputs()).delete(id);
        } catch (DockerException e) {
            if (e.kind() != DockerException.Kind.NO_SUCH_CONTAINER) {
                throw e;
            }
            run.warn("admin " + id + " was not deleted: container "
                    + old.inputs().container() + " is gone");
        } catch (ForgejoException e) {
            run.warn("admin " + id + " stays in Forgejo's database: " + e.getMessage());
        }
    }

    private AdminAccount account(Inputs inputs) {
        var exec = place.of(inputs.container(), inputs.runAs());
        return new AdminAccount(URI.create(inputs.url()), new ForgejoCommand(exec, inputs.binary(), inputs.config()));
    }
}
