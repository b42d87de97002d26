package dev.foundation.parts;

import dev.foundation.spec.FoundationSpec.Site;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at every part without changing anything. */
public final class Inventory {
    /** What is known of one part. */
    public enum State {
        PRESENT,
        /** Without it nothing runs. */
        MISSING,
        /** Nothing waits for it. */
        OPTIONAL
    }

    /**
     * @param from where it came from, or would come from
     * @param remedy the command that gets it; empty if it is there
     */
    public record Item(String part, String version, State state, String from, Optional<String> remedy) {}

    private final Workshop workshop;
    private final Site site;

    Inventory(Workshop workshop, Site site) {
        this.workshop = workshop;
        this.site = site;
    }

    /** In the order in which they are needed. */
    public List<Item> items() throws IOException, InterruptedException {
        List<Item> items = new ArrayList<>();
        items.add(new Item(
                "jdk",
                Runtime.version().toString(),
                State.PRESENT,
                Workshop.javaHome().toString(),
                Optional.empty()));
        Optional<String> engine = workshop.docker().version();
        items.add(new Item(
                "docker",
                engine.orElse("none answers"),
                engine.isPresent() ? State.PRESENT : State.MISSING,
                "this system",
                engine.isPresent() ? Optional.empty() : Optional.of("./foundation build docker")));
        switch (site) {
            case ONLINE -> items.add(officialCli());
            case SEALED -> {
                items.add(built("pulumi"));
                items.add(built("pulumi-language-java"));
            }
        }
        for (String plugin : Plugins.NAMES) {
            items.add(plugin(plugin));
        }
        for (ImageName name : ImageName.values()) {
            if (name.availableOn(site)) {
                items.add(image(name, engine.isPresent()));
            }
        }
        items.addAll(buildTools(items));
        return items;
    }

    private Item officialCli() throws IOException {
        boolean there = java.nio.file.Files.isRegularFile(
                workshop.toolbox().expected(site).pulumi());
        return item("pulumi", there, Origin.OFFICIAL, "./foundation build pulumi");
    }

    private Item built(String part) throws IOException {
        return item(
                part,
                workshop.builder().isReady(workshop.recipes().recipe(part)),
                Origin.BUILT,
                "./foundation build " + part);
    }

    private Item plugin(String plugin) throws IOException {
        boolean ready = workshop.plugins().isReady(plugin, site);
        String from = workshop.plugins()
                .origin(plugin)
                .filter(origin -> ready)
                .map(Origin::from)
                .orElse(site == Site.ONLINE ? Origin.OFFICIAL : Origin.BUILT);
        return item("pulumi-resource-" + plugin, ready, from, "./foundation build plugins");
    }

    private Item item(String part, boolean there, String from, String remedy) {
        return new Item(
                part,
                workshop.versions().of(part),
                there ? State.PRESENT : State.MISSING,
                from,
                there ? Optional.empty() : Optional.of(remedy));
    }

    private Item image(ImageName name, boolean engine) throws IOException, InterruptedException {
        String reference = workshop.catalog(site).reference(name).value();
        boolean ready = engine && workshop.images(site).isReady(name);
        State state = ready ? State.PRESENT : needed(name) ? State.MISSING : State.OPTIONAL;
        return new Item(
                "image " + name.key(),
                workshop.catalog(site).version(name),
                state,
                reference,
                ready ? Optional.empty() : Optional.of("./foundation build " + name.key()));
    }

    /** RustFS stands in for versitygw and Forgejo for Gitea where they can be had, and the other way round. */
    private boolean needed(ImageName name) throws IOException, InterruptedException {
        return switch (name) {
            case VAULT, POSTGRES, AGENT_BASE, AGENT -> true;
            case FORGEJO, RUNNER, RUSTFS -> site == Site.ONLINE;
            case GITEA -> site == Site.SEALED;
            case VERSITYGW -> site == Site.SEALED && !workshop.images(site).isCheap(ImageName.RUSTFS);
        };
    }

    /** What the missing parts would be built with, if that is missing itself. */
    private List<Item> buildTools(List<Item> items) {
        Set<String> commands = new LinkedHashSet<>();
        if (site == Site.SEALED && items.stream().anyMatch(item -> item.state() == State.MISSING)) {
            commands.add("go");
            commands.add("debootstrap");
        }
        return workshop.packages().missing(commands).stream()
                .map(command -> new Item(
                        command,
                        "any",
                        State.MISSING,
                        "this system",
                        Optional.of("./foundation build (as root it installs it, or says what to install)")))
                .toList();
    }
}
