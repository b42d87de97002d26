package dev.foundation.cli;

import java.util.Locale;

/** Why the way to the agent (docker exec, then curl in the container) failed, in words that say what to do. */
final class AgentFailures {
    private static final int SHOWN = 200;

    private AgentFailures() {}

    /**
     * @param exit of {@code docker exec}: curl's own, or Docker's
     * @param errors what either printed on standard error; neither is given a secret
     * @param answered whether the agent had begun to answer
     */
    static AgentException of(String container, int exit, String errors, boolean answered) {
        String text = errors.toLowerCase(Locale.ROOT);
        if (text.contains("no such container")) {
            return silent("the container " + container + " is not there: run `./foundation up`");
        }
        if (text.contains("is not running") || text.contains("is restarting") || text.contains("is paused")) {
            return silent("the container " + container
                    + " is not running: `./foundation status` says why, `./foundation up` starts it");
        }
        if (text.contains("permission denied") && text.contains("docker")) {
            return silent("this user may not use Docker: run as root, or join the group docker");
        }
        if (text.contains("docker daemon") || text.contains("error during connect")) {
            return silent("Docker does not answer: start it (systemctl start docker), or run `./foundation doctor`");
        }
        if (answered) {
            return new AgentException(
                    200,
                    "the agent in " + container + " broke off" + said(errors) + ". What it had begun is no point; see:"
                            + " docker logs " + container);
        }
        return switch (exit) {
            case 7 ->
                silent("the agent in " + container
                        + " does not listen yet: `./foundation status` says how it is, or see:" + " docker logs "
                        + container);
            case 28 -> tooSlow(container);
            case 126, 127 ->
                silent("the container " + container + " lacks a shell or curl: `./foundation up` brings this version's"
                        + " agent");
            default ->
                silent("the agent in " + container + " cannot be asked (exit " + exit + said(errors)
                        + "): see `./foundation status`");
        };
    }

    static AgentException tooSlow(String container) {
        return silent(
                "the agent in " + container + " did not answer in time: `./foundation status` says how it is, or see:"
                        + " docker logs " + container);
    }

    private static AgentException silent(String message) {
        return new AgentException(AgentException.SILENT, message);
    }

    private static String said(String errors) {
        String line = errors.strip().replaceAll("\\s+", " ");
        return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(SHOWN, line.length()));
    }
}
