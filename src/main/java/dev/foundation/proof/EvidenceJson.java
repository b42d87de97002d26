package dev.foundation.proof;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.bundle.BundleException;
import dev.foundation.bundle.CanonicalJson;
import dev.foundation.bundle.Fields;
import dev.foundation.verify.Severity;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Evidence as canonical JSON, and back. Durations are whole milliseconds, but for the objective of the point's age, in seconds. */
final class EvidenceJson {
    private static final String WHAT = "the evidence";

    private EvidenceJson() {}

    static byte[] bytes(Evidence evidence) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("format", 1);
        root.put("instance", evidence.instance());
        root.put("point", evidence.point().toString());
        root.put("epoch", evidence.epoch());
        root.put("sequence", evidence.sequence());
        root.put("host", evidence.host());
        ObjectNode versions = root.putObject("versions");
        evidence.versions().forEach(versions::put);
        root.put("started", evidence.started().toString());
        root.put("ended", evidence.ended().toString());
        ArrayNode steps = root.putArray("steps");
        evidence.steps()
                .forEach(each -> steps.addObject()
                        .put("name", each.name())
                        .put("millis", each.took().toMillis()));
        root.put("rpoSeconds", evidence.rpo().toSeconds());
        root.put("verdict", word(evidence.verdict()));
        ArrayNode checks = root.putArray("checks");
        for (CheckResult each : evidence.checks()) {
            ObjectNode check = checks.addObject();
            check.put("id", each.name().id());
            check.put("looked", each.looked());
            check.put("millis", each.took().toMillis());
            ArrayNode findings = check.putArray("findings");
            each.findings()
                    .forEach(finding -> findings.addObject()
                            .put("severity", word(finding.severity()))
                            .put("subject", finding.subject())
                            .put("message", finding.message()));
        }
        ArrayNode problems = root.putArray("problems");
        evidence.problems().forEach(problems::add);
        return CanonicalJson.bytes(root);
    }

    static Evidence parse(byte[] content) throws BundleException {
        Fields root = Fields.parse(content, WHAT);
        root.format();
        try {
            String verdict = root.text("verdict");
            var evidence = new Evidence(
                    root.text("instance"),
                    root.point("point"),
                    Math.toIntExact(root.whole("epoch")),
                    root.whole("sequence"),
                    root.text("host"),
                    root.textsByName("versions"),
                    Instant.parse(root.text("started")),
                    Instant.parse(root.text("ended")),
                    steps(root),
                    Duration.ofSeconds(root.whole("rpoSeconds")),
                    checks(root),
                    root.texts("problems"));
            root.end();
            if (!verdict.equals(word(evidence.verdict())) || !Arrays.equals(content, bytes(evidence))) {
                throw new BundleException(
                        WHAT + " is not in its canonical form, or its verdict does not follow from it");
            }
            return evidence;
        } catch (DateTimeException e) {
            throw new BundleException(WHAT + ": a moment is none such as 2026-11-21T03:00:00Z");
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new BundleException(WHAT + ": " + e.getMessage());
        }
    }

    private static List<Evidence.Step> steps(Fields root) throws BundleException {
        List<Evidence.Step> steps = new ArrayList<>();
        for (Fields each : root.objects("steps")) {
            steps.add(new Evidence.Step(each.text("name"), Duration.ofMillis(each.whole("millis"))));
            each.end();
        }
        return steps;
    }

    private static List<CheckResult> checks(Fields root) throws BundleException {
        List<CheckResult> checks = new ArrayList<>();
        for (Fields each : root.objects("checks")) {
            String id = each.text("id");
            CheckName name = CheckName.of(id).orElseThrow(() -> each.bad("id", "is no check of ours"));
            List<ProofFinding> findings = new ArrayList<>();
            for (Fields finding : each.objects("findings")) {
                findings.add(new ProofFinding(
                        Severity.valueOf(finding.text("severity").toUpperCase(Locale.ROOT)),
                        finding.text("subject"),
                        finding.text("message")));
                finding.end();
            }
            checks.add(new CheckResult(name, each.whole("looked"), Duration.ofMillis(each.whole("millis")), findings));
            each.end();
        }
        return checks;
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
