package dev.foundation.plugin;

import java.nio.file.Path;

/** The provider process of {@link PulumiCliIT}. The folder of the notes is its first argument, the engine's arguments follow. */
public final class NotesProvider {
    private NotesProvider() {}

    public static void main(String[] args) throws Exception {
        String[] rest = java.util.Arrays.copyOfRange(args, 1, args.length);
        System.exit(ProviderDoor.run(rest, Notes.provider(Path.of(args[0]))));
    }
}
