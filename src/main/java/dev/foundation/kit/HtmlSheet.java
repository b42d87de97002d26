package dev.foundation.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The sheet as one HTML page that prints on one A4 page: nothing is loaded from anywhere, there is no script. */
public final class HtmlSheet {
    private HtmlSheet() {}

    /** Holds every secret in clear, and as QR code. */
    public static String render(Sheet sheet) {
        StringBuilder page = new StringBuilder();
        String title = "Recovery sheet: " + escaped(sheet.instance());
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"robots\" content=\"noindex\">\n<title>")
                .append(title)
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n<header><h1>")
                .append(title)
                .append("</h1><p>printed ")
                .append(sheet.made())
                .append("</p></header>\n<p class=\"warning\">")
                .append(escaped(Words.WARNING.replace("\n", " ")))
                .append("</p>\n<section class=\"secrets\">\n");
        sheet.secrets().forEach(each -> secret(page, each));
        page.append("</section>\n<p class=\"hint\">")
                .append(inline("QR codes hold the secret itself. To type: " + Words.TYPING + "."))
                .append("</p>\n<section class=\"facts\">\n");
        facts(page, "Where the points are", sheet.places());
        facts(page, "How to log in there", sheet.logins());
        page.append("</section>\n<h2>Run book</h2>\n<section class=\"book\">\n");
        for (RunBook.Part part : RunBook.read().parts()) {
            page.append(
                    part.commands()
                            ? "<pre>" + lines(part.text()) + "</pre>\n"
                            : "<p>" + inline(part.text()) + "</p>\n");
        }
        return page.append("</section>\n</body>\n</html>\n").toString();
    }

    private static void secret(StringBuilder page, PaperSecret secret) {
        page.append("<div class=\"secret\">");
        page.append(QrSvg.of(secret.value()).orElse("<div class=\"none\">too long for a QR code</div>"));
        page.append("<div><h2>").append(escaped(secret.name())).append("</h2><table>");
        int number = 1;
        for (PaperSecret.Line line : secret.lines()) {
            page.append("<tr><td>")
                    .append(number++)
                    .append("</td><td class=\"line\">")
                    .append(escaped(line.text()))
                    .append("</td><td class=\"check\">[")
                    .append(line.check())
                    .append("]</td></tr>");
        }
        page.append("</table></div></div>\n");
    }

    private static void facts(StringBuilder page, String title, List<Sheet.Fact> facts) {
        page.append("<div><h2>").append(title).append("</h2><table>");
        for (Sheet.Fact each : facts) {
            page.append("<tr><th>")
                    .append(escaped(each.label()))
                    .append("</th><td>")
                    .append(escaped(Words.orBlank(each.text())))
                    .append("</td></tr>");
        }
        page.append("</table></div>\n");
    }

    /** Each a block of its own, so that one that is wrapped hangs, and is not taken for two. */
    private static String lines(String commands) {
        return commands.lines().map(line -> "<div>" + escaped(line) + "</div>").collect(Collectors.joining());
    }

    private static String inline(String text) {
        return escaped(text).replaceAll("`([^`]+)`", "<code>$1</code>").replaceAll("\\*\\*([^*]+)\\*\\*", "<b>$1</b>");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String style() {
        try (InputStream in = HtmlSheet.class.getResourceAsStream("sheet.css")) {
            if (in == null) {
                throw new IllegalStateException("sheet.css is missing from this program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("sheet.css cannot be read from this program", e);
        }
    }
}
