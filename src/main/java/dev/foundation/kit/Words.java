package dev.foundation.kit;

/** What both forms of the sheet say. */
final class Words {
    static final String WARNING = """
            This page is a key to everything: whoever holds it reads every backup, and so every secret, repository and database.
            Keep it on paper only, in a safe place away from the machine; a second one elsewhere. Delete the file after printing.""";

    static final String TYPING =
            "the four letters in brackets check each line; `./foundation kit verify` asks for both";

    private Words() {}

    /** What was not given is written by hand. */
    static String orBlank(String text) {
        return text.isBlank() ? "_".repeat(40) : text;
    }
}
