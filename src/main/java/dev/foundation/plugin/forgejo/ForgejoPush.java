package dev.foundation.plugin.forgejo;

import dev.foundation.forgejo.GitRemote;
import dev.foundation.plugin.Problem;
import dev.foundation.plugin.ReplaceOnChange;
import dev.foundation.plugin.ResourceHandler;
import dev.foundation.plugin.Run;
import dev.foundation.plugin.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A local clone's commit in a repository of Forgejo. It follows the clone forward, never forces, and where Forgejo's branch is ahead or went another
 * way, it leaves it alone and says so.
 */
public final class ForgejoPush implements ResourceHandler<ForgejoPush.Inputs, ForgejoPush.Outputs> {
    private final Path home;

    /** @param home the project's folder, which a relative source starts from */
    public ForgejoPush(Path home) {
        this.home = home;
    }

    /**
     * @param username who pushes
     * @param source folder of the clone; the project's own by default
     * @param branch {@code main} by default
     */
    public record Inputs(
            String url,
            @ReplaceOnChange String owner,
            @ReplaceOnChange String repository,
            String username,
            @Secret String password,
            Optional<String> source,
            @ReplaceOnChange Optional<String> branch) {
        String target() {
            return branch.orElse("main");
        }

        @Override
        public String toString() {
            return "push to " + owner + "/" + repository + " at " + url;
        }
    }

    /**
     * @param commit what the clone had checked out when it was looked at last
     * @param pushed what Forgejo's branch pointed to then; another commit than {@code commit} where Forgejo was ahead or went another way
     */
    public record Outputs(String commit, String pushed) {}

    @Override
    public String token() {
        return "foundation:index:ForgejoPush";
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
                .matching("owner", inputs.owner(), Server.NAME, Server.NAME_RULE)
                .matching("repository", inputs.repository(), Server.NAME, Server.NAME_RULE)
                .filled("username", inputs.username())
                .filled("password", inputs.password())
                .filled("branch", inputs.target())
                .list();
    }

    @Override
    public Optional<String> drift(String id, Inputs inputs, Outputs state) throws InterruptedException {
        try {
            var git = remote(inputs);
            var head = git.head();
            if (head.equals(state.commit())) {
                return Optional.empty();
            }
            var there = git.remoteHead(inputs.target());
            boolean forward = there.isEmpty() || !there.get().equals(head) && git.isAncestor(there.get(), head);
            return forward ? Optional.of("there is a newer commit, " + brief(head)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Created<Outputs> create(Inputs inputs, Run run) throws IOException, InterruptedException {
        return new Created<>(inputs.owner() + "/" + inputs.repository() + ":" + inputs.target(), push(inputs, run));
    }

    private Outputs push(Inputs inputs, Run run) throws IOException, InterruptedException {
        var git = remote(inputs);
        var head = git.head();
        var there = git.remoteHead(inputs.target());
        if (there.isPresent() && !git.isAncestor(there.get(), head)) {
            run.warn("branch " + inputs.target() + " of " + inputs.owner() + "/" + inputs.repository() + " is at "
                    + brief(there.get()) + ", which is not in the history of " + brief(head)
                    + " here; nothing was pushed. Pull and merge it to go on from there");
            return new Outputs(head, there.get());
        }
        if (there.isPresent() && there.get().equals(head)) {
            return new Outputs(head, head);
        }
        var obstacle = git.obstacle();
        if (obstacle.isPresent()) {
            throw new IOException("push to " + inputs.owner() + "/" + inputs.repository() + ": " + obstacle.get());
        }
        if (git.lacksLfs(head)) {
            run.warn(
                    "git-lfs is not installed here, so the files that this repository keeps in LFS stay behind; install it and push them with: git lfs push");
        }
        git.push(head, inputs.target());
        return new Outputs(head, head);
    }

    @Override
    public Optional<Current<Inputs, Outputs>> read(String id, Optional<Current<Inputs, Outputs>> known)
            throws IOException, InterruptedException {
        if (known.isEmpty()) {
            throw new IOException("push " + id
                    + " cannot be imported; declare it and run up, which changes nothing where all is pushed");
        }
        var was = known.get();
        return remote(was.inputs())
                .remoteHead(was.inputs().target())
                .map(there ->
                        new Current<>(was.inputs(), new Outputs(was.outputs().commit(), there)));
    }

    @Override
    public Outputs update(String id, Current<Inputs, Outputs> old, Inputs inputs, Run run)
            throws IOException, InterruptedException {
        return push(inputs, run);
    }

    @Override
    public void delete(String id, Current<Inputs, Outputs> old, Run run) {
        // What was pushed belongs to the repository.
    }

    private GitRemote remote(Inputs inputs) {
        var clone = home.resolve(inputs.source().orElse("."));
        return new GitRemote(
                clone,
                URI.create(inputs.url()),
                inputs.owner(),
                inputs.repository(),
                inputs.username(),
                inputs.password());
    }

    private static String brief(String commit) {
        return commit.substring(0, Math.min(12, commit.length()));
    }
}
