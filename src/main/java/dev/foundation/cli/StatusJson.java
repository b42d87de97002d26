package dev.foundation.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** The status for scripts. Keys are stable; new ones may come. */
final class StatusJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StatusJson() {}

    static String of(StatusReport report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("instance", report.spec().instance().value());
        report.draft().instanceId().ifPresent(id -> root.put("instanceId", id));
        root.put("host", report.host());
        report.draft().site().ifPresent(site -> root.put("site", lower(site)));
        report.draft().engine().ifPresent(engine -> root.put("s3Engine", lower(engine)));
        root.put("running", report.spec().running());
        root.put("fine", report.fine());
        var services = root.putArray("services");
        report.services().forEach(service -> {
            ObjectNode node = services.addObject();
            node.put("service", service.service().label());
            node.put("state", lower(service.state()));
            service.reason().ifPresent(reason -> node.put("reason", reason));
            service.product(report.draft()).ifPresent(product -> node.put("product", product));
            node.put("version", service.version());
            node.put("image", service.image());
            var ports = node.putArray("ports");
            service.ports().forEach(port -> ports.add((int) port));
            service.since().ifPresent(since -> node.put("since", since.toString()));
        });
        backup(root.putObject("backup"), report.backup());
        ObjectNode drill = root.putObject("drill");
        report.drill()
                .last()
                .ifPresent(each -> drill.put("lastGreen", each.ended().toString())
                        .put("rtoSeconds", each.rto().toSeconds()));
        report.drill()
                .paper()
                .ifPresent(each -> drill.put("lastGreenFromPaper", each.ended().toString()));
        report.drill().unreadable().ifPresent(folder -> drill.put("unreadable", folder.toString()));
        root.put("recoverable", report.notRecoverable().isEmpty());
        var reasons = root.putArray("notRecoverable");
        report.notRecoverable().forEach(reasons::add);
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JacksonException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    private static void backup(ObjectNode node, BackupStatus status) {
        switch (status) {
            case BackupStatus.Off off -> node.put("state", "off").put("reason", off.why());
            case BackupStatus.Silent silent -> node.put("state", "unknown").put("reason", silent.why());
            case BackupStatus.Known known -> {
                PointList list = known.list();
                node.put("state", "known").put("secondFailureDomain", list.secondFailureDomain());
                list.newest().ifPresent(point -> node.set("newest", JSON.valueToTree(point)));
                PointList.instant(list.lastRun())
                        .ifPresent(when -> node.put("lastRun", when.toString()).put("lastResult", list.lastResult()));
                node.set("places", JSON.valueToTree(list.places()));
                node.set("alarms", JSON.valueToTree(list.alarms()));
            }
        }
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
