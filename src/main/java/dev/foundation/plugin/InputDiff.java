package dev.foundation.plugin;

import dev.foundation.plugin.Property.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.DiffResponse.DiffChanges;
import pulumirpc.Provider.PropertyDiff;
import pulumirpc.Provider.PropertyDiff.Kind;

/**
 * What differs between old and new inputs, property by property. A value not known yet counts as changed: a preview that says "same" must
 * be right. A value that became secret counts too, since only a written state encrypts it.
 */
record InputDiff(Map<String, Kind> changes) {
    InputDiff {
        changes = Map.copyOf(changes);
    }

    static InputDiff between(Fields old, Fields news, RecordCodec<?> codec) {
        var changes = new LinkedHashMap<String, Kind>();
        var names = new TreeSet<>(old.values().keySet());
        names.addAll(news.values().keySet());
        for (String name : names) {
            boolean replaces = codec.field(name).map(Shape.Field::replaces).orElse(false);
            Property before = old.values().get(name);
            Property after = news.values().get(name);
            if (before == null) {
                changes.put(name, replaces ? Kind.ADD_REPLACE : Kind.ADD);
            } else if (after == null) {
                changes.put(name, replaces ? Kind.DELETE_REPLACE : Kind.DELETE);
            } else if (!before.reveal().equals(after.reveal())) {
                changes.put(name, replaces ? Kind.UPDATE_REPLACE : Kind.UPDATE);
            } else if (after.hasSecret() && !before.hasSecret()) {
                changes.put(name, Kind.UPDATE);
            }
        }
        return new InputDiff(changes);
    }

    /** The same without the changes that ask for nothing. */
    InputDiff without(Predicate<String> settled) {
        var left = new LinkedHashMap<>(changes);
        left.keySet().removeIf(settled);
        return new InputDiff(left);
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    boolean replaces() {
        return changes.values().stream().anyMatch(InputDiff::isReplace);
    }

    DiffResponse.Builder response() {
        var response = DiffResponse.newBuilder()
                .setChanges(isEmpty() ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME)
                .setHasDetailedDiff(true);
        new TreeSet<>(changes.keySet()).forEach(name -> {
            Kind kind = changes.getOrDefault(name, Kind.UPDATE);
            response.addDiffs(name);
            response.putDetailedDiff(
                    name,
                    PropertyDiff.newBuilder().setKind(kind).setInputDiff(true).build());
            if (isReplace(kind)) {
                response.addReplaces(name);
            }
        });
        return response;
    }

    private static boolean isReplace(Kind kind) {
        return kind == Kind.ADD_REPLACE || kind == Kind.DELETE_REPLACE || kind == Kind.UPDATE_REPLACE;
    }
}
