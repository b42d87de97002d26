package dev.foundation.pulumi;

import java.util.Map;

/**
 * One resource as the state knows it.
 *
 * @param type such as {@code docker:index/volume:Volume}
 * @param name the name in the program
 * @param id what the provider calls it; empty for a component
 * @param custom false for a component, which is only a name for its children
 * @param inputs those that are texts in clear; no secrets
 */
public record StackResource(
        String type, String name, String id, boolean custom, boolean protect, Map<String, String> inputs) {
    public StackResource {
        inputs = Map.copyOf(inputs);
    }

    /** The last part of the type, such as {@code Volume}. */
    public String kind() {
        return type.substring(type.lastIndexOf(':') + 1);
    }
}
