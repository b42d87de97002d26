package dev.foundation.forgejo;

import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The administrator's account with a password of our choice. Forgejo takes a password only as an argument of its command line, where every
 * process can read it. So the account is made with a random one, a temporary token is made for it, and the password is set over the API.
 */
public final class AdminAccount {
    private static final String TOKEN_PREFIX = "foundation-";
    private final URI url;
    private final ForgejoCommand command;

    public AdminAccount(URI url, ForgejoCommand command) {
        this.url = url;
        this.command = command;
    }

    /** The account as Forgejo knows it; empty if this password is not its own, or there is no such account. */
    public static Optional<ForgejoApi.Account> login(URI url, String username, String password)
            throws IOException, InterruptedException {
        try (var api = ForgejoApi.withPassword(url, username, password)) {
            return api.whoAmI();
        }
    }

    public boolean exists(String username) throws IOException, InterruptedException {
        return command.hasUser(username);
    }

    /** Makes the account, or brings the existing one to this password and address. Does nothing where both are right already. */
    public void bring(String username, String email, String password) throws IOException, InterruptedException {
        var found = login(url, username, password);
        if (found.isPresent() && found.get().admin() && found.get().email().equalsIgnoreCase(email)) {
            return;
        }
        if (found.isEmpty() && !exists(username)) {
            command.createAdmin(username, email);
        }
        var suffix = new byte[8];
        new SecureRandom().nextBytes(suffix);
        var token = command.accessToken(username, TOKEN_PREFIX + HexFormat.of().formatHex(suffix));
        try (var api = ForgejoApi.withToken(url, username, token)) {
            api.patch(
                    "set the password of " + username,
                    "admin/users/" + ForgejoApi.part(username),
                    Map.of(
                            "login_name",
                            username,
                            "source_id",
                            0,
                            "email",
                            email,
                            "password",
                            password,
                            "must_change_password",
                            false,
                            "admin",
                            true,
                            "active",
                            true));
        }
        removeTokens(username, password);
    }

    /** All of ours, so that one left by an earlier run that died goes too. */
    private void removeTokens(String username, String password) throws IOException, InterruptedException {
        try (var api = ForgejoApi.withPassword(url, username, password)) {
            var path = "users/" + ForgejoApi.part(username) + "/tokens";
            for (var token : api.get("list the access tokens of " + username, path + "?limit=50")
                    .orElseThrow()) {
                if (token.path("name").asText().startsWith(TOKEN_PREFIX)) {
                    api.delete(
                            "delete an access token of " + username,
                            path + "/" + token.path("id").asLong());
                }
            }
        }
    }

    public void delete(String username) throws IOException, InterruptedException {
        if (command.hasUser(username)) {
            command.deleteUser(username);
        }
    }
}
