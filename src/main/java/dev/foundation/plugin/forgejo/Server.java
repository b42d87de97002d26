package dev.foundation.plugin.forgejo;

import dev.foundation.docker.Exec;
import dev.foundation.plugin.Problems;
import java.net.URI;
import java.util.regex.Pattern;

/** What the types say of the server they live on. */
final class Server {
    /** Forgejo's own rule for users, organisations and repositories, in short. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,38}[A-Za-z0-9])?");

    static final String NAME_RULE = "letters, digits, '.', '_' and '-', a letter or digit first and last, at most 40";

    private Server() {}

    static Problems check(String url) {
        return new Problems()
                .unless(
                        isAddress(url),
                        "url",
                        "\"" + url + "\" is no address: write http://host:port or https://host:port");
    }

    private static boolean isAddress(String url) {
        try {
            var address = URI.create(url);
            return address.getHost() != null
                    && address.getUserInfo() == null
                    && String.valueOf(address.getScheme()).matches("https?");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Finds the place where the server's own command line runs. */
    @FunctionalInterface
    interface Place {
        Exec of(String container, String runAs);
    }
}
