package dev.foundation.verify;

import java.util.ArrayList;
import java.util.List;

/** Gathers what is seen at one place. One thread at a time. */
final class Findings {
    private final String place;
    private final List<Finding> all = new ArrayList<>();

    Findings(String place) {
        this.place = place;
    }

    void add(Severity severity, String point, String object, String message) {
        all.add(new Finding(severity, place, point, object, message));
    }

    void add(Finding finding) {
        all.add(finding);
    }

    String place() {
        return place;
    }

    List<Finding> all() {
        return List.copyOf(all);
    }
}
