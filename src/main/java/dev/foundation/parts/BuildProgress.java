package dev.foundation.parts;

import dev.foundation.event.PartEvent;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what cargo, go, docker and debootstrap print while they work, and says how far they are. */
final class BuildProgress implements Consumer<String> {
    private static final Pattern CARGO = Pattern.compile("Building \\[[=> ]*] (\\d+)/(\\d+).*");
    private static final Pattern CRATE = Pattern.compile("Compiling (\\S+) v\\S+.*");
    private static final Pattern GO_PACKAGE = Pattern.compile("[a-zA-Z0-9][\\w.~-]*(/[\\w.~-]+)*");
    private static final Pattern GO_FETCH = Pattern.compile("go: downloading (\\S+) (\\S+)");
    private static final Pattern DOCKER_STEP = Pattern.compile("Step (\\d+)/(\\d+) : (.*)");
    private static final Pattern DEBOOTSTRAP =
            Pattern.compile("I: (Retrieving|Unpacking|Configuring|Extracting) (\\S+).*");

    private final String title;
    private final Consumer<PartEvent> events;
    private int compiled;
    private boolean docker; // whose other lines are those of any program

    BuildProgress(String title, Consumer<PartEvent> events) {
        this.title = title;
        this.events = events;
    }

    @Override
    public void accept(String raw) {
        String line = raw.replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "").strip();
        Matcher m = CARGO.matcher(line);
        if (m.matches()) {
            int done = Integer.parseInt(m.group(1));
            int all = Integer.parseInt(m.group(2));
            say(done + " of " + all + " crates", Optional.of(all == 0 ? 0.0 : (double) done / all));
            return;
        }
        m = DOCKER_STEP.matcher(line);
        if (m.matches()) {
            docker = true;
            double steps = Double.parseDouble(m.group(2));
            say(m.group(3), Optional.of((Integer.parseInt(m.group(1)) - 1) / steps));
            return;
        }
        m = CRATE.matcher(line);
        if (m.matches()) {
            compiled++;
            say("crate " + compiled + ", " + m.group(1), Optional.empty());
            return;
        }
        m = GO_FETCH.matcher(line);
        if (m.matches()) {
            say("fetching " + m.group(1), Optional.empty());
            return;
        }
        m = DEBOOTSTRAP.matcher(line);
        if (m.matches()) {
            say(m.group(1).toLowerCase(java.util.Locale.ROOT) + " " + m.group(2), Optional.empty());
            return;
        }
        if (!docker && GO_PACKAGE.matcher(line).matches()) {
            compiled++;
            say("package " + compiled + ", " + line, Optional.empty());
        }
    }

    private void say(String detail, Optional<Double> fraction) {
        events.accept(new PartEvent.Advanced(title, detail, fraction));
    }
}
