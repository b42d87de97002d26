package dev.foundation.spec;

import java.util.List;
import java.util.Map;

/** One value of the configuration as a door read it: in clear, or a secret whose text this room never sees. */
public sealed interface ConfigValue {

    /** @param value a {@code String}, {@code Number}, {@code Boolean}, or a {@code List} or {@code Map} of the same */
    record Plain(Object value) implements ConfigValue {
        public Plain {
            value = switch (value) {
                case List<?> list -> List.copyOf(list);
                case Map<?, ?> map -> Map.copyOf(map);
                default -> value;
            };
        }
    }

    /** Present and encrypted in the file. The text stays with Pulumi. */
    record Encrypted() implements ConfigValue {}
}
