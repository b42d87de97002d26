package dev.foundation.artifact.postgres;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Cuts a psql script into statements, meta-commands, comments and rows, so that nothing inside a quoted text or a function's body is taken for
 * one. Knows the SQL that pg_dump prints: standard strings, E'' strings, quoted names, dollar quotes, line comments. Memory does not depend on
 * the length of statements or rows.
 */
final class ScriptLexer {
    /** What the script holds, in its order. Texts are cut after {@link #HEAD} bytes, one byte a character. */
    interface Listener {
        /** Where in the script the statement or the line begins that is given next. */
        default void at(long start) {}

        /** A statement; {@code closing} is its last bytes before the semicolon. */
        void statement(String head, String closing) throws IOException;

        /** A line that begins with a backslash, or a comment line, outside of any statement. */
        void line(String text) throws IOException;

        /** The rows of the COPY statement that came last. */
        void rows(long count) throws IOException;
    }

    static final int HEAD = 4096;
    private static final int CLOSING = 32;
    private static final String FROM_STDIN = " FROM stdin";

    private final InputStream in;
    private final Listener listener;
    private final byte[] buffer = new byte[64 * 1024];
    private int position;
    private int filled;
    /** Bytes of the script before the buffer's first. */
    private long before;

    private long start;

    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final byte[] closing = new byte[CLOSING];
    private long length;

    ScriptLexer(InputStream in, Listener listener) {
        this.in = in;
        this.listener = listener;
    }

    /** To the end. @throws IOException if the script ends inside of something */
    void read() throws IOException {
        for (int c = next(); c >= 0; c = next()) {
            if (length == 0 && (c == '\n' || c == '\r' || c == ' ' || c == '\t')) {
                continue;
            }
            if (length == 0) {
                start = before + position - 1;
            }
            if (length == 0 && (c == '\\' || (c == '-' && peek() == '-'))) {
                long begun = start;
                String text = line(c);
                listener.at(begun);
                listener.line(text);
                continue;
            }
            statementByte(c);
        }
        if (length > 0) {
            throw new IOException("the script is cut: it ends inside of a statement");
        }
    }

    /** A dump is a program, so what psql would take for a command of its own is refused: no dump program prints one inside of a statement. */
    private void statementByte(int c) throws IOException {
        switch (c) {
            case '\\' ->
                throw new IOException("the script has a backslash command inside of a statement: no dump has one");
            case '*' -> {
                if (last() == '/') {
                    throw new IOException("the script has a block comment: no dump has one");
                }
                keep(c);
            }
            case '\'' -> {
                boolean escapes = (last() | 0x20) == 'e' && !letter(closingAt(2));
                keep(c);
                quoted('\'', escapes);
            }
            case '"' -> {
                keep(c);
                quoted('"', false);
            }
            case '$' -> dollar();
            case '-' -> {
                if (peek() == '-') {
                    line(c);
                } else {
                    keep(c);
                }
            }
            case ';' -> end();
            default -> keep(c);
        }
    }

    private void end() throws IOException {
        String text = head.toString(StandardCharsets.ISO_8859_1);
        String tail = closing();
        head.reset();
        length = 0;
        listener.at(start);
        listener.statement(text, tail);
        if (text.startsWith("COPY ") && tail.endsWith(FROM_STDIN)) {
            if (next() != '\n') {
                throw new IOException("the script is cut: no rows follow a COPY");
            }
            listener.rows(rows());
        }
    }

    /** Up to and with the line {@code \.}. */
    private long rows() throws IOException {
        long count = 0;
        long column = 0;
        boolean mark = true; // the line so far is a beginning of "\."
        while (true) {
            if (position == filled && !fill()) {
                throw new IOException("the script is cut: it ends inside of a table's rows");
            }
            while (position < filled) {
                byte c = buffer[position++];
                if (c == '\n') {
                    if (mark && column == 2) {
                        return count;
                    }
                    count++;
                    column = 0;
                    mark = true;
                } else {
                    mark &= (column == 0 && c == '\\') || (column == 1 && c == '.');
                    column++;
                }
            }
        }
    }

    private void quoted(char quote, boolean escapes) throws IOException {
        while (true) {
            int c = must();
            keep(c);
            if (c == '\\' && escapes) {
                keep(must());
            } else if (c == quote) {
                if (peek() != quote) {
                    return;
                }
                keep(next());
            }
        }
    }

    /** {@code $tag$ ... $tag$}; a dollar inside of a name is none. */
    private void dollar() throws IOException {
        boolean inName = letter(last()) || digit(last());
        keep('$');
        if (inName) {
            return;
        }
        var tag = new ByteArrayOutputStream();
        tag.write('$');
        while (letter(peek()) || digit(peek())) {
            int c = next();
            keep(c);
            tag.write(c);
        }
        if (peek() != '$') {
            return;
        }
        keep(next());
        tag.write('$');
        byte[] end = tag.toByteArray();
        int matched = 0;
        while (matched < end.length) {
            int c = must();
            keep(c);
            // A tag has a dollar at its ends only, so after a mismatch the match can begin anew at this byte alone.
            matched = c == (end[matched] & 0xff) ? matched + 1 : c == '$' ? 1 : 0;
        }
    }

    private String line(int first) throws IOException {
        var text = new ByteArrayOutputStream();
        int c = first;
        while (c >= 0 && c != '\n') {
            if (text.size() < HEAD) {
                text.write(c);
            }
            c = next();
        }
        if (c < 0) {
            throw new IOException("the script is cut: its last line does not end");
        }
        return text.toString(StandardCharsets.ISO_8859_1);
    }

    private static boolean letter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    private void keep(int c) {
        if (length < HEAD) {
            head.write(c);
        }
        closing[(int) (length % CLOSING)] = (byte) c;
        length++;
    }

    private int last() {
        return closingAt(1);
    }

    private int closingAt(int back) {
        return length < back ? -1 : closing[(int) ((length - back) % CLOSING)] & 0xff;
    }

    private String closing() {
        var text = new StringBuilder();
        for (int back = (int) Math.min(length, CLOSING); back > 0; back--) {
            text.append((char) closingAt(back));
        }
        return text.toString();
    }

    private int must() throws IOException {
        int c = next();
        if (c < 0) {
            throw new IOException("the script is cut: it ends inside of a quoted text");
        }
        return c;
    }

    private int next() throws IOException {
        return position == filled && !fill() ? -1 : buffer[position++] & 0xff;
    }

    private int peek() throws IOException {
        return position == filled && !fill() ? -1 : buffer[position] & 0xff;
    }

    private boolean fill() throws IOException {
        before += filled;
        int read = in.read(buffer, 0, buffer.length);
        position = 0;
        filled = Math.max(read, 0);
        return read > 0;
    }
}
