package dev.foundation.cli;

import dev.foundation.kit.MistypedException;
import dev.foundation.kit.Typing;
import dev.foundation.secret.Secret;
import java.io.IOException;

/** What a person types from the recovery sheet. */
final class Typed {
    private static final int TRIES = 5;

    private Typed() {}

    /** A secret of the sheet. At a terminal a mistyped line is asked for again; lines of a file are as they are. */
    static Secret<String> secret(Terminal terminal, String name) throws IOException {
        Typing typing = new Typing(name);
        int wrong = 0;
        while (!typing.whole()) {
            try {
                typing.add(terminal.readSecretLine("the " + name + ", line " + typing.number() + ", and its check: "));
            } catch (MistypedException e) {
                if (!terminal.interactive() || ++wrong == TRIES) {
                    throw e;
                }
                terminal.err().println(terminal.bad("again: ") + e.getMessage());
            }
        }
        return typing.value();
    }

    /** A fact of the sheet, shown while it is typed. @throws IOException if nothing was typed */
    static String fact(Terminal terminal, String name) throws IOException {
        terminal.err().print(name + " (as on the sheet): ");
        terminal.err().flush();
        String line = terminal.readLine();
        if (line.isEmpty()) {
            throw new IOException("the input ended where this was wanted: " + name);
        }
        return line;
    }
}
