package dev.foundation.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import dev.foundation.plugin.Property.Fields;
import dev.foundation.plugin.RandomProperties.Outer;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CodecTest {
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final RandomProperties random = new RandomProperties(new Random(seed));
    private final RecordCodec<Outer> codec = new RecordCodec<>(Outer.class);

    @BeforeEach
    void printSeed() {
        System.out.println("CodecTest -Dseed=" + seed);
    }

    @Test
    void aRecordComesBackFromTheWireAsItWas() {
        for (int i = 0; i < 500; i++) {
            Outer record = random.outer();
            var decoded = codec.decode(Wire.fields(Wire.struct(codec.encode(record))));
            assertThat(decoded.problems()).isEmpty();
            assertThat(decoded.value()).contains(record);
        }
    }

    @Test
    void propertiesComeBackFromTheWireAsTheyWere() {
        for (int i = 0; i < 500; i++) {
            Fields fields = random.fields(4);
            assertThat(Wire.fields(Wire.struct(fields))).isEqualTo(fields);
        }
    }

    @Test
    void whateverIsUnknownYieldsNeitherRecordNorProblem() {
        for (int i = 0; i < 200; i++) {
            for (Shape.Field field : codec.fields()) {
                var fields = new LinkedHashMap<>(codec.encode(random.outer()).values());
                fields.put(field.name(), new Property.Unknown());
                var decoded = codec.decode(new Fields(fields));
                assertThat(decoded.value()).isEmpty();
                assertThat(decoded.problems()).isEmpty();
            }
        }
    }

    @Test
    void randomPropertiesNeverBreakTheDecoderAndEachFailureIsNamed() {
        for (int i = 0; i < 500; i++) {
            var fields = new LinkedHashMap<>(codec.encode(random.outer()).values());
            Shape.Field field = codec.fields().get(i % codec.fields().size());
            fields.put(field.name(), random.property(3));
            var decoded = codec.decode(new Fields(fields));
            assertThat(decoded.problems())
                    .allMatch(problem -> problem.property().startsWith(field.name()));
        }
    }

    @Test
    void markedSecretsAreHiddenAtEveryDepth() {
        Fields encoded = codec.encode(random.outer());
        assertThat(encoded.values().get("password")).isInstanceOf(Property.Hidden.class);
        var inner = new RecordCodec<>(RandomProperties.Inner.class)
                .encode(new RandomProperties.Inner("t", Optional.of("hush"), 1));
        assertThat(inner.values().get("key")).isEqualTo(new Property.Text("hush").hide());
        assertThat(inner).asString().doesNotContain("hush");
    }

    @Test
    void everythingWrongIsNamedAtOnce() {
        var fields = new Fields(Map.of(
                "name", new Property.Num(1),
                "on", new Property.Text("true"),
                "count", new Property.Num(1.5),
                "tags", new Property.Items(List.of(new Property.Text("a"), new Property.Bool(true))),
                "limits", new Fields(Map.of("cpu", new Property.Text("two"))),
                "inner", new Fields(Map.of("text", new Property.Text("x")))));
        assertThat(codec.decode(fields).problems())
                .contains(
                        new Problem("name", "must be text, not a number"),
                        new Problem("on", "must be true or false, not text"),
                        new Problem("count", "must be a whole number of at most 31 bits, not a number"),
                        new Problem("tags[1]", "must be text, not a boolean"),
                        new Problem("limits[\"cpu\"]", "must be a whole number of at most 31 bits, not text"),
                        new Problem("inner.size", "is required"),
                        new Problem("password", "is required"));
    }

    @Test
    void theEnginesSentinelsAreUnderstood() throws Exception {
        var struct = Struct.newBuilder();
        JsonFormat.parser().merge("""
                        {"secret": {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "s"},
                         "unknown": "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
                         "output": {"4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4", "value": 1, "secret": true},
                         "unknownOutput": {"4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4"},
                         "nothing": null, "__internal": {"a": 1}, "given": true, "backend": "approle",
                         "__defaults": ["backend"], "env": {"__KEPT": "1", "__defaults": []}}""", struct);
        assertThat(Wire.fields(struct.build()).values())
                .isEqualTo(Map.of(
                        "secret", new Property.Text("s").hide(),
                        "unknown", new Property.Unknown(),
                        "output", new Property.Num(1).hide(),
                        "unknownOutput", new Property.Unknown(),
                        "given", new Property.Bool(true),
                        "env", new Fields(Map.of("__KEPT", new Property.Text("1")))));
    }

    @Test
    void aComponentThatNoPropertyCanHoldIsRefusedWhenTheServerStarts() {
        record Bad(File file) {}
        assertThatThrownBy(() -> new RecordCodec<>(Bad.class)).hasMessageContaining("java.io.File");
    }

    @Test
    @SuppressWarnings("UnusedMethod")
    void aRecordsOwnRefusalIsAProblem() {
        record Port(int number) {
            Port {
                if (number < 1) {
                    throw new IllegalArgumentException("must be at least 1");
                }
            }
        }
        record Listening(Port port) {}
        var fields = new Fields(Map.of("port", new Fields(Map.of("number", new Property.Num(0)))));
        assertThat(new RecordCodec<>(Listening.class).decode(fields).problems())
                .containsExactly(new Problem("port", "must be at least 1"));
    }
}
