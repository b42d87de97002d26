package dev.foundation.docker;

import dev.foundation.docker.DockerException.Kind;
import java.util.Locale;

/** Reads the docker command's complaints. Their wording is stable from 20.10 to 28; what is not recognised is passed on in its first line. */
final class DockerErrors {
    private DockerErrors() {}

    static DockerException of(String action, String errors) {
        var text = errors.toLowerCase(Locale.ROOT);
        var kind = kind(text);
        return new DockerException(kind, action + ": " + advice(kind, lastLine(errors)));
    }

    private static Kind kind(String text) {
        if (text.contains("permission denied while trying to connect")
                || text.contains("dial unix") && text.contains("permission denied")) {
            return Kind.NO_PERMISSION;
        }
        if (text.contains("cannot connect to the docker daemon")
                || text.contains("is the docker daemon running")
                || text.contains("error during connect")
                || text.contains("dial unix")) {
            return Kind.ENGINE_NOT_RUNNING;
        }
        if (text.contains("no space left on device")) {
            return Kind.DISK_FULL;
        }
        if (text.contains("no such container") || text.contains("no such object")) {
            return Kind.NO_SUCH_CONTAINER;
        }
        if (text.contains("no such volume") || text.contains("get ") && text.contains("no such volume")) {
            return Kind.NO_SUCH_VOLUME;
        }
        if (text.contains("no such image") || text.contains("unable to find image")) {
            return Kind.NO_SUCH_IMAGE;
        }
        if (text.contains("is not running") || text.contains("is restarting") || text.contains("is paused")) {
            return Kind.CONTAINER_NOT_RUNNING;
        }
        if (text.contains("port is already allocated") || text.contains("address already in use")) {
            return Kind.PORT_TAKEN;
        }
        if (text.contains("is already in use by container") || text.contains("volume name must be unique")) {
            return Kind.NAME_TAKEN;
        }
        return Kind.OTHER;
    }

    private static String advice(Kind kind, String said) {
        return switch (kind) {
            case NOT_INSTALLED -> "the docker command is missing; install Docker";
            case ENGINE_NOT_RUNNING ->
                "the Docker Engine does not answer; start it (systemctl start docker) or set DOCKER_HOST";
            case NO_PERMISSION -> "this user may not use Docker; run as root or join the group docker";
            case DISK_FULL ->
                "the disk is full; free some space (docker system df shows what Docker holds) and run again";
            case NO_SUCH_CONTAINER -> "there is no such container; run ./foundation up";
            case NO_SUCH_VOLUME -> "there is no such volume; run ./foundation up";
            case NO_SUCH_IMAGE ->
                "the image is not on this machine; ./foundation doctor says which are missing (" + said + ")";
            case CONTAINER_NOT_RUNNING ->
                "the container is not running; docker logs says why, ./foundation up starts it";
            case NAME_TAKEN -> "the name is taken (" + said + ")";
            case PORT_TAKEN ->
                "the port is taken by another program; choose another in the configuration (" + said + ")";
            case OTHER -> said.isEmpty() ? "docker failed without saying why" : said;
        };
    }

    private static String lastLine(String errors) {
        var lines = errors.strip()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("See 'docker"))
                .toList();
        return lines.isEmpty()
                ? ""
                : lines.getLast()
                        .replaceFirst("^Error response from daemon: ", "")
                        .replaceFirst("^Error: ", "");
    }
}
