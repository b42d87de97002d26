package dev.foundation.kit;

import java.util.ArrayList;
import java.util.List;

/** The sheet as lines of text, for a terminal or a plain printer. */
public final class TextSheet {
    private static final int WIDTH = 16;

    private TextSheet() {}

    /** Ends with a newline. Holds every secret in clear. */
    public static String render(Sheet sheet) {
        List<String> lines = new ArrayList<>();
        lines.add("RECOVERY SHEET of the foundation \"" + sheet.instance() + "\", printed " + sheet.made());
        lines.add("");
        Words.WARNING.lines().forEach(lines::add);
        lines.add("");
        lines.add("SECRETS (" + Words.TYPING + ")");
        for (PaperSecret secret : sheet.secrets()) {
            int number = 1;
            for (PaperSecret.Line line : secret.lines()) {
                String label = number == 1 ? secret.name() : "";
                lines.add(padded(label) + number + "  " + line.text() + "   [" + line.check() + "]");
                number++;
            }
            lines.add("");
        }
        lines.add("WHERE THE POINTS ARE");
        sheet.places().forEach(each -> lines.add(padded(each.label()) + each.text()));
        lines.add("");
        lines.add("HOW TO LOG IN THERE");
        sheet.logins().forEach(each -> lines.add(padded(each.label()) + Words.orBlank(each.text())));
        lines.add("");
        lines.add("RUN BOOK");
        lines.add("");
        RunBook.text().lines().forEach(lines::add);
        return String.join("\n", lines) + "\n";
    }

    private static String padded(String label) {
        return label + " ".repeat(Math.max(1, WIDTH - label.length()));
    }
}
