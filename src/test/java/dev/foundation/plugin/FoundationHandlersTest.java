package dev.foundation.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foundation.docker.DockerCli;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class FoundationHandlersTest {
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(password|secret|secretKey|identity|salt|files|value)");
    private final List<ResourceHandler<?, ?>> all = FoundationHandlers.all(new DockerCli(Map.of()), Path.of("."));

    @Test
    void eachTypeIsNamedAfterItsClass() {
        assertThat(all)
                .allSatisfy(handler -> assertThat(handler.token())
                        .isEqualTo("foundation:index:" + handler.getClass().getSimpleName()));
        assertThat(all.stream().map(ResourceHandler::token).distinct()).hasSize(all.size());
    }

    @Test
    void whatSoundsSecretIsMarkedSecret() {
        for (var handler : all) {
            for (var type : List.of(handler.inputs(), handler.outputs())) {
                var unmarked = Arrays.stream(type.getRecordComponents())
                        .filter(component ->
                                SECRET_NAME.matcher(component.getName()).matches())
                        .filter(component -> !component.isAnnotationPresent(Secret.class))
                        .map(RecordComponent::getName);
                assertThat(unmarked).as(type.getName()).isEmpty();
            }
        }
    }

    /** The state is inputs and outputs together, so a name that is both must be guarded alike. */
    @Test
    void anOutputWithTheNameOfAnInputIsAsSecretAsThatInput() {
        for (var handler : all) {
            for (var input : handler.inputs().getRecordComponents()) {
                assertThat(Arrays.stream(handler.outputs().getRecordComponents())
                                .filter(output -> output.getName().equals(input.getName()))
                                .filter(output -> output.isAnnotationPresent(Secret.class)
                                        != input.isAnnotationPresent(Secret.class)))
                        .as(handler.token() + " " + input.getName())
                        .isEmpty();
            }
        }
    }
}
