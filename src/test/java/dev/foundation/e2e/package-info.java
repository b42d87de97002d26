/** The whole story with real parts, on machines of the tests' own. */
package dev.foundation.e2e;
