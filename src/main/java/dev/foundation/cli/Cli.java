package dev.foundation.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command line {@code foundation}: puts the commands together and runs one of them. */
public final class Cli {

    /** The root; by itself it shows the front page. */
    @Command(
            name = "foundation",
            mixinStandardHelpOptions = true,
            versionProvider = Versioned.class,
            header = {
                "A self-hosted foundation on one machine: Vault, Postgres, S3, Forgejo and its runner,",
                "declared as one Pulumi program in Java. `up` brings it up; run again, it changes nothing.",
                ""
            },
            customSynopsis = "./foundation COMMAND [OPTIONS]",
            optionListHeading = "%nOptions%n",
            exitCodeListHeading = "%nExit codes%n",
            exitCodeList = {
                "0:done",
                "1:failed; the message says what to do",
                "2:wrong usage, or a value in Pulumi.foundation.yaml that cannot be",
                "3:could not verify what was asked",
                "4:refused by a guard; nothing was touched"
            },
            footerHeading = "%nExamples%n",
            footer = {
                "  ./foundation up                          everything, from nothing; or mend what is missing",
                "  ./foundation up --preview                what would change",
                "  ./foundation status --json               for scripts",
                "  ./foundation backup                      one recovery point, now",
                "  ./foundation verify                      check the newest point, every byte",
                "  ./foundation down --confirm foundation   remove the containers, keep all data",
                "  eval \"$(./foundation env)\"               then plain pulumi works in this shell",
                "",
                "Pulumi.foundation.yaml is the configuration; its comments name every key. With the passphrase it",
                "is all that is needed to rebuild: commit it. README.md has the rest."
            })
    static final class Root implements Runnable {
        @CommandLine.Spec
        @SuppressWarnings("NullAway.Init")
        private CommandLine.Model.CommandSpec spec;

        @Override
        public void run() {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }

    static final class Versioned implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Cli.class.getPackage().getImplementationVersion();
            return new String[] {"foundation " + (version == null ? "(not from a jar)" : version)};
        }
    }

    private final CommandLine commands;

    /** Without a way to open contents; {@code more} are commands of other rooms, each annotated with picocli's {@code @Command}. */
    public Cli(Workspace workspace, List<Object> more) {
        this(workspace, more, ContentVerification.none());
    }

    /**
     * @param more commands of other rooms, each annotated with picocli's {@code @Command}
     * @param contents what {@code verify} opens points with
     */
    public Cli(Workspace workspace, List<Object> more, ContentVerification contents) {
        Terminal terminal = workspace.terminal();
        commands = new CommandLine(new Root());
        commands.addSubcommand(new UpCommand(workspace));
        commands.addSubcommand(new StatusCommand(workspace));
        backups(workspace, contents);
        commands.addSubcommand(new RecoverCommand(workspace));
        commands.addSubcommand(new DrillCommand(workspace));
        commands.addSubcommand(new DownCommand(workspace));
        commands.addSubcommand(new DestroyCommand(workspace));
        commands.addSubcommand(new EnvCommand(workspace));
        commands.addSubcommand(new CommandLine(new KeysCommand())
                .addSubcommand(new KeysSaveCommand(workspace))
                .addSubcommand(new KeysRotateCommand(workspace)));
        kit(workspace);
        more.forEach(commands::addSubcommand);
        helpEverywhere(commands);
        commands.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        commands.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        commands.setColorScheme(Help.defaultColorScheme(terminal.colour() ? Help.Ansi.ON : Help.Ansi.OFF));
        commands.setUsageHelpWidth(110);
        commands.getCommandSpec()
                .usageMessage()
                .sectionKeys(List.of(
                        UsageMessageSpec.SECTION_KEY_HEADER,
                        UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
                        UsageMessageSpec.SECTION_KEY_SYNOPSIS,
                        UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
                        UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
                        UsageMessageSpec.SECTION_KEY_OPTION_LIST,
                        UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
                        UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST,
                        UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
                        UsageMessageSpec.SECTION_KEY_FOOTER));
        commands.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new FrontPage());
        ErrorMessages errors = new ErrorMessages(
                terminal,
                !workspace.environment().getOrDefault("FOUNDATION_DEBUG", "").isEmpty());
        commands.setExecutionExceptionHandler(errors);
        commands.setParameterExceptionHandler(errors);
    }

    private void backups(Workspace workspace, ContentVerification contents) {
        commands.addSubcommand(new BackupCommand(workspace));
        commands.addSubcommand(new PointsCommand(workspace));
        commands.addSubcommand(new ShowCommand(workspace));
        commands.addSubcommand(new VerifyCommand(workspace, contents));
        commands.addSubcommand(new ExtractCommand(workspace));
        commands.addSubcommand(new ReplicateCommand(workspace));
        commands.addSubcommand(new HoldCommand(workspace));
        commands.addSubcommand(new ReleaseCommand(workspace));
        commands.addSubcommand(new AcceptCommand(workspace));
        commands.addSubcommand(new PruneCommand(workspace));
    }

    private void kit(Workspace workspace) {
        commands.addSubcommand(new RestoreCommand(workspace));
        commands.addSubcommand(new BeforeApplyCommand(workspace));
        commands.addSubcommand(new CommandLine(new KitCommand())
                .addSubcommand(new KitExportCommand(workspace))
                .addSubcommand(new KitVerifyCommand(workspace)));
    }

    /** Every command answers {@code --help}, whoever wrote it. */
    private static void helpEverywhere(CommandLine parent) {
        parent.getSubcommands().values().forEach(command -> {
            if (!command.getCommandSpec().optionsMap().containsKey("--help")) {
                command.getCommandSpec()
                        .addOption(OptionSpec.builder("-h", "--help")
                                .usageHelp(true)
                                .description("Show this help.")
                                .build());
            }
            helpEverywhere(command);
        });
    }

    /** Runs what the arguments ask for and gives the exit code (see {@link ExitCodes}). */
    public int run(String... arguments) {
        return commands.execute(arguments);
    }
}
