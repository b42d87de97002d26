package dev.foundation.cli;

import dev.foundation.kit.HtmlSheet;
import dev.foundation.kit.Sheet;
import dev.foundation.kit.TextSheet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kit export}. */
@Command(
        name = "export",
        description = {
            "Make the recovery sheet: one page with all that a rebuild needs, to be printed.",
            "It holds the passphrase, the age identity, the off-site reader's keys, and a run book that assumes nothing is",
            "running. It is a key to everything: print it, then delete the file.",
            "Without -o it is shown at a terminal; it never goes into a pipe unless -o - says so."
        },
        footerHeading = "Examples:%n",
        footer = {
            "  ./foundation kit export -o ~/kit.html        one A4 page with a QR code for each secret",
            "  ./foundation kit export -o - | lpr           as text, straight to a printer"
        })
final class KitExportCommand implements Callable<Integer> {
    enum Format {
        text,
        html
    }

    private final Workspace workspace;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to: a new file, made for you alone to read; a folder; or -, standard output.")
    private @Nullable String output;

    @Option(names = "--format", paramLabel = "text|html", description = "By the file's name, if not given.")
    private @Nullable Format format;

    @Option(names = "--account", paramLabel = "LINE", description = "Who logs in at the off-site provider, and where.")
    private @Nullable String account;

    @Option(names = "--second-factor", paramLabel = "LINE", description = "Where the second factor for that lies.")
    private @Nullable String secondFactor;

    @Option(names = "--ca", paramLabel = "LINE", description = "Where the certificate of a private CA lies.")
    private @Nullable String ca;

    @Option(names = "--dns", paramLabel = "LINE", description = "Who runs the names that this foundation needs.")
    private @Nullable String dns;

    KitExportCommand(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public Integer call() throws Exception {
        Terminal terminal = workspace.terminal();
        if (output == null && !terminal.interactive()) {
            throw new Refused("kit export was refused: the sheet is a key to everything, and no one is here to see it."
                    + " Name a file (-o FILE), or pass -o - to have it on standard output. Nothing was written.");
        }
        LocalDate today = LocalDate.now(Clock.system(ZoneId.systemDefault()));
        SheetMaker maker = new SheetMaker(workspace, workspace.settledDraft());
        List<Path> files = files(maker.instance(), today);
        Sheet sheet = maker.make(today, account, secondFactor, ca, dns);
        if (files.isEmpty()) {
            terminal.out().print(format == Format.html ? HtmlSheet.render(sheet) : TextSheet.render(sheet));
            terminal.out().flush();
            if (terminal.out().checkError()) {
                throw new IOException("standard output was closed before all of the sheet was written");
            }
        }
        for (Path file : files) {
            write(file, html(file) ? HtmlSheet.render(sheet) : TextSheet.render(sheet));
            terminal.out().println("The recovery sheet is in " + file + ", for you alone to read.");
        }
        terminal.err()
                .println(terminal.strong("This page is a key to everything")
                        + ": print it, keep it away from this machine"
                        + (files.isEmpty() ? "" : ", and delete the file (shred -u)")
                        + ". Then prove it: ./foundation kit verify");
        return ExitCodes.DONE;
    }

    /** Empty for standard output. */
    private List<Path> files(String instance, LocalDate today) throws IOException {
        if (output == null || output.equals("-")) {
            return List.of();
        }
        Path path = Path.of(output).toAbsolutePath();
        boolean folder = Files.isDirectory(path);
        String name = "foundation-kit-" + instance + "-" + today;
        List<Path> files;
        if (!folder) {
            files = List.of(path);
        } else if (format == null) {
            files = List.of(path.resolve(name + ".html"), path.resolve(name + ".txt"));
        } else {
            files = List.of(path.resolve(name + (format == Format.html ? ".html" : ".txt")));
        }
        for (Path each : files) {
            Path parent = each.getParent();
            if (parent != null
                    && Files.isDirectory(parent)
                    && parent.toRealPath().startsWith(workspace.repository().toRealPath())) {
                throw new Refused(
                        "kit export was refused: " + each
                                + " lies in the repository, where the next `git add` would take it along. Nothing was written.");
            }
        }
        return files;
    }

    private boolean html(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return format == null ? name.endsWith(".html") || name.endsWith(".htm") : format == Format.html;
    }

    private static void write(Path file, String text) throws IOException {
        try (NewFile made = NewFile.of(file);
                OutputStream target = made.stream()) {
            target.write(text.getBytes(StandardCharsets.UTF_8));
            target.flush();
            made.publish();
        }
    }
}
