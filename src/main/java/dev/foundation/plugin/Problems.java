package dev.foundation.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Collects what is wrong with a resource's inputs. Values of secrets are never part of a reason. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    public Problems unless(boolean fine, String property, String reason) {
        if (!fine) {
            found.add(new Problem(property, reason));
        }
        return this;
    }

    public Problems filled(String property, String value) {
        return unless(!value.isBlank(), property, "must not be empty");
    }

    public Problems matching(String property, String value, Pattern allowed, String says) {
        return unless(allowed.matcher(value).matches(), property, "\"" + value + "\" is not allowed: use " + says);
    }

    public List<Problem> list() {
        return List.copyOf(found);
    }
}
