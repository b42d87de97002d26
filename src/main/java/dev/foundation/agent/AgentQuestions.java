package dev.foundation.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.agent.ControlDoor.NotThere;
import dev.foundation.bundle.BundleId;
import dev.foundation.bundle.Point;
import dev.foundation.bundle.PointList;
import dev.foundation.bundle.Points;
import dev.foundation.bundle.Seal;
import dev.foundation.bundle.SealedObject;
import dev.foundation.proof.Evidence;
import dev.foundation.proof.Proofs;
import dev.foundation.spec.BackupPlan;
import dev.foundation.store.ObjectStore;
import dev.foundation.store.StoreException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What people ask about points. Every seal is proved before it is shown; nothing here needs a private key. */
final class AgentQuestions implements ControlDoor.Questions {
    private static final JsonMapper JSON = new JsonMapper();

    private final Agent agent;
    private final BackupJobRun runs;
    private final AgentPlaces places;
    private final Ledger ledger;
    private final EvidenceDesk desk;

    AgentQuestions(Agent agent, BackupJobRun runs, AgentPlaces places, EvidenceDesk desk) {
        this.desk = desk;
        this.agent = agent;
        this.runs = runs;
        this.places = places;
        this.ledger = new Ledger(places.locks());
    }

    /** The points of all places, by sequence; what a place could not tell is said. */
    private record View(
            Map<String, PointList> lists, Map<String, String> silent, Map<BundleId, Row> rows, BackupPlan plan) {}

    private record Row(Seal seal, byte[] bytes, List<String> at) {}

    @Override
    public String json(String path, Map<String, String> parameters) throws IOException, InterruptedException {
        return switch (path) {
            case "/points" -> {
                try (Stores stores = stores()) {
                    yield points(view(stores), stores).toString();
                }
            }
            case "/point" -> {
                try (Stores stores = stores()) {
                    yield point(BundleId.of(parameters.getOrDefault("id", "")), view(stores), stores)
                            .toString();
                }
            }
            case "/hold" -> hold(parameters, true);
            case "/release" -> hold(parameters, false);
            case "/accept" -> accept(parameters);
            default -> throw new NotThere("there is nothing at " + path);
        };
    }

    @Override
    public String take(String path, byte[] body) throws IOException, InterruptedException {
        if (!path.equals("/proof")) {
            throw new NotThere("nothing is taken at " + path);
        }
        try (Stores stores = stores()) {
            EvidenceDesk.Accepted accepted = desk.accept(body, plan(), stores.all());
            agent.proved(accepted);
            return "kept: " + Proofs.base(accepted.evidence()) + ".json, "
                    + accepted.evidence().verdict()
                    + (accepted.problems().isEmpty() ? "" : "; but " + String.join("; ", accepted.problems()));
        }
    }

    private BackupPlan plan() throws IOException {
        return agent.plan().orElseThrow(() -> new IOException("there is no job: run `./foundation up`"));
    }

    private Stores stores() throws IOException, InterruptedException {
        return runs.stores(plan());
    }

    private View view(Stores stores) throws IOException, InterruptedException {
        BackupPlan plan = plan();
        Map<String, PointList> lists = new LinkedHashMap<>();
        Map<String, String> silent = new TreeMap<>();
        Map<BundleId, Row> rows = new TreeMap<>();
        for (ObjectStore store : stores.all()) {
            try {
                PointList list = new Points(
                                store, BackupJobRun.trust(plan), runs.caches().apply(store), new SecureRandom())
                        .list(agent.state().known(ledger.removed(store.name())));
                lists.put(store.name(), list);
                for (Point.Sealed each : list.sealed()) {
                    rows.computeIfAbsent(
                                    each.id(),
                                    id -> new Row(each.seal(), each.signed().bytes(), new ArrayList<>()))
                            .at()
                            .add(store.name());
                }
            } catch (StoreException e) {
                silent.put(store.name(), String.valueOf(e.getMessage()));
            }
        }
        return new View(lists, silent, rows, plan);
    }

    private ObjectNode points(View view, Stores stores) throws IOException, InterruptedException {
        ObjectNode root = JSON.createObjectNode();
        root.put("instance", view.plan().instance());
        ArrayNode alarms = root.putArray("alarms");
        EvidenceDesk.Told told = desk.tell(view.plan(), stores.all());
        told.alarms().forEach(alarms::add);
        view.lists().forEach((name, list) -> list.alarms().forEach(alarm -> alarms.add(name + ": " + alarm.message())));
        ArrayNode at = root.putArray("places");
        for (BackupPlan.Destination each : view.plan().destinations()) {
            ObjectNode place = at.addObject().put("name", each.name());
            place.put(
                    "place",
                    stores.all().stream()
                            .filter(store -> store.name().equals(each.name()))
                            .findFirst()
                            .map(ObjectStore::place)
                            .orElse(each.place()));
            place.put("kind", each.kind());
            place.put("answers", !view.silent().containsKey(each.name()));
            place.put("problem", view.silent().getOrDefault(each.name(), ""));
        }
        root.put("secondFailureDomain", secondFailureDomain(view.plan()));
        JsonNode last = Status.read(places.statusFile());
        root.put("lastRun", last.path("lastRun").asText(""));
        root.put("lastResult", last.path("lastResult").asText(""));
        ArrayNode points = root.putArray("points");
        TreeSet<BundleId> held = ledger.held();
        Map<String, String> verified = ledger.verified();
        for (Row each : view.rows().values().stream()
                .sorted((a, b) -> Seal.ORDER.compare(a.seal(), b.seal()))
                .toList()) {
            points.add(summary(each, view.plan(), held, verified, told));
        }
        ArrayNode unfinished = root.putArray("unfinished");
        view.lists()
                .forEach((name, list) -> list.points().forEach(point -> {
                    String reason = switch (point) {
                        case Point.Sealed unused -> "";
                        case Point.Unsealed(var id, var why) -> why;
                        case Point.Refused(var id, var why) -> "REFUSED: " + why;
                    };
                    if (!reason.isEmpty()) {
                        unfinished
                                .addObject()
                                .put("point", point.id().toString())
                                .put("place", name)
                                .put("reason", reason);
                    }
                }));
        return root;
    }

    static boolean secondFailureDomain(BackupPlan plan) {
        return plan.destinations().stream().anyMatch(each -> each.name().equals("off-site"));
    }

    private static ObjectNode summary(
            Row row, BackupPlan plan, TreeSet<BundleId> held, Map<String, String> verified, EvidenceDesk.Told told) {
        Seal seal = row.seal();
        ObjectNode node = JSON.createObjectNode();
        node.put("point", seal.point().toString());
        node.put("sequence", seal.sequence());
        node.put("epoch", seal.epoch());
        ArrayNode at = node.putArray("at");
        row.at().forEach(at::add);
        node.put("complete", row.at().size() == plan.destinations().size());
        ArrayNode suspicious = node.putArray("suspicious");
        seal.warnings().forEach(suspicious::add);
        node.put("held", held.contains(seal.point()));
        node.put("verified", verified.getOrDefault(seal.point().toString(), ""));
        Evidence evidence = told.newest().get(seal.point());
        node.put("restored", evidence == null ? "" : evidence.ended().toString());
        node.put(
                "restoredVerdict",
                evidence == null ? "" : evidence.verdict().name().toLowerCase(Locale.ROOT));
        node.put("size", seal.objects().stream().mapToLong(SealedObject::size).sum());
        node.putObject("blobs") // those that it had to send
                .put("count", seal.blobs().newCount())
                .put("size", seal.blobs().newSize());
        return node;
    }

    private ObjectNode point(BundleId id, View view, Stores stores) throws IOException, InterruptedException {
        Row row = row(id, view);
        ObjectNode root = JSON.createObjectNode();
        root.set(
                "summary",
                summary(row, view.plan(), ledger.held(), ledger.verified(), desk.tell(view.plan(), stores.all())));
        root.set("seal", JSON.readTree(row.bytes()));
        return root;
    }

    private static Row row(BundleId id, View view) throws NotThere {
        Row row = view.rows().get(id);
        if (row == null) {
            throw new NotThere("there is no recovery point " + id
                    + (view.silent().isEmpty()
                            ? ""
                            : " (and these places do not answer: "
                                    + view.silent().keySet() + ")")
                    + "; `./foundation points` lists them");
        }
        return row;
    }

    private String accept(Map<String, String> parameters) throws IOException, InterruptedException {
        BundleId id = BundleId.of(parameters.getOrDefault("id", ""));
        try (Stores stores = stores()) {
            if (!row(id, view(stores)).seal().suspicious()) {
                throw new IllegalArgumentException(id + " is not suspicious: there is nothing to accept");
            }
        }
        ledger.accept(id);
        return id + " is accepted: what was odd about it holds up pruning no longer.";
    }

    private String hold(Map<String, String> parameters, boolean hold) throws IOException, InterruptedException {
        BundleId id = BundleId.of(parameters.getOrDefault("id", ""));
        if (hold) {
            try (Stores stores = stores()) {
                Row unused = row(id, view(stores));
            }
        } else if (!ledger.held().contains(id)) {
            throw new NotThere("nobody holds " + id);
        }
        ledger.hold(id, hold);
        return id + (hold ? " is held: pruning keeps it." : " is held no longer: retention decides about it.");
    }

    @Override
    public InputStream bytes(BundleId point, String name) throws IOException, InterruptedException {
        Stores stores = stores();
        boolean open = false;
        try {
            InputStream in = new SealedBytes(stores.all(), BackupJobRun.trust(plan())).open(point, name);
            open = true;
            return new FilterInputStream(in) {
                @Override
                public void close() throws IOException {
                    try {
                        super.close();
                    } finally {
                        stores.close();
                    }
                }
            };
        } finally {
            if (!open) {
                stores.close();
            }
        }
    }

    @Override
    public InputStream live(String service) throws IOException, InterruptedException {
        return runs.live(plan(), service);
    }
}
