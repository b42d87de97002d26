package dev.foundation.spec;

/** The choices that data lies under: once made, their values never change while the data is there. */
public final class FixedChoices {
    /** The resource type that holds one fast in the state, with inputs {@code key} and {@code choice}. */
    public static final String TOKEN = "foundation:index:FixedChoice";

    private FixedChoices() {}

    /** For people: what cannot be, and how to go on. */
    public static String refusal(String key, String fixed, String wanted) {
        String client = key.equals("s3.engine") ? "an S3 client" : "git and the web interface";
        return "foundation:" + key + " is \"" + wanted + "\", but the data of this foundation belongs to " + fixed
                + ", and another server must not write to it: set foundation:" + key + " to " + fixed
                + " again. To move, set up a second foundation with " + wanted + " (in another clone, with another"
                + " foundation:instance and other ports) and copy the data over with " + client
                + "; moving by backup and restore comes in a later version. Where the data may go, `./foundation destroy`"
                + " first";
    }
}
