package dev.foundation.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the five fields of a cron schedule: numbers, {@code *}, ranges, lists and steps; no names, no {@code @daily}. */
public final class CronFields {
    public static final String ALLOWED =
            "give five cron fields (minute hour day month weekday) of numbers, *, a-b, lists and /steps, such as 0 3 * * *";

    private static final int[][] LIMITS = {{0, 59}, {0, 23}, {1, 31}, {1, 12}, {0, 7}};
    /** The most days that each month can have: 30 February never comes. */
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private static final Pattern PART = Pattern.compile("(?:\\*|(\\d{1,2})(?:-(\\d{1,2}))?)(?:/(\\d{1,2}))?");

    private CronFields() {}

    public static boolean valid(String expression) {
        String[] fields = expression.strip().split("\\s+");
        if (fields.length != LIMITS.length) {
            return false;
        }
        for (int i = 0; i < fields.length; i++) {
            if (!field(fields[i], LIMITS[i][0], LIMITS[i][1])) {
                return false;
            }
        }
        return !fields[4].equals("*") || comesEver(fields[2], fields[3]);
    }

    private static boolean field(String text, int least, int most) {
        for (String part : text.split(",", -1)) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                return false;
            }
            String from = matcher.group(1);
            String to = matcher.group(2);
            String step = matcher.group(3);
            int low = from == null ? least : Integer.parseInt(from);
            int high = to == null ? low : Integer.parseInt(to);
            boolean stepFits = step == null
                    || (Integer.parseInt(step) >= 1 && Integer.parseInt(step) <= most && (from == null || to != null));
            if (low < least || low > most || high < low || high > most || !stepFits) {
                return false;
            }
        }
        return true;
    }

    private static boolean comesEver(String days, String months) {
        if (!days.matches("\\d+") || !months.matches("\\d+")) {
            return true;
        }
        return Integer.parseInt(days) <= DAYS[Integer.parseInt(months) - 1];
    }
}
