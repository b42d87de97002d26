package dev.foundation.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foundation.secret.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The sheet of a foundation whose keys protect nothing. */
final class SheetTest {
    private static final Path GOLDEN = Path.of("src/test/resources/dev/foundation/kit");
    static final Secret<String> PASSPHRASE =
            Secret.of("wafer outing skinny jovial cobalt tidbit unrest molar gecko spleen");
    static final Secret<String> IDENTITY =
            Secret.of("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX");

    static Sheet sheet(Optional<Sheet.OffSite> offSite) {
        return new Sheet(
                "home",
                "00000000-0000-4000-8000-000000000001",
                LocalDate.of(2026, 11, 21),
                PASSPHRASE,
                IDENTITY,
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl foundation-seal",
                offSite,
                new Sheet.Login(
                        "ops@example.org at <s3.example.org>",
                        "the blue key in the safe",
                        "",
                        "registrar.example, \"home.example.org\""));
    }

    static Sheet full() {
        return sheet(Optional.of(new Sheet.OffSite(
                "https://s3.example.org",
                "foundation-backups",
                "eu-central-1",
                true,
                Secret.of("TESTREADERACCESSKEY1"),
                Secret.of("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"))));
    }

    private static void golden(String name, String actual) throws Exception {
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(GOLDEN.resolve(name), actual);
        }
        assertThat(actual).isEqualTo(Files.readString(GOLDEN.resolve(name)));
    }

    @Test
    void theTextIsAsWritten() throws Exception {
        golden("sheet.txt", TextSheet.render(full()).replace(RunBook.text(), "(the run book)\n"));
    }

    @Test
    void thePageIsAsWritten() throws Exception {
        golden("sheet.html", HtmlSheet.render(full()));
    }

    @Test
    void thePageHoldsNothingThatABrowserWouldFetchOrRun() {
        assertThat(HtmlSheet.render(full()))
                .doesNotContain("<script", "src=", "href=", "@import", "url(")
                .contains("at &lt;s3.example.org&gt;")
                .contains("This page is a key to everything");
    }

    @Test
    void withoutAnOffSiteItSaysThatAFireTakesAll() {
        assertThat(TextSheet.render(sheet(Optional.empty())))
                .contains("no off-site store is configured")
                .doesNotContain("access key      1");
    }

    @Test
    void theRunBookIsTheOneOfTheDocumentation() throws Exception {
        assertThat(Files.readString(Path.of("docs/recovery.md"))).contains(RunBook.text());
    }

    @Test
    void everySecretComesBackAsItWasTypedFromThePaper() throws Exception {
        for (PaperSecret each : List.of(
                new PaperSecret("passphrase", PASSPHRASE),
                new PaperSecret("passphrase", Secret.of("two  spaces and a snow\u2603man \ud83d\udd11 are here too")),
                new PaperSecret("passphrase", Secret.of("oneword")),
                new PaperSecret("identity", IDENTITY),
                new PaperSecret("secret key", Secret.of("x\ud83d\udd11y".repeat(40))))) {
            var typing = new Typing(each.name());
            for (PaperSecret.Line line : each.lines()) {
                assertThat(typing.whole()).isFalse();
                typing.add("  " + line.text() + "  " + line.check().toUpperCase(java.util.Locale.ROOT) + " ");
            }
            assertThat(typing.value().expose()).isEqualTo(each.value().expose());
        }
    }

    @Test
    void groupsMayBeTypedWithOtherSpacesOrNone() throws Exception {
        List<PaperSecret.Line> lines = new PaperSecret("identity", IDENTITY).lines();
        var typing = new Typing("identity");
        for (PaperSecret.Line line : lines) {
            typing.add(line.text().replace(" ", "") + " " + line.check());
        }
        assertThat(typing.value().expose()).isEqualTo(IDENTITY.expose());
    }

    @Test
    void theCheckLettersMayBeTypedInTheirBrackets() throws Exception {
        var typing = new Typing("identity");
        for (PaperSecret.Line line : new PaperSecret("identity", IDENTITY).lines()) {
            typing.add(line.text() + " [" + line.check() + "]");
        }
        assertThat(typing.value().expose()).isEqualTo(IDENTITY.expose());
    }

    @Test
    void aTypingErrorIsNamedWithItsLineAndTheLineMayBeTypedAgain() throws Exception {
        List<PaperSecret.Line> lines = new PaperSecret("identity", IDENTITY).lines();
        var typing = new Typing("identity");
        typing.add(lines.get(0).text() + " " + lines.get(0).check());

        assertThatThrownBy(() -> typing.add(lines.get(1).text().replace('Y', 'V') + " "
                        + lines.get(1).check()))
                .isInstanceOf(MistypedException.class)
                .hasMessageStartingWith("the identity, line 2: its check letters do not belong to what was typed");
        assertThatThrownBy(() ->
                        typing.add(lines.get(2).text() + " " + lines.get(2).check()))
                .hasMessageContaining("line 2: what was typed is line 3");
        assertThatThrownBy(() -> typing.add("AGE-")).hasMessageContaining("check letters at its end are missing");
        assertThatThrownBy(() -> new Typing("passphrase")
                        .add(lines.get(0).text() + " " + lines.get(0).check()))
                .hasMessageStartingWith("the passphrase, line 1")
                .message()
                .doesNotContain("AGE");
        assertThat(typing.number()).isEqualTo(2);
        typing.add(lines.get(1).text() + " " + lines.get(1).check());
        assertThat(typing.number()).isEqualTo(3);
    }

    @Test
    void everyWrongLetterAndEverySwapOfTwoIsSeen() {
        PaperSecret.Line line = new PaperSecret("identity", IDENTITY).lines().getFirst();
        String text = line.text().replace(" ", "");
        int tried = 0;
        for (int i = 0; i + 1 < text.length(); i++) {
            String swapped = text.substring(0, i) + text.charAt(i + 1) + text.charAt(i) + text.substring(i + 2);
            String other = text.substring(0, i) + (text.charAt(i) == 'X' ? 'Z' : 'X') + text.substring(i + 1);
            for (String each : List.of(swapped, other)) {
                if (!each.equals(text)) {
                    tried++;
                    assertThatThrownBy(() -> new Typing("identity").add(each + " " + line.check()))
                            .isInstanceOf(MistypedException.class);
                }
            }
        }
        assertThat(tried).isGreaterThan(30);
    }

    @Test
    void aSecretOfSeveralLinesCannotBePrinted() {
        assertThatThrownBy(() -> new PaperSecret("passphrase", Secret.of("a\nb")))
                .hasMessage(
                        "the passphrase is empty, has white space around it, or more than one line: it cannot be printed");
    }
}
