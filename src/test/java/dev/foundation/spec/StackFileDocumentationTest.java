package dev.foundation.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.spec.FoundationSpec.S3Spec.Engine;
import dev.foundation.spec.FoundationSpec.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The comments of {@code Pulumi.foundation.yaml} are documentation that must not lie. */
final class StackFileDocumentationTest {
    private static final Path FILE = Path.of("Pulumi.foundation.yaml");

    @Test
    void everyKeyOfTheParserIsNamedAndEveryNamedKeyIsKnown() throws Exception {
        Set<String> named = new TreeSet<>();
        Configuration.ofStackFile(uncommented()).values().forEach((key, value) -> {
            if (value instanceof ConfigValue.Plain plain) {
                collect(key, plain.value(), named);
            }
        });
        Pattern secret = Pattern.compile("##   foundation:(\\w+) +\\S.*");
        text().lines().map(secret::matcher).filter(m -> m.matches()).forEach(m -> named.add(m.group(1)));

        assertThat(named)
                .isEqualTo(ConfigKeys.all().stream()
                        .map(ConfigKeys.Key::path)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void whatTheCommentsShowParsesToTheDefaults() throws Exception {
        FoundationSpec shown =
                SpecParser.draft(Configuration.ofStackFile(uncommented())).settle("", Site.ONLINE, Engine.RUSTFS);
        FoundationSpec defaults = SpecParser.draft(Configuration.ofStackFile(text()))
                .settle(shown.instanceId(), Site.ONLINE, Engine.RUSTFS);

        assertThat(shown)
                .usingRecursiveComparison()
                .ignoringFields(
                        "backup.ageRecipient",
                        "backup.furtherAgeRecipients",
                        "backup.sealPublicKey",
                        "backup.retiredSealPublicKeys",
                        "backup.identityGeneration",
                        "backup.folder",
                        "backup.offSite",
                        "recovery.restored",
                        "recovery.scratch")
                .ignoringFieldsMatchingRegexes(".*\\.image")
                .isEqualTo(defaults);
    }

    @Test
    void theImagesShownAreThoseThatVersionsPins() throws Exception {
        List<String> pins = Files.readAllLines(Path.of("VERSIONS")).stream()
                .filter(line -> line.startsWith("image."))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .toList();
        List<String> shown = new ArrayList<>();
        text().lines()
                .filter(line -> line.contains(" image: "))
                .forEach(line -> shown.add(line.replaceAll(".*image: ", "")));

        assertThat(shown).hasSize(5).allMatch(pins::contains);
    }

    private static String text() throws IOException {
        return Files.readString(FILE);
    }

    private static String uncommented() throws IOException {
        return text().lines()
                .filter(line -> !line.strip().startsWith("##"))
                .map(line -> line.replaceFirst("^  # ", "  "))
                .collect(Collectors.joining("\n"));
    }

    private static void collect(String path, Object value, Set<String> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> collect(path + "." + key, item, into));
        } else {
            into.add(path);
        }
    }
}
