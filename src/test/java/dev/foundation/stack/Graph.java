package dev.foundation.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import pulumirpc.Resource.RegisterResourceRequest;

/** What a program registered, as edges between names. */
record Graph(Map<String, RegisterResourceRequest> resources) {

    /** The names of all resources that must be there before the one of this name; for a container's name, before the container. */
    Set<String> ancestors(String name) {
        List<RegisterResourceRequest> open = new ArrayList<>(resources.values().stream()
                .filter(each -> each.getName().equals(name) && each.getCustom())
                .toList());
        assertThat(open).as(name).hasSize(1);
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            RegisterResourceRequest each = open.removeLast();
            List<String> next = new ArrayList<>(each.getDependenciesList());
            if (!each.getProvider().isEmpty()) {
                String provider =
                        each.getProvider().substring(0, each.getProvider().lastIndexOf("::"));
                next.add(provider);
            }
            for (String urn : next) {
                if (seen.add(urn) && resources.containsKey(urn)) {
                    open.add(resources.get(urn));
                }
            }
        }
        return seen.stream().map(Graph::name).collect(Collectors.toSet());
    }

    /** The same graph as if a resource did not depend on another directly. */
    Graph without(String name, String dependency) {
        Map<String, RegisterResourceRequest> changed = new LinkedHashMap<>(resources);
        changed.replaceAll((urn, each) -> each.getName().equals(name) && each.getCustom()
                ? each.toBuilder()
                        .clearDependencies()
                        .addAllDependencies(each.getDependenciesList().stream()
                                .filter(other -> !name(other).equals(dependency))
                                .toList())
                        .build()
                : each);
        return new Graph(changed);
    }

    /** Names of the resources of one type. */
    List<String> names(String type) {
        return resources.values().stream()
                .filter(each -> each.getType().equals(type))
                .map(RegisterResourceRequest::getName)
                .toList();
    }

    private static String name(String urn) {
        return urn.substring(urn.lastIndexOf("::") + 2);
    }
}
