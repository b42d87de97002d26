package dev.foundation.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foundation.parts.Inventory;
import dev.foundation.parts.SiteProbe;
import dev.foundation.parts.Workshop;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doctor}: every part, its version, where it comes from, what is missing. Changes nothing. Exit 0 if all is there, else 1. */
@Command(
        name = "doctor",
        description = "List every part, its version, where it came from, and what is missing. Changes nothing.")
public final class DoctorCommand implements Callable<Integer> {
    private final BuildCommand.Opener opener;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    public DoctorCommand(BuildCommand.Opener opener) {
        this.opener = opener;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Workshop workshop = opener.open();
        SiteProbe.Result site = workshop.probe().probe();
        List<Inventory.Item> items = workshop.inventory(site.site()).items();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            json(out, site, items);
        } else {
            text(out, site, items);
        }
        return items.stream().anyMatch(item -> item.state() == Inventory.State.MISSING) ? 1 : 0;
    }

    private static void text(PrintWriter out, SiteProbe.Result site, List<Inventory.Item> items) {
        out.println(site.line());
        for (Inventory.Item item : items) {
            out.println(String.format(
                            Locale.ROOT,
                            "%-9s %-24s %-12s %s%s",
                            word(item.state()),
                            item.part(),
                            item.version(),
                            item.from(),
                            item.remedy().map(remedy -> "  ->  " + remedy).orElse(""))
                    .stripTrailing());
        }
        long missing = items.stream()
                .filter(item -> item.state() == Inventory.State.MISSING)
                .count();
        out.println(
                missing == 0 ? "all there" : missing + " missing; ./foundation build gets everything that up needs");
    }

    private static String word(Inventory.State state) {
        return switch (state) {
            case PRESENT -> "ok";
            case MISSING -> "missing";
            case OPTIONAL -> "optional";
        };
    }

    private static void json(PrintWriter out, SiteProbe.Result site, List<Inventory.Item> items) throws IOException {
        var mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("site", site.site().name().toLowerCase(Locale.ROOT));
        ArrayNode parts = root.putArray("parts");
        for (Inventory.Item item : items) {
            ObjectNode part = parts.addObject()
                    .put("part", item.part())
                    .put("version", item.version())
                    .put("state", item.state().name().toLowerCase(Locale.ROOT))
                    .put("from", item.from());
            item.remedy().ifPresent(remedy -> part.put("remedy", remedy));
        }
        out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root));
    }
}
