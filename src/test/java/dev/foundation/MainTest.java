package dev.foundation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class MainTest {
    private static final Map<String, String> PULUMI = Map.of("PULUMI_MONITOR", "127.0.0.1:1");

    @Test
    void pulumisHostGetsTheProgram() {
        assertThat(Main.door(new String[] {}, PULUMI)).isEqualTo(Main.Door.PROGRAM);
    }

    @Test
    void pulumisEngineGetsTheProvider() {
        assertThat(Main.door(new String[] {"provider", "vault"}, PULUMI)).isEqualTo(Main.Door.PROVIDER);
    }

    @Test
    void peopleGetTheCommandLine() {
        assertThat(Main.door(new String[] {}, Map.of())).isEqualTo(Main.Door.CLI);
        assertThat(Main.door(new String[] {"up"}, PULUMI)).isEqualTo(Main.Door.CLI);
    }

    @Test
    void theLauncherGetsTheTraining() {
        assertThat(Main.door(new String[] {"train"}, Map.of())).isEqualTo(Main.Door.TRAINING);
    }
}
