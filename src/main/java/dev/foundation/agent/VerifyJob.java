package dev.foundation.agent;

import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Known;
import dev.foundation.event.RunEvent;
import dev.foundation.event.RunEvent.Verdict;
import dev.foundation.spec.BackupPlan;
import dev.foundation.store.ObjectStore;
import dev.foundation.verify.Finding;
import dev.foundation.verify.IntegrityCheck;
import dev.foundation.verify.IntegrityReport;
import dev.foundation.verify.Sample;
import dev.foundation.verify.Severity;
import dev.foundation.verify.Which;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The integrity check without a key: by itself each week over everything, or as a person asks. */
final class VerifyJob {
    private VerifyJob() {}

    /** @param parameters {@code point}: an id, {@code latest} or {@code all} (the default); {@code sample}: a percentage of the blobs */
    static RunEvent.Ended run(
            BackupPlan plan,
            AgentState state,
            Ledger ledger,
            List<ObjectStore> stores,
            List<Known.Range> removed,
            Map<String, String> parameters,
            EvidenceDesk desk,
            InstantSource clock,
            Consumer<RunEvent> events)
            throws IOException, InterruptedException {
        Which which = which(parameters.getOrDefault("point", "all"));
        Sample sample = new Sample(Double.parseDouble(parameters.getOrDefault("sample", "100")), new SecureRandom());
        Known known = state.known(removed);
        IntegrityReport report =
                new IntegrityCheck(stores, BackupJobRun.trust(plan), store -> known, sample, events).run(which);
        for (BundleId whole : report.whole()) {
            ledger.verified(whole, clock.instant().toString());
        }
        List<String> problems = new ArrayList<>(report.findings().stream()
                .filter(each -> each.severity() != Severity.INFO)
                .map(Finding::text)
                .toList());
        // Evidence that nobody of ours signed says that somebody else writes here.
        List<String> forged = desk.tell(plan, stores).alarms();
        problems.addAll(forged);
        problems.forEach(each -> events.accept(new RunEvent.Warned(each)));
        events.accept(new RunEvent.Noted(report.whole().size() + " points whole, " + report.objects()
                + " objects read, " + report.bytes() + " bytes"));
        Verdict verdict = report.has(Severity.ERROR)
                ? Verdict.FAILED
                : report.has(Severity.WARNING) || !forged.isEmpty() ? Verdict.INCOMPLETE : Verdict.COMPLETE;
        return new RunEvent.Ended(clock.instant().toString(), verdict, "", 0, problems);
    }

    private static Which which(String point) {
        return switch (point) {
            case "all" -> new Which.All();
            case "latest" -> new Which.Latest();
            default -> new Which.One(BundleId.of(point));
        };
    }
}
