package dev.foundation.forgejo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code doctor check} prints: {@code [1] A check's name}, then lines {@code  - [W] what it found}, then {@code OK} or {@code ERROR}. */
final class DoctorLines {
    private static final Pattern COLOUR = Pattern.compile("\\x1b\\[[0-9;]*m");
    private static final Pattern CHECK = Pattern.compile("\\[\\d+\\] (.*)");
    private static final Pattern FINDING = Pattern.compile("(?:- )?\\[[WEF]\\] (.*)");

    private DoctorLines() {}

    static List<String> findings(String output) {
        var findings = new ArrayList<String>();
        String check = "doctor";
        boolean told = false;
        for (String line : output.lines().toList()) {
            String text = COLOUR.matcher(line).replaceAll("").strip();
            Matcher next = CHECK.matcher(text);
            Matcher finding = FINDING.matcher(text);
            if (next.matches()) {
                check = next.group(1).strip();
                told = false;
            } else if (finding.matches()) {
                findings.add(check + ": " + finding.group(1));
                told = true;
            } else if (text.equals("ERROR") && !told) {
                findings.add(check + ": failed without saying why");
            }
        }
        return List.copyOf(findings);
    }
}
