package dev.foundation.proof;

import dev.foundation.bundle.BundleException;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Seal;
import dev.foundation.seal.SealException;
import dev.foundation.seal.SealKey;
import dev.foundation.seal.SealSignature;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a proof found, for who was not there. Green only if every check of {@link CheckName} was run once, looked at something, and found no error, and
 * nothing else went wrong.
 *
 * @param instance the foundation's id
 * @param host where it was restored
 * @param versions product and version by service, and this program's by {@code foundation}
 * @param steps the recovery time objective, step by step, in their order
 * @param rpo how old the point was when the proof began
 * @param problems what went wrong outside the checks, such as a restore that broke off; each a sentence without a secret
 */
public record Evidence(
        String instance,
        BundleId point,
        int epoch,
        long sequence,
        String host,
        Map<String, String> versions,
        Instant started,
        Instant ended,
        List<Step> steps,
        Duration rpo,
        List<CheckResult> checks,
        List<String> problems) {
    /** Evidence is signed with the seals' key, in a namespace of its own (P1). */
    public static final String NAMESPACE = "foundation-evidence";

    /** One step of the restore and how long it took. A part of one is named {@code step: part}, and stands after it. */
    public record Step(String name, Duration took) {
        private static final String BETWEEN = ": ";

        public static Step part(String step, String part, Duration took) {
            return new Step(step + BETWEEN + part, took);
        }

        boolean whole() {
            return !name.contains(BETWEEN);
        }
    }

    /** How it ended; there is nothing between. */
    public enum Verdict {
        GREEN,
        RED
    }

    public Evidence {
        versions = Map.copyOf(versions);
        started = started.truncatedTo(ChronoUnit.SECONDS);
        ended = ended.truncatedTo(ChronoUnit.SECONDS);
        steps = List.copyOf(steps);
        checks = List.copyOf(checks);
        problems = List.copyOf(problems);
        if (ended.isBefore(started)) {
            throw new IllegalArgumentException("a proof ends after it has begun");
        }
    }

    /** Of a run that has ended. @param program this program's version */
    public static Evidence of(
            Seal seal,
            String host,
            String program,
            Instant started,
            Instant ended,
            List<Step> steps,
            List<CheckResult> checks,
            List<String> problems) {
        Map<String, String> versions = new TreeMap<>();
        seal.services().forEach((service, product) -> versions.put(service, product.name() + " " + product.version()));
        versions.put("foundation", program);
        return new Evidence(
                seal.instance(),
                seal.point(),
                seal.epoch(),
                seal.sequence(),
                host,
                versions,
                started,
                ended.isBefore(started) ? started : ended,
                steps,
                Duration.between(seal.point().moment(), started).truncatedTo(ChronoUnit.SECONDS),
                checks,
                problems);
    }

    public Verdict verdict() {
        return missing().isEmpty()
                        && checks.size() == CheckName.values().length
                        && checks.stream().allMatch(CheckResult::good)
                        && problems.isEmpty()
                ? Verdict.GREEN
                : Verdict.RED;
    }

    /** How long the restore took (RTO): its steps, whose parts are in them already. */
    public Duration rto() {
        return steps.stream().filter(Step::whole).map(Step::took).reduce(Duration.ZERO, Duration::plus);
    }

    /** Checks that were never run. */
    public Set<CheckName> missing() {
        Set<CheckName> missing = EnumSet.allOf(CheckName.class);
        checks.forEach(each -> missing.remove(each.name()));
        return missing;
    }

    /** Canonical JSON (docs/bundle-format.md). */
    public byte[] bytes() {
        return EvidenceJson.bytes(this);
    }

    /** Reads exactly what {@link #bytes} writes; a verdict that does not follow from the rest is refused. */
    public static Evidence parse(byte[] content) throws BundleException {
        return EvidenceJson.parse(content);
    }

    /** For people. */
    public String markdown() {
        return EvidenceText.markdown(this);
    }

    /** An armored signature over {@link #bytes}. */
    public String sign(SealKey key) {
        return SealSignature.sign(key, NAMESPACE, bytes());
    }

    /** @throws SealException unless one of these keys signed exactly these bytes as evidence. @throws BundleException if they are none */
    public static Evidence proved(byte[] content, String signature, List<String> publicLines)
            throws SealException, BundleException {
        String unused = SealSignature.verify(publicLines, NAMESPACE, content, signature);
        return parse(content);
    }
}
