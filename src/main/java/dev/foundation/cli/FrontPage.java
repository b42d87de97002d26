package dev.foundation.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;

/** The list of commands on the front page, by what a person is after. */
final class FrontPage implements IHelpSectionRenderer {
    private static final int WIDTH = 13;

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("Every day", List.of("up", "status", "down"));
        groups.put("Parts and tools", List.of("doctor", "build", "env"));
        groups.put("Keys", List.of("keys"));
        groups.put("Careful", List.of("destroy"));
        return groups;
    }

    @Override
    public String render(Help help) {
        Map<String, CommandLine> commands =
                new LinkedHashMap<>(help.commandSpec().subcommands());
        StringBuilder page = new StringBuilder();
        groups().forEach((group, names) -> section(page, help, group, take(commands, names)));
        section(page, help, "More", take(commands, List.copyOf(commands.keySet())));
        return page.toString();
    }

    private static Map<String, CommandLine> take(Map<String, CommandLine> from, List<String> names) {
        Map<String, CommandLine> taken = new LinkedHashMap<>();
        for (String name : names) {
            CommandLine command = from.remove(name);
            if (command != null && !command.getCommandSpec().usageMessage().hidden()) {
                taken.put(name, command);
            }
        }
        return taken;
    }

    private static void section(StringBuilder page, Help help, String title, Map<String, CommandLine> commands) {
        if (commands.isEmpty()) {
            return;
        }
        page.append(help.colorScheme()
                .ansi()
                .string("%n@|bold " + title + "|@%n".replace("%n", "\n"))
                .replace("%n", "\n"));
        commands.forEach((name, command) -> {
            List<String> lines = new ArrayList<>(
                    List.of(command.getCommandSpec().usageMessage().description()));
            String first = lines.isEmpty() ? "" : lines.getFirst();
            page.append("  ")
                    .append(help.colorScheme().commandText(name))
                    .append(" ".repeat(Math.max(1, WIDTH - name.length())));
            page.append(first).append('\n');
        });
    }
}
