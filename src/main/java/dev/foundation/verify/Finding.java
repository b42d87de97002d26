package dev.foundation.verify;

/**
 * One thing that a check saw.
 *
 * @param place the store's name
 * @param point empty if it is about the whole place
 * @param object the name within the point's folder, or {@code blobs/<name>.age}; empty if it is about the whole point
 * @param message what was seen and what to do next; no secret
 */
public record Finding(Severity severity, String place, String point, String object, String message) {
    public Finding {
        if (place.isBlank() || message.isBlank()) {
            throw new IllegalArgumentException("a finding says where it was made, and what");
        }
    }

    /** For people, in one line. */
    public String text() {
        String where = point.isEmpty() ? object : object.isEmpty() ? point : point + " " + object;
        return severity + " " + place + (where.isEmpty() ? "" : " " + where) + ": " + message;
    }
}
