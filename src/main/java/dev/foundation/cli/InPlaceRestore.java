package dev.foundation.cli;

import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Seal;
import dev.foundation.event.RunEvent;
import dev.foundation.event.RunEvent.Verdict;
import dev.foundation.recover.Products;
import dev.foundation.restore.StagedPoint;
import dev.foundation.secret.Secret;
import dev.foundation.spec.FoundationSpec;
import dev.foundation.spec.ServiceName;
import dev.foundation.spec.SpecDraft;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a point over the foundation that runs, and the way back: plan, print, agree, lock, restore, print the undo. */
final class InPlaceRestore {
    private final Workspace workspace;
    private final SpecDraft draft;
    private final LiveServices live;
    private final Secret<String> identity;
    private final Clock clock;
    private final Agreement agreement;
    private final Terminal terminal;

    /**
     * How the person wants it.
     *
     * @param plan touch nothing
     * @param confirm the instance's name, beforehand
     */
    record Agreement(boolean plan, @Nullable String confirm, boolean json) {}

    InPlaceRestore(
            Workspace workspace,
            SpecDraft draft,
            LiveServices live,
            Secret<String> identity,
            Clock clock,
            Agreement agreement) {
        this.workspace = workspace;
        this.draft = draft;
        this.live = live;
        this.identity = identity;
        this.clock = clock;
        this.agreement = agreement;
        this.terminal = workspace.terminal();
    }

    private interface Work {
        List<String> run(PartInPlace part) throws IOException, InterruptedException;
    }

    /** With progress shown. */
    private List<String> with(RestoreSelector selector, Work work) throws IOException, InterruptedException {
        try (RunView view = RunText.view("restore", terminal, agreement.json())) {
            PartInPlace part = switch (selector.part()) {
                case postgres -> new PostgresInPlace(live, view::event);
                case forgejo -> new ForgejoInPlace(live, view::event);
                case buckets -> new BucketsInPlace(live, view::event);
                case vault -> new VaultInPlace(live, identity, view::event);
                case state ->
                    throw new IOException("the state is never restored in place: `./foundation recover` rewrites it."
                            + " Nothing was touched");
            };
            return work.run(part);
        }
    }

    /** @param place where the point comes from, for people @return the exit code */
    int restore(StagedPoint point, String place, RestoreSelector selector) throws IOException, InterruptedException {
        Seal seal = point.seal();
        List<String> against = against(seal, selector);
        if (!against.isEmpty()) {
            throw new Refused(String.join("; ", against) + ". Nothing was touched.");
        }
        List<String> lines = new ArrayList<>(List.of("point " + seal.point() + ", sequence " + seal.sequence()
                + ", from " + place + "; over what runs goes " + selector + ":"));
        lines.addAll(with(selector, part -> part.plan(point, selector)));
        if (agreed("restore", lines)) {
            return ended(seal.point().toString(), seal.sequence(), List.of(), "was planned; nothing was touched.");
        }
        try (Alone alone = alone()) {
            UndoFile undo = UndoFile.begin(BeforeApplyCommand.folder(workspace, spec()), record(seal, selector));
            List<String> told = kept(undo, with(selector, part -> {
                try {
                    return part.restore(point, selector, undo);
                } catch (IOException | InterruptedException | RuntimeException e) {
                    failed(undo);
                    throw e;
                }
            }));
            return ended(seal.point().toString(), seal.sequence(), told, "is restored over " + selector + ".");
        }
    }

    private List<String> kept(UndoFile undo, List<String> told) throws IOException {
        List<String> all = new ArrayList<>(told);
        if (undo.record().kept().isEmpty()) {
            undo.forget();
            all.add("nothing differed, so nothing was overwritten");
        } else {
            undo.now(UndoRecord.State.DONE);
            all.addFirst("undo: ./foundation restore --undo " + undo.name());
        }
        return all;
    }

    private void failed(UndoFile undo) throws IOException {
        if (undo.record().kept().isEmpty()) {
            undo.forget();
            terminal.err().println("restore: it failed before anything was overwritten.");
        } else {
            terminal.err()
                    .println("restore: it failed half-way. What was there is kept; this brings it back: ./foundation"
                            + " restore --undo " + undo.name());
        }
    }

    /** @param given as {@code --undo} has it @return the exit code */
    int undo(String given) throws IOException, InterruptedException {
        UndoFile undo = UndoFile.read(BeforeApplyCommand.folder(workspace, spec()), given);
        UndoRecord record = undo.record();
        if (!record.instanceId().equals(spec().instanceId())) {
            throw new Refused(given + " is of the foundation " + record.instance() + " (id " + record.instanceId()
                    + "), and this one has the id " + spec().instanceId() + ". Nothing was touched.");
        }
        if (record.state() == UndoRecord.State.UNDONE) {
            throw new Refused(given + " was undone already. Nothing was touched.");
        }
        RestoreSelector selector = RestoreSelector.of(record.selector());
        List<String> lines = new ArrayList<>(List.of("back to before the restore of " + record.selector() + " from "
                + record.point() + " at " + record.made()
                + (record.state() == UndoRecord.State.BEGUN ? ", which broke off" : "") + ":"));
        lines.addAll(with(selector, part -> part.undoPlan(record)));
        if (agreed("restore --undo", lines)) {
            return ended(record.point(), 0, List.of(), "was planned; nothing was touched.");
        }
        try (Alone alone = alone()) {
            List<String> told = with(selector, part -> part.undo(undo));
            undo.now(UndoRecord.State.UNDONE);
            return ended(record.point(), 0, told, "is taken back: " + selector + " is as it was before.");
        }
    }

    /** @return whether it was only to be planned. @throws Refused if nobody agreed */
    private boolean agreed(String action, List<String> lines) throws IOException {
        if (!agreement.plan()) {
            new Guard(workspace).pass(action, draft, lines, agreement.confirm());
            return false;
        }
        var out = agreement.json() ? terminal.err() : terminal.out();
        out.println(terminal.strong(
                action + " " + spec().instance() + " (id " + spec().instanceId() + ") on host " + Workspace.host()));
        lines.forEach(line -> out.println("  " + line));
        return true;
    }

    private Alone alone() throws IOException {
        return Alone.orRefused(workspace.preparation().sharedFolders(spec().instance()), clock, "restore");
    }

    private UndoRecord record(Seal seal, RestoreSelector selector) {
        return new UndoRecord(
                UndoRecord.FORMAT,
                new BundleId(clock.instant()).toString(),
                spec().instance().value(),
                spec().instanceId(),
                Workspace.host(),
                seal.point().toString(),
                selector.toString(),
                clock.instant().toString(),
                UndoRecord.State.BEGUN,
                List.of());
    }

    /** What stands against it by product and version, of the services whose data it is (P7). */
    private List<String> against(Seal seal, RestoreSelector selector) throws IOException {
        List<ServiceName> services = switch (selector.part()) {
            case postgres ->
                selector.whole() || selector.name().equals(LiveServices.FORGEJO_DATABASE)
                        ? List.of(ServiceName.POSTGRES, ServiceName.FORGEJO)
                        : List.of(ServiceName.POSTGRES);
            case forgejo -> List.of(ServiceName.FORGEJO);
            case buckets -> List.of(ServiceName.S3);
            case vault -> List.of(ServiceName.VAULT);
            case state -> List.of();
        };
        Map<String, Seal.Product> sealed = new HashMap<>(seal.services());
        sealed.keySet().retainAll(services.stream().map(ServiceName::label).toList());
        return Products.against(sealed, OwnProducts.of(workspace, spec()));
    }

    private int ended(String point, long sequence, List<String> told, String words) {
        if (agreement.json()) {
            var view = new RunJson(terminal.out());
            told.forEach(each -> view.event(new RunEvent.Noted(each)));
            view.event(new RunEvent.Ended(clock.instant().toString(), Verdict.COMPLETE, point, sequence, List.of()));
        } else {
            var end = new RunEvent.Ended(clock.instant().toString(), Verdict.COMPLETE, point, sequence, told);
            RunText.lines(terminal, end, point + " " + words).forEach(terminal.out()::println);
        }
        return ExitCodes.DONE;
    }

    private FoundationSpec spec() {
        return draft.provisional();
    }
}
