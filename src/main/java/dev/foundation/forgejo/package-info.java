/**
 * A client of Forgejo, and of Gitea, which shares its API and its command line: users, organisations, repositories, a push, a runner's
 * registration. Passwords travel in request bodies and headers only, never in arguments or addresses. It never forces a push.
 */
@NullMarked
package dev.foundation.forgejo;

import org.jspecify.annotations.NullMarked;
