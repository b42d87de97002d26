package dev.foundation.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;

/** The list of commands on the front page, by what a person is after. */
final class FrontPage implements IHelpSectionRenderer {
    private static final int WIDTH = 13;

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("Every day", List.of("up", "status", "down"));
        groups.put(
                "Backups",
                List.of(
                        "backup",
                        "points",
                        "show",
                        "verify",
                        "extract",
                        "replicate",
                        "hold",
                        "release",
                        "accept",
                        "prune"));
        groups.put("Recovery", List.of("recover", "drill", "restore", "kit", "before-apply"));
        groups.put("Parts and tools", List.of("doctor", "build", "env", "test", "bench"));
        groups.put("Keys", List.of("keys"));
        groups.put("Careful", List.of("destroy"));
        return groups;
    }

    /** Commands of the launcher itself, which need no jar. */
    private static final Map<String, String> LAUNCHER = Map.of(
            "test", "Run every test, with all its set-up; `test --unit` runs the quick ones alone.",
            "bench", "Measure what this project promises, beside the plain tools, and print the figures.");

    @Override
    public String render(Help help) {
        Map<String, String> commands = new LinkedHashMap<>();
        help.commandSpec().subcommands().forEach((name, command) -> {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                commands.put(name, first(command.getCommandSpec().usageMessage().description()));
            }
        });
        commands.putAll(LAUNCHER);
        StringBuilder page = new StringBuilder();
        groups().forEach((group, names) -> section(page, help, group, take(commands, names)));
        section(page, help, "More", take(commands, List.copyOf(commands.keySet())));
        return page.toString();
    }

    private static String first(String... lines) {
        return lines.length == 0 ? "" : lines[0];
    }

    private static Map<String, String> take(Map<String, String> from, List<String> names) {
        Map<String, String> taken = new LinkedHashMap<>();
        for (String name : names) {
            String line = from.remove(name);
            if (line != null) {
                taken.put(name, line);
            }
        }
        return taken;
    }

    private static void section(StringBuilder page, Help help, String title, Map<String, String> commands) {
        if (commands.isEmpty()) {
            return;
        }
        page.append(help.colorScheme()
                .ansi()
                .string("%n@|bold " + title + "|@%n".replace("%n", "\n"))
                .replace("%n", "\n"));
        commands.forEach((name, line) -> page.append("  ")
                .append(help.colorScheme().commandText(name))
                .append(" ".repeat(Math.max(1, WIDTH - name.length())))
                .append(line)
                .append('\n'));
    }
}
