package dev.foundation;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rooms stand as the table in ARCHITECTURE.md says, which this test reads. */
final class RoomsTest {
    private static final String ROOT = "dev.foundation";
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** From the top of the table, and from left to right in a row. */
    private static List<String> rooms() throws IOException {
        List<String> rooms = new ArrayList<>();
        String page = Files.readString(Path.of("ARCHITECTURE.md"));
        String table = page.substring(page.indexOf("| room |"), page.indexOf("## Invariants"));
        for (String row : table.lines().filter(line -> line.startsWith("| `")).toList()) {
            Matcher name = Pattern.compile("`([a-z]+)`").matcher(row.split("\\|", -1)[1]);
            while (name.find()) {
                rooms.add(name.group(1));
            }
        }
        return rooms;
    }

    /** The first word after {@code dev.foundation}; empty for the root package. */
    private static String room(JavaClass type) {
        String rest = type.getPackageName().substring(ROOT.length());
        return rest.isEmpty() ? "" : rest.substring(1).split("\\.", 2)[0];
    }

    @Test
    void everyRoomIsInTheTableAndTheTableNamesNoOther() throws IOException {
        var found = new TreeSet<String>();
        OURS.forEach(type -> found.add(room(type)));
        found.remove("");
        assertThat(rooms()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(found);
    }

    @Test
    void eachRoomUsesOnlyRoomsAboveIt() throws IOException {
        List<String> rooms = rooms();
        classes()
                .that(resideInAnyPackage(ROOT + ".."))
                .should(new ArchCondition<>("use only rooms above their own") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        String own = room(type);
                        for (Dependency each : type.getDirectDependenciesFromSelf()) {
                            JavaClass target = each.getTargetClass().getBaseComponentType();
                            if (own.isEmpty()
                                    || !target.getPackageName().startsWith(ROOT)
                                    || room(target).equals(own)) {
                                continue; // the root package wires, and may use any
                            }
                            boolean above = rooms.indexOf(room(target)) >= 0
                                    && rooms.indexOf(room(target)) < rooms.indexOf(own);
                            events.add(new SimpleConditionEvent(type, above, each.getDescription()));
                        }
                    }
                })
                .check(OURS);
    }

    @Test
    void theProgramKnowsNothingButWhatIsWanted() {
        noClasses()
                .that(resideInAnyPackage(ROOT + ".stack.."))
                .should()
                .dependOnClassesThat(oursButNot("spec", "secret", "stack"))
                .because(
                        "it declares, from the configuration and its secrets; clients, parts and commands are other rooms' work")
                .check(OURS);
    }

    @Test
    void theProviderKnowsClientsAndNothingOfWhoStartedIt() {
        noClasses()
                .that(resideInAnyPackage(ROOT + ".plugin.."))
                .should()
                .dependOnClassesThat(oursButNot(
                        "plugin",
                        "spec",
                        "docker",
                        "vault",
                        "objectstore",
                        "postgres",
                        "forgejo",
                        "process",
                        "secret",
                        "age",
                        "event",
                        "artifact",
                        "bundle",
                        "store",
                        "restore"))
                .check(OURS);
    }

    @Test
    void theCommandLineReachesTheProgramAndTheProviderOnlyThroughPulumi() {
        noClasses()
                .that(resideInAnyPackage(ROOT + ".cli.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(ROOT + ".stack..", ROOT + ".plugin.."))
                .check(OURS);
    }

    @Test
    void clientsKnowNothingOfPulumi() {
        noClasses()
                .that(resideInAnyPackage(rooms("spec", "secret", "age", "seal", "event", "process"))
                        .or(resideInAnyPackage(rooms("docker", "vault", "objectstore", "postgres", "forgejo"))))
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.pulumi..", "pulumirpc..", "io.grpc.."))
                .check(OURS);
    }

    @Test
    void whatIsWantedIsPure() {
        noClasses()
                .that(resideInAnyPackage(ROOT + ".spec.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net.http..", "java.nio.file..", "java.sql.."))
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.ProcessBuilder")
                .check(OURS);
    }

    @Test
    void onlyMainReadsTheEnvironmentAndEndsTheProcess() {
        // One exception: a provider whose engine was killed halts (plugin.ProviderDoor); it calls Runtime.halt, not
        // System.exit.
        for (String method : List.of("getenv", "exit")) {
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName(ROOT + ".Main")
                    .should()
                    .callMethodWhere(new DescribedPredicate<>("System." + method) {
                        @Override
                        public boolean test(JavaMethodCall call) {
                            return call.getTargetOwner().isEquivalentTo(System.class)
                                    && call.getName().equals(method);
                        }
                    })
                    .check(OURS);
        }
    }

    @Test
    void nobodyLogsBesideTheEventsAndTheEngine() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.util.logging..", "org.slf4j.."))
                .check(OURS);
    }

    @Test
    void nothingStaticChanges() {
        fields().that()
                .areStatic()
                .should()
                .beFinal()
                .andShould(new ArchCondition<>("not hold what can be changed") {
                    @Override
                    public void check(JavaField field, ConditionEvents events) {
                        String type = field.getRawType().getName();
                        boolean changes = type.startsWith("java.util.concurrent.atomic.")
                                || type.startsWith("java.util.concurrent.Concurrent")
                                || type.endsWith("StringBuilder")
                                || List.of("java.util.ArrayList", "java.util.HashMap")
                                        .contains(type);
                        events.add(new SimpleConditionEvent(field, !changes, field.getFullName() + " is a " + type));
                    }
                })
                .check(OURS);
    }

    @Test
    void classesAreFinal() {
        // Abstract and sealed ones are made to be extended; anonymous ones cannot be.
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .and()
                .areNotAnonymousClasses()
                .and()
                .areNotEnums()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(OURS);
    }

    @Test
    void onlyTheRootPackageWires() {
        noClasses()
                .that(resideInAnyPackage(ROOT + ".*.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(ROOT))
                .check(OURS);
    }

    private static String[] rooms(String... names) {
        return Arrays.stream(names).map(name -> ROOT + "." + name + "..").toArray(String[]::new);
    }

    private static DescribedPredicate<JavaClass> oursButNot(String... names) {
        return resideInAnyPackage(ROOT + "..").and(DescribedPredicate.not(resideInAnyPackage(rooms(names))));
    }
}
